// Folding: tiles on disk, then the checkpoint that needs them, then what they replace goes. In this order a crash at
// any point leaves a folder whose checkpoint has all its tiles, and whose later entries stand in segments.

import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { type NoteSigner, signHead } from "../../record/checkpoint.ts";
import type { EdgeSnapshot, TileFile } from "../../record/edge.ts";
import type { Disk } from "./disk.ts";
import { Spares } from "./spares.ts";

/** Where a ledger's tiles and checkpoint go, and which are there. */
export interface FoldPlace {
  readonly dir: string;
  readonly disk: Disk;
  readonly signer: NoteSigner;
  /** Partial tiles and checkpoints of the past. */
  readonly files: Spares;
  /** Folders that held partial tiles. */
  readonly folders: Spares;
  /**
   * Tiles on disk: the checkpoint's partial ones, and what failed folds got done. None is written again: a failed
   * fold's checkpoint may stand all the same, and name it.
   */
  readonly written: Set<string>;
}

/** A checkpoint takes and leaves some four files: one that is used again was left two checkpoints ago. */
const FILES_REST = 8;
const FILES_MAX = 24;
const FOLDERS_MAX = 8;

/** @param signed files that the checkpoint on disk names. */
export function foldPlace(dir: string, disk: Disk, signer: NoteSigner, signed: readonly TileFile[]): FoldPlace {
  const folder = join(dir, "segment");
  const files = new Spares(folder, disk, { kind: "file", rest: FILES_REST, max: FILES_MAX });
  const folders = new Spares(folder, disk, { kind: "folder", rest: 0, max: FOLDERS_MAX });
  return { dir, disk, signer, files, folders, written: new Set(signed.map(({ path }) => path)) };
}

/** While entries are waited for, tiles are written one by one: each is a sync that commits stand behind. */
const FILES_BESIDE_COMMITS = 1;
const FILES_ALONE = 16;

/**
 * Writes the snapshot's tiles and its signed checkpoint; resolves with the note when all of it is on disk.
 * @param busy entries are being committed meanwhile: it makes way for them.
 */
export async function fold(snapshot: EdgeSnapshot, place: FoldPlace, busy: boolean): Promise<string> {
  const folders = new Set(snapshot.files.map(({ path }) => join(place.dir, dirname(path))));
  for (const folder of folders) await makeFolder(folder, place);
  await writeFiles(snapshot, place, busy);
  for (const folder of folders) await place.disk.syncFolder(folder);
  const note = signHead({ origin: place.signer.name, size: snapshot.size, root: snapshot.root }, place.signer);
  await place.files.exchange(join(place.dir, "checkpoint"), Buffer.from(note));
  await place.disk.syncFolder(place.dir);
  return note;
}

async function makeFolder(path: string, { disk, folders }: FoldPlace): Promise<void> {
  const spare = path.endsWith(".p") && !existsSync(path) ? folders.take() : undefined;
  if (spare !== undefined) {
    // It may not fit (the folder above is not there yet): then it is made as any other.
    await disk.rename(spare, path).catch(() => disk.remove(spare));
    if (existsSync(path)) return disk.syncFolder(dirname(path));
  }
  await disk.makeFolder(path);
}

/**
 * Some at a time: their fsyncs share the disk's journal. All have ended when this does, so a retry meets no other
 * writer. Full tiles are written in their place: no checkpoint names them yet, so nobody reads them, and after a crash
 * they are written anew from the segments. Partial ones appear whole: an older one of a crash may lie there.
 */
async function writeFiles(snapshot: EdgeSnapshot, place: FoldPlace, busy: boolean): Promise<void> {
  const atOnce = busy ? FILES_BESIDE_COMMITS : FILES_ALONE;
  const write = async ({ path, parts }: TileFile, isFull: boolean): Promise<void> => {
    if (place.written.has(path)) return;
    await (isFull ? place.disk : place.files).put(join(place.dir, path), parts[0]);
    place.written.add(path);
  };
  for (let at = 0; at < snapshot.files.length; at += atOnce) {
    const some = snapshot.files.slice(at, at + atOnce).map((file, nth) => write(file, at + nth < snapshot.full));
    for (const result of await Promise.allSettled(some)) if (result.status === "rejected") throw result.reason;
  }
}

/** Partial tiles that the newest checkpoint does not name. Readers hold to the checkpoint they read. */
export async function dropPartials({ files, full }: EdgeSnapshot, place: FoldPlace): Promise<void> {
  const kept = new Set(files.slice(full).map(({ path }) => path));
  const folders = new Set([...kept].map((path) => dirname(path)));
  for (const path of place.written) {
    if (kept.has(path)) continue;
    if (path.includes(".p/")) {
      await place.files.retire(join(place.dir, path));
      const folder = join(place.dir, dirname(path));
      if (!folders.has(dirname(path)) && isEmpty(folder)) await place.folders.retire(folder);
    }
    place.written.delete(path);
  }
  await place.files.settle();
  await place.folders.settle();
}

/** A partial tile that a crash left may be in it still. */
function isEmpty(folder: string): boolean {
  return existsSync(folder) && readdirSync(folder).length === 0;
}
