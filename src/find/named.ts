// Names and addresses beside what the detectors found. Law: what has a shape of its own stands before what a model or
// a label calls a name; and a name is never read where it cannot be, so that most strings cost a look at their bytes.

import type { NameReader, NameSpan } from "../words.ts";
import type { Context, Detector } from "./detector.ts";
import { canonicalName } from "./names/spaced.ts";
import { readUndone } from "./names/undone.ts";
import { bytesOf } from "./scan/locate.ts";
import type { Place } from "./search.ts";
import { joinedWith, overlapped } from "./views/overlap.ts";

const HAN_LEAD_MIN = 0xe3;
const BACKSLASH = 0x5c;
const LETTER_U = 0x75;
/** 张三 */
const BYTES_MIN = 6;
const UNITS_MAX = 128;
/** Signs alone name nobody and no place. */
const NAMING = /[\p{L}\p{N}]/u;

/** As detectors, so that findings are made in one way. They find nothing by themselves: a reader does. */
export const NAMED: Readonly<Record<"person" | "address", Detector>> = {
  person: named("person"),
  address: named("address"),
};

function named(type: "person" | "address"): Detector {
  return {
    type,
    triggers: 0,
    identifies: "weak",
    sensitivity: { strict: false, gbt45574: false },
    find: () => [],
    canonical(text) {
      const name = text.replace(/[\s\u200b-\u200f\u2060\ufeff]/g, "");
      return name === "" || name.length > UNITS_MAX ? null : name;
    },
  };
}

/** Whether a name can stand in these bytes: a Chinese character, also as `\u5f20`, or a capital and a small letter. */
export function mayName(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < BYTES_MIN) return false;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte >= HAN_LEAD_MIN || (byte >= 0x41 && byte <= 0x5a && isSmall(bytes[at + 1]!))) return true;
    if (byte === BACKSLASH && bytes[at + 1] === LETTER_U) return true;
  }
  return false;
}

function isSmall(byte: number): boolean {
  return byte >= 0x61 && byte <= 0x7a;
}

/**
 * @param plain what the detectors found in `text`, in order. @param named the key says that a name or an address stands
 * there: then it is read in escapes and in base64, too. @returns that and the names that lie over none of it.
 */
export function withNames(
  plain: readonly Place[],
  text: string,
  { key, named }: Context,
  reader: NameReader,
): readonly Place[] {
  const read = named === true ? readUndone(text, key, reader) : reader.read(text, key);
  if (read.length === 0) return plain;
  const spans = named === true && plain.length > 0 ? read.flatMap((span) => besides(plain, text, span)) : read;
  const places: Place[] = [];
  let unit = 0;
  let byte = 0;
  for (const { type, start, end, certainty, canonical } of spans) {
    const byteStart = byte + bytesOf(text, unit, start);
    const byteEnd = byteStart + bytesOf(text, start, end);
    const span = { start, end, certainty, canonical };
    places.push({ detector: NAMED[type], span, start, end, byteStart, byteEnd });
    unit = end;
    byte = byteEnd;
  }
  return joinedWith(plain, places, (place) => place);
}

/**
 * What a member's name says of its whole value holds of all of it but what is something else: `张伟 13900006335` under
 * an address is a mobile number, and the rest is the address. @param plain in order, disjoint.
 */
function besides(plain: readonly Place[], text: string, span: NameSpan): readonly NameSpan[] {
  const under = overlapped(plain, span, (place) => place);
  // in escapes and in base64 there is no rest to be told
  if (under.length === 0 || canonicalName(text.slice(span.start, span.end)) !== span.canonical) return [span];
  const rest: NameSpan[] = [];
  let start = span.start;
  for (let i = 0; i <= under.length; i++) {
    const end = i < under.length ? under[i]!.start : span.end;
    const piece = start < end ? text.slice(start, end) : "";
    if (NAMING.test(piece)) rest.push({ ...span, start, end, canonical: canonicalName(piece) });
    start = i < under.length ? under[i]!.end : end;
  }
  return rest;
}
