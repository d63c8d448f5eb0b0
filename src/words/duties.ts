// What falls due: the law's dates on papers, and what a company sets itself. Types only.
// Dates are Beijing dates `YYYY-MM-DD`.

import type { Language } from "./arrival.ts";
import type { Ways } from "./papers.ts";

export type Every = "once" | "month" | "quarter" | "half-year" | "year";

/** What kind of thing a duty of the company's own is; each has its article. */
export type OwnKind =
  | "access-review"
  | "surveillance-audit"
  | "compliance-audit"
  | "drill"
  | "minors-audit"
  | "localisation"
  | "contract-review"
  | "due-diligence"
  | "deletion-certificate"
  | "training"
  | "other";

/** A duty that the company sets itself, once or again and again. */
export interface OwnDuty extends Ways {
  readonly id: string;
  readonly kind: OwnKind;
  readonly what: Readonly<Record<Language, string>>;
  readonly every: Every;
  /** The first day on which it is due; the others count from it. */
  readonly first: string;
  /** Who does it: a role, or a name. */
  readonly owner: string;
  /** Kind of the document that shows that it was done; null: none is asked for. */
  readonly evidence: string | null;
  /** `block`: the ways that it is about are shut from the day after until it is done or skipped. */
  readonly onOverdue: "alarm" | "block";
}

/** The dates that papers have by law. */
export type PaperKind =
  | "filing"
  | "refiling"
  | "pipia-for-filing"
  | "mechanism-end"
  | "extension-opens"
  | "extension-half"
  | "renewal"
  | "pipia-kept"
  | "contract-end"
  | "due-diligence-end"
  | "document-end"
  | "document-kept"
  | "claim-end"
  | "trial-end"
  | "deletion";

/**
 * deadline: done by the end of the day. end: the last day of something that goes on only if somebody acts before.
 * opening: from this day on somebody may act. keep: nothing is thrown away before.
 */
export type Asks = "deadline" | "end" | "opening" | "keep";

/** One dated item. Nothing of it is about a person. */
export interface DatedDuty {
  /** Kind, paper and day: a paper that changes has another item. */
  readonly id: string;
  readonly kind: PaperKind | OwnKind;
  /** Id of the paper, or of the duty. */
  readonly about: string;
  readonly asks: Asks;
  /** null: no calendar of working days reaches so far (CALENDAR_UNKNOWN). */
  readonly due: string | null;
  /** A day that is right under any calendar: `due`, or without one the nearest day of which that is certain. */
  readonly safeOn: string;
  readonly article: string;
  /** Whose it is; empty: everybody's. */
  readonly exporters: readonly string[];
  /** Of a duty of the company's own. */
  readonly own?: OwnDuty;
}

/** A duty that nobody did in time, and that shuts the ways it is about. */
export interface OverdueDuty extends Ways {
  readonly id: string;
  readonly due: string;
}
