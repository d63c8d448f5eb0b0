// The text outside the body that would leave too. Law: it is read as deep as any recipient may decode it, and where
// that cannot be said (broken or endless percent-encoding), it is refused.

import { isUtf8 } from "node:buffer";
import type { HeaderPairs, HeadText, Unreadable } from "../words.ts";
import { HEX } from "./json/classes.ts";

const ROUNDS_MAX = 3;
const PERCENT = 0x25;
const SEGMENTS = Array.from({ length: 16 }, (_, i) => `segment ${i}`);
/** Between a segment and its matrix parameters. */
const MATRIX = /[;=]/;
/** A parameter's name that may be shown: short, and without room for a number that identifies. */
const SHOWN_NAME = /^(?!.*\d{4})[A-Za-z_][\w.[\]-]{0,31}$/;

/** Percent-encoding that cannot be undone; its message is a constant and holds no text. */
class Ambiguous {
  readonly detail: string;

  constructor(detail: string) {
    this.detail = detail;
  }
}

/**
 * Path segments, matrix parameters, query names and values, forwarded header values, percent-decoded.
 * @param target origin-form. @param forwarded the headers that leave, credentials not among them.
 */
export function decodeHead(target: string, forwarded: HeaderPairs): HeadText[] | Unreadable {
  try {
    const mark = target.indexOf("?");
    const path = mark < 0 ? target : target.slice(0, mark);
    if (target.includes("#")) throw new Ambiguous("a fragment in the target");
    const texts: HeadText[] = [];
    addPath(path, texts);
    if (mark >= 0) addQuery(target.slice(mark + 1), texts);
    addHeaders(forwarded, texts);
    return texts;
  } catch (ambiguous) {
    if (ambiguous instanceof Ambiguous) return { code: "target_ambiguous", detail: ambiguous.detail };
    throw ambiguous;
  }
}

function addPath(path: string, texts: HeadText[]): void {
  const segments = path.split("/");
  for (let i = 0; i < segments.length; i++) {
    const segment = segments[i]!;
    const parts = MATRIX.test(segment) ? segment.split(MATRIX) : [segment];
    for (const part of parts)
      if (part !== "") texts.push({ where: "path", name: nameOfSegment(i), text: decodeText(part, "path") });
  }
}

function nameOfSegment(i: number): string {
  return SEGMENTS[i] ?? `segment ${i}`;
}

function addQuery(query: string, texts: HeadText[]): void {
  for (const pair of query.split(/[&;]/)) {
    const equals = pair.indexOf("=");
    const name = decodeText(equals < 0 ? pair : pair.slice(0, equals), "query");
    const shown = SHOWN_NAME.test(name) ? name : "*";
    if (name !== "") texts.push({ where: "query", name: shown, text: name });
    if (equals >= 0 && equals < pair.length - 1)
      texts.push({ where: "query", name: shown, text: decodeText(pair.slice(equals + 1), "query") });
  }
}

function addHeaders(forwarded: HeaderPairs, texts: HeadText[]): void {
  for (let i = 0; i + 1 < forwarded.length; i += 2)
    if (forwarded[i + 1] !== "")
      texts.push({ where: "header", name: forwarded[i]!, text: decodeText(forwarded[i + 1]!, "header") });
}

/** `+` in a query is a space to most readers. Text that needs no decoding, which is nearly all, is passed through. */
function decodeText(text: string, where: HeadText["where"]): string {
  if (!/[%+\x80-\uffff]/.test(text)) return text;
  let bytes = Buffer.from(where === "query" ? text.replaceAll("+", " ") : text, "latin1");
  for (let round = 0; ; round++) {
    const decoded = percentDecode(bytes, where === "path" && round === 0);
    if (decoded.length === bytes.length) break;
    if (round === ROUNDS_MAX) throw new Ambiguous(`percent-encoding deeper than ${ROUNDS_MAX} in the ${where}`);
    bytes = decoded;
  }
  if (isUtf8(bytes)) return bytes.toString("utf8");
  // A header's bytes may be ISO 8859-1 by the old rule; a target's may not.
  if (where === "header") return bytes.toString("latin1");
  throw new Ambiguous(`the ${where} is not UTF-8`);
}

/** @returns the bytes with every well-formed %XX undone once: shorter, or unchanged. */
function percentDecode(bytes: Buffer, strict: boolean): Buffer<ArrayBuffer> {
  const out = Buffer.alloc(bytes.length);
  let to = 0;
  for (let at = 0; at < bytes.length; at++) {
    const high = bytes[at] === PERCENT && at + 2 < bytes.length ? HEX[bytes[at + 1]!]! : 0;
    const low = high > 0 ? HEX[bytes[at + 2]!]! : 0;
    if (low > 0) at += 2;
    else if (strict && bytes[at] === PERCENT) throw new Ambiguous("broken percent-encoding in the path");
    out[to++] = low > 0 ? ((high - 1) << 4) | (low - 1) : bytes[at]!;
  }
  return out.subarray(0, to);
}
