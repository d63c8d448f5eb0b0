// The answer's way back: pseudonyms out, originals in. Law: only what this exchange minted is restored (law 8), each
// once, however the answer was cut; bytes that need no change pass unchanged (law 7).

import type { LaneShape, Minted } from "../words.ts";
import { Blocks } from "./blocks.ts";
import { Elements } from "./elements.ts";
import { restoreJson } from "./json.ts";
import { Lines } from "./lines.ts";
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
  /**
   * Instead of `end`, for an answer that is held whole and is longer than `overBytes`: as it came, to be restored
   * elsewhere. null: it is none.
   */
  takeWhole(overBytes: number): Uint8Array | null;
  /** Pseudonyms replaced so far. */
  readonly restored: number;
  /** Pseudonym-shaped text that is none of this exchange's, or was cut off by the end. */
  readonly unrestored: number;
}

export const HELD_BYTES_MAX = 16 * 1024 * 1024;

/** @param kind of the answer: application/json, text/event-stream, a JSON a line, or other text. */
export function createRestorer(
  kind: "json" | "sse" | "ndjson" | "text",
  minted: Minted,
  lanes: LaneShape,
  heldBytesMax: number = HELD_BYTES_MAX,
): Restorer {
  const tally: Tally = { restored: 0, unrestored: 0 };
  const known = standIns(minted);
  const whole = (): Way => new WholeBody((body) => restoreJson(known, tally, lanes, body), heldBytesMax);
  const elements = (): Way => new EventStream(known, tally, lanes, new Elements(heldBytesMax));
  const way: Way = {
    json: () => (lanes.inArrays === true ? new ByFirstByte(whole, elements) : whole()),
    sse: () => new EventStream(known, tally, lanes, new Blocks(heldBytesMax)),
    ndjson: () => new EventStream(known, tally, lanes, new Lines(heldBytesMax)),
    text: () => new PlainText(known, tally),
  }[kind]();
  return {
    feed: (chunk) => way.feed(chunk),
    end: () => way.end(),
    takeWhole: (overBytes) => way.takeWhole?.(overBytes) ?? null,
    get restored() {
      return tally.restored;
    },
    get unrestored() {
      return tally.unrestored;
    },
  };
}

interface Way {
  feed(chunk: Uint8Array): Uint8Array;
  end(): Uint8Array;
  takeWhole?(overBytes: number): Uint8Array | null;
}

const NOTHING = new Uint8Array(0);
const SPACES: ReadonlySet<number> = new Set([0x20, 0x0a, 0x0d, 0x09]);
const BRACKET = 0x5b;

/** An answer in JSON of an API whose streams are arrays: which it is shows in its first byte that is no space. */
class ByFirstByte implements Way {
  readonly #whole: () => Way;
  readonly #elements: () => Way;
  #way: Way | null = null;

  constructor(whole: () => Way, elements: () => Way) {
    this.#whole = whole;
    this.#elements = elements;
  }

  feed(chunk: Uint8Array): Uint8Array {
    if (this.#way !== null) return this.#way.feed(chunk);
    const first = chunk.find((byte) => !SPACES.has(byte));
    // Spaces in front mean nothing to a reader, and need not wait.
    if (first === undefined) return chunk;
    this.#way = first === BRACKET ? this.#elements() : this.#whole();
    return this.#way.feed(chunk);
  }

  end(): Uint8Array {
    return this.#way?.end() ?? NOTHING;
  }

  takeWhole(overBytes: number): Uint8Array | null {
    return this.#way?.takeWhole?.(overBytes) ?? null;
  }
}

/** Collects, then restores in one go: a JSON body means nothing before its end. */
class WholeBody implements Way {
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
    return NOTHING;
  }

  end(): Uint8Array {
    return this.#restore(this.#whole());
  }

  takeWhole(overBytes: number): Uint8Array | null {
    return this.#length > overBytes ? this.#whole() : null;
  }

  #whole(): Uint8Array {
    return this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks);
  }
}
