// Which ways of which detectors are open at a place, in bytes. Law: wider than the detectors: a way that is shut here
// would have found nothing; what is open by mistake costs time alone.

import { DETECTORS } from "../all.ts";
import type { Clause, Detector } from "../detector.ts";
import { plainName } from "../shared/label.ts";
import { isOfOneClause } from "./clause-ends.ts";
import { NOT_ASCII, RUN_KINDS, RUN_UNITS_MAX } from "./first-run.ts";
import { literalsOf } from "./literals.ts";
import { WORD } from "./starts.ts";
import { treeOf } from "./syntax.ts";

interface Way extends Clause {
  readonly detector: number;
  readonly triggers: number;
}

const WAYS: readonly Way[] = DETECTORS.flatMap(({ clauses, triggers }: Detector, detector) =>
  (clauses ?? [{}]).map((clause: Clause) => ({ triggers, ...clause, detector })),
);
/** Words of 32 bits in a set of ways. */
export const WIDTH: number = Math.ceil(WAYS.length / 32);
const ROWS = RUN_KINDS * (RUN_UNITS_MAX + 1);
const TRIGGERS = 1 << 12;
const NAMES_MAX = 4096;

/** `rows` sets of ways, one after another. */
function sets(rows: number, has: (way: Way, row: number) => boolean): Int32Array {
  const table = new Int32Array(rows * WIDTH);
  for (const [i, way] of WAYS.entries())
    for (let row = 0; row < rows; row++) if (has(way, row)) table[row * WIDTH + (i >> 5)]! |= 1 << (i & 31);
  return table;
}

const isAnywhere = ({ shape }: Way) => shape === undefined || shape === null;
export const ANYWHERE: Int32Array = sets(1, isAnywhere);
export const FIRST: Int32Array = sets(128, ({ shape }, unit) => shape?.first.has(unit) === true);
export const ENDS: Int32Array = sets(ROWS, ({ shape }, row) => shape?.ends[row] === 1);
export const GOES_ON: Int32Array = sets(ROWS, ({ shape }, row) => shape?.goesOn[row] === 1);
export const NEXT: Int32Array = sets(NOT_ASCII + 1, ({ shape }, unit) => shape?.next[unit] === 1);
/** Bytes that begin a match and are no letter or digit. */
export const IS_FIRST: Uint8Array = new Uint8Array(256);
for (let unit = 0; unit < 128; unit++)
  if (WORD[unit] === 0 && WAYS.some(({ shape }) => shape?.first.has(unit))) IS_FIRST[unit] = 1;
/** By code point, not ASCII: who begins with it. */
export const SPECIAL: Map<number, Int32Array> = new Map<number, Int32Array>();
for (const point of new Set(WAYS.flatMap(({ shape }) => [...(shape?.first ?? [])])))
  if (point >= 128)
    SPECIAL.set(
      point,
      sets(1, ({ shape }) => shape?.first.has(point) === true),
    );
/** Ways that ask for no word. */
export const WORDLESS: Int32Array = sets(1, ({ said }) => said === undefined);

/** Ways of detectors that look at rows: all their ways have a shape. Whoever may begin anywhere looks for itself. */
export const AT_ROWS: Int32Array = sets(1, ({ detector }) =>
  WAYS.every((way) => way.detector !== detector || !isAnywhere(way)),
);
/** Ways whose words say something only as labels: none of what ends a clause stands in them. */
export const LABELLED: Int32Array = sets(
  1,
  ({ labelled, said }) => labelled === true && said !== undefined && said.every(isOfOneClause),
);

/** Ways whose words may stand further away. */
export const FAR: Int32Array = sets(1, ({ detector }) => DETECTORS[detector]!.identifies === "secret");

const byTriggers = new Int32Array(TRIGGERS * WIDTH);
const isKnown = new Uint8Array(TRIGGERS);

/** Sets `into` to the ways that such triggers open. */
export function triggered(bits: number, into: Int32Array): void {
  const at = bits * WIDTH;
  if (isKnown[bits] === 0) {
    byTriggers.set(
      sets(1, ({ triggers }) => (triggers & bits) !== 0),
      at,
    );
    isKnown[bits] = 1;
  }
  for (let word = 0; word < WIDTH; word++) into[word] = byTriggers[at + word]!;
}

/** Ways that look at the bytes themselves before they say that they begin. */
export const LOOKING: Int32Array = sets(1, ({ may }) => may !== undefined);

/** Whether the nth way may begin with a row of letters and digits: see `Clause.may`. */
export function mayBegin(way: number, bytes: Uint8Array, start: number, end: number, opened: boolean): boolean {
  return WAYS[way]!.may!(bytes, start, end, opened);
}

/** Pieces of text, as `foldOf` compares them, and whose ways each opens; ways whose words are no such list. */
export function literalsByWay(): { readonly literals: ReadonlyMap<string, Int32Array>; readonly always: Int32Array } {
  const literals = new Map<string, Int32Array>();
  const always = new Int32Array(WIDTH);
  for (const [i, { said }] of WAYS.entries())
    for (const words of said ?? []) {
      const tree = treeOf(words);
      const needed = tree === null ? null : literalsOf(tree);
      if (needed === null) always[i >> 5]! |= 1 << (i & 31);
      for (const text of needed ?? []) {
        const ways = literals.get(text) ?? new Int32Array(WIDTH);
        ways[i >> 5]! |= 1 << (i & 31);
        literals.set(text, ways);
      }
    }
  return { literals, always };
}

const byName = new Map<string, Int32Array | null>();

/** @returns the ways whose words a member's name says, null for none. */
export function waysOfName(name: string): Int32Array | null {
  const before = byName.get(name);
  if (before !== undefined) return before;
  const plain = plainName(name);
  const says = ({ said, named }: Way) =>
    said?.some((words) => words.test(name)) || named?.some((words) => words.test(plain) || words.test(name)) || false;
  const ways = WAYS.some(says) ? sets(1, says) : null;
  if (byName.size >= NAMES_MAX) byName.clear();
  byName.set(name, ways);
  return ways;
}

/** @returns all ways of some detectors. */
export function waysOf(detectors: readonly Detector[]): Int32Array {
  return sets(1, ({ detector }) => detectors.includes(DETECTORS[detector]!));
}

/** Sets of detectors, as two words: bit i of them is DETECTORS[i]. */
const LOW = new Int32Array(WIDTH * 32);
const HIGH = new Int32Array(WIDTH * 32);
for (const [i, { detector }] of WAYS.entries()) (detector < 32 ? LOW : HIGH)[i] = 1 << (detector & 31);
if (DETECTORS.length > 64) throw new Error("more than 64 detectors: a set of them takes two words");

/** @returns the lower word of the set of detectors whose ways these are. @param at where the ways begin. */
export function lowOf(ways: Int32Array, at = 0): number {
  return detectorsOf(ways, at, LOW);
}

/** @returns the upper word. */
export function highOf(ways: Int32Array, at = 0): number {
  return detectorsOf(ways, at, HIGH);
}

function detectorsOf(ways: Int32Array, at: number, words: Int32Array): number {
  let set = 0;
  for (let word = 0; word < WIDTH; word++)
    for (let bits = ways[at + word]!; bits !== 0; bits &= bits - 1)
      set |= words[word * 32 + 31 - Math.clz32(bits & -bits)]!;
  return set;
}
