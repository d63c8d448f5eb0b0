// `when:` of the rules. Law of this file: a condition that cannot be read, or is not true or false, stops the load; it
// never waits for the crossing that would show it.

import { type Malformed, whenOf } from "../../decide/rules/policy/when.ts";
import type { Lists } from "./gather.ts";
import { shown } from "./issues.ts";
import { type Problem, problemAt } from "./problem.ts";

export function checkConditions({ rules }: Lists): Problem[] {
  return rules.flatMap(({ item, source, path }) => {
    if (item.when === undefined) return [];
    const condition = whenOf(item.when);
    return typeof condition === "function"
      ? []
      : [problemAt(source, [...path, "when"], "when_invalid", textOf(condition))];
  });
}

/** What the parser says is English; the place is the same in both. */
function textOf({ why, at }: Malformed) {
  const said = shown(why);
  return at === null
    ? { zh: `条件不成立：${said}`, en: `no condition: ${said}` }
    : { zh: `条件第 ${at + 1} 个字符起：${said}`, en: `the condition, from character ${at + 1}: ${said}` };
}
