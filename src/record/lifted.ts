// What two people have lifted, as an entry says it. Law: releases by their ids; places as indexes into the entry's own
// findings; who stands in the body only by a finding that is none does not stand in the entry.

import type { Case, Decision, Lifted } from "../words.ts";
import { list, word } from "./quoted.ts";

const LIFTED_LISTED_MAX = 4;
/** As many as an entry lists one by one. */
const FINDINGS_LISTED_MAX = 50;

/** The member, with its comma; "" where nothing was lifted. */
export function liftedIn({ lifted }: Decision): string {
  return lifted === undefined ? "" : `"lifted":${list(lifted.slice(0, LIFTED_LISTED_MAX), textOf)},`;
}

function textOf({ release, of, what, findings }: Lifted): string {
  const places = findings?.filter((i) => i < FINDINGS_LISTED_MAX);
  const named = places === undefined ? "" : `"findings":${list(places, String)},`;
  return `{${named}"of":${word(of)},"release":${word(release)},"what":${word(what)}}`;
}

/** The Case as the law saw it: without anybody about whom there is nothing but what was excused. */
export function withoutExcused(c: Case, { lifted }: Decision): Case {
  const excused = new Set(lifted?.flatMap(({ findings = [] }) => findings));
  if (excused.size === 0) return c;
  return { ...c, individuals: c.individuals.filter(({ findings }) => !findings.every((i) => excused.has(i))) };
}
