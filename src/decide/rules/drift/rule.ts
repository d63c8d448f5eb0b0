// What the policy's own inventory does not know does not leave, where the policy says so. Otherwise somebody is told
// (io/drift), and it leaves as everything else does.

import type { Rule } from "../../../words.ts";
import { undeclaredIn } from "../../inventory.ts";
import { legalOf } from "../../legal.ts";
import { forbid, own } from "../../opinions.ts";

export const drift: Rule = {
  name: "drift",
  judge(c) {
    if (c.policy.onDrift !== "block") return null;
    const undeclared = undeclaredIn(c);
    if (undeclared.length === 0 || legalOf(c).legal.outcome === "NOT_EXPORT") return null;
    return forbid(
      "drift",
      undeclared.map(({ field, kind }) => ({ ...own("DRIFT_UNDECLARED"), path: field, type: kind })),
    );
  },
};
