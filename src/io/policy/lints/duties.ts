// Duties of the company's own that begin where nobody meant them to.

import { daysAfter, type Lint, warning } from "./lint.ts";

/** Whatever was due before stands as overdue until somebody settles it, one by one. */
const PAST_DAYS = 400;

export const duties: Lint = ({ g, today }) =>
  g.lists.duties.flatMap((at) => {
    const { first, id } = at.item;
    if (first >= daysAfter(today, -PAST_DAYS)) return [];
    return [
      warning(at, ["first"], "duty_long_past", {
        zh: `${id} 的 first ${first} 早在一年以前：此后每一期都算逾期，请写下一个应做的日子`,
        en: `${id} begins on ${first}, more than a year ago: each turn since is overdue; write the next day it is due`,
      }),
    ];
  });
