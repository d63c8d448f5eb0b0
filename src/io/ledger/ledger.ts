// The ledger that is being written. An append resolves when the frame that holds it is durable, in the order of the
// calls; one that rejects is in no frame that counts. One commit at a time: while it runs the next one gathers.
//
// No worker thread. Measured at 64 concurrent appenders, 500 B, strict, 2 busy cores: the call costs 0.1 µs, all of it
// (encode, commit, two hashes, tiles) 5.0 µs of the main thread an entry; the commit alone was 2. A thread would take
// the hashes and tiles away and bring a message a batch, a second failure mode and a file that must run unbundled.

import { dirname, join } from "node:path";
import type { Edge } from "../../record/edge.ts";
import { ENTRY_BYTES_MAX } from "../../record/entry.ts";
import { FRAME_HEAD_BYTES } from "../../record/frame.ts";
import { framedBytes, frameEntry } from "../../record/tiles.ts";
import { GateError } from "../errors.ts";
import type { Ledger } from "../ports.ts";
import { replace } from "./disk.ts";
import { dropPartials, type FoldPlace, fold } from "./fold.ts";
import type { Segments } from "./segment.ts";
import { removeSpares } from "./spares.ts";

/** What the operator should know. No event holds an entry's text. */
export type LedgerEvent =
  | { readonly kind: "torn_tail"; readonly bytes: number }
  | { readonly kind: "write_failed"; readonly detail: string }
  | { readonly kind: "write_recovered" }
  | { readonly kind: "fold_failed"; readonly detail: string }
  | { readonly kind: "anchor_failed"; readonly detail: string };

export interface OpenedLedger extends Ledger {
  /** What the start found behind the checkpoint, and what it cut: record a `torn_tail` entry when that is not 0. */
  readonly recovered: { readonly entries: number; readonly tornBytes: number };
  /** The newest checkpoint on disk; `head()` may be up to a second ahead of it. */
  signedHead(): { readonly size: number; readonly root: string };
  /** Folds and closes without a seal. Rejects when the last entries could not be folded; they stay in segments. */
  close(): Promise<void>;
}

export interface LedgerParts {
  readonly edge: Edge;
  readonly segments: Segments;
  readonly place: FoldPlace;
  readonly recovered: { readonly entries: number; readonly tornBytes: number };
  readonly signedSize: number;
  readonly durability: "strict" | "batched";
  readonly checkpointMs: number;
  readonly anchor: string | null;
  readonly onEvent: (event: LedgerEvent) => void;
  readonly unlock: () => void;
}

interface Waiting {
  readonly entry: string;
  readonly bytes: number;
  readonly resolve: (index: number) => void;
  readonly reject: (error: GateError) => void;
}

const SYNC_MS = 5;
const SOON_MS = 50;
const GATHER_MS = 0.5;
const GATHER_MAX = 64;
const FRAME_BYTES = 64 * 1024;
const COMMIT_BYTES_MAX = 4 * 1024 * 1024;
/** Entries that wait for the disk. Over this the disk is not keeping up and callers must know. */
const QUEUE_BYTES_MAX = 64 * 1024 * 1024;
/** Entries in memory that no tile holds. Over this commits wait for a fold. */
const UNSETTLED_BYTES_MAX = 64 * 1024 * 1024;

export class FileLedger implements OpenedLedger {
  readonly recovered: { readonly entries: number; readonly tornBytes: number };
  readonly #parts: LedgerParts;
  #signed: { readonly size: number; readonly root: string };
  #queue: Waiting[] = [];
  #queueBytes = 0;
  #frame = Buffer.allocUnsafeSlow(FRAME_BYTES);
  #pumping: Promise<void> | null = null;
  #folding: Promise<void> = Promise.resolve();
  #foldTimer: NodeJS.Timeout | null = null;
  #syncTimer: NodeJS.Timeout | null = null;
  #soonTimer: NodeJS.Timeout | null = null;
  #failing = false;
  #closed = false;

