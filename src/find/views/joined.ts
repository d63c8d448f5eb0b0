// One number written in pieces: single digits with spaces or commas, odd groups with dashes, digits line by line; or
// with letters for digits; and identity numbers that `_` joins to something else. Law: a reading counts only if the
// whole run is the number, the pieces follow one rule, and a check digit holds or a word nearby says what it is:
// numbers in a table are not one number.

import type { PiType } from "../../words.ts";
import { isBorderBefore, matchesOf } from "../shared/pattern.ts";

/** A number as one piece. Units of the text. */
export interface Joined {
  readonly start: number;
  readonly end: number;
  readonly digits: string;
  /** Kinds it may be where a word vouches for them, and those that need none. */
  readonly vouched: readonly PiType[];
  readonly alone: readonly PiType[];
}

const CHECKED: readonly PiType[] = ["cn-id", "bank-card"];
const ALL: readonly PiType[] = ["cn-id", "bank-card", "cn-mobile"];
const NONE: readonly PiType[] = [];

/** Digits with what may stand between two of them; X closes an identity number. */
const RUN = /[0-9](?:[\s.,，、/_*|~+()·•—–-]{0,3}[0-9]){8,40}(?:[\s.,，、/_*|~·•—–-]{0,2}[Xx](?![A-Za-z0-9]))?/g;
/** A number in one piece is what it is. */
const GAP = /[^0-9Xx]/;
const GAPS = /[^0-9Xx]+/g;
const PIECES = /[0-9Xx]+/g;
/** What goes on after it is a longer code. */
const GLUED = /^(?:[A-Za-z0-9_]|[-.:/|][A-Za-z0-9])/;
const GLUED_BEFORE = /[A-Za-z0-9][-.:/|]$/;
const DIGITS_MIN = 11;
const DIGITS_MAX = 19;

/** Digits and letters that look like them. */
const LOOKALIKES = /[0-9OoQIil|]{11,19}[Xx]?/g;
const LOOKALIKE_DIGITS_MIN = 5;

/** As names of files and keys have it: `idcard_110105…`, `110105…_front.png`. Its check character speaks for it. */
const UNDERSCORED = /(?<=_)\d{17}[\dXx](?![A-Za-z0-9])|(?<![A-Za-z0-9_])\d{17}[\dXx](?=_)/g;
const IDENTITY: readonly PiType[] = ["cn-id"];

/** Every run of `text` that may be one number, in order. */
export function joinedIn(text: string): Joined[] {
  const found: Joined[] = [];
  for (const match of matchesOf(RUN, text)) {
    const run = match[0];
    if (!GAP.test(run)) continue;
    for (const [from, to] of evenStretches(run)) addStretch(text, run.slice(from, to), match.index + from, found);
  }
  for (const match of matchesOf(LOOKALIKES, text)) addLookalike(text, match[0], match.index, found);
  for (const { 0: digits, index: start } of matchesOf(UNDERSCORED, text))
    found.push({ start, end: start + digits.length, digits, vouched: IDENTITY, alone: IDENTITY });
  return found.sort((a, b) => a.start - b.start);
}

function addStretch(text: string, run: string, start: number, found: Joined[]): void {
  if (run.length < DIGITS_MIN) return;
  const digits = run.replace(/[^0-9Xx]/g, "");
  const end = start + run.length;
  if (digits.length < DIGITS_MIN || digits.length > DIGITS_MAX || !isBordered(text, start, end)) return;
  const pieces = run.match(PIECES)!;
  if (pieces.length === 1 || isQuad(pieces)) return;
  found.push({ start, end, digits, vouched: ALL, alone: aloneOf(pieces) });
}

function addLookalike(text: string, run: string, start: number, found: Joined[]): void {
  const count = run.replace(/[^0-9]/g, "").length;
  if (count < LOOKALIKE_DIGITS_MIN || count === run.replace(/[Xx]$/, "").length) return;
  if (!isBordered(text, start, start + run.length)) return;
  const digits = run.replace(/[OoQ]/g, "0").replace(/[Iil|]/g, "1");
  found.push({ start, end: start + run.length, digits, vouched: ALL, alone: ALL });
}

/** Two pieces are two numbers unless a word says otherwise. */
function aloneOf(pieces: readonly string[]): readonly PiType[] {
  if (pieces.length < 3) return NONE;
  if (isSingles(pieces) || isChunked(pieces)) return ALL;
  return isEven(pieces) ? CHECKED : NONE;
}

/** Stretches of a run in which all gaps are written alike: in a table, rows and columns are not. */
function evenStretches(run: string): [number, number][] {
  const stretches: [number, number][] = [];
  let from = 0;
  let gap: string | null = null;
  for (const match of matchesOf(GAPS, run)) {
    if (gap !== null && match[0] !== gap) {
      stretches.push([from, match.index]);
      from = match.index + match[0].length;
      gap = null;
    } else gap = match[0];
  }
  stretches.push([from, run.length]);
  return stretches;
}

function isBordered(text: string, start: number, end: number): boolean {
  return (
    isBorderBefore(text, start) &&
    !GLUED_BEFORE.test(text.slice(Math.max(0, start - 2), start)) &&
    !GLUED.test(text.slice(end, end + 2))
  );
}

/** 1 3 8 0 0 1 … */
function isSingles(pieces: readonly string[]): boolean {
  return pieces.every((piece) => piece.length === 1);
}

/** All pieces but the last two of one length of three or more: 1894-5298-33-0, 131782 7921 2. */
function isChunked(pieces: readonly string[]): boolean {
  const first = pieces[0]!.length;
  const last = pieces.slice(0, -1).findIndex((piece) => piece.length !== first);
  return first >= 3 && pieces.at(-1)!.length <= first && (last < 0 || last >= Math.max(1, pieces.length - 3));
}

/** Pairs, threes: short pieces of one length. */
function isEven(pieces: readonly string[]): boolean {
  const first = pieces[0]!.length;
  return pieces.slice(0, -1).every((piece) => piece.length === first) && pieces.at(-1)!.length <= first;
}

/** Four numbers up to 255 are an address of a machine. */
function isQuad(pieces: readonly string[]): boolean {
  return pieces.length === 4 && pieces.every((piece) => piece.length <= 3 && Number(piece) <= 255);
}
