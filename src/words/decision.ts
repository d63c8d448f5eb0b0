// decide: Case → Decision. Types only.

import type { Admission, CountLimit, Counts } from "./counting.ts";
import type { Opaque } from "./doc.ts";
import type { Sighting } from "./drift.ts";
import type { ConsentState, PersonFacts } from "./facts.ts";
import type { Finding } from "./finding.ts";
import type { Flow } from "./flow.ts";
import type { CountKey, PersonKey, PiType } from "./identity.ts";
import type { Lifted, Orders, Release } from "./orders.ts";
import type { Policy } from "./policy.ts";

/** Somebody the payload is about, after aliases are resolved. */
export interface Individual {
  /** null: cannot be linked to an identifier; `key` is then keyed by conversation, string and ordinal. */
  readonly person: PersonKey | null;
  readonly key: PersonKey;
  readonly countKey: CountKey;
  readonly declared: boolean;
  /** Something found says that he or she is under fourteen (PIPL Art. 31). Absent: nothing does. */
  readonly minor?: true;
  readonly counted: PersonFacts["counted"];
  readonly consent: ConsentState | null;
  /** Indexes into Case.findings. */
  readonly findings: readonly number[];
}

/** All that a decision is a function of (law 5). */
export interface Case {
  readonly at: string;
  readonly flow: Flow;
  readonly findings: readonly Finding[];
  readonly individuals: readonly Individual[];
  readonly counts: Counts;
  readonly stale: boolean;
  /** Absent: nobody has ordered anything. */
  readonly orders?: Orders | undefined;
  /** Per finding the key of the very value, whosever record it stands in. Absent: no release asks. */
  readonly valueKeys?: readonly (PersonKey | null)[] | undefined;
  readonly policy: Policy;
  /** Indexes of findings that would leave only as pseudonyms. Empty at the first judging. */
  readonly hidden: ReadonlySet<number>;
  /** Of them, those that would not leave at all: nothing is kept that could bring them back. Absent: none. */
  readonly removed?: ReadonlySet<number>;
  /** The proof that what would leave then is about nobody. Absent: none covers it. */
  readonly proof?: string;
  /** Of `orders`, the releases that cover it: decide says which. Absent: none does. */
  readonly released?: readonly Release[];
  /** What nobody read; absent: all was read. */
  readonly unread?: readonly UnreadPlace[] | undefined;
}

/** Where something lies that nobody read. */
export interface UnreadPlace extends Opaque {
  readonly path: string;
}

export type Action = "forward" | "pseudonymize" | "coarsen" | "redact" | "reroute" | "block";

export type Outcome = "NOT_EXPORT" | "PROHIBITED" | "NO_PI" | "EXEMPT" | "SC_OR_CERT" | "ASSESSMENT";

/** Why. `code` is upper snake case and stands in docs/errors.md. Never holds a value. */
export interface Reason {
  readonly code: string;
  readonly article: string;
  /** JSON Pointer or head field it is about, where there is one. */
  readonly path?: string;
  readonly type?: PiType;
  /** Ids for the message: mechanism, purpose, recipient, rule. Never payload. */
  readonly about?: string;
  /** Parties, from the recipient to the one that it is about, where that is another: `openai > cloud-co`. */
  readonly via?: string;
}

/** One rule's word on a Case. A rule that has nothing to say returns null. */
export interface Opinion {
  readonly rule: string;
  readonly effect: "permit" | "forbid";
  /** permit: the mildest action it is content with. forbid: the actions that would lift it, if applied to `hide`. */
  readonly actions: readonly Action[];
  /** Indexes of findings that the action concerns; empty: all. */
  readonly hide: readonly number[];
  readonly reasons: readonly Reason[];
  /** Those of `hide` that are to leave no trace. Absent: all of them where `actions` say redact, else none. */
  readonly remove?: readonly number[];
  /** A forbid: what would have been rewritten all the same. On trial it is (decision 021). Absent: nothing. */
  readonly beside?: Pick<Opinion, "hide" | "remove">;
  /** Ids of proofs that what leaves after the action is about nobody. Absent: none. */
  readonly proofs?: readonly string[];
}

export interface Rule {
  readonly name: string;
  judge(c: Case): Opinion | null;
}

/** What the law asks of the crossing: the strictest of its individuals' routes. */
export interface Legal {
  readonly outcome: Outcome;
  readonly rule: string;
  readonly basis: string;
  readonly revision: string;
  readonly switches: Readonly<Record<string, string | boolean>>;
  readonly mechanism: string | null;
  readonly mechanismsAllowed: readonly string[];
  readonly warnings: readonly string[];
  /** Which individuals are counted where, if the crossing leaves. */
  readonly admissions: readonly Admission[];
  /** The counts after adding for which the decision holds: adding people past them must fail (null: no line above). */
  readonly limit: CountLimit;
  /** The proof on which what leaves counts as anonymised (law.md A2). Absent: it does not. */
  readonly proof?: string;
  /** Ids of the papers that the way rests on besides mechanism and PIPIA: exemption, notice, registration. */
  readonly papers: readonly string[];
}

export interface Decision {
  readonly action: Action;
  /** The rule that determined it: a law rule id (E7, C2 …), a policy rule's id, or a built-in rule's name. */
  readonly rule: string;
  readonly reasons: readonly Reason[];
  readonly cures: readonly string[];
  /** Indexes of findings that do not leave as they are. */
  readonly hide: readonly number[];
  /** Those of `hide` that leave no trace instead of a pseudonym. Absent: none. */
  readonly remove?: readonly number[];
  readonly legal: Legal;
  /** Observe mode: what enforcement would have done; the action is what leaves all the same, the reasons why not. */
  readonly would: Action | null;
  /** Observe mode: who signed for it. */
  readonly observedBy?: string;
  /** What two people have lifted for it. Absent: nothing. */
  readonly lifted?: readonly Lifted[];
  /** What the policy's inventory does not know. Absent: all is declared, or nobody wrote an inventory. */
  readonly undeclared?: readonly Sighting[];
  /** What leaves unread, and who signed for it. */
  readonly unread?: readonly (UnreadPlace & { readonly approvedBy: string })[];
}
