// What the endpoint received, as received. Law of this file: bytes are kept before anything is answered, also those of
// a request that was cut off; at most the last N requests are held, and unless asked for all, at most 256 MiB.

/** One request. `body` has its content-encoding still on (transfer-encoding is taken off). */
export interface Seen {
  readonly method: string;
  /** The request target as on the request line. */
  readonly target: string;
  /** name, value, name, value … in the order and case received. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  readonly atMs: number;
  /** false: the sender went away in the middle of the body, or the body was too large to keep. */
  readonly whole: boolean;
}

/** How much to keep: everything, or the last N; 0 keeps nothing and costs nothing. */
export type RecordMost = "all" | number;

const HELD_BYTES_MAX = 256 * 1024 * 1024;

export interface SeenLog {
  readonly list: readonly Seen[];
  add(one: Seen): void;
  clear(): void;
}

/** A log that forgets the oldest beyond `most`. */
export function seenLog(most: RecordMost): SeenLog {
  const list: Seen[] = [];
  let heldBytes = 0;
  const over = () => most !== "all" && (list.length > most || heldBytes > HELD_BYTES_MAX);
  return {
    list,
    add(one) {
      list.push(one);
      heldBytes += one.body.length;
      while (over()) heldBytes -= list.shift()!.body.length;
    },
    clear() {
      list.length = 0;
      heldBytes = 0;
    },
  };
}
