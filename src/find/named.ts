// Names and addresses beside what the detectors found. Law: what has a shape of its own stands before what a model or
// a label calls a name; and a name is never read where it cannot be, so that most strings cost a look at their bytes.

import type { NameReader } from "../words.ts";
import type { Context, Detector } from "./detector.ts";
import { readUndone } from "./names/undone.ts";
import { bytesOf } from "./scan/locate.ts";
import type { Place } from "./search.ts";
import { joinedWith } from "./views/overlap.ts";

const HAN_LEAD_MIN = 0xe3;
/** 张三 */
const BYTES_MIN = 6;
const UNITS_MAX = 128;

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

/** Whether a name can stand in these bytes: a Chinese character, or a capital and a small letter after it. */
export function mayName(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < BYTES_MIN) return false;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte >= HAN_LEAD_MIN || (byte >= 0x41 && byte <= 0x5a && isSmall(bytes[at + 1]!))) return true;
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
  const spans = named === true ? readUndone(text, key, reader) : reader.read(text, key);
  if (spans.length === 0) return plain;
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
