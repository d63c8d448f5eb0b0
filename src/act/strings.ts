// Strings of a Doc as text, and where their units stand in its bytes. Law: positions are exact to the byte for every
// escape and every UTF-8 sequence, because a splice that is off by one leaks or corrupts.

import type { Doc } from "../words.ts";

export const KEY = 2;
export const STRING = 3;
export const NUMBER = 4;
const KIND = 0x0f;
const BACKSLASH = 0x5c;

export function kindOf(doc: Doc, token: number): number {
  return doc.tokens.kind[token]! & KIND;
}

/** The token's bytes as they stand, one character a byte: cheap to search for ASCII and known UTF-8 sequences. */
export function rawBytes(doc: Doc, token: number): string {
  return view(doc.bytes, doc.tokens.start[token]!, doc.tokens.end[token]!).toString("latin1");
}

/** The decoded text of a key or string; of a number, its digits. */
export function textOf(doc: Doc, token: number): string {
  const raw = view(doc.bytes, doc.tokens.start[token]!, doc.tokens.end[token]!).toString("utf8");
  return raw.includes("\\") ? (JSON.parse(`"${raw}"`) as string) : raw;
}

/**
 * Byte offsets in `bytes` of the ascending unit offsets `units` of the string that starts at byte `from`.
 * A unit offset inside a surrogate pair cannot be cut in UTF-8: it counts as the pair's start.
 */
export function byteOffsets(bytes: Uint8Array, from: number, units: readonly number[]): number[] {
  const offsets: number[] = [];
  let at = from;
  let unit = 0;
  for (const wanted of units) {
    while (unit < wanted) {
      const lead = bytes[at]!;
      const pair = lead >= 0xf0;
      if (pair && unit + 2 > wanted) break;
      unit += pair ? 2 : 1;
      at += lead === BACKSLASH ? escapeBytes(bytes[at + 1]!) : sequenceBytes(lead);
    }
    offsets.push(at);
  }
  return offsets;
}

function escapeBytes(letter: number): number {
  return letter === 0x75 ? 6 : 2;
}

function sequenceBytes(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

function view(bytes: Uint8Array, start: number, end: number): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
}
