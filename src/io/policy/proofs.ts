// What a proof of anonymisation presupposes. Law of this file: "nobody is left in it" cannot be said of a text in which
// names and addresses were not looked for.

import type { Gathered } from "./gather.ts";
import { type Problem, problemAt } from "./problem.ts";

/** Rules that name a proof where the folder reads names less far than it can. */
export function checkProofs({ names, lists }: Gathered): Problem[] {
  if (names === "all") return [];
  const message = {
    zh: `证明要求 names: all：现为 ${names}，行文里的姓名和地址看不到，不能说已无人可识别`,
    en: `a proof needs names: all: with ${names}, names in prose are not seen, and somebody may be left`,
  };
  return lists.rules.flatMap(({ item, source, path }) =>
    item.proof === undefined ? [] : [problemAt(source, [...path, "proof"], "proof_names_unread", message)],
  );
}
