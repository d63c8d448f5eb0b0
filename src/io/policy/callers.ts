// Who a key belongs to. Law of this file: a key, or its absence on this machine, names one caller.

import type { Gathered } from "./gather.ts";
import { type Problem, problemAt } from "./problem.ts";

/** A key digest that two callers have, and a second caller without a key. */
export function checkCallers({ lists: { callers } }: Gathered): Problem[] {
  const owners = new Map<string, string>();
  return callers.flatMap(({ item, source, path }) => {
    const claims: readonly (readonly [string, readonly (string | number)[]])[] = item.keySha256?.map(
      (digest, index) => [digest, [...path, "keySha256", index]] as const,
    ) ?? [["loopback", [...path, "loopback"]]];
    return claims.flatMap(([claim, at]) => {
      const owner = owners.get(claim);
      owners.set(claim, owner ?? item.id);
      if (owner === undefined || owner === item.id) return [];
      const message = {
        zh: `已属于调用方 ${owner}：一个密钥（或本机无密钥）只能指一个调用方`,
        en: `belongs to caller ${owner}: a key (or none, on this machine) names one caller`,
      };
      return [problemAt(source, at, "caller_ambiguous", message)];
    });
  });
}
