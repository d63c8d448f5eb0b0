// PeopleCounter with the exact set in memory and an engine behind it: a person already counted costs no store call.
// Law: memory runs ahead of the disk, never behind: a place is taken at once, and nobody goes before it is durable.
// A row whose write failed stays taken and is written with the next batch: over-reported perhaps, never under-reported.

import type { Admission, CountKey, CountLimit, Counts } from "../../../words.ts";
import type { Admitted, PeopleCounter } from "../../ports.ts";
import { createKeySet, type KeySet, NON_SENSITIVE, SENSITIVE } from "./key-set.ts";

/** What an engine keeps: the latest bits of a key replace the earlier ones, and are a superset of them. */
export interface CountedRow {
  readonly exporter: string;
  readonly year: number;
  readonly key: CountKey;
  readonly bits: number;
}

/** Resolves when all rows are on disk, in one transaction. Safe to repeat. */
export type PersistRows = (rows: readonly CountedRow[]) => Promise<void>;

interface Year {
  readonly set: KeySet;
  nonSensitive: number;
  sensitive: number;
  /** Rows not known to be durable: whoever needs one of these waits. */
  readonly unsaved: Map<CountKey, CountedRow>;
}

/** `counted` answers with one of these: no allocation in steady state. Indexed by class bits; -1 is NOT_COUNTED. */
const COUNTED = [0, NON_SENSITIVE, SENSITIVE, NON_SENSITIVE | SENSITIVE].map((bits) =>
  Object.freeze({ nonSensitive: (bits & NON_SENSITIVE) !== 0, sensitive: (bits & SENSITIVE) !== 0, gross: true }),
);
const NOT_COUNTED = Object.freeze({ nonSensitive: false, sensitive: false, gross: false });

/** @param saved every row of the engine, read once when it opened. */
export function createPeopleCounter(
  saved: Iterable<CountedRow>,
  persist: PersistRows,
): PeopleCounter & { drain(): Promise<void> } {
  const exporters = new Map<string, Map<number, Year>>();
  const yearOf = (exporter: string, year: number): Year =>
    getOrMake(
      getOrMake(exporters, exporter, () => new Map<number, Year>()),
      year,
      () => ({ set: createKeySet(), nonSensitive: 0, sensitive: 0, unsaved: new Map() }),
    );
  for (const row of saved) take(yearOf(row.exporter, row.year), row.key, row.bits);

  const commit = createGroupCommit(persist, (row) => {
    const { unsaved } = yearOf(row.exporter, row.year);
    if (unsaved.get(row.key) === row) unsaved.delete(row.key);
  });

  return {
    counts: (exporter, year) => countsOf(yearOf(exporter, year)),
    counted(exporter, year, key) {
      const bits = yearOf(exporter, year).set.get(wordsOf(key));
      return bits === -1 ? NOT_COUNTED : COUNTED[bits]!;
    },
    async admit(exporter, year, people, limit): Promise<Admitted> {
      const of = yearOf(exporter, year);
      const bitsByKey = merged(people);
      if (passes(of, bitsByKey, limit)) return { ok: false, counts: countsOf(of) };
      const added: CountKey[] = [];
      for (const [key, bits] of bitsByKey) {
        const now = take(of, key, bits);
        if (now === null) continue;
        added.push(key);
        const row = { exporter, year, key, bits: now };
        of.unsaved.set(key, row);
        commit.add(row);
      }
      const counts = countsOf(of);
      if (people.some(({ key }) => of.unsaved.has(key))) await commit.saved();
      return { ok: true, counts, added };
    },
    drain: () => commit.saved(),
  };
}

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

/** One bit set a key, though an admission may name somebody twice. */
function merged(people: readonly Admission[]): Map<CountKey, number> {
  const bitsByKey = new Map<CountKey, number>();
  for (const { key, nonSensitive, sensitive } of people) {
    const bits = (nonSensitive ? NON_SENSITIVE : 0) | (sensitive ? SENSITIVE : 0);
    bitsByKey.set(key, (bitsByKey.get(key) ?? 0) | bits);
  }
  return bitsByKey;
}

/** Would the counts after adding stand above the highest that the decision holds for? */
function passes(of: Year, bitsByKey: ReadonlyMap<CountKey, number>, limit: CountLimit): boolean {
  let { nonSensitive, sensitive } = of;
  for (const [key, bits] of bitsByKey) {
    const fresh = bits & ~Math.max(of.set.get(wordsOf(key)), 0);
    if (fresh & NON_SENSITIVE) nonSensitive += 1;
    if (fresh & SENSITIVE) sensitive += 1;
  }
  return (
    (limit.nonSensitive !== null && nonSensitive > limit.nonSensitive) ||
    (limit.sensitive !== null && sensitive > limit.sensitive)
  );
}

/** Counts a person. @returns all class bits of the person now, or null when nothing changed. */
function take(of: Year, key: CountKey, bits: number): number | null {
  const before = of.set.add(wordsOf(key), bits);
  const fresh = bits & ~Math.max(before, 0);
  if (fresh & NON_SENSITIVE) of.nonSensitive += 1;
  if (fresh & SENSITIVE) of.sensitive += 1;
  return before === -1 || fresh !== 0 ? Math.max(before, 0) | bits : null;
}

function countsOf(of: Year): Counts {
  return { nonSensitive: of.nonSensitive, sensitive: of.sensitive, gross: of.set.size };
}

const keyWords = new Uint32Array(4);
const keyBytes = Buffer.from(keyWords.buffer);

/** The 128 bits of a key, valid until the next call. @throws TypeError for all but canonical base64url of 128 bits. */
function wordsOf(key: CountKey): Uint32Array {
  const canonical = key.length === 22 && "AQgw".includes(key.charAt(21)) && keyBytes.write(key, "base64url") === 16;
  if (!canonical) throw new TypeError("a CountKey has 128 bits");
  return keyWords;
}

/** One write at a time; what arrives meanwhile goes together in the next. */
function createGroupCommit(persist: PersistRows, done: (row: CountedRow) => void) {
  let waiting: CountedRow[] = [];
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;

  const run = async (): Promise<void> => {
    next = null;
    const rows = waiting;
    waiting = [];
    if (rows.length === 0) return;
    try {
      await persist(rows);
    } catch (error) {
      waiting = [...rows, ...waiting];
      throw error;
    }
    for (const row of rows) done(row);
  };

  return {
    add: (row: CountedRow) => void waiting.push(row),
    /** Resolves when every row added so far is durable; rejects when the write that would have made it so failed. */
    saved(): Promise<void> {
      if (next === null) {
        next = running.then(run, run);
        running = next;
      }
      return next;
    },
  };
}
