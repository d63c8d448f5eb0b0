// The nearest way out of a block: cures which, done together, lift all its reasons. Law: a cure is only said to suffice
// where every reason falls by it; where one reason has no cure there is no way, and none is told.

import type { Reason } from "../words.ts";
import { CATALOGUE } from "./messages/all.ts";
import { byEffort, CURES, effortOf } from "./messages/cures.ts";

/** One thing to do, and the reasons that fall by it. */
export interface Step {
  readonly cure: string;
  readonly lifts: readonly Reason[];
}

export interface WayOut {
  /** A smallest set of cures, least effort first. Empty: nothing lifts it. */
  readonly steps: readonly Step[];
  /** Cures that suffice alone, least effort first. */
  readonly alone: readonly string[];
  /** Id of the mechanism that would then carry it; null: it does not turn on a mechanism on file. */
  readonly mechanism: string | null;
  /** A prohibition, or a failure before the judgement, kept the rest from being asked: it is judged anew afterwards. */
  readonly judgedAnew: boolean;
}

/** A reason with the cures any one of which lifts it. */
interface Need {
  readonly reason: Reason;
  readonly cures: readonly string[];
}

/** Checks that each mechanism on file is put to: one of them passing all is enough (law.md §5). */
const OF_A_MECHANISM = /^(?:MECH_|SC_|SCOPE_)/;

/** So many reasons of one code and no more are told (decide): which mechanism lacks least is then not known. */
export const REASONS_PER_CODE_MAX = 16;

/**
 * @param cures of the decision. "Remove the field", where none of the reasons names it, is a way around the law's
 * question as a whole (E7 applies to the rest), and so is what is no id of a cure: it lifts every reason of the law.
 */
export function wayOut(reasons: readonly Reason[], cures: readonly string[]): WayOut {
  const isNamed = (cure: string) => reasons.some(({ code }) => curesOf(code).includes(cure));
  const around = cures.filter((cure) => !isNamed(cure) && (cure === "remove_field" || !Object.hasOwn(CURES, cure)));
  const needs = reasons.map((reason) => ({
    reason,
    cures: [...curesOf(reason.code), ...(isLaws(reason) ? around : [])],
  }));
  const ways = alternatives(needs).map(({ mechanism, needed }) => wayOf(needed, mechanism));
  const open = ways.filter(({ steps }) => steps.length > 0);
  const judgedAnew = reasons.some(({ code }) => code.startsWith("PROHIBITED_") || code === code.toLowerCase());
  if (open.length === 0) return { steps: [], alone: [], mechanism: null, judgedAnew };
  const nearest = open.reduce((a, b) => (isNearer(b.steps, a.steps) ? b : a));
  return { ...nearest, alone: byEffort(open.flatMap(({ alone }) => alone)), judgedAnew };
}

/** Article and cures are those of the law: the exporter's record is what lacks. */
function isLaws({ code }: Reason): boolean {
  return entryOf(code)?.fault === "exporter";
}

function curesOf(code: string): readonly string[] {
  return entryOf(code)?.cures ?? [];
}

function entryOf(code: string): (typeof CATALOGUE)[string] | undefined {
  return Object.hasOwn(CATALOGUE, code) ? CATALOGUE[code] : undefined;
}

/** What is needed besides any mechanism, with what each of the mechanisms on file lacks. */
function alternatives(needs: readonly Need[]): { mechanism: string | null; needed: readonly Need[] }[] {
  const isMechanisms = ({ reason }: Need) => OF_A_MECHANISM.test(reason.code) && reason.about !== undefined;
  const ids = new Set(needs.filter(isMechanisms).map(({ reason }) => reason.about!));
  if (ids.size < 2) return [{ mechanism: [...ids][0] ?? null, needed: needs }];
  if (ids.size >= REASONS_PER_CODE_MAX) return [{ mechanism: null, needed: needs }];
  const besides = needs.filter((need) => !isMechanisms(need));
  return [...ids].map((mechanism) => ({
    mechanism,
    needed: [...besides, ...needs.filter((need) => isMechanisms(need) && need.reason.about === mechanism)],
  }));
}

function wayOf(needs: readonly Need[], mechanism: string | null): Omit<WayOut, "judgedAnew"> {
  const sets = [...new Map(needs.map(({ cures }) => [cures.join(), cures])).values()];
  const chosen = byEffort(least(sets, []) ?? []);
  const lifted = (cure: string) => needs.filter(({ cures }) => cures.includes(cure)).map(({ reason }) => reason);
  const alone = byEffort(sets[0] ?? []).filter((cure) => sets.every((set) => set.includes(cure)));
  return { steps: chosen.map((cure) => ({ cure, lifts: lifted(cure) })), alone, mechanism };
}

/** A smallest choice that takes one of each set; of several the one of least effort. null: a set is empty. */
function least(sets: readonly (readonly string[])[], chosen: readonly string[]): readonly string[] | null {
  const open = sets.filter((set) => !set.some((cure) => chosen.includes(cure)));
  if (open.length === 0) return chosen;
  // the narrowest first: what has one cure leaves no choice, and the tries stay few
  const narrowest = open.reduce((a, b) => (b.length < a.length ? b : a));
  let best: readonly string[] | null = null;
  for (const cure of narrowest) {
    const found = least(open, [...chosen, cure]);
    if (found !== null && (best === null || isLess(found, best))) best = found;
  }
  return best;
}

function isLess(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return a.length < b.length;
  // of equal effort the first by name: the order of reasons never shows
  return effort(a) === effort(b) ? byEffort(a).join() < byEffort(b).join() : effort(a) < effort(b);
}

function isNearer(a: readonly Step[], b: readonly Step[]): boolean {
  const curesIn = (steps: readonly Step[]) => steps.map(({ cure }) => cure);
  return isLess(curesIn(a), curesIn(b));
}

function effort(cures: readonly string[]): number {
  return cures.reduce((sum, cure) => sum + effortOf(cure), 0);
}