  constructor(parts: LedgerParts) {
    this.#parts = parts;
    this.recovered = parts.recovered;
    this.#signed = { size: parts.signedSize, root: "" };
  }

  append(entry: string): Promise<number> {
    this.#startPump();
    return this.#queued(entry);
  }

  appendSoon(entry: string): Promise<number> {
    this.#soonTimer ??= setTimeout(() => {
      this.#soonTimer = null;
      this.#startPump();
    }, SOON_MS).unref();
    return this.#queued(entry);
  }

  #queued(entry: string): Promise<number> {
    const bytes = Buffer.byteLength(entry);
    if (this.#closed) return refused("the ledger is closed");
    if (bytes === 0 || bytes > ENTRY_BYTES_MAX) return refused(`an entry has 1 to ${ENTRY_BYTES_MAX} bytes`);
    if (this.#queueBytes + bytes > QUEUE_BYTES_MAX) return refused("the disk does not keep up");
    return new Promise((resolve, reject) => {
      this.#queue.push({ entry, bytes, resolve, reject });
      this.#queueBytes += bytes;
    });
  }

  /** After the poll phase: all requests that this turn of the loop has read share one commit. */
  #startPump(): void {
    this.#pumping ??= new Promise<void>((turned) => setImmediate(turned)).then(() => this.#pump());
  }

  async #pump(): Promise<void> {
    for (let last = 0; this.#queue.length > 0; ) {
      await this.#gather(last);
      const batch = this.#take();
      last = batch.length;
      await this.#commit(batch);
    }
    this.#pumping = null;
  }

  /**
   * Under load a commit waits for company: one commit costs the request thread some 40 µs whatever it holds. Waits
   * until half of the last commit's number is there, at most half a millisecond; after a small commit not at all.
   */
  async #gather(last: number): Promise<void> {
    const wanted = Math.min(last >> 1, GATHER_MAX);
    const untilMs = performance.now() + GATHER_MS;
    while (this.#queue.length < wanted && !this.#closed && performance.now() < untilMs)
      await new Promise<void>((turned) => setImmediate(turned));
  }

  /** The longest run from the front of the queue that fits one commit. */
  #take(): Waiting[] {
    let bytes = 0;
    let count = 0;
    while (count < this.#queue.length && bytes < COMMIT_BYTES_MAX) bytes += this.#queue[count++]!.bytes;
    this.#queueBytes -= bytes;
    return this.#queue.splice(0, count);
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    const { edge, segments, durability } = this.#parts;
    let frame: Buffer;
    try {
      frame = this.#frameOf(batch);
      if (edge.unsettledBytes > UNSETTLED_BYTES_MAX) await this.fold();
      await segments.commit(frame, edge.size, durability === "strict");
    } catch (cause) {
      this.#fail(batch, cause as NodeJS.ErrnoException);
      return;
    }
    if (this.#failing) this.#parts.onEvent({ kind: "write_recovered" });
    this.#failing = false;
    this.#acknowledge(batch, frame);
  }

  /** In one buffer for all commits: there is one at a time. */
  #frameOf(batch: readonly Waiting[]): Buffer {
    let bytes = FRAME_HEAD_BYTES;
    for (const waiting of batch) bytes += framedBytes(waiting.bytes);
    if (bytes > this.#frame.length) this.#frame = Buffer.allocUnsafeSlow(Math.max(bytes, this.#frame.length * 2));
    let at = FRAME_HEAD_BYTES;
    for (const waiting of batch) at = frameEntry(this.#frame, at, waiting.entry, waiting.bytes);
    return this.#frame.subarray(0, bytes);
  }

  #acknowledge(batch: readonly Waiting[], frame: Buffer): void {
    let at = FRAME_HEAD_BYTES;
    for (const { bytes, resolve } of batch) {
      const end = at + framedBytes(bytes);
      const index = this.#parts.edge.size;
      this.#parts.edge.add(frame, at, end);
      at = end;
      resolve(index);
    }
    if (this.#parts.durability === "batched") this.#syncTimer ??= setTimeout(() => this.#sync(), SYNC_MS).unref();
    this.#foldTimer ??= this.#foldSoon();
  }

  /** Everybody who waits is told now: none of it may leave, and waiting for a sick disk helps nobody. */
  #fail(batch: readonly Waiting[], cause: NodeJS.ErrnoException): void {
    const detail = cause.code ?? "write failed";
    if (!this.#failing) this.#parts.onEvent({ kind: "write_failed", detail });
    this.#failing = true;
    const error = new GateError("ledger_unavailable", `the ledger cannot be written (${detail})`, { cause });
    for (const { reject } of [...batch, ...this.#queue]) reject(error);
    this.#queue = [];
    this.#queueBytes = 0;
  }

  #sync(): void {
    this.#syncTimer = null;
    this.#parts.segments.sync().catch((cause: NodeJS.ErrnoException) => {
      this.#parts.onEvent({ kind: "write_failed", detail: cause.code ?? "sync failed" });
    });
  }

  #foldSoon(): NodeJS.Timeout {
    const run = (): void => {
      this.#foldTimer = null;
      this.fold().catch((cause: NodeJS.ErrnoException) => {
        this.#parts.onEvent({ kind: "fold_failed", detail: cause.code ?? "write failed" });
        if (!this.#closed) this.#foldTimer ??= this.#foldSoon();
      });
    };
    return setTimeout(run, this.#parts.checkpointMs).unref();
  }

  /** Tiles and a signed checkpoint for all that is durable now. Folds never overlap. */
  fold(): Promise<void> {
    const folded = this.#folding.then(() => this.#foldNow());
    this.#folding = folded.catch(() => {});
    return folded;
  }

  async #foldNow(): Promise<void> {
    const { edge, place, segments } = this.#parts;
    const snapshot = edge.snapshot();
    if (snapshot.size === this.#signed.size && this.#signed.root !== "") return;
    // Batched: no tile with entries that a power cut could still take back.
    await segments.sync();
    const note = await fold(snapshot, place, this.#pumping !== null);
    edge.settle(snapshot);
    this.#signed = { size: snapshot.size, root: snapshot.root.toString("base64") };
    await this.#writeAnchor(note);
    await dropPartials(snapshot, place);
    await segments.drop(snapshot.size);
  }

  /** The second place may be away for a while (another machine's disk): that is told, and tried at the next fold.
   * Its folder is never made: it may be the empty place of a mount that is missing. */
  async #writeAnchor(note: string): Promise<void> {
    const { anchor, place, onEvent } = this.#parts;
    if (anchor === null) return;
    try {
      await replace(place.disk, anchor, Buffer.from(note));
      await place.disk.syncFolder(dirname(anchor));
    } catch (cause) {
      onEvent({ kind: "anchor_failed", detail: (cause as NodeJS.ErrnoException).code ?? "write failed" });
    }
  }

  head(): { readonly size: number; readonly root: string } {
    return { size: this.#parts.edge.size, root: this.#parts.edge.root().toString("base64") };
  }

  signedHead(): { readonly size: number; readonly root: string } {
    return this.#signed;
  }

  async seal(entry: string): Promise<void> {
    const sealed = this.append(entry);
    // Nothing comes after a seal; a seal that could not be written leaves the ledger as it was.
    const wasClosed = this.#closed;
    this.#closed = true;
    try {
      await sealed;
    } finally {
      this.#closed = wasClosed;
    }
    await this.close();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const timer of [this.#foldTimer, this.#syncTimer, this.#soonTimer]) if (timer !== null) clearTimeout(timer);
    this.#startPump();
    await this.#pumping;
    if (this.#foldTimer !== null) clearTimeout(this.#foldTimer);
    const { segments, edge, place, unlock } = this.#parts;
    try {
      await segments.close(edge.size);
      await this.fold();
      await segments.drop(edge.size);
      await removeSpares(join(place.dir, "segment"), place.disk);
    } finally {
      unlock();
    }
  }
}

function refused(detail: string): Promise<never> {
  return Promise.reject(new GateError("ledger_unavailable", detail));
}
