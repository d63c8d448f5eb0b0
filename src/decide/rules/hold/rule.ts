// Somebody has shut the way. The law says the same where it applies (X4); this holds where the law is not asked, too:
// between two places in the mainland nothing is exported, and shut is shut.

import { REASONS } from "../../../law/reasons.ts";
import type { Rule } from "../../../words.ts";
import { heldBy } from "../../holds.ts";
import { forbid } from "../../opinions.ts";
import { HELD } from "../../reasons.ts";

export const hold: Rule = {
  name: "hold",
  judge(c) {
    if (c.orders === undefined) return null;
    const holds = heldBy(c);
    if (holds.length === 0) return null;
    return forbid(
      "X4",
      holds.map((held) => ({ code: HELD, article: REASONS[HELD]!.article, ...held })),
    );
  },
};
