// Texts of an entry, quoted. Law: what is built of these is canonical (RFC 8785) as long as members stand in order.

import { quote } from "./canonical.ts";

export function list<T>(items: readonly T[], textOf: (item: T, i: number) => string): string {
  if (items.length === 0) return "[]";
  let text = `[${textOf(items[0]!, 0)}`;
  for (let i = 1; i < items.length; i++) text += `,${textOf(items[i]!, i)}`;
  return `${text}]`;
}

const quoted = new Map<string, string>();
const QUOTED_MAX = 4096;

/** `quote` for what policy, law and code name: those recur at every crossing. Never for what a caller wrote. */
export function word(text: string): string {
  let known = quoted.get(text);
  if (known === undefined) {
    known = quote(text);
    if (quoted.size === QUOTED_MAX) quoted.clear();
    quoted.set(text, known);
  }
  return known;
}

/** A member that few entries have. */
export function given(name: string, text: string | undefined): string {
  return text === undefined ? "" : `"${name}":${word(text)},`;
}

export function orNull(text: string | null): string {
  return text === null ? "null" : word(text);
}

/** A member with ids, absent where there are none. */
export function listed(name: string, ids: readonly string[] | undefined, max: number): string {
  return ids === undefined || ids.length === 0 ? "" : `"${name}":${list(ids.slice(0, max), word)},`;
}
