// Doc → Finding[]. Law: every string, number and member's name is looked at, wherever it stands
// (portkey-last-message-only, portkey-tool-arguments), and so is all text outside the body that leaves; findings come
// in document order.

import { ESCAPES, rawAfter } from "../decode/escapes.ts";
import { Pointers, pointerOf } from "../decode/json/pointer.ts";
import { readString } from "../decode/json/read.ts";
import { hold } from "../decode/original.ts";
import type { Doc, Finding, NameReader, Policy } from "../words.ts";
import type { Context, Detector, Span } from "./detector.ts";
import { findInFiles } from "./files.ts";
import { contextOf, Members, NO_CONTEXT } from "./keys.ts";
import { mayName, withNames } from "./named.ts";
import { together } from "./records/records.ts";
import type { Told } from "./records/topics/told.ts";
import { sensitivityOf, topicsInText, withoutGuesses } from "./records/topics.ts";
import { byteAfter, jsonAfter, unitsOf } from "./scan/locate.ts";
import { type Place, Search } from "./search.ts";
import { ShortValues } from "./short/values.ts";
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
const short = new ShortValues();

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
  const { findings, behaving, texts } = findInBody(doc, profile, names, under === "" ? NO_CONTEXT : contextOf(under));
  for (let i = 0; i < doc.head.length; i++) {
    const { where, name, text } = doc.head[i]!;
    for (const place of placesInText(text, name, where === "header" ? null : names))
      findings.push(foundAt(place, profile, where, i, name, 0, 0));
  }
  const all = together(doc, findings, profile, behaving, texts);
  if (doc.files === undefined) return all;
  return [...all, ...findInFiles(doc.files, (inside, key) => find(inside, profile, names, key))];
}

/** @param key the name of the member that the text is the value of, as context. */
export function findInText(text: string, profile: Profile, key = "", names: NameReader | null = null): TextFinding[] {
  const found = placesInText(text, key, names).map((place) => told(place, profile));
  const topics = topicsInText(text, found);
  if (topics.length === 0) return found;
  return [...withoutGuesses(found, topics), ...topics.map((one) => toldOf(text, one, profile))].sort(byStart);
}

function toldOf(text: string, { type, start, end }: Told, profile: Profile): TextFinding {
  const original = hold(text.slice(start, end).toLowerCase());
  const sensitive = sensitivityOf(type)[profile];
  return { type, start, end, certainty: "format+context", sensitive, identifies: "weak", original };
}

function byStart(a: TextFinding, b: TextFinding): number {
  return a.start - b.start;
}

function placesInText(text: string, key: string, names: NameReader | null): readonly Place[] {
  const context = contextOf(key);
  const places = search.placesInText(text, context);
  return names !== null && (names.everywhere || context.named) ? withNames(places, text, context, names) : places;
}

/** What a body holds. */
interface Body {
  readonly findings: Finding[];
  /** Names of members whose value is what somebody did: their tokens. */
  readonly behaving: ReadonlySet<number>;
  /** Strings that were read, by token. */
  readonly texts: ReadonlyMap<number, string>;
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
interface Telling {
  readonly doc: Doc;
  readonly profile: Profile;
  readonly names: NameReader | null;
  readonly findings: Finding[];
  /** Strings in which somebody may be named: what else is said there is read from them. */
  readonly texts: Map<number, string>;
  hidden: Set<number> | undefined;
  pending: Pending[];
}

function findInBody(doc: Doc, profile: Profile, names: NameReader | null, outer: Context): Body {
  const { count, kind, start, end } = doc.tokens;
  const told: Telling = { doc, profile, names, findings: [], texts: new Map(), hidden: undefined, pending: [] };
  const members = new Members(doc, outer);
  search.over(doc.bytes);
  splits.over(doc);
  short.over(doc.bytes);
  for (let token = 0; token < count; token++) {
    const flags = kind[token]!;
    const kindOf = flags & KIND;
    if (kindOf < KEY || kindOf > NUMBER) continue;
    const from = start[token]!;
    const to = end[token]!;
    if (kindOf === KEY && members.isSilent(token)) continue;
    const context = kindOf === KEY ? outer : members.contextOf(token);
    if (kindOf !== KEY) splits.see(token, context);
    if (context.keyed === undefined && to - from < BYTES_MIN) continue;
    const escapes = flags & ESCAPES;
    const isNamed = kindOf === STRING && names !== null && mayBeNamed(names, context, doc.bytes, from, to);
    if (escapes === 0 && !isNamed && kindOf !== KEY && short.take(token, from, to, context)) continue;
    const isKept = search.opens(from, to, escapes, context);
    if (!isKept && kindOf === KEY) members.silence(token);
    if (!isKept && !isNamed) continue;
    if (isKept) search.keep(context);
    told.pending.push({ token, context, isKept, isNamed });
    if (search.isFull()) tell(told);
  }
  tell(told);
  search.done();
  const found = withShort(told);
  short.done();
  const split = splits.done();
  if (split.length > 0) addSplit(doc, profile, split, found);
  return { findings: found, behaving: members.behaving, texts: told.texts };
}

function mayBeNamed(names: NameReader, context: Context, bytes: Uint8Array, start: number, end: number): boolean {
  return context.named === true || (names.everywhere && mayName(bytes, start, end));
}

/** Looks at what is pending. */
function tell(told: Telling): void {
  if (told.pending.length === 0) return;
  const answers = search.answers();
  let nth = 0;
  for (const { token, context, isKept, isNamed } of told.pending) {
    const places = isKept ? answers[nth++]! : NONE;
    const text = isNamed ? readString(told.doc, token) : "";
    const named = isNamed ? withNames(places, text, context, told.names!) : places;
    if (isNamed && named.length > 0) told.texts.set(token, text);
    if (named.length > 0) addFindings(told, token, named);
  }
  told.pending = [];
}

/** @param places in order. */
function addFindings(told: Telling, token: number, places: readonly Place[]): void {
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

/** What was found the long way and the short, in order. */
function withShort({ doc, profile, findings, hidden }: Telling): Finding[] {
  const { tokens, contexts, detectors, spans } = short;
  if (tokens.length === 0) return findings;
  const {
    bytes,
    tokens: { start: starts },
  } = doc;
  const all: Finding[] = [];
  const pointers = new Pointers(doc, hidden);
  let next = 0;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    while (next < findings.length && findings[next]!.token < token) all.push(findings[next++]!);
    const { start, end } = spans[i]!;
    const path = pointers.of(token, contexts[i]!.key);
    const byteStart = byteAfter(bytes, starts[token]!, start);
    const byteEnd = byteAfter(bytes, byteStart, end - start);
    all.push(found(detectors[i]!, spans[i]!, start, end, profile, "body", token, path, byteStart, byteEnd));
  }
  while (next < findings.length) all.push(findings[next++]!);
  return all;
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

function foundAt(
  { detector, span, start, end }: Place,
  profile: Profile,
  where: Finding["where"],
  token: number,
  path: string,
  byteStart: number,
  byteEnd: number,
): Finding {
  return found(detector, span, start, end, profile, where, token, path, byteStart, byteEnd);
}

/** One literal: a Finding made by spreading another costs as much as finding it. */
function found(
  detector: Detector,
  span: Span,
  start: number,
  end: number,
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
