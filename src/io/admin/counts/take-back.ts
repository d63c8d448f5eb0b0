// To take back people whom an opening balance has named wrongly. Law: two people do it, once a proposal; what is taken
// back is the opening's way alone: whoever has left by the gate stays counted for it; no identifier is kept, but keys.

import { z } from "zod";
import { beijingDate } from "../../../law/year.ts";
import type { CountKey } from "../../../words.ts";
import type { Opened, Shelf } from "../../ports.ts";
import { keyOf } from "../consents/incoming.ts";
import { invalid } from "../problem.ts";
import type { Approved } from "../proposals/action.ts";
import { id } from "../schema.ts";
import type { AdminWorld } from "../world.ts";
import type { Correction } from "./correct.ts";

/** As many as a request has room for. */
const NAMED_MAX = 2_000;
/** As many as an entry has. */
const KEYS_PER_ENTRY_MAX = 2_000;

export const subjectsBody = z
  .array(z.strictObject({ type: id, value: z.string().min(1).max(512) }))
  .min(1)
  .max(NAMED_MAX);

/** Counting keys, as the entry of the opening has them. */
export const keysBody = z
  .array(z.string().regex(/^[\w-]{21}[AQgw]$/))
  .min(1)
  .max(NAMED_MAX);

/** Of whom: nothing but keys is kept. */
export interface TakeBack extends Omit<Correction, "people"> {
  readonly keys: readonly CountKey[];
  /** How many were named; of some of them no such opening is known. */
  readonly given: number;
}

/** What was taken back, under the proposal's id. */
export interface TakenBack extends Omit<TakeBack, "keys" | "given" | "reason"> {
  readonly id: string;
  readonly of: "correction";
  /** Beijing date. */
  readonly day: string;
  /** Negative: of how many people the opening's word was taken back, whoever has left by the gate among them. */
  readonly gross: number;
  readonly by: readonly string[];
  readonly at: string;
}

export function takenBackShelf({ register }: Pick<AdminWorld, "register">): Shelf<TakenBack> {
  return register.shelf<TakenBack>("opening-taken-back");
}

type About = Omit<Correction, "people">;

/** @throws Problem: none of them was opened so. */
export function keyed(
  world: AdminWorld,
  it: About,
  named: { readonly subjects?: z.infer<typeof subjectsBody>; readonly keys?: readonly string[] },
): TakeBack {
  const { exporter, year } = it;
  // under each key: who was opened before two became one stays counted under both
  const ofSubject = (subject: z.infer<typeof subjectsBody>[number], i: number): readonly CountKey[] => {
    const person = world.consent.resolve(exporter, keyOf(world, exporter, subject, `/body/subjects/${i}`));
    return world.consent.members(exporter, person).map((member) => world.keys.count(exporter, year, member));
  };
  const all = [...(named.subjects ?? []).flatMap(ofSubject), ...((named.keys ?? []) as readonly CountKey[])];
  const keys = [...new Set(all)].filter((key) => isOpened(world, it, key));
  if (keys.length === 0)
    throw invalid({
      pointer: named.keys === undefined ? "/body/subjects" : "/body/keys",
      detail: "has nobody whom an opening balance named in this class and for this recipient",
    });
  return { ...it, keys, given: (named.subjects ?? named.keys)!.length };
}

function isOpened({ people }: AdminWorld, it: About, key: CountKey): boolean {
  const { recipient, nonSensitive, sensitive } = wayOf(it);
  return (people.counted(it.exporter, it.year, key).ways ?? []).some(
    (way) =>
      way.by === "opening" &&
      way.recipient === recipient &&
      ((nonSensitive && way.nonSensitive) || (sensitive && way.sensitive)),
  );
}

function wayOf({ class: of, recipient }: About): Opened {
  return { recipient, nonSensitive: of === "ns", sensitive: of === "s" };
}

/** The entry first; the same once or many times. @returns the counts after it. */
export async function takeBack(world: AdminWorld, it: TakeBack, who: Approved): Promise<object> {
  const { exporter, year, recipient, keys } = it;
  const { proposal, proposedBy, approvedBy, approvedAt } = who;
  const by = [proposedBy, approvedBy];
  const about = { id: proposal, exporter, year, class: it.class, recipient, by };
  const reason = world.keys.digest(it.reason);
  const isDone = takenBackShelf(world).get(proposal) !== undefined;
  for (let from = 0; !isDone && from < keys.length; from += KEYS_PER_ENTRY_MAX) {
    const people = keys.slice(from, from + KEYS_PER_ENTRY_MAX);
    await world.note("correction", { ...about, people, reason });
  }
  const day = beijingDate(Date.parse(approvedAt));
  if (!isDone) await world.people.takeBack(exporter, year, keys, wayOf(it), day);
  await takenBackShelf(world).change(
    proposal,
    (before) => before ?? { ...about, of: "correction", day, gross: -keys.length, at: approvedAt },
  );
  const { nonSensitive, sensitive, gross } = world.people.counts(exporter, year);
  return { exporter, year, counts: { nonSensitive, sensitive, gross } };
}
