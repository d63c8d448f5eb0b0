// The segments: files of frames, one after another. `writtenBytes` counts frames whose commit resolved and nothing
// else; after any failed write or sync the file is cut back and rewritten from what is known before a byte is added
// to it. Under load the next segment is prepared beside (prepare.ts), so that a commit makes no file and grows none.

import { join } from "node:path";
import { sealFrame } from "../../record/frame.ts";
import type { Disk } from "./disk.ts";
import { discard, type Prepared, prepare } from "./prepare.ts";
import { Spares } from "./spares.ts";

/** A segment that is longer than this is left for a new one, so that a restart replays little. */
const SEGMENT_BYTES_MAX = 8 * 1024 * 1024;
/** A prepared segment is so many times longer: leaving one costs commits a pause for names to be on disk. */
const PREPARED_TIMES = 4;
const SPARES_MAX = 2;

/** Sixteen digits: names sort as their numbers do, up to 2^53. */
export function segmentName(first: number): string {
  return String(first).padStart(16, "0");
}

interface OpenSegment {
  readonly path: string;
  readonly fd: number;
  /** When so many are written, the next segment begins. */
  readonly bytesMax: number;
  writtenBytes: number;
  syncedBytes: number;
  /** Frames in the kernel but perhaps not on disk (batched): what a failed sync may lose, and a repair writes again. */
  unsynced: Buffer[];
  /** Its successor is being prepared, or was: once is enough, the disk may be full. */
  isFollowed: boolean;
  /** A write or sync failed: what the file holds past `syncedBytes` is unknown. */
  suspect: boolean;
}

export class Segments {
  readonly #disk: Disk;
  readonly #folder: string;
  readonly #bytesMax: number;
  readonly #spares: Spares;
  #open: OpenSegment | null = null;
  #left: { readonly path: string; readonly end: number }[] = [];
  #syncing: Promise<void> = Promise.resolve();
  #next: Prepared | null = null;
  #preparing: Promise<void> | null = null;
  #isClosing = false;

  /** @param bytesMax for tests: small segments are left, prepared and used again sooner. */
  constructor(dir: string, disk: Disk, bytesMax = SEGMENT_BYTES_MAX) {
    this.#disk = disk;
    this.#folder = join(dir, "segment");
    this.#bytesMax = bytesMax;
    this.#spares = new Spares(this.#folder, disk, { kind: "segment", rest: 0, max: SPARES_MAX });
  }

  /**
   * Adds one frame. Resolves when it is in the kernel (`sync` false) or on disk (`sync` true). When it rejects, the
   * frame does not count. Calls must not overlap.
   * @param frame 32 free bytes, then the payload; free again when this resolves. @param first index of its first entry.
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
    else segment.unsynced.push(Buffer.from(frame));
    if (segment.writtenBytes >= segment.bytesMax / 4 && !segment.isFollowed) this.#follow(segment);
  }

  /** Runs beside commits and fails none of them: without a prepared segment the next one is a plain one. */
  #follow(segment: OpenSegment): void {
    segment.isFollowed = true;
    if (this.#next !== null || this.#preparing !== null) return;
    const bytes = this.#bytesMax * PREPARED_TIMES;
    this.#preparing = prepare(this.#spares, this.#disk, bytes, () => this.#isClosing).then((next) => {
      this.#next = next;
      this.#preparing = null;
    });
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
    if (this.#open !== null && this.#open.writtenBytes >= this.#open.bytesMax) await this.#leave(first);
    this.#open ??= await this.#begin(first);
    return this.#open;
  }

  /**
   * A failed fsync may have marked lost pages clean (Linux): nothing after `syncedBytes` is trusted, all is
   * rewritten; what was acknowledged in place, before what stands behind it is cut: at no moment is it out of the
   * kernel.
   */
  async #repair(segment: OpenSegment): Promise<void> {
    await this.#syncing;
    const lost = Buffer.concat(segment.unsynced);
    if (lost.length > 0) await this.#disk.write(segment.fd, lost, segment.syncedBytes);
    await this.#disk.truncate(segment.fd, segment.syncedBytes + lost.length);
    await this.#disk.datasync(segment.fd);
    segment.syncedBytes += lost.length;
    segment.writtenBytes = segment.syncedBytes;
    segment.unsynced = [];
    segment.suspect = false;
  }

  /** The name is exclusive, whichever way it is given: two writers never share a segment. */
  async #begin(first: number): Promise<OpenSegment> {
    const path = join(this.#folder, segmentName(first));
    const next = await this.#named(path);
    const fd = next?.fd ?? (await this.#disk.create(path));
    try {
      await this.#disk.syncFolder(this.#folder);
    } catch (error) {
      await this.#disk.close(fd);
      await this.#disk.remove(path);
      throw error;
    }
    const bytesMax = next?.bytes ?? this.#bytesMax;
    return { path, fd, bytesMax, writtenBytes: 0, syncedBytes: 0, unsynced: [], isFollowed: false, suspect: false };
  }

  /** The prepared segment under its name, or null when there is none or it did not get it. */
  async #named(path: string): Promise<Prepared | null> {
    const next = this.#next;
    this.#next = null;
    if (next === null) return null;
    try {
      await this.#disk.link(next.path, path);
    } catch {
      await discard(next, this.#disk);
      return null;
    }
    // Its first name may stay when it cannot be removed: no pool holds it, so it is never written as a spare.
    await this.#disk.remove(next.path).catch(() => {});
    return next;
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

  /** Takes away the segments whose entries all stand in tiles under a durable checkpoint of `size` entries. */
  async drop(size: number): Promise<void> {
    for (const segment of this.#left.filter(({ end }) => end <= size)) {
      await this.#spares.retire(segment.path);
      this.#left = this.#left.filter((each) => each !== segment);
    }
    await this.#spares.settle();
  }

  /** No commit may follow. Rejects when what was committed could not be synced; the file is closed all the same. */
  async close(end: number): Promise<void> {
    this.#isClosing = true;
    try {
      await this.#leave(end);
    } finally {
      if (this.#open !== null) await this.#disk.close(this.#open.fd);
      this.#open = null;
      await this.#preparing;
      if (this.#next !== null) await discard(this.#next, this.#disk);
      this.#next = null;
    }
  }
}
