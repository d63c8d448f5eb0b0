// Reasons of a decision: the law's and decide's own, in one order of weight. Law of this file: the order is total, so
// the same reasons stand in the same order whichever rule gave them first.

import { REASONS, type ReasonEntry } from "../law/reasons.ts";
import type { Reason } from "../words.ts";

/** Reasons that decide gives besides the law. */
export const OWN = {
  CREDENTIAL_FOUND: { article: "PIPL Art.51", cures: ["remove_field"] },
  PI_IN_HEAD: { article: "PIPL Art.51", cures: ["move_to_body", "remove_field"] },
  PI_IN_FILE: { article: "PIPL Art.51", cures: ["remove_field"] },
  OPAQUE_IMAGE: { article: "PIPL Art.51", cures: ["remove_field", "change_policy"] },
  OPAQUE_AUDIO: { article: "PIPL Art.51", cures: ["remove_field", "change_policy"] },
  OPAQUE_VIDEO: { article: "PIPL Art.51", cures: ["remove_field", "change_policy"] },
  OPAQUE_ARCHIVE: { article: "PIPL Art.51", cures: ["remove_field", "change_policy"] },
  OPAQUE_DATASET: { article: "PIPL Art.51", cures: ["remove_field", "change_policy"] },
  OPAQUE_DOCUMENT: { article: "PIPL Art.51", cures: ["remove_field", "change_policy"] },
  OPAQUE_MODEL_WEIGHTS: { article: "PIPL Art.51", cures: ["remove_field", "change_policy"] },
  OPAQUE_UNKNOWN: { article: "PIPL Art.51", cures: ["remove_field", "change_policy"] },
  LAW_NOT_REVIEWED: { article: "PIPL Art.38", cures: ["update_law", "change_policy"] },
  CALENDAR_UNKNOWN: { article: "SC Measures Art.7", cures: ["update_law", "change_policy"] },
  PAPER_LAPSED: { article: "PIPL Art.51", cures: ["renew_paper", "change_policy"] },
  RULE_FAILED: { article: "PIPL Art.51", cures: ["mend_rule"] },
  CONSENT_FEED_STALE: { article: "PIPL Art.15", cures: ["retry_later"] },
  CONSENT_NOTICE_SUPERSEDED: { article: "PIPL Art.14", cures: ["obtain_separate_consent"] },
  COUNT_NOT_OPENED: { article: "Provisions Art.5(1)(4)", cures: ["state_opening", "change_policy"] },
  DUTY_OVERDUE: { article: "PIPL Art.51", cures: ["do_duty", "change_policy"] },
  DRIFT_UNDECLARED: { article: "PIPL Arts.55, 56", cures: ["declare_flow", "remove_field"] },
  POLICY_FORBIDS: { article: "PIPL Art.51", cures: ["change_policy"] },
  NO_RULE_MATCHED: { article: "PIPL Art.51", cures: ["change_policy"] },
} as const satisfies Readonly<Record<string, ReasonEntry>>;

/** The law's reason for a way that somebody has ordered to stop. */
export const HELD = "PROHIBITED_X4";

/** Warnings that decide gives besides the law's: what each says. */
export const OWN_WARNINGS = {
  COUNT_NEAR_LINE: "the year's count has come near the line that the decision holds for (policy: thresholds.warnAt)",
  PAPER_LAPSED:
    "the classification of the data, the contract with the recipient or the look at it has ended or not begun",
} as const;

/** Every code a decision may carry, with article and cures. */
export const CATALOGUE: Readonly<Record<string, ReasonEntry>> = { ...REASONS, ...OWN };

const PROHIBITIONS = Object.keys(REASONS).filter((code) => code.startsWith("PROHIBITED_"));
const FIRST = [...PROHIBITIONS, "CREDENTIAL_FOUND", "PI_IN_HEAD", "RULE_FAILED", "CONSENT_FEED_STALE"];
const WEIGHT = new Map([...new Set([...FIRST, ...Object.keys(CATALOGUE)])].map((code, weight) => [code, weight]));

/** Of one code, at most so many are told: a body of ten thousand people must not make a ledger entry of megabytes. */
export const REASONS_PER_CODE_MAX = 16;

/** Each once, weightiest first; within a code by what it is about, then in the order of the document's paths. */
export function ordered(reasons: readonly Reason[]): readonly Reason[] {
  const keyed = new Map(reasons.map((reason) => [keyOf(reason), reason]));
  const sorted = [...keyed].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, reason]) => reason);
  const told = new Map<string, number>();
  return sorted.filter(({ code }) => {
    const n = (told.get(code) ?? 0) + 1;
    told.set(code, n);
    return n <= REASONS_PER_CODE_MAX;
  });
}

/** What would lift the block, each once. @param removable taking sensitive fields out would. */
export function curesOf(reasons: readonly Reason[], removable: boolean): readonly string[] {
  const cures = reasons.flatMap(({ code }) => CATALOGUE[code]?.cures ?? []);
  return [...new Set(removable ? [...cures, "remove_field"] : cures)];
}

/** Sorts as text. A path is preceded by its length, so that /messages/9 stands before /messages/10. */
function keyOf({ code, article, about = "", path = "", type = "" }: Reason): string {
  const weight = String(WEIGHT.get(code) ?? WEIGHT.size).padStart(4, "0");
  return [weight, code, about, String(path.length).padStart(6, "0"), path, type, article].join("\u0000");
}
