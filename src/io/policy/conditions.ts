// `when:` of the rules. Law of this file: a condition that cannot be read, or is not true or false, stops the load; it
// never waits for the crossing that would show it.

import { type Malformed, whenOf } from "../../decide/rules/policy/when.ts";
import type { Lists } from "./gather.ts";
import { type Problem, problemAt } from "./problem.ts";
import { starTokens } from "./source.ts";

export function checkConditions({ rules }: Lists): Problem[] {
  return rules.flatMap(({ item, source, path }) => {
    if (item.when === undefined) return [];
    const condition = whenOf(item.when);
    return typeof condition === "function"
      ? []
      : [problemAt(source, [...path, "when"], "when_invalid", textOf(condition))];
  });
}

const SAID_MAX = 160;

function textOf({ why, zh: chinese = why, at }: Malformed) {
  const [zh, en] = [starTokens(chinese.slice(0, SAID_MAX)), starTokens(why.slice(0, SAID_MAX))];
  return at === null
    ? { zh: `条件不成立：${zh}`, en: `no condition: ${en}` }
    : { zh: `条件第 ${at + 1} 个字符起：${zh}`, en: `the condition, from character ${at + 1}: ${en}` };
}
