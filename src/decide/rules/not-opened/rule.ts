// The volume exemption rests on the number of people of all channels, and the gate sees one: where policy asks for it,
// somebody must have said how many the others have sent (CNT-1; an opening balance of zero is a statement too).

import type { Rule } from "../../../words.ts";
import { legalOf } from "../../legal.ts";
import { forbid, own } from "../../opinions.ts";

export const notOpened: Rule = {
  name: "not-opened",
  judge(c) {
    if (c.policy.withoutOpening !== "block" || c.counts.opened === true) return null;
    if (!legalOf(c).legal.admissions.some(({ by }) => by === "E7")) return null;
    return forbid("not-opened", [own("COUNT_NOT_OPENED")]);
  },
};
