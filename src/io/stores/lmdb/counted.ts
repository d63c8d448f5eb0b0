// The counted in their LMDB file. Law: what a commit promised is one transaction; the block that grows is known only
// as the last commit left it.

import type { Database, RootDatabase } from "lmdb";
import type { CountKey, Statement, Way } from "../../../words.ts";
import type { Batch, CountedRow, Saved, SavedBlock, Stated } from "../embedded/people.ts";
import type { UnnamedGroup } from "../embedded/unnamed.ts";
import { blockNameOf, decodeKey, lay, type Tail, wordsIn } from "./rows.ts";
import { FIRST_REACHES, firstRows } from "./rows-first.ts";

export interface CountedFile {
  readonly saved: Saved;
  /** To be called in a write transaction. @returns what to call once it is durable. */
  put(batch: Batch): () => void;
}

type Bytes = Database<Buffer, Buffer>;
type Range = { getRange(): Iterable<{ key: Buffer; value: Buffer }> };

/** What is there; the databases of a file opened for reading may not be. */
export function openCounted(root: RootDatabase): CountedFile {
  const blocks = root.openDB<Buffer, Buffer>("counted", { keyEncoding: "binary", encoding: "binary" }) as
    | Bytes
    | undefined;
  const reaches = root.openDB<readonly Way[], number>("reaches", {}) as Database<readonly Way[], number> | undefined;
  const stated = root.openDB<Statement, [string, number, string]>("stated", {}) as StatedRows | undefined;
  const unnamed = root.openDB<UnnamedRow, number>("unnamed", {}) as Database<UnnamedRow, number> | undefined;
  const tails = new Map<string, Tail>();
  return {
    saved: {
      reaches: values(reaches),
      blocks: read(blocks, tails),
      stated: statedIn(stated),
      unnamed: unnamedIn(unnamed),
    },
    put(batch) {
      for (const { id, ways } of batch.reaches) reaches!.put(id, ways);
      for (const { exporter, year, statement } of batch.stated) stated!.put([exporter, year, statement.id], statement);
      if (batch.unnamed !== null) unnamed!.put(batch.unnamed.id, rowOf(batch.unnamed));
      for (const id of batch.named) unnamed!.remove(id);
      const grown = new Map<string, Tail>();
      for (const [name, rows] of byBlock(batch.rows)) {
        const laid = lay(rows, tails.get(name));
        for (const { key, value } of laid.blocks) blocks!.put(key, value);
        grown.set(name, laid.tail);
      }
      return () => {
        for (const [name, tail] of grown) tails.set(name, tail);
      };
    },
  };
}

/** A group without its number; the keys of one exporter and year are one text. */
type UnnamedRow = readonly [
  people: readonly (readonly [exporter: string, year: number, keys: string])[],
  statements: UnnamedGroup["statements"],
];

function rowOf({ people, statements }: UnnamedGroup): UnnamedRow {
  return [people.map(([exporter, year, keys]) => [exporter, year, keys.join("")]), statements];
}

const KEY_UNITS = /.{22}/g;

function* unnamedIn(rows: Database<UnnamedRow, number> | undefined): Iterable<UnnamedGroup> {
  for (const { key: id, value } of rows?.getRange() ?? []) {
    const [people, statements] = value;
    yield {
      id,
      people: people.map(([exporter, year, keys]) => [exporter, year, (keys.match(KEY_UNITS) ?? []) as CountKey[]]),
      statements,
    };
  }
}

type StatedRows = Database<Statement, [exporter: string, year: number, id: string]>;

function* values(rows: Database<readonly Way[], number> | undefined): Iterable<readonly Way[]> {
  for (const { value } of rows?.getRange() ?? []) yield value;
}

function* statedIn(rows: StatedRows | undefined): Iterable<Stated> {
  for (const { key, value } of rows?.getRange() ?? []) yield { exporter: key[0], year: key[1], statement: value };
}

/** @param tails learns the last block of each name. */
function* read(blocks: Range | undefined, tails: Map<string, Tail>): Iterable<SavedBlock> {
  for (const { key, value } of blocks?.getRange() ?? []) {
    const { ordinal, ...block } = decodeKey(key);
    tails.set(blockNameOf(block), { ordinal, value });
    yield { ...block, words: wordsIn(value) };
  }
}

function byBlock(rows: readonly CountedRow[]): ReadonlyMap<string, CountedRow[]> {
  const byName = new Map<string, CountedRow[]>();
  for (const row of rows) {
    const name = blockNameOf(row);
    const mine = byName.get(name);
    if (mine === undefined) byName.set(name, [row]);
    else mine.push(row);
  }
  return byName;
}

/** Version 1 of the file, as it stands. */
export function firstCounted(root: RootDatabase): Saved {
  return { reaches: FIRST_REACHES, blocks: blocksOf(openFirst(root)), stated: [], unnamed: [] };
}

/** Makes it one of version 2: in a write transaction, which `put` belongs to. */
export function moveFirst(first: Bytes, { put }: CountedFile): void {
  const nothing = { rows: [], stated: [], reaches: [], unnamed: null, named: [] };
  put({ ...nothing, reaches: FIRST_REACHES.map((ways, i) => ({ id: i + 1, ways })) });
  for (const rows of inChunks(firstRows(first))) put({ ...nothing, rows })();
  first.clearSync();
}

export function openFirst(root: RootDatabase): Bytes {
  return root.openDB<Buffer, Buffer>("people", { keyEncoding: "binary", encoding: "binary" });
}

const CHUNK_ROWS = 32_640;

function* inChunks(rows: Iterable<CountedRow>): Iterable<readonly CountedRow[]> {
  let chunk: CountedRow[] = [];
  for (const row of rows) {
    chunk.push(row);
    if (chunk.length < CHUNK_ROWS) continue;
    yield chunk;
    chunk = [];
  }
  yield chunk;
}

function* blocksOf(first: Bytes | undefined): Iterable<SavedBlock> {
  for (const rows of first === undefined ? [] : inChunks(firstRows(first)))
    for (const [, mine] of byBlock(rows))
      for (const { key, value } of lay(mine, undefined).blocks) {
        const { ordinal: _, ...block } = decodeKey(key);
        yield { ...block, words: wordsIn(value) };
      }
}
