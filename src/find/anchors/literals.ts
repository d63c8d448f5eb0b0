// Of which pieces of text every match of an expression must hold one. Law: sound for every match, folded by `foldOf`;
// where nothing of use can be told it says so.

import type { Node, Units } from "./syntax.ts";

const CLASS_MAX = 4;
const EXACT_MAX = 64;
const NEEDED_MAX = 256;
/** Two letters, or one character that is not ASCII. */
const UNITS_MIN = 2;

/** What a node matches, if that is a short list; and of which pieces a match holds one. */
interface Told {
  readonly exact: readonly string[] | null;
  readonly needed: readonly string[] | null;
}

const NOTHING: Told = { exact: [""], needed: null };
/** At an end of a piece: no letter of ASCII stands beside it there. */
export const BORDER = "\u0001";
const BORDERED: Told = { exact: [BORDER], needed: null };
const INNER = /(?!^)\u0001(?!$)/g;
/** Beside anything but a letter of ASCII a border says something else. */
const NO_BORDER = /^\u0001(?![A-Za-z])|(?<![A-Za-z])\u0001$/g;

/**
 * @returns pieces, some with a BORDER at an end; null where a match need not hold any piece long enough to look for.
 */
export function literalsOf(tree: Node): readonly string[] | null {
  const needed = neededOf(told(tree));
  return needed === null ? null : shortest(needed.map((piece) => piece.replace(INNER, "").replace(NO_BORDER, "")));
}

/** Whoever holds a longer piece holds the shorter one in it. */
function shortest(pieces: readonly string[]): readonly string[] {
  return [...new Set(pieces)].filter((piece, _, all) => !all.some((other) => other !== piece && piece.includes(other)));
}

/** A unit as it is compared: small letters in ASCII. */
export function foldOf(unit: number): number {
  return unit >= 0x41 && unit <= 0x5a ? unit + 32 : unit;
}

function told(node: Node): Told {
  switch (node.kind) {
    case "nothing":
      return node.isBorder === true ? BORDERED : NOTHING;
    case "units":
      return { exact: exactUnits(node.units), needed: null };
    case "row":
      return row(node.parts.map(told));
    case "either":
      return either(node.parts.map(told));
    case "times": {
      const part = told(node.part);
      if (node.min === 0) return { exact: node.max === 1 ? union([part.exact, [""]]) : null, needed: null };
      if (node.max === 1) return part;
      return { exact: null, needed: neededOf(part) };
    }
  }
}

function exactUnits(units: Units): readonly string[] | null {
  const all = new Set<string>();
  for (const [low, high] of units) {
    if (high - low > 2 * CLASS_MAX) return null;
    for (let unit = low; unit <= high; unit++) all.add(String.fromCharCode(foldOf(unit)));
  }
  return all.size > CLASS_MAX ? null : [...all];
}

function row(parts: readonly Told[]): Told {
  let exact: readonly string[] = [""];
  let isExact = true;
  let needed: readonly string[] | null = null;
  for (const part of parts) {
    needed = better(needed, part.needed);
    const longer = part.exact === null ? null : product(exact, part.exact);
    if (longer !== null) {
      exact = longer;
      continue;
    }
    needed = better(needed, useful(exact));
    exact = part.exact ?? [""];
    isExact = false;
  }
  return { exact: isExact ? exact : null, needed: better(needed, useful(exact)) };
}

function either(parts: readonly Told[]): Told {
  const needed = parts.map(neededOf);
  return {
    exact: union(parts.map(({ exact }) => exact)),
    needed: needed.includes(null) ? null : limited(needed.flatMap((one) => [...one!])),
  };
}

function neededOf({ exact, needed }: Told): readonly string[] | null {
  return better(needed, exact === null ? null : useful(exact));
}

function product(before: readonly string[], after: readonly string[]): readonly string[] | null {
  if (before.length * after.length > EXACT_MAX) return null;
  return before.flatMap((one) => after.map((other) => one + other));
}

function union(lists: readonly (readonly string[] | null)[]): readonly string[] | null {
  const all = new Set<string>();
  for (const list of lists) {
    if (list === null) return null;
    for (const one of list) all.add(one);
  }
  return all.size > EXACT_MAX ? null : [...all];
}

function limited(list: readonly string[]): readonly string[] | null {
  return list.length > NEEDED_MAX ? null : list;
}

/** Only where each of the pieces says something. */
function useful(pieces: readonly string[]): readonly string[] | null {
  return pieces.every((piece) => weightOf(piece) >= UNITS_MIN) ? shortest(pieces) : null;
}

/** The longer the pieces, the shortest first, the seldomer they stand in a text by chance. */
function better(one: readonly string[] | null, other: readonly string[] | null): readonly string[] | null {
  if (one === null || other === null) return one ?? other;
  return rarityOf(other) > rarityOf(one) ? other : one;
}

function rarityOf(pieces: readonly string[]): number {
  const weights = pieces.map(weightOf);
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
  return Math.min(...weights) + mean / 100;
}

function weightOf(piece: string): number {
  let weight = 0;
  for (let i = 0; i < piece.length; i++) if (piece[i] !== BORDER) weight += piece.charCodeAt(i) < 0x80 ? 1 : 2;
  return weight;
}
