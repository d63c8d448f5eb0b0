// Regular expressions in `when`. A group that repeats what itself repeats stops the load (decide/rules/policy/when.ts);
// here what loads and is still not what was meant, or slow.

import type { Placed } from "../gather.ts";
import type { Problem } from "../problem.ts";
import type { Item } from "../schema.ts";
import { type Lint, warning } from "./lint.ts";

const CALL = /matches\(\s*r?(["'])((?:\\.|(?!\1).)*)\1/g;
/** A choice that repeats: where two of its branches begin alike, some texts take it for ever. */
const REPEATED_CHOICE = /\((?:\?:)?[^()]*\|[^()]*\)[*+{]/;
/** Two runs of anything in one pattern: the square of the text, and more with each. */
const TWO_RUNS = /(?:\.|\[\^[^\]]*\])[*+].*(?:\.|\[\^[^\]]*\])[*+]/;

export const patterns: Lint = ({ g }) =>
  g.lists.rules.flatMap((at) =>
    [...(at.item.when ?? "").matchAll(CALL)].flatMap(([, , pattern]) => lookAt(at, pattern!)),
  );

function lookAt(at: Placed<Item<"rules">>, pattern: string): Problem[] {
  const found: Problem[] = [];
  if (REPEATED_CHOICE.test(pattern) || TWO_RUNS.test(pattern))
    found.push(
      warning(at, ["when"], "pattern_slow", {
        zh: "这个正则在某些文字上会很慢：不要重复多选一的括号，也不要用两处 .*",
        en: "this pattern is slow on some texts: repeat no group of choices, and use no second .*",
      }),
    );
  if (at.item.action !== "block" && !(pattern.startsWith("^") && /(?<!\\)\$$/.test(pattern)))
    found.push(
      warning(at, ["when"], "pattern_unanchored", {
        zh: "放行规则里的正则没有 ^…$：只要名称里有一段相符就放行",
        en: "a pattern of a rule that lets through has no ^…$: it holds where any part of the name fits",
      }),
    );
  return found;
}
