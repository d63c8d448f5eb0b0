// Which legal entity answers. Law of this file: a model or region that the policy gives to another entity is judged as
// that entity's, and where two could answer nothing leaves.

import type { Destination } from "../words.ts";
import { matcherOf } from "./pattern.ts";
import type { Route } from "./route.ts";

/** @param model as the request names it, null for none. @returns undefined: the policy names several. */
export function recipientOf(
  { recipient, recipientsBy }: Destination,
  model: string | null,
  { provider, path }: Route,
): string | undefined {
  if (recipientsBy === undefined) return recipient;
  const region = provider.regionIn?.(path) ?? null;
  const answering = recipientsBy.filter(({ models, regions }) => isNamed(models, model) && isNamed(regions, region));
  const [first = recipient, ...others] = new Set(answering.map((one) => one.recipient));
  return others.length === 0 ? first : undefined;
}

/** null: whatever it is. */
function isNamed(patterns: readonly string[] | null, name: string | null): boolean {
  return patterns === null || (name !== null && patterns.some((pattern) => matcherOf(pattern)(name)));
}
