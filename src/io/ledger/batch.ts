// Entries that share a commit, written where they will be hashed and sent to the disk from: a frame's bytes. A text
// becomes bytes once, when it is appended.

import { ENTRY_BYTES_MAX } from "../../record/entry.ts";
import { FRAME_HEAD_BYTES } from "../../record/frame.ts";
import { framedBytes, frameEntry, LENGTH_BYTES } from "../../record/tiles.ts";
import type { GateError } from "../errors.ts";

/** Who waits for an entry to be durable. */
export interface Waiting {
  readonly resolve: (index: number) => void;
  readonly reject: (error: GateError) => void;
}

const FRAME_BYTES = 64 * 1024;
/** A larger frame is not kept for the next batch. */
const KEPT_BYTES_MAX = 1024 * 1024;
/** UTF-8 takes at most three bytes a UTF-16 unit. */
const UNIT_BYTES_MAX = 3;

export class Batch {
  #bytes = Buffer.allocUnsafeSlow(FRAME_BYTES);
  #used = FRAME_HEAD_BYTES;
  readonly waiting: Waiting[] = [];

  /** Entries in it. */
  get count(): number {
    return this.waiting.length;
  }

  /** Bytes of its frame so far. */
  get bytes(): number {
    return this.#used;
  }

  /** @returns the bytes that the entry takes; 0 when it has none or more than an entry may have: then it is not in. */
  add(entry: string, waiting: Waiting): number {
    const bytesMax = entry.length * UNIT_BYTES_MAX;
    if (bytesMax > ENTRY_BYTES_MAX && Buffer.byteLength(entry) > ENTRY_BYTES_MAX) return 0;
    const needed = this.#used + framedBytes(Math.min(bytesMax, ENTRY_BYTES_MAX));
    if (needed > this.#bytes.length) this.#grow(needed);
    const end = frameEntry(this.#bytes, this.#used, entry);
    const bytes = end - this.#used;
    if (bytes === LENGTH_BYTES) return 0;
    this.#used = end;
    this.waiting.push(waiting);
    return bytes;
  }

  #grow(bytes: number): void {
    const grown = Buffer.allocUnsafeSlow(Math.max(bytes, this.#bytes.length * 2));
    this.#bytes.copy(grown, 0, 0, this.#used);
    this.#bytes = grown;
  }

  /** 32 free bytes, then the entries. A view: good until `empty`. */
  frame(): Buffer {
    return this.#bytes.subarray(0, this.#used);
  }

  empty(): void {
    if (this.#bytes.length > KEPT_BYTES_MAX) this.#bytes = Buffer.allocUnsafeSlow(FRAME_BYTES);
    this.#used = FRAME_HEAD_BYTES;
    this.waiting.length = 0;
  }
}
