// PeopleCounter with the exact set in memory and an engine behind it: a person already counted costs no store call.
// Law: memory runs ahead of the disk, never behind: a place is taken at once, and nobody goes before it is durable.
// A row whose write failed stays taken and is written with the next batch: over-reported perhaps, never under-reported.
// Whoever is counted waits, here and on the disk, for an entry that names him or her (unnamed.ts).

import type { Counted, CountKey, Statement, Way } from "../../../words.ts";
import type { Admitted, PeopleCounter } from "../../ports.ts";
import { createGroupCommit } from "./group-commit.ts";
import type { Words } from "./key-table.ts";
import { wordsOf } from "./key-words.ts";
import { passes } from "./limits.ts";
import { movesOf } from "./moves.ts";
import { type Reach, Reaches } from "./reaches.ts";
import { trackUnnamed, type UnnamedGroup, type UnnamedPeople } from "./unnamed.ts";
import { YearPeople } from "./year-people.ts";

/** Somebody as an engine keeps him or her: of several rows of one key, all ways together. Safe to write again. */
export interface CountedRow {
  readonly exporter: string;
  readonly year: number;
  /** Of the year, 1 is 1 January; 0: unknown. */
  readonly day: number;
  readonly key: CountKey;
  readonly reach: number;
  /** In place of all that was learnt of this person before: something was taken back. */
  readonly only?: true;
}

/** What an engine puts on disk in one transaction. */
export interface Batch {
  readonly rows: readonly CountedRow[];
  /** What the rows' reaches stand for, where it has not been written yet. */
  readonly reaches: readonly { readonly id: number; readonly ways: readonly Way[] }[];
  readonly stated: readonly Stated[];
  /** Put with the rows; null: none. */
  readonly unnamed: UnnamedGroup | null;
  /** Groups of which everybody is named, to be taken out. */
  readonly named: readonly number[];
}

export interface Stated {
  readonly exporter: string;
  readonly year: number;
  readonly statement: Statement;
}

/** Resolves when all is on disk. */
export type Persist = (batch: Batch) => Promise<void>;

/** Rows of one exporter, year and day: five words each, the key's four and the reach. Valid until the next is asked. */
export interface SavedBlock {
  readonly exporter: string;
  readonly year: number;
  readonly day: number;
  readonly words: Words;
}

/** All that an engine has, read once when it opened. Reaches in the order of their ids, from 1. */
export interface Saved {
  readonly reaches: Iterable<readonly Way[]>;
  readonly blocks: Iterable<SavedBlock>;
  readonly stated: Iterable<Stated>;
  readonly unnamed: Iterable<UnnamedGroup>;
}

export const NOTHING_SAVED: Saved = { reaches: [], blocks: [], stated: [], unnamed: [] };

export interface EmbeddedPeople extends PeopleCounter {
  /** Bytes that the keys of all years take in memory. */
  readonly bytes: number;
}

export function createPeopleCounter(saved: Saved, persist: Persist): EmbeddedPeople {
  const reaches = new Reaches();
  const years = new Map<string, Map<number, YearPeople>>();
  const yearOf: YearOf = (exporter, year) => {
    const mine = getOrMake(years, exporter, () => new Map<number, YearPeople>());
    return getOrMake(mine, year, () => new YearPeople(reaches, year));
  };
  for (const ways of saved.reaches) ways.length === 0 ? reaches.nobody() : reaches.of(ways);
  // before the rows are read: what they are put together to has not been written
  const reachesSaved = reaches.size;
  load(saved, yearOf);
  const disk = openDisk({ saved, persist, reaches, reachesSaved, yearOf });
  return {
    get bytes() {
      return [...years.values()].flatMap((mine) => [...mine.values()]).reduce((sum, { bytes }) => sum + bytes, 0);
    },
    ...readsOf(years, yearOf, disk),
    ...writesOf(reaches, yearOf, disk),
    named: disk.unnamed.named,
    toName: disk.unnamed.newcomers,
    unnamed: disk.unnamed.all,
    drain: disk.saved,
  };
}

interface DiskParts {
  readonly saved: Saved;
  readonly persist: Persist;
  readonly reaches: Reaches;
  /** How many of them are on disk. */
  readonly reachesSaved: number;
  readonly yearOf: YearOf;
}

/** What is on its way to the disk, and who on it waits for an entry. */
interface Disk {
  readonly unnamed: UnnamedPeople;
  put(row: CountedRow, from: Reach, to: Reach): void;
  state(row: Stated): void;
  /** Resolves when all that was put is durable. */
  saved(): Promise<void>;
}

function openDisk({ saved, persist, reaches, reachesSaved: first, yearOf }: DiskParts): Disk {
  let reachesSaved = first;
  const commit = createGroupCommit<Item>(
    async (items) => {
      const { size } = reaches;
      const batch = batchOf(items, reaches, reachesSaved);
      const group = unnamed.groupOf([...batch.rows, ...batch.stated]);
      await persist({ ...batch, unnamed: group });
      reachesSaved = size;
      if (group !== null) unnamed.wrote(group);
    },
    (item) => {
      if (typeof item !== "number") unnamed.saved(item);
    },
  );
  const unnamed = trackUnnamed(
    saved.unnamed,
    (exporter, year, key) => yearOf(exporter, year).reachOf(wordsOf(key)),
    (exporter, year, id) => yearOf(exporter, year).statement(id),
    (group) => commit.add(group),
  );
  return {
    unnamed,
    put(row, from, to) {
      unnamed.moved(row, from, to);
      commit.add(row);
    },
    state: (row) => commit.add(row),
    saved: () => commit.saved(),
  };
}

