// Flows that go past the gate, as they are declared. Law of this file: a declaration that counts nobody, or too few, is
// worse than none: it reads as if somebody had looked.

import type { Placed } from "../gather.ts";
import type { Problem } from "../problem.ts";
import type { Item } from "../schema.ts";
import { type Lint, warning } from "./lint.ts";

export const outside: Lint = ({ g, known }) => {
  const isHome = (id: string) => g.lists.recipients.some(({ item }) => item.id === id && item.country === "CN");
  const sensitive = new Set(known.sensitive[g.profile]);
  return g.lists.outsideFlows.flatMap((at) => [
    ...uncounted(at, sensitive),
    ...(isHome(at.item.recipient) ? [domestic(at)] : []),
  ]);
};

type At = Placed<Item<"outsideFlows">>;

function uncounted(at: At, sensitive: ReadonlySet<string>): Problem[] {
  const { id, kinds, peopleAYear } = at.item;
  if (peopleAYear.nonSensitive + peopleAYear.sensitive === 0)
    return [
      warning(at, ["peopleAYear"], "outside_flow_counts_nobody", {
        zh: `${id} 一年一个人也没有：请写 peopleAYear，或删去这一条`,
        en: `${id} sends nobody's data in a year: say peopleAYear, or take it out`,
      }),
    ];
  const named = kinds.filter((kind) => sensitive.has(kind));
  if (named.length === 0 || peopleAYear.sensitive > 0) return [];
  return [
    warning(at, ["peopleAYear"], "outside_flow_sensitive_uncounted", {
      zh: `${id} 有敏感个人信息（${named.join("、")}），peopleAYear.sensitive 却是 0`,
      en: `${id} holds sensitive information (${named.join(", ")}) and peopleAYear.sensitive is 0`,
    }),
  ];
}

function domestic(at: At): Problem {
  const { id, recipient } = at.item;
  return warning(at, ["recipient"], "outside_flow_domestic", {
    zh: `${id} 的接收方 ${recipient} 在境内：不是出境，不计人数`,
    en: `${recipient}, whom ${id} goes to, is in the mainland: that is no export, and counts nobody`,
  });
}
