// The segments: files of frames, one after another. `writtenBytes` counts frames whose commit resolved and nothing
// else; after any failed write or sync the file is cut back and rewritten from what is known before a byte is added
// to it.

import { join } from "node:path";
import { sealFrame } from "../../record/frame.ts";
import type { Disk } from "./disk.ts";

/** A segment that is longer than this is left for a new one, so that a restart replays little. */
const SEGMENT_BYTES_MAX = 8 * 1024 * 1024;

/** Sixteen digits: names sort as their numbers do, up to 2^53. */
export function segmentName(first: number): string {
  return String(first).padStart(16, "0");
}

interface OpenSegment {
  readonly path: string;
  readonly fd: number;
  writtenBytes: number;
  syncedBytes: number;
  /** Frames in the kernel but perhaps not on disk (batched): what a failed sync may lose, and a repair writes again. */
  unsynced: Buffer[];
  /** A write or sync failed: what the file holds past `syncedBytes` is unknown. */
  suspect: boolean;
}

export class Segments {
  readonly #disk: Disk;
  readonly #folder: string;
  #open: OpenSegment | null = null;
  #left: { readonly path: string; readonly end: number }[] = [];
  #syncing: Promise<void> = Promise.resolve();

  constructor(dir: string, disk: Disk) {
    this.#disk = disk;
    this.#folder = join(dir, "segment");
  }

  /**
   * Adds one frame. Resolves when it is in the kernel (`sync` false) or on disk (`sync` true). When it rejects, the
   * frame does not count. Calls must not overlap.
   * @param frame 32 free bytes, then the payload. @param first index of its first entry.
   */
  async commit(frame: Buffer, first: number, sync: boolean): Promise<void> {
    const segment = await this.#ready(first);
    sealFrame(frame, first, segment.syncedBytes);
    try {
      await this.#disk.write(segment.fd, frame, segment.writtenBytes);
      if (sync) await this.#disk.datasync(segment.fd);
    } catch (error) {
      segment.suspect = true;
      throw error;
    }
    segment.writtenBytes += frame.length;
    if (sync) segment.syncedBytes = segment.writtenBytes;
    else segment.unsynced.push(frame);
  }

  /** Puts all that was committed on disk. May overlap a commit. On failure the next commit or sync repairs. */
  sync(): Promise<void> {
    const synced = this.#syncing.then(() => this.#syncOpen());
    this.#syncing = synced.catch(() => {});
    return synced;
  }

  async #syncOpen(): Promise<void> {
    const segment = this.#open;
    if (segment === null || segment.suspect || segment.unsynced.length === 0) return;
    const upTo = segment.writtenBytes;
    const count = segment.unsynced.length;
    try {
      await this.#disk.datasync(segment.fd);
    } catch (error) {
      segment.suspect = true;
      throw error;
    }
    segment.syncedBytes = upTo;
    segment.unsynced.splice(0, count);
  }

  async #ready(first: number): Promise<OpenSegment> {
    if (this.#open?.suspect) await this.#repair(this.#open);
    if (this.#open !== null && this.#open.writtenBytes >= SEGMENT_BYTES_MAX) await this.#leave(first);
    this.#open ??= await this.#create(first);
    return this.#open;
  }

  /**
   * A failed fsync may have marked lost pages clean (Linux): nothing after `syncedBytes` is trusted, all is
   * rewritten.
   */
  async #repair(segment: OpenSegment): Promise<void> {
    await this.#syncing;
    await this.#disk.truncate(segment.fd, segment.syncedBytes);
    const lost = Buffer.concat(segment.unsynced);
    if (lost.length > 0) await this.#disk.write(segment.fd, lost, segment.syncedBytes);
    await this.#disk.datasync(segment.fd);
    segment.syncedBytes += lost.length;
    segment.writtenBytes = segment.syncedBytes;
    segment.unsynced = [];
    segment.suspect = false;
  }

  async #create(first: number): Promise<OpenSegment> {
    const path = join(this.#folder, segmentName(first));
    const fd = await this.#disk.create(path);
    try {
      await this.#disk.syncFolder(this.#folder);
    } catch (error) {
      await this.#disk.close(fd);
      await this.#disk.remove(path);
      throw error;
    }
    return { path, fd, writtenBytes: 0, syncedBytes: 0, unsynced: [], suspect: false };
  }

  /** Cuts what a failed commit left, syncs and closes. @param end entries in the log so far. */
  async #leave(end: number): Promise<void> {
    const segment = this.#open;
    if (segment === null) return;
    if (segment.suspect) await this.#repair(segment);
    await this.sync();
    this.#open = null;
    this.#left.push({ path: segment.path, end });
    await this.#disk.close(segment.fd);
  }

  /** Removes the segments whose entries all stand in tiles under a durable checkpoint of `size` entries. */
  async drop(size: number): Promise<void> {
    for (const segment of this.#left.filter(({ end }) => end <= size)) {
      await this.#disk.remove(segment.path);
      this.#left = this.#left.filter((each) => each !== segment);
    }
  }

  /** No commit may follow. Rejects when what was committed could not be synced; the file is closed all the same. */
  async close(end: number): Promise<void> {
    try {
      await this.#leave(end);
    } finally {
      if (this.#open !== null) await this.#disk.close(this.#open.fd);
      this.#open = null;
    }
  }
}
