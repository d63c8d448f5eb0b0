// The text outside the body that would leave too. Law: it is read as deep as any recipient may decode it, and where
// that cannot be said (broken or endless percent-encoding), it is refused.

import type { HeaderPairs, HeadText, Unreadable } from "../words.ts";
import { type HeadValue, piecesTogether, stemOf } from "./head-pieces.ts";
import { headerTexts } from "./header-texts.ts";
import { ambiguous, percentDecoded } from "./percent.ts";
import { orRefused } from "./refused.ts";

const SEGMENTS = Array.from({ length: 16 }, (_, i) => `segment ${i}`);
/** Between a segment and its matrix parameters. */
const MATRIX = /[;=]/;
/** Digits that may be the first of several pieces of a number; and a file's name with what it ends with. */
const DIGITS_SEGMENTS = /\d\/[^/]*\d/;
const ENDING = /^(.{4,})\.[A-Za-z][A-Za-z0-9]{0,4}$/;
/** A parameter's name that may be shown: short, and without room for a number that identifies. */
const SHOWN_NAME = /^(?!.*\d{4})[A-Za-z_][\w.[\]-]{0,31}$/;

/** Nothing in it is undone by anybody: no percent, no name with a value, no encoded word, no Basic. */
const PLAIN_VALUE = /^(?!basic )[A-Za-z0-9/.*_(),:; -]+$/i;

/**
 * Path segments, matrix parameters, query names and values, forwarded header values, percent-decoded; of headers also
 * what else a recipient may undo in them.
 * @param target origin-form. @param forwarded the headers that leave, credentials not among them.
 */
export function decodeHead(target: string, forwarded: HeaderPairs): HeadText[] | Unreadable {
  return orRefused(() => {
    const mark = target.indexOf("?");
    const path = mark < 0 ? target : target.slice(0, mark);
    if (target.includes("#")) throw ambiguous("a fragment in the target");
    const texts: HeadText[] = [];
    addPath(path, texts);
    if (mark >= 0) addQuery(target.slice(mark + 1), texts);
    addHeaders(forwarded, texts);
    return texts;
  });
}

function addPath(path: string, texts: HeadText[]): void {
  const segments = path.split("/");
  const from = texts.length;
  for (let i = 0; i < segments.length; i++) {
    const segment = segments[i]!;
    const parts = MATRIX.test(segment) ? segment.split(MATRIX) : [segment];
    for (const part of parts)
      if (part !== "") texts.push({ where: "path", name: nameOfSegment(i), text: percentDecoded(part, "path") });
  }
  const last = texts.length > from ? ENDING.exec(texts.at(-1)!.text) : null;
  if (last !== null) texts.push({ where: "path", name: texts.at(-1)!.name, text: last[1]! });
  if (DIGITS_SEGMENTS.test(path)) texts.push(...piecesTogether(segmentValues(texts.slice(from))));
}

/** Under the nearest segment before that is a word: `/phone/13800/138000`. */
function segmentValues(texts: readonly HeadText[]): HeadValue[] {
  let stem = "";
  return texts.map(({ where, name, text }) => {
    const value = { where, name: SHOWN_NAME.test(stem) ? stem : name, stem, text };
    if (!/\d/.test(text)) stem = text;
    return value;
  });
}

function nameOfSegment(i: number): string {
  return SEGMENTS[i] ?? `segment ${i}`;
}

function addQuery(query: string, texts: HeadText[]): void {
  const values: HeadValue[] = [];
  for (const pair of query.split(/[&;]/)) {
    const equals = pair.indexOf("=");
    const name = percentDecoded(equals < 0 ? pair : pair.slice(0, equals), "query");
    const shown = SHOWN_NAME.test(name) ? name : "*";
    if (name !== "") texts.push({ where: "query", name: shown, text: name });
    if (equals < 0 || equals === pair.length - 1) continue;
    const text = percentDecoded(pair.slice(equals + 1), "query");
    texts.push({ where: "query", name: shown, text });
    values.push({ where: "query", name: shown, stem: stemOf(name), text });
  }
  if (values.length > 1) texts.push(...piecesTogether(values));
}

/** Plain values, which are nearly all, are pushed as they stand. */
function addHeaders(forwarded: HeaderPairs, texts: HeadText[]): void {
  const seen = new Set<string>();
  let repeated = false;
  for (let i = 0; i + 1 < forwarded.length; i += 2) {
    const name = forwarded[i]!;
    const value = forwarded[i + 1]!;
    repeated ||= seen.has(name);
    seen.add(name);
    if (PLAIN_VALUE.test(value)) texts.push({ where: "header", name, text: value });
    else if (value !== "") for (const text of headerTexts(name, value)) texts.push({ where: "header", name, text });
  }
  if (repeated) texts.push(...piecesTogether(headerValues(forwarded)));
}

/** A recipient may take the values of one name for one list (RFC 9110 §5.2). */
function headerValues(forwarded: HeaderPairs): HeadValue[] {
  const values = Array.from({ length: forwarded.length >> 1 }, (_, i) => {
    const [name, text] = [forwarded[2 * i]!, forwarded[2 * i + 1]!];
    return { where: "header" as const, name, stem: name, text };
  });
  return values.sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
}
