// Strings of a Doc as text, and where their units stand in its bytes. Law: positions are exact to the byte for every
// escape and every UTF-8 sequence, because a splice that is off by one leaks or corrupts.

import { ESCAPES, rawOffsets, textIn } from "../decode/escapes.ts";
import type { Doc } from "../words.ts";

export const KEY = 2;
export const STRING = 3;
export const NUMBER = 4;
const KIND = 0x0f;
const JSON_ESCAPES = 0x10;

export function kindOf(doc: Doc, token: number): number {
  return doc.tokens.kind[token]! & KIND;
}

/**
 * The token's bytes, one character a byte: cheap to search for ASCII and known UTF-8 sequences. As they stand in JSON
 * and where nothing is escaped; decoded where an escape may stand for any byte of them.
 */
export function searchable(doc: Doc, token: number): string {
  const { kind, start, end } = doc.tokens;
  const escapes = kind[token]! & ESCAPES;
  if (escapes !== 0 && escapes !== JSON_ESCAPES) return Buffer.from(textOf(doc, token)).toString("latin1");
  const from = start[token]!;
  return Buffer.from(doc.bytes.buffer, doc.bytes.byteOffset + from, end[token]! - from).toString("latin1");
}

/** The decoded text of a key or string; of a number, its digits. */
export function textOf(doc: Doc, token: number): string {
  const { kind, start, end } = doc.tokens;
  return textIn(doc.bytes, start[token]!, end[token]!, kind[token]!);
}

/**
 * Byte offsets in the document of the ascending unit offsets `units` of a token's text. A unit offset inside a
 * surrogate pair cannot be cut in UTF-8: it counts as the pair's start.
 */
export function byteOffsets(doc: Doc, token: number, units: readonly number[]): number[] {
  return rawOffsets(doc.bytes, doc.tokens.start[token]!, units, doc.tokens.kind[token]!);
}
