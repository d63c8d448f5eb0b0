// Changes of consent, recorded and told to the ledger. Law: success is answered after the change is durable and its
// entry too; an entry holds no key of a person, which would outlive the year's secret there.

import { beijingYear } from "../../../law/year.ts";
import type { ConsentState, CountKey, PersonKey } from "../../../words.ts";
import { GateError } from "../../errors.ts";
import type { ConsentEvent, ConsentRefusal, ConsentWrite, ConsentWritten } from "../../ports.ts";
import { ANY } from "../../stores/embedded/fold.ts";
import { Problem } from "../problem.ts";
import type { AdminWorld } from "../world.ts";

/** What recording asks of the world. */
export type Recording = Pick<AdminWorld, "consent" | "people" | "keys" | "clock" | "note">;

/** An entry of kind `consent_change`. */
interface ConsentChange {
  readonly of: "consent" | "alias";
  readonly action: ConsentEvent["action"] | "link";
  /** Whose token it was, or which source sent it. */
  readonly by: string;
  readonly exporter: string;
  readonly recipient: string | null;
  readonly purpose: string | null;
  readonly receipt: string | null;
  /** false: the event was known already; it is told again because its first telling may have failed. */
  readonly added: boolean;
  /** Keyed digest of the whole event. */
  readonly digest: string;
  readonly cursor: string;
  /** Two people who were both known became one: what was counted of both stays. */
  readonly merged?: true;
  /** A withdrawal's: recipients that this person's data went to, in this Beijing year and in those before. */
  readonly reached?: readonly string[];
  /** Years of which nobody can say whom the data went to: their secret was destroyed. Absent: none. */
  readonly unlinkable?: readonly number[];
}

/** One event, at once: ahead of every batch. */
export async function recordEvent(
  world: Recording,
  by: string,
  event: ConsentEvent,
): Promise<ConsentWritten & { readonly state: ConsentState }> {
  const written = await world.consent.record(event);
  if (written.refused !== undefined) throw refusalOf(written.refused);
  await world.note("consent_change", { ...changeOf(world, by, event, written) });
  return written;
}

/** @param keys of one person. @returns whether two people who were both known became one. */
export async function recordAliases(
  world: Recording,
  by: string,
  exporter: string,
  keys: readonly PersonKey[],
): Promise<boolean> {
  const [written] = await world.consent.recordAll([{ same: { exporter, keys } }]);
  if (written!.refused !== undefined) throw refusalOf(written!.refused);
  await world.note("consent_change", { ...linkOf(world, by, { exporter, keys }, written!) });
  return written!.merged;
}

/**
 * A piece of a bulk: one entry for all of it, and one more for each withdrawal that has somebody to tell, and for each
 * merge.
 */
export async function recordBatch(
  world: Recording,
  by: string,
  writes: readonly ConsentWrite[],
): Promise<readonly ConsentWritten[]> {
  const written = await world.consent.recordAll(writes);
  const entries: object[] = [];
  for (const [i, { event, same }] of writes.entries()) {
    const one = written[i]!;
    if (one.refused !== undefined) continue;
    if (event !== undefined && isTold(reachedBefore(world, event))) entries.push(changeOf(world, by, event, one));
    else if (one.merged) entries.push(linkOf(world, by, same!, one));
  }
  entries.push(batchOf(world, by, writes, written));
  await Promise.all(entries.map((entry) => world.note("consent_change", { ...entry })));
  return written;
}

const REFUSALS: Readonly<Record<ConsentRefusal, string>> = {
  event_known: "Another event has this id: of another person, recipient, purpose or action. Nothing was recorded.",
  events_full: "So many events of one person are recorded that no grant is taken any more; a withdrawal always is.",
  identifiers_full: "So many identifiers are no one person's. Nothing was linked, and nothing recorded.",
};

/** Of a write of which nothing was done. */
export function refusalOf(refused: ConsentRefusal): Problem {
  return new Problem(409, refused, REFUSALS[refused]);
}

