// To take back what an opening balance stated too high. Law: two people do it, once a proposal; never more than was
// stated as a number, and never anybody who is counted under a key: he may leave by the gate yet, or has.

import { beijingDate } from "../../../law/year.ts";
import type { Statement } from "../../../words.ts";
import { Problem } from "../problem.ts";
import type { Approved } from "../proposals/action.ts";
import type { AdminWorld } from "../world.ts";

export interface Correction {
  /** The PI handler whose year it is. */
  readonly exporter: string;
  readonly year: number;
  readonly class: "ns" | "s";
  /** How many too many. */
  readonly people: number;
  /** As it was stated. */
  readonly recipient: string | null;
  readonly reason: string;
}

/** The last of each counter. */
const turns = new WeakMap<AdminWorld["people"], Promise<object>>();

/**
 * The same once or many times, by the proposal's id. One after another: what one takes back the next must see.
 * @returns the counts after it. @throws Problem: too many.
 */
export function correct(world: AdminWorld, it: Correction, who: Approved): Promise<object> {
  const take = () => takeBack(world, it, who);
  const mine = (turns.get(world.people) ?? Promise.resolve()).then(take, take);
  turns.set(world.people, mine);
  return mine;
}

async function takeBack(world: AdminWorld, it: Correction, who: Approved): Promise<object> {
  const { exporter, year, people, recipient } = it;
  const isDone = world.people.statements(exporter, year).some(({ id }) => id === who.proposal);
  if (!isDone && people > openedIn(world, it)) throw tooMany();
  const { proposal, proposedBy, approvedBy, approvedAt } = who;
  await world.note("correction", {
    ...{ id: proposal, exporter, year, class: it.class, people: -people, recipient },
    ...{ by: [proposedBy, approvedBy], reason: world.keys.digest(it.reason) },
  });
  const statement: Statement = {
    ...{ id: proposal, of: "correction", recipient, gross: -people, day: beijingDate(Date.parse(approvedAt)) },
    nonSensitive: it.class === "ns" ? -people : 0,
    sensitive: it.class === "s" ? -people : 0,
  };
  const { nonSensitive, sensitive, gross } = await world.people.state(exporter, year, statement);
  return { exporter, year, counts: { nonSensitive, sensitive, gross } };
}

/** People of a class who were stated as a number, less what was taken back of it. */
export function openedIn(
  { people }: Pick<AdminWorld, "people">,
  { exporter, year, class: of, recipient }: Pick<Correction, "exporter" | "year" | "class" | "recipient">,
): number {
  const member = of === "ns" ? "nonSensitive" : "sensitive";
  return people
    .statements(exporter, year)
    .filter((one) => one.recipient === recipient)
    .reduce((sum, one) => sum + one[member], 0);
}

function tooMany(): Problem {
  return new Problem(
    409,
    "correction_too_large",
    "So many people were not stated as a number, in this class and for this recipient.",
  );
}
