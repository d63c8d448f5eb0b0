// Which crossings a match is about, as far as that can be shown. Law of this file: it says "covers" and "empty" only
// where no Case can prove it wrong; where it cannot show it, it says no. What a match means is decide's to say
// (src/decide/rules/policy/match.ts): test/policy-covering.test.ts holds the two against each other.

import { matcherOf } from "../../flow/pattern.ts";
import type { Match } from "../../words.ts";

export const ID_KEYS = [
  ...(["exporter", "destination", "recipient", "country", "purpose", "operation", "provider", "caller"] as const),
] as const;
const FLAGS = ["pi", "sensitive", "minor", "declared"] as const;

export type IdKey = (typeof ID_KEYS)[number];

/** A match without `any`: all of it holds. */
export interface Cube {
  readonly ids: Readonly<Partial<Record<IdKey, readonly string[]>>>;
  /** Of each list one pattern fits. */
  readonly models: readonly (readonly string[])[];
  /** Of each list one kind was found. */
  readonly kinds: readonly (readonly string[])[];
  readonly flags: Readonly<Partial<Record<(typeof FLAGS)[number], boolean>>>;
  readonly min: number;
  readonly max: number;
  readonly nots: readonly Match[];
  /** Two of its members exclude each other. */
  readonly torn: boolean;
}

const ALL: Cube = { ids: {}, models: [], kinds: [], flags: {}, min: 0, max: Infinity, nots: [], torn: false };

/** More alternatives than this are not looked at: null, and nothing is shown of them. */
const CUBES_MAX = 64;

export interface Coverage {
  /** Whether every Case that `narrow` matches, `wide` matches too. */
  covers(wide: Match, narrow: Match): boolean;
  /** The alternatives of a match that some Case may be of; null: too many to tell. */
  alternatives(match: Match): readonly Cube[] | null;
  coversCube(wide: Match, cube: Cube): boolean;
}

/** @param impersonal kinds of which a finding may be about nobody: to find one does not mean that there is PI. */
export function coverageOf(impersonal: readonly string[]): Coverage {
  const about = new Set(impersonal);

  function alternatives(match: Match): readonly Cube[] | null {
    return expand(ALL, match)?.filter((cube) => !isEmpty(cube)) ?? null;
  }

  function covers(wide: Match, narrow: Match): boolean {
    return alternatives(narrow)?.every((cube) => coversCube(wide, cube)) ?? false;
  }

  function isEmpty(cube: Cube): boolean {
    const { ids, flags, kinds, min, max } = cube;
    return (
      cube.torn ||
      min > max ||
      Object.values(ids).some((list) => list.length === 0) ||
      (flags.pi === false && (flags.sensitive === true || kinds.some(isPersonal))) ||
      (flags.minor === true && max === 0) ||
      // each is asked without itself: what covers the more covers the less, and the asking ends
      cube.nots.some((not) => coversCube(not, { ...cube, nots: cube.nots.filter((other) => other !== not) }))
    );
  }

  function isPersonal(kinds: readonly string[]): boolean {
    return kinds.every((kind) => !about.has(kind));
  }

  function coversCube(wide: Match, cube: Cube): boolean {
    return (
      ID_KEYS.every((key) => wide[key] === undefined || isWithin(cube.ids[key], wide[key])) &&
      FLAGS.every((flag) => wide[flag] === undefined || wide[flag] === flagOf(cube, flag)) &&
      (wide.people?.min ?? 0) <= (cube.flags.minor === true ? Math.max(1, cube.min) : cube.min) &&
      (wide.people?.max ?? Infinity) >= cube.max &&
      (wide.piAny === undefined || cube.kinds.some((kinds) => isWithin(kinds, wide.piAny!))) &&
      (wide.model === undefined || cube.models.some((models) => models.every((one) => fits(one, wide.model!)))) &&
      (wide.any === undefined || wide.any.some((one) => coversCube(one, cube))) &&
      (wide.not === undefined || (expand(cube, wide.not)?.every(isEmpty) ?? false))
    );
  }

  /** What a flag must be, said or implied. */
  function flagOf({ flags, kinds }: Cube, flag: (typeof FLAGS)[number]): boolean | undefined {
    if (flag === "pi" && (flags.sensitive === true || kinds.some(isPersonal))) return true;
    if (flag === "sensitive" && flags.pi === false) return false;
    return flags[flag];
  }

  return { covers, alternatives, coversCube };
}

/** @returns cubes whose union is `cube` and `match`; null: too many. */
function expand(cube: Cube, match: Match): readonly Cube[] | null {
  const base = narrowed(cube, match);
  if (match.any === undefined) return [base];
  const cubes: Cube[] = [];
  for (const one of match.any) {
    const more = expand(base, one);
    if (more === null) return null;
    cubes.push(...more);
    if (cubes.length > CUBES_MAX) return null;
  }
  return cubes;
}

function narrowed(cube: Cube, match: Match): Cube {
  const ids = { ...cube.ids };
  for (const key of ID_KEYS) {
    const list: readonly string[] | undefined = match[key];
    if (list !== undefined) ids[key] = ids[key]?.filter((id) => list.includes(id)) ?? list;
  }
  const said = FLAGS.filter((flag) => match[flag] !== undefined);
  return {
    ids,
    models: match.model === undefined ? cube.models : [...cube.models, match.model],
    kinds: match.piAny === undefined ? cube.kinds : [...cube.kinds, match.piAny],
    flags: { ...cube.flags, ...Object.fromEntries(said.map((flag) => [flag, match[flag]!])) },
    min: Math.max(cube.min, match.people?.min ?? 0),
    max: Math.min(cube.max, match.people?.max ?? Infinity),
    nots: match.not === undefined ? cube.nots : [...cube.nots, match.not],
    torn: cube.torn || said.some((flag) => cube.flags[flag] !== undefined && cube.flags[flag] !== match[flag]),
  };
}

function isWithin(list: readonly string[] | undefined, of: readonly string[]): boolean {
  return list?.every((one) => of.includes(one)) ?? false;
}

/** A pattern within another: the `*` of the narrow one must fall into a `*` of the wide one. */
function fits(narrow: string, wide: readonly string[]): boolean {
  return wide.some((pattern) => matcherOf(pattern)(narrow));
}