function batchOf(
  { keys }: Recording,
  by: string,
  writes: readonly ConsentWrite[],
  written: readonly ConsentWritten[],
): object {
  const isDone = (_: ConsentWrite, i: number) => written[i]!.refused === undefined;
  const done = writes.filter(isDone);
  const refused = writes.length - done.length;
  const exporters = new Set(writes.map(({ event, same }) => event?.exporter ?? same!.exporter));
  return {
    ...{ of: "batch", action: "record", by, exporters: [...exporters].sort(), count: writes.length },
    added: written.filter(({ added }) => added).length,
    ...(refused === 0 ? {} : { refused }),
    withdrawn: done.filter(({ event }) => event?.action === "withdraw").length,
    aliases: done.filter(({ same }) => same !== undefined).length,
    merged: written.filter(({ merged }) => merged).length,
    ...{ first: written[0]!.cursor, last: written.at(-1)!.cursor, digest: keys.digest(JSON.stringify(writes)) },
  };
}

function linkOf(
  { keys }: Recording,
  by: string,
  { exporter, keys: same }: NonNullable<ConsentWrite["same"]>,
  { cursor, merged }: ConsentWritten,
): ConsentChange {
  return {
    ...{ of: "alias", action: "link", by, exporter, recipient: null, purpose: null, receipt: null },
    ...{ added: true, cursor, digest: keys.digest(JSON.stringify(same)) },
    ...(merged ? { merged } : {}),
  };
}

function changeOf(
  world: Recording,
  by: string,
  event: ConsentEvent,
  { state, added, cursor, merged }: ConsentWritten,
): ConsentChange {
  const { action, exporter, recipient, purpose } = event;
  return {
    ...{ of: "consent", action, by, exporter, recipient, purpose, receipt: state!.receipt, added, cursor },
    digest: world.keys.digest(JSON.stringify(event)),
    ...(merged ? { merged } : {}),
    ...(action === "withdraw" ? reachedIn(reachedBefore(world, event)) : {}),
  };
}

function reachedIn({ recipients, unlinkable }: Reached): Pick<ConsentChange, "reached" | "unlinkable"> {
  return { reached: recipients, ...(unlinkable.length > 0 ? { unlinkable } : {}) };
}

/** Somebody has to be told, or nobody can say who. */
function isTold({ recipients, unlinkable }: Reached): boolean {
  return recipients.length > 0 || unlinkable.length > 0;
}

interface Reached {
  readonly recipients: readonly string[];
  readonly unlinkable: readonly number[];
}

/** Whom a withdrawal has to be passed on to (PIPL Art. 15, 47): those that it is about, in order, of all years. */
function reachedBefore({ consent, people, keys, clock }: Recording, event: ConsentEvent): Reached {
  if (event.action !== "withdraw") return { recipients: [], unlinkable: [] };
  const { exporter, person, recipient } = event;
  const found = new Set<string>();
  const unlinkable: number[] = [];
  // under each key: who was counted before two became one stays counted under both
  const members = consent.members(exporter, person);
  for (const year of new Set([...people.years(exporter), beijingYear(clock.nowMs())])) {
    const counted = countedUnder(() => members.map((member) => keys.count(exporter, year, member)));
    if (counted === null) unlinkable.push(year);
    for (const key of counted ?? []) for (const one of people.reached(exporter, year, key)) found.add(one);
  }
  const isMeant = (one: string) => recipient === ANY || recipient === one;
  return { recipients: [...found].filter(isMeant).sort(), unlinkable };
}

/** @returns null: the year's secret is gone, and a withdrawal is recorded all the same. */
function countedUnder(count: () => readonly CountKey[]): readonly CountKey[] | null {
  try {
    return count();
  } catch (error) {
    if (error instanceof GateError && error.code === "store_unavailable") return null;
    throw error;
  }
}
