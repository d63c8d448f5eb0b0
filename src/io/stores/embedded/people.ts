// PeopleCounter with the exact set in memory and an engine behind it: a person already counted costs no store call.
// Law: memory runs ahead of the disk, never behind: a place is taken at once, and nobody goes before it is durable.
// A row whose write failed stays taken and is written with the next batch: over-reported perhaps, never under-reported.

import type { Admission, Counted, CountKey, CountLimit, Counts, Statement, Way } from "../../../words.ts";
import type { Admitted, PeopleCounter } from "../../ports.ts";
import { createGroupCommit } from "./group-commit.ts";
import type { Words } from "./key-table.ts";
import { bitsThrough, NON_SENSITIVE, type Reach, Reaches, SENSITIVE } from "./reaches.ts";
import { YearPeople } from "./year-people.ts";

/** Somebody as an engine keeps him or her: of several rows of one key, all ways together. Safe to write again. */
export interface CountedRow {
  readonly exporter: string;
  readonly year: number;
  /** Of the year, 1 is 1 January; 0: unknown. */
  readonly day: number;
  readonly key: CountKey;
  readonly reach: number;
}

/** What an engine puts on disk in one transaction. */
export interface Batch {
  readonly rows: readonly CountedRow[];
  /** What the rows' reaches stand for, where it has not been written yet. */
  readonly reaches: readonly { readonly id: number; readonly ways: readonly Way[] }[];
  readonly stated: readonly Stated[];
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
}

export const NOTHING_SAVED: Saved = { reaches: [], blocks: [], stated: [] };

export interface EmbeddedPeople extends PeopleCounter {
  /** Bytes that the keys of all years take in memory. */
  readonly bytes: number;
  drain(): Promise<void>;
}

/** A person for whom something is new. */
interface Move {
  readonly key: CountKey;
  readonly from: Reach;
  to: Reach;
}

