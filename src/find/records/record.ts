// Which record something belongs to. Law: a record is the nearest object; it is a part of the objects around it, up to
// the next array, whose items are records of their own.

import type { Doc, Finding } from "../../words.ts";

const OBJECT = 0;
const ARRAY = 1;
const KIND = 0x0f;

/** The path of the record that a finding stands in: its member's object; in the head, the field itself. */
export function recordPath({ where, path }: Finding): string {
  return where === "body" ? path.slice(0, path.lastIndexOf("/") + 1) : `${where}:${path}`;
}

/** The objects around findings of the body, up to the next array: their tokens. */
export function recordsHolding(doc: Doc, findings: readonly Finding[]): ReadonlySet<number> {
  const { kind, parent } = doc.tokens;
  const records = new Set<number>();
  for (const { token } of findings)
    for (let at = parent[token]!; at >= 0 && !records.has(at) && (kind[at]! & KIND) === OBJECT; at = parent[at]!)
      records.add(at);
  return records;
}

/** The item of the nearest array around a token, and that array; null where no array is around. */
export function itemAround(doc: Doc, token: number): { readonly item: number; readonly array: number } | null {
  const { kind, parent } = doc.tokens;
  for (let item = token; parent[item]! >= 0; item = parent[item]!)
    if ((kind[parent[item]!]! & KIND) === ARRAY) return { item, array: parent[item]! };
  return null;
}
