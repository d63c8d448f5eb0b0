// Destinations of a policy → environment variables. Law: each variable is set once; a destination that gets none is
// named with its address.

import type { Text } from "../../io/policy/problem.ts";
import { CannotRun } from "../shown/cannot-run.ts";
import { CLIENTS, NO_VARIABLE, type Pointed, shapeOf } from "./clients.ts";

export interface Setting {
  readonly name: string;
  readonly value: string;
  readonly destination: string;
  readonly does: Text;
}

/** A destination that no variable points at. */
export interface Unset {
  readonly destination: string;
  readonly url: string;
  readonly why: Text;
}

export interface Settings {
  readonly settings: readonly Setting[];
  readonly unset: readonly Unset[];
}

/**
 * @param gate origin, without a slash at the end. @param chosen ids of destinations that come first, and alone where
 * given.
 * @throws CannotRun for an id that policy does not have.
 */
export function settingsOf(
  destinations: readonly Pointed[],
  gate: string,
  providersCount: number,
  chosen: readonly string[] = [],
): Settings {
  const stray = chosen.find((id) => !destinations.some((one) => one.id === id));
  const ids = destinations.map(({ id }) => id).join(", ");
  if (stray !== undefined)
    throw new CannotRun(
      `策略里没有目的地 ${stray}；有：${ids}`,
      `no destination ${stray} in the policy; there are: ${ids}`,
    );
  const wanted = chosen.length === 0 ? destinations : chosen.map((id) => destinations.find((one) => one.id === id)!);
  const settings: Setting[] = [];
  const unset: Unset[] = [];
  for (const one of wanted) {
    const shape = shapeOf(one, providersCount);
    const rows = CLIENTS.filter(({ provider }) => provider === shape);
    const url = `${gate}/${one.id}`;
    const taken = settings.find(({ name }) => name === rows[0]?.name);
    if (rows.length === 0) unset.push({ destination: one.id, url, why: NO_VARIABLE });
    else if (taken !== undefined) unset.push({ destination: one.id, url, why: takenBy(taken) });
    else
      for (const { name, suffix, does } of rows)
        settings.push({ name, value: url + suffix, destination: one.id, does });
  }
  return { settings, unset };
}

function takenBy({ name, destination }: Setting): Text {
  return {
    zh: `${name} 已指向 ${destination}；用 --destination 选择`,
    en: `${name} points at ${destination} already; choose with --destination`,
  };
}

/** Variables in which SDKs take more headers, one a line (read out of the SDKs): the caller's key goes there. */
export const HEADER_VARIABLES: readonly (readonly [reads: string, name: string])[] = [
  ["OPENAI_BASE_URL", "OPENAI_CUSTOM_HEADERS"],
  ["ANTHROPIC_BASE_URL", "ANTHROPIC_CUSTOM_HEADERS"],
];

export function headerVariables({ settings }: Settings): readonly string[] {
  return HEADER_VARIABLES.filter(([reads]) => settings.some(({ name }) => name === reads)).map(([, name]) => name);
}
