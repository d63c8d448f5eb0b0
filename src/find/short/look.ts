// Who is asked about a short value, in one look at its bytes. Law: whoever scan/triggers.ts would open is open here,
// and maybe more; of what is no such value nothing is said.

import {
  ANYWHERE,
  ENDS,
  FIRST,
  GOES_ON,
  highOf,
  IS_FIRST,
  LOOKING,
  lowOf,
  mayBegin,
  NEXT,
  SPECIAL,
  triggered,
  WIDTH,
  WORDLESS,
} from "../anchors/clauses.ts";
import { NOT_ASCII, runOf } from "../anchors/first-run.ts";
import { addBegunUnit } from "../anchors/heard.ts";
import { waysNamedBefore } from "../anchors/name-before.ts";
import { WORD } from "../anchors/starts.ts";
import type { Context } from "../detector.ts";
import { PLATE } from "../scan/bits.ts";
import { KINDS } from "../scan/odd.ts";
import { isPlateStart } from "../scan/plates.ts";
import { pointAt } from "../scan/shapes.ts";
import { ValueRows } from "./rows.ts";

/** A longer value is a text. */
export const VALUE_BYTES_MAX = 64;
const HAN_BYTES = 3;
const HAN_LEAD_MIN = 0xe4;
const HAN_LEAD_MAX = 0xe9;
const POINT = 0x2e;
const CAPITAL_V = 0x56;
const SMALL_LETTER = 0x20;

const rows = new ValueRows();
/** Ways whose word is said or that ask for none; by what triggers them, in a row and anywhere; all that are open. */
const said = new Int32Array(WIDTH);
const shaped = new Int32Array(WIDTH);
const hit = new Int32Array(WIDTH);
const ways = new Int32Array(WIDTH);

/** Sets of detectors, as two words. */
export interface Asked {
  low: number;
  high: number;
  /** Nothing but digits is in it. */
  isDigits: boolean;
  isAscii: boolean;
}

/**
 * Fills `asked` with those that may find something in the value [from, to) of a member.
 * @returns false where it is no such value: it goes the long way.
 */
export function look(bytes: Uint8Array, from: number, to: number, { says, knows }: Context, asked: Asked): boolean {
  for (let word = 0; word < WIDTH; word++) said[word] = WORDLESS[word]! | (says === undefined ? 0 : says[word]!);
  const first = afterHan(bytes, from, to);
  if (first < 0 || !rows.read(bytes, first, to, said)) return false;
  asked.isAscii = first === from;
  asked.isDigits = asked.isAscii && rows.isDigits;
  const isPlate = first > from && isPlateStart(bytes, from, first, to);
  triggered(rows.bits, shaped);
  const hits = isPlate ? rows.hits | PLATE : rows.hits;
  if (hits !== 0) triggered(hits, hit);
  else for (let word = 0; word < WIDTH; word++) hit[word] = 0;
  if (rows.hasColon) addNamed(bytes, first);
  for (let word = 0; word < WIDTH; word++) {
    shaped[word] = (shaped[word]! & said[word]!) | (knows === undefined ? 0 : knows[word]!);
    ways[word] = (shaped[word]! & ANYWHERE[word]!) | (hit[word]! & said[word]!);
  }
  const special = first > from ? SPECIAL.get(pointAt(bytes, from, HAN_BYTES)) : undefined;
  for (let nth = 0; nth < rows.count; nth++) addRow(bytes, from, nth, to, nth === 0 ? special : undefined);
  asked.low = lowOf(ways);
  asked.high = highOf(ways);
  return true;
}

/** @returns where its ASCII begins: behind one Chinese character at most; -1 where it is another. */
function afterHan(bytes: Uint8Array, from: number, to: number): number {
  const lead = bytes[from]!;
  if (lead < 0x80) return from;
  const first = from + HAN_BYTES;
  if (lead < HAN_LEAD_MIN || lead > HAN_LEAD_MAX || first >= to || KINDS[pointAt(bytes, from, HAN_BYTES)] !== 0)
    return -1;
  if ((bytes[first]! & ~SMALL_LETTER) === CAPITAL_V) return -1;
  addBegunUnit(bytes, from, said);
  return first;
}

/** Names of members in the value itself, before a colon. */
function addNamed(bytes: Uint8Array, from: number): void {
  for (let nth = 0; nth < rows.count; nth++) {
    const named = waysNamedBefore(bytes, from, rows.start[nth]!);
    if (named !== null) for (let word = 0; word < WIDTH; word++) said[word]! |= named[word]!;
  }
}

/** Adds those that may begin with a row, or with a sign before it. */
function addRow(bytes: Uint8Array, from: number, nth: number, to: number, special: Int32Array | undefined): void {
  const start = rows.start[nth]!;
  const end = rows.end[nth]!;
  if (start - 2 >= from && bytes[start - 1] === POINT && WORD[bytes[start - 2]!] === 1) return;
  const length = runOf(rows.kind[nth]!, end - start) * WIDTH;
  const next = end < to ? Math.min(bytes[end]!, NOT_ASCII) * WIDTH : -1;
  const first = bytes[start]! * WIDTH;
  const before = start > from ? bytes[start - 1]! : 0;
  const sign = IS_FIRST[before] === 1 ? before * WIDTH : -1;
  for (let word = 0; word < WIDTH; word++) {
    const goesOn = next < 0 ? 0 : GOES_ON[length + word]! & NEXT[next + word]!;
    const signed = (sign < 0 ? 0 : FIRST[sign + word]!) | (special === undefined ? 0 : special[word]!);
    const row = ((FIRST[first + word]! & (ENDS[length + word]! | goesOn)) | signed) & shaped[word]! & ~ways[word]!;
    if (row !== 0) ways[word]! |= row & LOOKING[word]! ? looked(bytes, start, end, row, word, signed) : row;
  }
}

/** Those of `row` that look at its bytes and may begin there; and those that do not look. */
function looked(bytes: Uint8Array, start: number, end: number, row: number, word: number, signed: number): number {
  let stay = row;
  for (let bits = row & LOOKING[word]!; bits !== 0; bits &= bits - 1) {
    const bit = bits & -bits;
    const way = word * 32 + 31 - Math.clz32(bit);
    if (!mayBegin(way, bytes, start, end, (signed & bit) !== 0)) stay &= ~bit;
  }
  return stay;
}
