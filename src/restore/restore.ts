// The answer's way back: pseudonyms out, originals in. Law: only what this exchange minted is restored (law 8), each
// once, however the answer was cut; bytes that need no change pass unchanged (law 7).

import type { LaneShape, Minted } from "../words.ts";
import { restoreJson } from "./json.ts";
import { PlainText } from "./plain.ts";
import { EventStream } from "./sse.ts";
import { standIns } from "./stand-ins.ts";
import type { Tally } from "./text.ts";

export interface Restorer {
  /**
   * @returns bytes ready to send; may be empty, may be the very chunk.
   * @throws RangeError when an answer that must be whole (JSON, one event) passes the limit.
   */
  feed(chunk: Uint8Array): Uint8Array;
  /** The rest. The upstream ended cleanly; after a cut, do not call it: the caller must not see a clean end. */
  end(): Uint8Array;
  /** Pseudonyms replaced so far. */
  readonly restored: number;
  /** Pseudonym-shaped text that is none of this exchange's, or was cut off by the end. */
  readonly unrestored: number;
}

export const HELD_BYTES_MAX = 16 * 1024 * 1024;

/** @param kind of the answer: application/json, text/event-stream, or other text. */
export function createRestorer(
  kind: "json" | "sse" | "text",
  minted: Minted,
  lanes: LaneShape,
  heldBytesMax: number = HELD_BYTES_MAX,
): Restorer {
  const tally: Tally = { restored: 0, unrestored: 0 };
  const known = standIns(minted);
  const way = {
    json: () => new WholeBody((body) => restoreJson(known, tally, lanes, body), heldBytesMax),
    sse: () => new EventStream(known, tally, lanes, heldBytesMax),
    text: () => new PlainText(known, tally),
  }[kind]();
  return {
    feed: (chunk) => way.feed(chunk),
    end: () => way.end(),
    get restored() {
      return tally.restored;
    },
    get unrestored() {
      return tally.unrestored;
    },
  };
}

/** Collects, then restores in one go: a JSON body means nothing before its end. */
class WholeBody {
  readonly #restore: (body: Uint8Array) => Uint8Array;
  readonly #bytesMax: number;
  readonly #chunks: Uint8Array[] = [];
  #length = 0;

  constructor(restore: (body: Uint8Array) => Uint8Array, bytesMax: number) {
    this.#restore = restore;
    this.#bytesMax = bytesMax;
  }

  feed(chunk: Uint8Array): Uint8Array {
    this.#length += chunk.length;
    if (this.#length > this.#bytesMax) throw new RangeError("the answer is longer than what may be held");
    // A copy: the caller may use its chunk's memory again.
    this.#chunks.push(Uint8Array.from(chunk));
    return new Uint8Array(0);
  }

  end(): Uint8Array {
    return this.#restore(this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks));
  }
}
