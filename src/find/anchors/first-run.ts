// How a match can begin: with which unit, how many letters and digits stand in a row there, and what ends that row.
// Law: of a match that ends at a border no beginning is left out; an expression that may begin with any Chinese
// character has no such list.

import { type Node, treeOf, type Units } from "./syntax.ts";

/** Longer rows count as this. */
export const RUN_UNITS_MAX = 63;
/** A row of letters and digits by what is in it: nothing yet, digits, letters, both. */
export const RUN_KINDS = 4;
const HAS_DIGIT = 1;
const HAS_LETTER = 2;
/** Not ASCII, whatever it is. */
export const NOT_ASCII = 128;
const FIRSTS_MAX = 32;

/** Letters, digits and the underscore. */
const IS_WORD = Uint8Array.from({ length: NOT_ASCII + 1 }, (_, unit) =>
  unit < NOT_ASCII && /\w/.test(String.fromCharCode(unit)) ? 1 : 0,
);

export interface Beginnings {
  /** Units that a match begins with. */
  readonly first: ReadonlySet<number>;
  /** The same by unit of ASCII. */
  readonly firsts: Uint8Array;
  /** By `runOf`: the row may be the whole match, or all of it up to its end. */
  readonly ends: Uint8Array;
  /** By `runOf`: something else may follow the row, */
  readonly goesOn: Uint8Array;
  /** and begins so: by unit of ASCII, NOT_ASCII for every other. */
  readonly next: Uint8Array;
  /** Whatever may stand in a match, and how long it may be. */
  readonly inside: Uint8Array;
  readonly longest: number;
}

/** @param kind of the row: HAS_DIGIT, HAS_LETTER or both. */
export function runOf(kind: number, units: number): number {
  return kind * (RUN_UNITS_MAX + 1) + Math.min(units, RUN_UNITS_MAX);
}

const known = new Map<string, Beginnings | null>();

/** `beginningsOf` an expression, null for one that is not read. Told once for each: starting takes time. */
export function beginningsOfShape(shape: RegExp): Beginnings | null {
  const name = `${shape.flags.replace(/[gy]/g, "")}/${shape.source}`;
  const before = known.get(name);
  if (before !== undefined) return before;
  const tree = treeOf(shape);
  const beginnings = tree === null ? null : beginningsOf(tree);
  known.set(name, beginnings);
  return beginnings;
}

/** @returns null where a match may begin with too many different units, or be empty. */
export function beginningsOf(tree: Node): Beginnings | null {
  const first = new Set<number>();
  const isEmpty = addFirsts(tree, first);
  if (isEmpty || [...first].filter((unit) => unit >= NOT_ASCII).length > FIRSTS_MAX) return null;
  const walk = new Walk();
  const end = walk.through(tree, new Set([runOf(0, 0)]));
  return {
    first,
    firsts: Uint8Array.from({ length: NOT_ASCII }, (_, unit) => (first.has(unit) ? 1 : 0)),
    ends: marks(end),
    goesOn: marks(walk.left),
    next: walk.next,
    inside: markUnits(tree, new Uint8Array(NOT_ASCII + 1)),
    longest: longestOf(tree),
  };
}

function marks(runs: ReadonlySet<number>): Uint8Array {
  const marked = new Uint8Array(RUN_KINDS * (RUN_UNITS_MAX + 1));
  for (const run of runs) marked[run] = 1;
  return marked;
}

/** Marks by unit of ASCII, and NOT_ASCII, whatever may stand in a match. */
export function markUnits(node: Node, into: Uint8Array): Uint8Array {
  if (node.kind === "units") {
    for (let unit = 0; unit <= NOT_ASCII; unit++)
      if (meets(node.units, unit, unit === NOT_ASCII ? 0xffff : unit)) into[unit] = 1;
  } else if (node.kind === "times") markUnits(node.part, into);
  else if (node.kind !== "nothing") for (const part of node.parts) markUnits(part, into);
  return into;
}

/** @returns the most units that a match has. */
export function longestOf(node: Node): number {
  switch (node.kind) {
    case "nothing":
      return 0;
    case "units":
      return 1;
    case "row":
      return node.parts.reduce((sum, part) => sum + longestOf(part), 0);
    case "either":
      return Math.max(...node.parts.map(longestOf));
    case "times":
      return node.max === 0 ? 0 : longestOf(node.part) * node.max;
  }
}

/** @returns whether the node matches nothing as well. */
function addFirsts(node: Node, into: Set<number>): boolean {
  switch (node.kind) {
    case "nothing":
      return true;
    case "units":
      for (const [low, high] of node.units)
        for (let unit = low; unit <= high && unit < low + 256; unit++) into.add(unit);
      return false;
    case "row":
      return node.parts.every((part) => addFirsts(part, into));
    case "either":
      return node.parts.map((part) => addFirsts(part, into)).includes(true);
    case "times":
      return addFirsts(node.part, into) || node.min === 0;
  }
}

/** Follows the rows that may stand before each place of the expression. */
class Walk {
  /** Rows that something else followed. */
  readonly left = new Set<number>();
  readonly next: Uint8Array = new Uint8Array(NOT_ASCII + 1);

  /** @param runs that may stand before the node. @returns those that may stand after it. */
  through(node: Node, runs: ReadonlySet<number>): ReadonlySet<number> {
    if (runs.size === 0) return runs;
    switch (node.kind) {
      case "nothing":
        return runs;
      case "units":
        return this.#past(node.units, runs);
      case "row":
        return node.parts.reduce((before, part) => this.through(part, before), runs);
      case "either":
        return new Set(node.parts.flatMap((part) => [...this.through(part, runs)]));
      case "times":
        return this.#times(node.part, node.min, node.max, runs);
    }
  }

  #times(part: Node, min: number, max: number, runs: ReadonlySet<number>): ReadonlySet<number> {
    let at = runs;
    for (let i = 0; i < Math.min(min, RUN_UNITS_MAX + 1); i++) at = this.through(part, at);
    const all = new Set(at);
    for (let i = min; i < max; i++) {
      at = new Set([...this.through(part, at)].filter((run) => !all.has(run)));
      if (at.size === 0) break;
      for (const run of at) all.add(run);
    }
    return all;
  }

  #past(units: Units, runs: ReadonlySet<number>): ReadonlySet<number> {
    const after = new Set<number>();
    const digit = meets(units, 0x30, 0x39);
    const letter = meets(units, 0x41, 0x5a) || meets(units, 0x61, 0x7a) || meets(units, 0x5f, 0x5f);
    const others = this.#markOthers(units);
    for (const run of runs) {
      const kind = run >> 6;
      const length = run & RUN_UNITS_MAX;
      if (digit) after.add(runOf(kind | HAS_DIGIT, length + 1));
      if (letter) after.add(runOf(kind | HAS_LETTER, length + 1));
      if (others) this.left.add(run);
    }
    return after;
  }

  #markOthers(units: Units): boolean {
    let any = false;
    for (let unit = 0; unit <= NOT_ASCII; unit++) {
      if (IS_WORD[unit] === 1 || !meets(units, unit, unit === NOT_ASCII ? 0xffff : unit)) continue;
      this.next[unit] = 1;
      any = true;
    }
    return any;
  }
}

function meets(units: Units, low: number, high: number): boolean {
  return units.some(([from, to]) => from <= high && to >= low);
}
