// 行踪轨迹 (PIPL Art. 28: whereabouts). Law: two places or more in one array, each item with its own, and a time in one of
// them: then every one of these positions is part of a track. No finding is added: the positions are renamed.

import { readString } from "../../decode/json/read.ts";
import type { Doc, Finding } from "../../words.ts";
import { itemAround } from "./record.ts";

const KEY = 2;
const STRING = 3;
const NUMBER = 4;
const KIND = 0x0f;
const PLACES_MIN = 2;
/** Tokens of an item that are looked at for its time. */
const LOOKED_MAX = 64;
/** `capturedAt`, `recorded_at`: not `lat`. */
const TIME_NAME = /(?:[Tt]ime(?:[Ss]tamp)?|TIME|[Dd]ate|^ts|^at|_at|[a-z]At|^sj|shijian|时间|日期)$/;
const TIMES: readonly RegExp[] = [
  /^1\d{9}(?:\d{3})?(?:\.\d+)?$/,
  /^(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:[T ]\d{1,2}[:：]\d{2}.{0,16})?$/,
  /^\d{1,2}:\d{2}(?::\d{2})?$/,
];

/** @returns the findings, positions of a track as `track`; the same array where there is none. */
export function tracked(doc: Doc, findings: readonly Finding[]): readonly Finding[] {
  const arrays = arraysOf(doc, findings);
  const renamed = new Set<number>();
  for (const items of arrays.values())
    if (items.size >= PLACES_MIN && [...items.keys()].some((item) => hasTime(doc, item)))
      for (const places of items.values()) for (const i of places) renamed.add(i);
  if (renamed.size === 0) return findings;
  return findings.map((finding, i) => (renamed.has(i) ? { ...finding, type: "track", sensitive: true } : finding));
}

/** By array and item the indices of its positions. */
function arraysOf(doc: Doc, findings: readonly Finding[]): ReadonlyMap<number, ReadonlyMap<number, number[]>> {
  const arrays = new Map<number, Map<number, number[]>>();
  findings.forEach(({ type, where, token }, i) => {
    if (type !== "geo" || where !== "body") return;
    const around = placed(doc, token);
    if (around === null) return;
    const items = arrays.get(around.array) ?? new Map<number, number[]>();
    arrays.set(around.array, items);
    const places = items.get(around.item);
    if (places === undefined) items.set(around.item, [i]);
    else places.push(i);
  });
  return arrays;
}

/** `[116.39, 39.90]` is one place: the array that holds it is the list. */
function placed(doc: Doc, token: number): { readonly item: number; readonly array: number } | null {
  const around = itemAround(doc, token);
  if (around === null || around.item !== token) return around;
  return (doc.tokens.kind[token]! & KIND) === NUMBER ? itemAround(doc, around.array) : around;
}

function hasTime(doc: Doc, item: number): boolean {
  const { count, kind, start, end } = doc.tokens;
  const limit = Math.min(count, item + LOOKED_MAX);
  for (let token = item; token < limit && start[token]! < end[item]!; token++) {
    const kindOf = kind[token]! & KIND;
    if (kindOf === KEY && TIME_NAME.test(readString(doc, token))) return true;
    if ((kindOf === STRING || kindOf === NUMBER) && isTime(readString(doc, token).trim())) return true;
  }
  return false;
}

function isTime(text: string): boolean {
  return TIMES.some((shape) => shape.test(text));
}
