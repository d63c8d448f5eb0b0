// Where people of the year were first seen: by application and field, linked to an identifier or not, and of those not,
// how many bear a name that had stood before (switch U-14 would not count them). Law: kinds of places and numbers only.
// A tally for whoever reads the counts, never a count itself: after a crash the last seconds are missing from it.

import type { Admission, CountKey, FirstSeen } from "../words.ts";
import type { PeopleCounter, Register } from "./ports.ts";

/** Sources of one exporter and year that are told apart: fields are named by callers. */
const SOURCES_MAX = 1_000;
const SAVED_AFTER_MS = 2_000;

export interface FirstSeenCount extends FirstSeen {
  readonly people: number;
}

interface Tally {
  readonly sources: readonly FirstSeenCount[];
}

export interface FirstSeenTally {
  /** The counter, tallying whom it adds. */
  readonly people: PeopleCounter;
  /** Most people first. */
  of(exporter: string, year: number): readonly FirstSeenCount[];
  /** Saves what is not saved, if the store takes it. */
  close(): Promise<void>;
}

export function tallyFirstSeen(counter: PeopleCounter, register: Register): FirstSeenTally {
  const shelf = register.shelf<Tally>("first-seen");
  const tallies = new Map<string, Map<string, FirstSeenCount>>();
  const unsaved = new Set<string>();
  let timer: NodeJS.Timeout | null = null;

  const tallyOf = (id: string) => {
    const known = tallies.get(id);
    if (known !== undefined) return known;
    const tally = new Map((shelf.get(id)?.sources ?? []).map((one) => [nameOf(one), one]));
    tallies.set(id, tally);
    return tally;
  };
  const save = async (): Promise<void> => {
    timer = null;
    const ids = [...unsaved];
    unsaved.clear();
    try {
      for (const id of ids) await shelf.change(id, () => ({ sources: [...tallyOf(id).values()] }));
    } catch {
      // a store that cannot be written refuses crossings by itself; a tally keeps no stop from sealing the ledger
      for (const id of ids) unsaved.add(id);
    }
  };
  const saw = (exporter: string, year: number, people: readonly Admission[], added: readonly CountKey[]): void => {
    const id = `${year}/${exporter}`;
    const fresh = new Set(added);
    for (const { key, first } of people) if (first !== undefined && fresh.has(key)) add(tallyOf(id), first);
    unsaved.add(id);
    timer ??= setTimeout(save, SAVED_AFTER_MS).unref();
  };

  return {
    people: {
      ...counter,
      async admit(exporter, year, people, limit, at) {
        const admitted = await counter.admit(exporter, year, people, limit, at);
        if (admitted.ok && people.some(({ first }) => first !== undefined)) saw(exporter, year, people, admitted.added);
        return admitted;
      },
    },
    of: (exporter, year) => [...tallyOf(`${year}/${exporter}`).values()].sort((a, b) => b.people - a.people),
    async close() {
      if (timer !== null) clearTimeout(timer);
      await save();
    },
  };
}

function add(tally: Map<string, FirstSeenCount>, first: FirstSeen): void {
  const source = tally.size < SOURCES_MAX || tally.has(nameOf(first)) ? first : { ...first, app: "*", field: "*" };
  const name = nameOf(source);
  tally.set(name, { ...source, people: (tally.get(name)?.people ?? 0) + 1 });
}

function nameOf({ app, field, link }: FirstSeen): string {
  return `${link} ${app} ${field}`;
}
