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
import { jsonAfter, unitsOf } from "./scan/locate.ts";
import { type Place, Search } from "./search.ts";
import { type Split, Splits } from "./views/split.ts";

type Profile = Policy["profile"];

const KEY = 2;
const STRING = 3;
const NUMBER = 4;
const KIND = 0x0f;
/** Of `ESCAPES`: JSON's own. */
const JSON_ESCAPES = 0x10;
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

/** A string or member's name in which there is something to look at. */
interface Pending {
  readonly token: number;
  readonly context: Context;
  /** The detectors look. */
  readonly isKept: boolean;
  /** A name or an address may stand in it. */
  readonly isNamed: boolean;
}

/** What is told of one body; `pending` are the strings that are looked at together. */
interface Told {
  readonly doc: Doc;
  readonly profile: Profile;
  readonly names: NameReader | null;
  readonly findings: Finding[];
  hidden: Set<number> | undefined;
  pending: Pending[];
}

function findInBody(doc: Doc, profile: Profile, names: NameReader | null, findings: Finding[], outer: Context): void {
  const { count, kind, start, end } = doc.tokens;
  const told: Told = { doc, profile, names, findings, hidden: undefined, pending: [] };
  search.over(doc.bytes);
  splits.over(doc);
  for (let token = 0; token < count; token++) {
    const flags = kind[token]!;
    const kindOf = flags & KIND;
    if (kindOf < KEY || kindOf > NUMBER) continue;
    const key = keyOf(doc, token);
    const context = key < 0 ? outer : contextOfKey(doc, key);
    if (kindOf !== KEY) splits.see(token, context);
    if (context.keyed === undefined && end[token]! - start[token]! < BYTES_MIN) continue;
    const isKept = search.opens(start[token]!, end[token]!, flags & ESCAPES, context);
    const isNamed =
      names !== null &&
      kindOf === STRING &&
      (names.everywhere || context.named === true) &&
      (context.named === true || mayName(doc.bytes, start[token]!, end[token]!));
    if (!isKept && !isNamed) continue;
    if (isKept) search.keep(context);
    told.pending.push({ token, context, isKept, isNamed });
    if (search.isFull()) tell(told);
  }
  tell(told);
  search.done();
  const split = splits.done();
  if (split.length > 0) addSplit(doc, profile, split, findings);
}

/** Looks at what is pending. */
function tell(told: Told): void {
  if (told.pending.length === 0) return;
  const answers = search.answers();
  let nth = 0;
  for (const { token, context, isKept, isNamed } of told.pending) {
    const places = isKept ? answers[nth++]! : NONE;
    const named = isNamed ? withNames(places, readString(told.doc, token), context, told.names!) : places;
    if (named.length > 0) addFindings(told, token, named);
  }
  told.pending = [];
}

/** @param places in order. */
function addFindings(told: Told, token: number, places: readonly Place[]): void {
  const { doc, profile, findings } = told;
  const flags = doc.tokens.kind[token]!;
  const first = doc.tokens.start[token]!;
  if ((flags & KIND) === KEY) told.hidden = (told.hidden ?? new Set()).add(token);
  const path = pointerOf(doc, token, told.hidden);
  const escapes = flags & ESCAPES;
  let raw = first;
  let units = 0;
  let decoded = 0;
  const after = (bytes: number, unitsMore: number) =>
    escapes === 0
      ? raw + bytes
      : escapes === JSON_ESCAPES
        ? jsonAfter(doc.bytes, raw, bytes)
        : rawAfter(doc.bytes, raw, unitsMore, flags);
  for (const place of places) {
    const byteStart = after(place.byteStart - decoded, place.start - units);
    raw = byteStart;
    raw = after(place.byteEnd - place.byteStart, place.end - place.start);
    findings.push(foundAt(place, profile, "body", token, path, byteStart, raw));
    decoded = place.byteEnd;
    units = place.end;
  }
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