export function createPeopleCounter(saved: Saved, persist: Persist): EmbeddedPeople {
  const reaches = new Reaches();
  const years = new Map<string, Map<number, YearPeople>>();
  /** Rows not known to be durable: whoever needs one of these waits. */
  const unsaved = new Map<string, CountedRow>();
  const isUnsaved = (exporter: string, year: number, key: CountKey) => unsaved.has(nameOf({ exporter, year, key }));
  const yearOf: YearOf = (exporter, year) => {
    const mine = getOrMake(years, exporter, () => new Map<number, YearPeople>());
    return getOrMake(mine, year, () => new YearPeople(reaches, year));
  };
  for (const ways of saved.reaches) reaches.of(ways);
  // before the rows are read: what they are put together to has not been written
  let reachesSaved = reaches.size;
  load(saved, yearOf);

  const commit = createGroupCommit<CountedRow | Stated>(
    async (items) => {
      const { size } = reaches;
      await persist(batchOf(items, reaches, reachesSaved));
      reachesSaved = size;
    },
    (item) => {
      if ("key" in item && unsaved.get(nameOf(item)) === item) unsaved.delete(nameOf(item));
    },
  );

  return {
    get bytes() {
      return [...years.values()].flatMap((mine) => [...mine.values()]).reduce((sum, { bytes }) => sum + bytes, 0);
    },
    counts: (exporter, year, scopes) => yearOf(exporter, year).counts(scopes),
    counted(exporter, year, key): Counted {
      const { counted } = yearOf(exporter, year).reachOf(wordsOf(key));
      // whoever asks goes through admit then, and waits there
      return unsaved.size > 0 && isUnsaved(exporter, year, key) ? { ...counted, ways: NO_WAYS } : counted;
    },
    reached: (exporter, year, key) => recipientsOf(yearOf(exporter, year).reachOf(wordsOf(key))),
    heads: (exporter, year) => yearOf(exporter, year).heads(),
    series: (exporter, year, recipients) => yearOf(exporter, year).series(recipients),
    statements: (exporter, year) => yearOf(exporter, year).statements(),
    async admit(exporter, year, people, limit, { day, scopes } = {}): Promise<Admitted> {
      const of = yearOf(exporter, year);
      const moves = movesOf(of, reaches, people);
      if (passes(of, moves, limit)) return { ok: false, counts: of.counts(scopes) };
      const added: CountKey[] = [];
      const dayNow = of.dayOn(day);
      for (const { key, from, to } of moves) {
        if (from.id === 0 || (to.bits & ~from.bits) !== 0) added.push(key);
        of.move(wordsOf(key), 0, to, dayNow);
        const row = { exporter, year, day: dayNow, key, reach: to.id };
        unsaved.set(nameOf(row), row);
        commit.add(row);
      }
      const counts = of.counts(scopes);
      const isAwaited = unsaved.size > 0 && people.some(({ key }) => isUnsaved(exporter, year, key));
      if (isAwaited) await commit.saved();
      return { ok: true, counts, added };
    },
    async state(exporter, year, statement) {
      const of = yearOf(exporter, year);
      commit.add({ exporter, year, statement: of.state(statement) });
      const counts = of.counts();
      await commit.saved();
      return counts;
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

function load({ blocks, stated }: Saved, yearOf: YearOf): void {
  for (const { exporter, year, day, words } of blocks) yearOf(exporter, year).load(words, day);
  for (const { exporter, year, statement } of stated) yearOf(exporter, year).state(statement);
}

type YearOf = (exporter: string, year: number) => YearPeople;

function recipientsOf({ ways }: Reach): readonly string[] {
  return [...new Set(ways.flatMap(({ recipient }) => recipient ?? []))];
}

function nameOf({ exporter, year, key }: Pick<CountedRow, "exporter" | "year" | "key">): string {
  return `${year}${key}${exporter}`;
}

function batchOf(items: readonly (CountedRow | Stated)[], reaches: Reaches, reachesSaved: number): Batch {
  const rows: CountedRow[] = [];
  const stated: Stated[] = [];
  for (const item of items) {
    if ("key" in item) rows.push(item);
    else stated.push(item);
  }
  const fresh = Array.from({ length: reaches.size - reachesSaved }, (_, i) => reaches.at(reachesSaved + i));
  return { rows, stated, reaches: fresh.map(({ id, ways }) => ({ id, ways })) };
}

/** Each person once, though an admission may name somebody twice. @throws TypeError on a key that is none. */
function movesOf(of: YearPeople, reaches: Reaches, people: readonly Admission[]): readonly Move[] {
  let moves: Map<CountKey, Move> | null = null;
  for (const admission of people) {
    const { key } = admission;
    const pending = moves?.get(key);
    const now = pending?.to ?? of.reachOf(wordsOf(key));
    if (covers(now, admission)) continue;
    const { recipient = null, by = null, nonSensitive, sensitive } = admission;
    const to = reaches.plus(now, { recipient, by, nonSensitive, sensitive });
    if (pending === undefined) moves = (moves ?? new Map<CountKey, Move>()).set(key, { key, from: now, to });
    else pending.to = to;
  }
  return moves === null ? NO_MOVES : [...moves.values()];
}

const NO_MOVES: readonly Move[] = [];
const NO_WAYS: readonly Way[] = [];

function covers({ ways }: Reach, { recipient = null, by = null, nonSensitive, sensitive }: Admission): boolean {
  for (const way of ways) {
    if (way.recipient !== recipient || way.by !== by) continue;
    return (!nonSensitive || way.nonSensitive) && (!sensitive || way.sensitive);
  }
  return false;
}

/** Would the counts after adding stand above the highest that the decision holds for? */
function passes(of: YearPeople, moves: readonly Move[], { scoped = [], ...total }: CountLimit): boolean {
  if (isAbove(of.counts(), moves, total, ({ bits }) => bits)) return true;
  return scoped.some((limit) =>
    isAbove(of.scoped(limit.recipients), moves, limit, (reach) => bitsThrough(reach, limit.recipients)),
  );
}

function isAbove(
  now: Pick<Counts, "nonSensitive" | "sensitive">,
  moves: readonly Move[],
  limit: Pick<CountLimit, "nonSensitive" | "sensitive">,
  bitsOf: (reach: Reach) => number,
): boolean {
  let { nonSensitive, sensitive } = now;
  for (const { from, to } of moves) {
    const fresh = bitsOf(to) & ~bitsOf(from);
    if (fresh & NON_SENSITIVE) nonSensitive += 1;
    if (fresh & SENSITIVE) sensitive += 1;
  }
  return (
    (limit.nonSensitive !== null && nonSensitive > limit.nonSensitive) ||
    (limit.sensitive !== null && sensitive > limit.sensitive)
  );
}

const keyWords = new Uint32Array(4);
const keyBytes = Buffer.from(keyWords.buffer);

/** The 128 bits of a key, valid until the next call. @throws TypeError for all but canonical base64url of 128 bits. */
function wordsOf(key: CountKey): Words {
  const canonical = key.length === 22 && "AQgw".includes(key.charAt(21)) && keyBytes.write(key, "base64url") === 16;
  if (!canonical) throw new TypeError("a CountKey has 128 bits");
  return keyWords;
}