type Reads = "exporters" | "counts" | "counted" | "reached" | "years" | "heads" | "series" | "statements";

function readsOf(
  years: ReadonlyMap<string, ReadonlyMap<number, YearPeople>>,
  yearOf: YearOf,
  { unnamed }: Disk,
): Pick<PeopleCounter, Reads> {
  return {
    exporters: () => [...years.keys()].sort(),
    counts: (exporter, year, scopes) => yearOf(exporter, year).counts(scopes),
    counted(exporter, year, key): Counted {
      const { counted } = yearOf(exporter, year).reachOf(wordsOf(key));
      if (unnamed.size === 0 || !unnamed.isWaiting(exporter, year, key)) return counted;
      // whoever asks goes through admit then: waits there for the disk, and names whom nobody has named
      const isUnsaved = unnamed.isUnsaved(exporter, year, key);
      return { ...counted, ...(isUnsaved ? { ways: NO_WAYS } : {}), unnamed: true };
    },
    reached: (exporter, year, key) => recipientsOf(yearOf(exporter, year).reachOf(wordsOf(key))),
    years: (exporter) =>
      [...(years.get(exporter) ?? [])].flatMap(([year, { isPeopled }]) => (isPeopled ? [year] : [])).sort(),
    heads: (exporter, year) => yearOf(exporter, year).heads(),
    series: (exporter, year, recipients) => yearOf(exporter, year).series(recipients),
    statements: (exporter, year) => yearOf(exporter, year).statements(),
  };
}

function writesOf(reaches: Reaches, yearOf: YearOf, disk: Disk): Pick<PeopleCounter, "admit" | "state" | "takeBack"> {
  return {
    async admit(exporter, year, people, limit, { day, scopes } = {}): Promise<Admitted> {
      const of = yearOf(exporter, year);
      const moves = movesOf(of, reaches, people);
      if (passes(of, moves, limit)) return { ok: false, counts: of.counts(scopes) };
      const added: CountKey[] = [];
      const dayNow = of.dayOn(day);
      for (const { key, from, to } of moves) {
        if (!from.counted.gross || (to.bits & ~from.bits) !== 0) added.push(key);
        of.move(wordsOf(key), 0, to, dayNow);
        disk.put({ exporter, year, day: dayNow, key, reach: to.id }, from, to);
      }
      const counts = of.counts(scopes);
      const { unnamed } = disk;
      const isAwaited = unnamed.size > 0 && people.some(({ key }) => unnamed.isUnsaved(exporter, year, key));
      if (isAwaited) await disk.saved();
      return { ok: true, counts, added };
    },
    async state(exporter, year, statement) {
      const of = yearOf(exporter, year);
      const before = of.statement(statement.id);
      const row = { exporter, year, statement: of.state(statement) };
      // a correction has its entry before it is done; what was stated so already has it too, or waits for it
      const isNew = statement.of === "opening" && (before === undefined || before.gross < statement.gross);
      if (isNew) disk.unnamed.stated(row);
      disk.state(row);
      const counts = of.counts();
      await disk.saved();
      return counts;
    },
    async takeBack(exporter, year, keys, way, day) {
      const of = yearOf(exporter, year);
      const dayNow = of.dayOn(day);
      let taken = 0;
      for (const key of new Set(keys)) {
        const from = of.reachOf(wordsOf(key));
        const to = reaches.without(from, way);
        if (to === from) continue;
        taken += 1;
        of.move(wordsOf(key), 0, to, dayNow);
        disk.put({ exporter, year, day: dayNow, key, reach: to.id, only: true }, from, to);
      }
      // of an earlier time that failed, too
      await disk.saved();
      return taken;
    },
  };
}

/** A number: of a group that everybody in it is named. */
type Item = CountedRow | Stated | number;

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

function load({ blocks, stated }: Saved, yearOf: YearOf): void {
  for (const { exporter, year, day, words } of blocks) yearOf(exporter, year).load(words, day);
  for (const { exporter, year, statement } of stated) yearOf(exporter, year).state(statement);
}

type YearOf = (exporter: string, year: number) => YearPeople;

function recipientsOf({ ways }: Reach): readonly string[] {
  return [...new Set(ways.flatMap(({ recipient }) => recipient ?? []))];
}

function batchOf(items: readonly Item[], reaches: Reaches, reachesSaved: number): Omit<Batch, "unnamed"> {
  const rows: CountedRow[] = [];
  const stated: Stated[] = [];
  const named: number[] = [];
  for (const item of items) {
    if (typeof item === "number") named.push(item);
    else if ("key" in item) rows.push(item);
    else stated.push(item);
  }
  const fresh = Array.from({ length: reaches.size - reachesSaved }, (_, i) => reaches.at(reachesSaved + i));
  return { rows, stated, named, reaches: fresh.map(({ id, ways }) => ({ id, ways })) };
}

const NO_WAYS: readonly Way[] = [];
