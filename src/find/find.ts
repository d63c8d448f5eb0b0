// Doc → Finding[]. Law: every string, number and member's name is looked at, wherever it stands
// (portkey-last-message-only, portkey-tool-arguments), and so is all text outside the body that leaves; findings come
// in document order.

import { pointerOf } from "../decode/json/pointer.ts";
import { readString } from "../decode/json/read.ts";
import { hold } from "../decode/original.ts";
import type { Doc, Finding, Policy } from "../words.ts";
import { rawAfter } from "./scan/locate.ts";
import { type Place, Search } from "./search.ts";

type Profile = Policy["profile"];

const KEY = 2;
const NUMBER = 4;
const KIND = 0x0f;
const ESCAPED = 0x10;
/** `a@b.cn`, six digits: nothing shorter identifies. */
const BYTES_MIN = 6;

const search = new Search();

/** A span of `findInText`: UTF-16 units of the text. */
export type TextFinding = Pick<
  Finding,
  "type" | "start" | "end" | "certainty" | "sensitive" | "identifies" | "original"
>;

/** @param profile which list of sensitive kinds holds. */
export function find(doc: Doc, profile: Profile): Finding[] {
  const findings: Finding[] = [];
  findInBody(doc, profile, findings);
  for (let i = 0; i < doc.head.length; i++) {
    const { where, name, text } = doc.head[i]!;
    for (const place of search.placesInText(text, name)) findings.push(foundAt(place, profile, where, i, name, 0, 0));
  }
  return findings;
}

/** @param key the name of the member that the text is the value of, as context. */
export function findInText(text: string, profile: Profile, key = ""): TextFinding[] {
  return search.placesInText(text, key).map((place) => told(place, profile));
}

function findInBody(doc: Doc, profile: Profile, findings: Finding[]): void {
  const { count, kind, start, end } = doc.tokens;
  let hidden: Set<number> | undefined;
  search.over(doc.bytes);
  for (let token = 0; token < count; token++) {
    const flags = kind[token]!;
    const kindOf = flags & KIND;
    if (kindOf < KEY || kindOf > NUMBER || end[token]! - start[token]! < BYTES_MIN) continue;
    const escaped = (flags & ESCAPED) !== 0;
    if (!search.opens(start[token]!, end[token]!, escaped)) continue;
    const places = search.look(contextKey(doc, token, kindOf));
    if (places.length === 0) continue;
    if (kindOf === KEY) hidden = (hidden ?? new Set()).add(token);
    const path = pointerOf(doc, token, hidden);
    let raw = start[token]!;
    let units = 0;
    for (const place of places) {
      const byteStart = escaped ? rawAfter(doc.bytes, raw, place.start - units) : start[token]! + place.byteStart;
      const byteEnd = escaped ? rawAfter(doc.bytes, byteStart, place.end - place.start) : start[token]! + place.byteEnd;
      findings.push(foundAt(place, profile, "body", token, path, byteStart, byteEnd));
      raw = byteEnd;
      units = place.end;
    }
  }
  search.done();
}

/** The name of the member that the value stands in, through arrays. */
function contextKey(doc: Doc, token: number, kindOf: number): string {
  const { kind, parent, slot } = doc.tokens;
  if (kindOf === KEY) return "";
  let at = token;
  while (parent[at]! >= 0 && (kind[parent[at]!]! & KIND) !== 0) at = parent[at]!;
  return parent[at]! < 0 ? "" : readString(doc, slot[at]!);
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
