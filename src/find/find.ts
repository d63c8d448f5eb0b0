// Doc → Finding[]. Law: every string, number and member's name is looked at, wherever it stands
// (portkey-last-message-only, portkey-tool-arguments), and so is all text outside the body that leaves; findings come
// in document order.

import { ESCAPES, rawAfter } from "../decode/escapes.ts";
import { pointerOf } from "../decode/json/pointer.ts";
import { readString } from "../decode/json/read.ts";
import { hold } from "../decode/original.ts";
import type { Doc, Finding, NameReader, Policy } from "../words.ts";
import type { Context } from "./detector.ts";
import { findInFiles } from "./files.ts";
import { contextOf, contextOfKey, keyOf, NO_CONTEXT } from "./keys.ts";
import { mayName, withNames } from "./named.ts";
import { together } from "./records/records.ts";
import { unitsOf } from "./scan/locate.ts";
import { type Place, Search } from "./search.ts";
import { type Split, Splits } from "./views/split.ts";

type Profile = Policy["profile"];

const KEY = 2;
const STRING = 3;
const NUMBER = 4;
const KIND = 0x0f;
/** `a@b.cn`, six digits: nothing shorter identifies. */
const BYTES_MIN = 6;

const NONE: readonly Place[] = [];

const search = new Search();
const splits = new Splits();

/** A span of `findInText`: UTF-16 units of the text. */
export type TextFinding = Pick<
  Finding,
  "type" | "start" | "end" | "certainty" | "sensitive" | "identifies" | "original"
>;

/**
 * @param profile which list of sensitive kinds holds. @param names null: names and addresses are not looked for.
 * @param under the name of the member that the whole document stands in.
 */
export function find(doc: Doc, profile: Profile, names: NameReader | null = null, under = ""): readonly Finding[] {
  const findings: Finding[] = [];
  findInBody(doc, profile, names, findings, under === "" ? NO_CONTEXT : contextOf(under));
  for (let i = 0; i < doc.head.length; i++) {
    const { where, name, text } = doc.head[i]!;
    for (const place of placesInText(text, name, where === "header" ? null : names))
      findings.push(foundAt(place, profile, where, i, name, 0, 0));
  }
  const all = together(doc, findings, profile);
  if (doc.files === undefined) return all;
  return [...all, ...findInFiles(doc.files, (inside, key) => find(inside, profile, names, key))];
}

/** @param key the name of the member that the text is the value of, as context. */
export function findInText(text: string, profile: Profile, key = "", names: NameReader | null = null): TextFinding[] {
  return placesInText(text, key, names).map((place) => told(place, profile));
}

function placesInText(text: string, key: string, names: NameReader | null): readonly Place[] {
  const context = contextOf(key);
  const places = search.placesInText(text, context);
  return names !== null && (names.everywhere || context.named) ? withNames(places, text, context, names) : places;
}

function findInBody(doc: Doc, profile: Profile, names: NameReader | null, findings: Finding[], outer: Context): void {
  const { count, kind, start, end } = doc.tokens;
  let hidden: Set<number> | undefined;
  search.over(doc.bytes);
  splits.over(doc);
  for (let token = 0; token < count; token++) {
    const flags = kind[token]!;
    const kindOf = flags & KIND;
    if (kindOf < KEY || kindOf > NUMBER) continue;
    const key = keyOf(doc, token);
    const context = key < 0 ? outer : contextOfKey(doc, key);
    if (kindOf !== KEY) splits.see(token, context);
    const whole = context.keyed !== undefined;
    if (!whole && end[token]! - start[token]! < BYTES_MIN) continue;
    const escaped = (flags & ESCAPES) !== 0;
    const opened = search.opens(start[token]!, end[token]!, flags & ESCAPES, context);
    let places = opened ? search.look(context) : NONE;
    if (
      names !== null &&
      kindOf === STRING &&
      (names.everywhere || context.named) &&
      (context.named === true || mayName(doc.bytes, start[token]!, end[token]!))
    )
      places = withNames(places, readString(doc, token), context, names);
    if (places.length === 0) continue;
    if (kindOf === KEY) hidden = (hidden ?? new Set()).add(token);
    const path = pointerOf(doc, token, hidden);
    let raw = start[token]!;
    let units = 0;
    for (const place of places) {
      const byteStart = escaped
        ? rawAfter(doc.bytes, raw, place.start - units, flags)
        : start[token]! + place.byteStart;
      const byteEnd = escaped
        ? rawAfter(doc.bytes, byteStart, place.end - place.start, flags)
        : start[token]! + place.byteEnd;
      findings.push(foundAt(place, profile, "body", token, path, byteStart, byteEnd));
      raw = byteEnd;
      units = place.end;
    }
  }
  search.done();
  const split = splits.done();
  if (split.length > 0) addSplit(doc, profile, split, findings);
}

/** The pieces of a number; where a string has findings of its own, those stand. */
function addSplit(doc: Doc, profile: Profile, split: readonly Split[], findings: Finding[]): void {
  const taken = new Set(findings.map(({ token }) => token));
  for (const { detector, certainty, canonical, pieces } of split) {
    if (pieces.some(({ token }) => taken.has(token))) continue;
    const original = hold(canonical);
    for (const [piece, { token, byteStart, byteEnd }] of pieces.entries()) {
      const start = unitsOf(doc.bytes, doc.tokens.start[token]!, byteStart);
      const place = { type: detector.type, where: "body", token, path: pointerOf(doc, token, undefined) } as const;
      const span = { start, end: start + byteEnd - byteStart, byteStart, byteEnd };
      const sensitive = detector.sensitivity[profile];
      findings.push({ ...place, ...span, certainty, sensitive, identifies: detector.identifies, piece, original });
    }
  }
  findings.sort((a, b) => a.token - b.token || a.start - b.start);
}

function told({ detector, span, start, end }: Place, profile: Profile): TextFinding {
  return {
    type: detector.type,
    start,
    end,
    certainty: span.certainty,
    sensitive: detector.sensitivity[profile],
    identifies: span.identifies ?? detector.identifies,
    original: hold(span.canonical),
  };
}

/** One literal: a Finding made by spreading another costs as much as finding it. */
function foundAt(
  { detector, span, start, end }: Place,
  profile: Profile,
  where: Finding["where"],
  token: number,
  path: string,
  byteStart: number,
  byteEnd: number,
): Finding {
  return {
    type: detector.type,
    where,
    token,
    path,
    start,
    end,
    byteStart,
    byteEnd,
    certainty: span.certainty,
    sensitive: detector.sensitivity[profile],
    identifies: span.identifies ?? detector.identifies,
    original: hold(span.canonical),
  };
}
