// Personal information in a path, a query or a header never leaves: every hop logs it, it cannot be rewritten.

import type { Rule } from "../../../words.ts";
import { forbid, own } from "../../opinions.ts";
import { isPersonal } from "../../personal.ts";

export const head: Rule = {
  name: "head",
  judge({ findings }) {
    const misplaced = findings.filter(
      (finding) => finding.where !== "body" && finding.where !== "file" && isPersonal(finding),
    );
    if (misplaced.length === 0) return null;
    return forbid(
      "head",
      misplaced.map(({ path, type }) => ({ ...own("PI_IN_HEAD"), path, type })),
    );
  },
};
