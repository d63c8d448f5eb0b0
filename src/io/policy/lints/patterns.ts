// Regular expressions in `when`. One that could take for ever stops the load (decide/rules/policy/pattern.ts); here is
// what loads and is still not what was meant.

import type { Placed } from "../gather.ts";
import type { Problem } from "../problem.ts";
import type { Item } from "../schema.ts";
import { type Lint, warning } from "./lint.ts";

const CALL = /matches\(\s*r?(["'])((?:\\.|(?!\1).)*)\1/g;
export const patterns: Lint = ({ g }) =>
  g.lists.rules.flatMap((at) =>
    [...(at.item.when ?? "").matchAll(CALL)].flatMap(([, , pattern]) => lookAt(at, pattern!)),
  );

function lookAt(at: Placed<Item<"rules">>, pattern: string): Problem[] {
  if (at.item.action === "block" || (pattern.startsWith("^") && /(?<!\\)\$$/.test(pattern))) return [];
  return [
    warning(at, ["when"], "pattern_unanchored", {
      zh: "放行规则里的正则没有 ^…$：只要名称里有一段相符就放行",
      en: "a pattern of a rule that lets through has no ^…$: it holds where any part of the name fits",
    }),
  ];
}
