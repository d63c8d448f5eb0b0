// What the gate asks besides the law: conditions of its own rules. Law: with the law's table it claims every reason
// that a decision can carry, each once; a test compares with the catalogue.

import { CATALOGUE } from "../../act/messages/all.ts";
import { type ConditionRow, consentNeeded, type Held, CONDITIONS as LAWS } from "../../law/conditions.ts";

const UNREAD = ["IMAGE", "AUDIO", "VIDEO", "ARCHIVE", "DATASET", "DOCUMENT", "MODEL_WEIGHTS", "UNKNOWN"];
const judged = ({ outcome }: Held) => outcome !== null;

function gate(id: string, codes: readonly string[], asked: ConditionRow["asked"] = judged): ConditionRow {
  return { id, group: "gate", article: CATALOGUE[codes[0]!]!.article, codes, asked };
}

const UNKNOWN_LAW = ["LAW_NOT_REVIEWED", "CALENDAR_UNKNOWN"];

/** @param rewritten what left was rewritten, and looked at once more. @param warnings of the decision */
export function allConditions(rewritten: boolean, warnings: readonly string[]): readonly ConditionRow[] {
  // where policy only warns, it did not ask
  const isKnown = !UNKNOWN_LAW.some((code) => warnings.includes(code));
  return [
    ...LAWS,
    gate(
      "all_read",
      UNREAD.map((name) => `OPAQUE_${name}`),
    ),
    gate("no_credential", ["CREDENTIAL_FOUND"]),
    gate("nothing_fixed_in_place", ["PI_IN_HEAD", "PI_IN_FILE"]),
    gate("consent_record_fresh", ["CONSENT_FEED_STALE"], consentNeeded),
    gate("notice_unchanged", ["CONSENT_NOTICE_SUPERSEDED"], consentNeeded),
    gate("counts_opened", ["COUNT_NOT_OPENED"]),
    gate("duties_done", ["DUTY_OVERDUE"]),
    gate("papers_in_term", ["PAPER_LAPSED"], (held) => judged(held) && !warnings.includes("PAPER_LAPSED")),
    gate("declared", ["DRIFT_UNDECLARED"]),
    gate("law_known", UNKNOWN_LAW, (held) => judged(held) && isKnown),
    gate("rules_ran", ["RULE_FAILED"]),
    gate("policy_permits", ["POLICY_FORBIDS", "NO_RULE_MATCHED"]),
    gate("nothing_left_over", ["RESIDUAL_PI"], () => rewritten),
  ];
}
