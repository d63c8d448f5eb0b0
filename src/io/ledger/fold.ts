// Folding: tiles on disk, then the checkpoint that needs them, then what they replace goes. In this order a crash at
// any point leaves a folder whose checkpoint has all its tiles, and whose later entries stand in segments.

import { dirname, join } from "node:path";
import { type NoteSigner, signHead } from "../../record/checkpoint.ts";
import type { EdgeSnapshot, TileFile } from "../../record/edge.ts";
import type { Disk } from "./disk.ts";

export interface FoldPlace {
  readonly dir: string;
  readonly disk: Disk;
  readonly signer: NoteSigner;
}

/**
 * Node has four threads for files. While entries are waited for, tiles take half of them: no commit stands behind a
 * fold.
 */
const FILES_BESIDE_COMMITS = 2;
const FILES_ALONE = 16;

/**
 * Writes the snapshot's tiles and its signed checkpoint; resolves with the note when all of it is on disk.
 * @param busy entries are being committed meanwhile.
 */
export async function fold(snapshot: EdgeSnapshot, place: FoldPlace, busy: boolean): Promise<string> {
  const folders = new Set(snapshot.files.map(({ path }) => join(place.dir, dirname(path))));
  for (const folder of folders) await place.disk.makeFolder(folder);
  await writeFiles(snapshot.files, place, busy ? FILES_BESIDE_COMMITS : FILES_ALONE);
  for (const folder of folders) await place.disk.syncFolder(folder);
  const note = signHead({ origin: place.signer.name, size: snapshot.size, root: snapshot.root }, place.signer);
  await place.disk.replace(join(place.dir, "checkpoint"), Buffer.from(note));
  await place.disk.syncFolder(place.dir);
  return note;
}

/**
 * Some at a time: their fsyncs share the disk's journal. All have ended when this does, so a retry meets no other
 * writer.
 */
async function writeFiles(files: readonly TileFile[], { dir, disk }: FoldPlace, atOnce: number): Promise<void> {
  for (let at = 0; at < files.length; at += atOnce) {
    const some = files.slice(at, at + atOnce);
    const written = some.map(({ path, parts }) => disk.replace(join(dir, path), Buffer.concat(parts)));
    for (const result of await Promise.allSettled(written)) if (result.status === "rejected") throw result.reason;
  }
}

/** Partial tiles of an older checkpoint that a newer one no longer names. Readers hold to the checkpoint they read. */
export async function dropPartials(
  old: readonly TileFile[],
  kept: readonly TileFile[],
  place: FoldPlace,
): Promise<void> {
  const keep = new Set(kept.map((file) => file.path));
  const folders = new Set(kept.map((file) => dirname(file.path)));
  for (const { path } of old) {
    if (keep.has(path) || !path.includes(".p/")) continue;
    await place.disk.remove(join(place.dir, path));
    if (!folders.has(dirname(path))) await place.disk.remove(join(place.dir, dirname(path)));
  }
}
