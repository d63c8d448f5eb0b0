// Where the clause of a label ends, in bytes. Law: nothing that ends a clause here stands between a label and its
// number (shared/label.ts), nor in the label; and a label behind its number has a link before it.

import { type Node, treeOf, type Units } from "./syntax.ts";

/** `。；;!！?？<&{}`; two digits side by side are one, too: a label has one at most, IMEI2. */
const ENDS = "。；;!！?？<&{}";
const OTHER = 0;
const STOP = 1;
const DIGIT = 2;
const HAN = 3;
const WIDE = 4;
/** By byte; the last byte of a character of three that ends a clause asks for the two before it. */
const KINDS = new Uint8Array(256);
for (const character of ENDS) {
  const bytes = Buffer.from(character);
  KINDS[bytes.at(-1)!] = bytes.length === 1 ? STOP : bytes[0] === 0xe3 ? HAN : WIDE;
}
KINDS.fill(DIGIT, 0x30, 0x3a);

/** @returns where the clause begins that goes on to `at`, not before `low`. */
export function clauseStart(bytes: Uint8Array, low: number, at: number): number {
  for (let i = at - 1; i >= low; i--) {
    const kind = KINDS[bytes[i]!]!;
    if (kind === OTHER) continue;
    if (kind === STOP) return i + 1;
    if (kind === DIGIT) {
      if (i > low && KINDS[bytes[i - 1]!] === DIGIT) return i;
    } else if (i - 2 >= low && isWideEnd(bytes, i)) return i + 1;
  }
  return low;
}

/** E3 80 82 and EF BC 81, 9B, 9F: `。！；？`. */
function isWideEnd(bytes: Uint8Array, at: number): boolean {
  if (bytes[at] === 0x82) return bytes[at - 1] === 0x80 && bytes[at - 2] === 0xe3;
  return bytes[at - 1] === 0xbc && bytes[at - 2] === 0xef;
}

/**
 * @returns where in [from, to) something stands that can link a label to the number before it, in the same sentence;
 * `to` for nowhere.
 */
export function linkFrom(bytes: Uint8Array, from: number, to: number): number {
  let han = 0;
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    const kind = LINKS[byte]!;
    if (kind === 2) {
      if (byte === SEMICOLON || isWideEnd(bytes, at)) return to;
    } else if (kind === 1 && isLink(bytes, at)) return at;
    if (byte < 0x80) han = 0;
    else if (byte >= HAN_LEAD_MIN && byte <= HAN_LEAD_MAX && ++han > HAN_MAX) return to;
  }
  return to;
}

/** So many Chinese characters in a row may end a number: `军字第12345678号`; before a link there are no more. */
const HAN_MAX = 3;
const HAN_LEAD_MIN = 0xe4;
const HAN_LEAD_MAX = 0xe9;
const SEMICOLON = 0x3b;

/** `(`, `[`, `（`, `【`, 是, 为, 即, is, was, as, being. */
const LINKS = new Uint8Array(256);
for (const byte of [0x28, 0x5b, 0xef, 0xe3, 0xe6, 0xe4, 0xe5, ...Buffer.from("iIaAbB")]) LINKS[byte] = 1;
/** The last bytes of `。`, `；` and `;`. */
for (const byte of [0x82, 0x9b, 0x3b]) LINKS[byte] = 2;

function isLink(bytes: Uint8Array, at: number): boolean {
  const second = bytes[at + 1]!;
  const third = bytes[at + 2]!;
  switch (bytes[at]!) {
    case 0xef:
      return second === 0xbc && third === 0x88;
    case 0xe3:
      return second === 0x80 && third === 0x90;
    case 0xe6:
      return second === 0x98 && third === 0xaf;
    case 0xe4:
      return second === 0xb8 && third === 0xba;
    case 0xe5:
      return second === 0x8d && third === 0xb3;
    case 0x62:
    case 0x42:
      return (second | 0x20) === 0x65;
    case 0x28:
    case 0x5b:
      return true;
    default:
      return (second | 0x20) === 0x73;
  }
}

/** Whether no match of a label's words can have in it what ends a clause. */
export function isOfOneClause(words: RegExp): boolean {
  const tree = treeOf(words);
  return tree !== null && digitsOf(tree) <= 1;
}

/** The most digits that a match has; infinitely many where the end of a clause may be in it. */
function digitsOf(node: Node): number {
  switch (node.kind) {
    case "nothing":
      return 0;
    case "units":
      if ([...ENDS].some((end) => holds(node.units, end.charCodeAt(0)))) return Number.POSITIVE_INFINITY;
      return node.units.some(([low, high]) => low <= 0x39 && high >= 0x30) ? 1 : 0;
    case "row":
      return node.parts.reduce((sum, part) => sum + digitsOf(part), 0);
    case "either":
      return Math.max(...node.parts.map(digitsOf));
    case "times":
      return node.max === 0 ? 0 : digitsOf(node.part) && digitsOf(node.part) * node.max;
  }
}

function holds(units: Units, unit: number): boolean {
  return units.some(([low, high]) => low <= unit && unit <= high);
}
