// Everything that falls due under a policy, as of a day. Law of this folder: arithmetic on papers and the calendar
// alone; what was done about it is the register's to say (io/duties).

import type { DatedDuty, Policy } from "../../words.ts";
import { switchesFrom } from "../switches.ts";
import { inForceOn } from "../thresholds.ts";
import { plusDays } from "../year.ts";
import { datesOfMechanism } from "./mechanisms.ts";
import { datesOfClaims, datesOfDocument, datesOfPipia, datesOfRecipient, datesOfTrial } from "./papers.ts";
import { occurrences } from "./recurring.ts";

export type DatedPolicy = Pick<
  Policy,
  | ("mechanisms" | "pipias" | "documents" | "recipients" | "destinations" | "duties" | "law" | "switches")
  | ("exemptions" | "proofs" | "approvals" | "ftz")
>;

/**
 * @param today Beijing date. @param aheadDays how far recurring duties are looked for; the next one always is.
 * @returns by day, then by id.
 */
export function deadlines(policy: DatedPolicy, today: string, aheadDays = 366): readonly DatedDuty[] {
  const { law, switches, pipias } = policy;
  const facts = { policy: switchesFrom(switches) };
  const ask = { law: inForceOn(law, today), facts, calendar: law.calendar, pipias, today };
  const all = [
    ...policy.mechanisms.flatMap((one) => datesOfMechanism(one, ask)),
    ...pipias.flatMap(datesOfPipia),
    ...[...policy.recipients.values()].flatMap(datesOfRecipient),
    ...[...policy.documents.values()].flatMap(datesOfDocument),
    ...[...policy.destinations.values()].flatMap(datesOfTrial),
    ...datesOfClaims(policy),
    ...(policy.duties ?? []).flatMap((duty) => occurrences(duty, today, plusDays(today, aheadDays))),
  ];
  return all.sort((a, b) => compare(a.safeOn, b.safeOn) || compare(a.id, b.id));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Late: nobody did it, or what was to go on has ended. An opening and a term of keeping are never late. */
export function isLate({ asks, due }: Pick<DatedDuty, "asks" | "due">, today: string): boolean {
  return (asks === "deadline" || asks === "end") && due !== null && due < today;
}
