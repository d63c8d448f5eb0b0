// Reading a ledger folder, live or stopped, without a lock: the checkpoint says which tiles there are, segments hold
// the rest. Nothing is verified here; that is the work of `yumen verify`, which shares no code with this.

import { closeSync, fstatSync, openSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { framesOf } from "../../record/frame.ts";
import { entryOf, framedEntries, hashesOn, TILE_WIDTH, type TileLevel, tilePath, widthOf } from "../../record/tiles.ts";
import { GateError } from "../errors.ts";

/** A fold may take a partial tile or a segment away between two reads: then the newer checkpoint is read. */
const RETRIES_MAX = 100;

/** The file's bytes, or null when there is none. */
export function readOrNull(path: string): Buffer | null {
  try {
    for (;;) {
      const bytes = readIfStill(path);
      if (bytes !== null) return bytes;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** Null when another file has the name by now: a spare of the writer's may hold other bytes before they are read. */
function readIfStill(path: string): Buffer | null {
  const fd = openSync(path, "r");
  try {
    const bytes = readFileSync(fd);
    return statSync(path).ino === fstatSync(fd).ino ? bytes : null;
  } finally {
    closeSync(fd);
  }
}

/** Bytes of the tile or bundle as the checkpoint of `size` names it. Null when it is not there. */
export function readTile(dir: string, size: number, level: TileLevel, index: number): Buffer | null {
  const count = level === "entries" ? size : hashesOn(level, size);
  return readOrNull(join(dir, tilePath(level, index, widthOf(index, count))));
}

/** Segments by the index of their first entry, oldest first. */
export function segmentsOf(dir: string): { readonly path: string; readonly first: number }[] {
  const folder = join(dir, "segment");
  let names: string[] = [];
  try {
    names = readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  return names
    .filter((name) => /^\d{16}$/.test(name))
    .sort()
    .map((name) => ({ path: join(folder, name), first: Number(name) }));
}

/**
 * Every entry in order: folded ones, then those in segments. Ends at the first byte of a torn tail.
 * @param from index of the first entry wanted. @throws GateError "ledger_unavailable" when there is no ledger here.
 */
export async function* readEntries(dir: string, from = 0): AsyncIterable<{ index: number; entry: string }> {
  let next = from;
  for (let retries = 0; retries < RETRIES_MAX; retries++) {
    const size = checkpointSize(dir);
    while (next < size) {
      const bundle = readTile(dir, size, "entries", Math.floor(next / TILE_WIDTH));
      if (bundle === null) break;
      for (const framed of (framedEntries(bundle) ?? []).slice(next % TILE_WIDTH)) {
        yield { index: next++, entry: entryOf(framed).toString("utf8") };
      }
    }
    if (next < size) continue;
    for (const framed of tailFrom(dir, next)) yield { index: next++, entry: entryOf(framed).toString("utf8") };
    if (checkpointSize(dir) <= next) return;
  }
  throw new GateError("ledger_unavailable", `a bundle with entry ${next} is missing: run yumen verify`);
}

/** The size alone: whoever needs the signature checked runs verify. @throws GateError "ledger_unavailable" */
export function checkpointSize(dir: string): number {
  const size = readOrNull(join(dir, "checkpoint"))?.toString("utf8").split("\n")[1];
  if (size === undefined || !/^\d+$/.test(size)) throw new GateError("ledger_unavailable", `${dir} holds no ledger`);
  return Number(size);
}

/** Framed entries from index `from` on, as far as the segments go without a gap. */
function* tailFrom(dir: string, from: number): Iterable<Buffer> {
  let next = from;
  for (const { path } of segmentsOf(dir)) {
    const segment = readOrNull(path);
    // Taken away because tiles hold it all; when they hold more than was read, the next one does not continue here.
    if (segment === null) continue;
    for (const frame of framesOf(segment).frames) {
      const framed = framedEntries(frame.payload) ?? [];
      if (frame.first > next) return;
      for (const each of framed.slice(next - frame.first)) {
        yield each;
        next++;
      }
    }
  }
}
