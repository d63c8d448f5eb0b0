// The nearest way to pass, and all that helps, as lines. Law: what suffices alone is told apart from what is one of
// several; each with who does it and how long it usually takes.

import type { Shown } from "./head.ts";
import { painted, printable, wrapped } from "./layout.ts";
import type { CureTold, Nearest, StepTold, Why } from "./why.ts";
import { SAYS, WHO } from "./words.ts";

const PATHS_TOLD_MAX = 3;

export function nearestLines({ nearest, cures }: Why, shown: Shown): string[] {
  if (nearest === null) return [];
  const says = SAYS[shown.language];
  const { steps, alone } = nearest;
  const title = painted(says.nearest, "bold", shown);
  if (steps.length === 0) return [title, ...wrapped("  ", says.noWay, 2, shown), ...others(cures, [], shown)];
  const one = steps.length === 1;
  const first = steps.flatMap((step, i) =>
    wrapped(
      `  ${one ? "→" : `${i + 1}.`} `,
      `${step.says[shown.language]}${about(step, shown)}${effort(step, shown)}`,
      5,
      shown,
    ),
  );
  const also = alone
    .filter(({ id }) => id !== steps[0]!.id)
    .flatMap((cure) => wrapped(`  ${says.or} `, `${cure.says[shown.language]}${effort(cure, shown)}`, 5, shown));
  const told = new Set([...steps, ...alone].map(({ id }) => id));
  return [`${title}  ${distance(nearest, shown)}`, ...first, ...also, ...others(cures, [...told], shown)];
}

function distance({ steps, afterwards }: Nearest, { language }: Shown): string {
  const says = SAYS[language];
  if (afterwards === "judged_anew") return says.first;
  if (afterwards === "more") return says.atLeast(steps.length);
  return steps.length === 1 ? says.oneAway : says.away(steps.length);
}

/** Cures that are in none of the nearest ways. */
function others(cures: readonly CureTold[], told: readonly string[], shown: Shown): string[] {
  const left = cures.filter(({ id }) => !told.includes(id));
  if (left.length === 0) return [];
  const lines = left.flatMap((cure) => wrapped("  · ", `${cure.says[shown.language]}${effort(cure, shown)}`, 5, shown));
  return [painted(`  ${SAYS[shown.language].byEffort}`, "faint", shown), ...lines];
}

/** Of whom, where, for what: `: of 1 person, recipient openai, purpose support`. */
function about({ people, recipient, purpose, mechanism, paths }: StepTold, shown: Shown): string {
  const says = SAYS[shown.language];
  const parts = [
    people === null ? "" : says.ofPeople(people.n, people.exact),
    recipient === null ? "" : says.toRecipient(recipient),
    purpose === null ? "" : says.ofPurpose(purpose),
    mechanism === null ? "" : says.ofMechanism(mechanism),
    ...paths.slice(0, PATHS_TOLD_MAX),
    paths.length > PATHS_TOLD_MAX ? `+${paths.length - PATHS_TOLD_MAX}` : "",
  ].filter(Boolean);
  if (parts.length === 0) return "";
  return shown.language === "zh" ? `：${printable(parts.join("，"))}` : `: ${printable(parts.join(", "))}`;
}

function effort({ who, lead }: CureTold, { language }: Shown): string {
  if (who === null || lead === null) return "";
  return language === "zh" ? `（${WHO[who].zh}，${lead.zh}）` : ` (${WHO[who].en}; ${lead.en})`;
}
