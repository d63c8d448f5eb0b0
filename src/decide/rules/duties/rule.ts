// A duty that the company set itself and let pass shuts the ways it is about, where its policy says so. Which are
// overdue is a fact (io/duties): the law's own dates are law's to judge.

import type { Rule } from "../../../words.ts";
import { forbid, own } from "../../opinions.ts";
import { isAbout } from "../../papers.ts";

export const duties: Rule = {
  name: "duties",
  judge({ orders, flow }) {
    const overdue = orders?.overdue;
    if (overdue === undefined) return null;
    const shut = overdue.filter((one) => isAbout(one, flow));
    if (shut.length === 0) return null;
    return forbid(
      "duties",
      shut.map(({ id }) => ({ ...own("DUTY_OVERDUE"), about: id })),
    );
  },
};
