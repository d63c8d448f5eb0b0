// A body cut into numbered lines. Law: memory holds one line at most beside what came last; a longer line is told as
// such and skipped; nothing is lost or made up at the border of two chunks.

export interface Line {
  /** From 1; blank lines count, and are not given. */
  readonly number: number;
  /** null: longer than allowed, or no UTF-8. */
  readonly text: string | null;
}

const LF = 0x0a;
const CR = 0x0d;

/** @param bytesMax of one line. */
export function createLines(bytesMax: number) {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let number = 0;

  const end = (last: Uint8Array): Line | null => {
    number += 1;
    const isTooLong = heldBytes + last.length > bytesMax;
    const bytes = isTooLong || held.length === 0 ? last : Buffer.concat([...held, last]);
    held = [];
    heldBytes = 0;
    return isTooLong ? { number, text: null } : lineOf(number, bytes);
  };
  const lineOf = (at: number, bytes: Uint8Array): Line | null => {
    const ended = bytes.at(-1) === CR ? bytes.subarray(0, -1) : bytes;
    if (ended.every((byte) => byte === 0x20 || byte === 0x09)) return null;
    try {
      return { number: at, text: decoder.decode(ended) };
    } catch {
      return { number: at, text: null };
    }
  };

  return {
    /** The lines that this chunk ends. */
    *push(chunk: Uint8Array): Generator<Line> {
      let from = 0;
      for (let at = chunk.indexOf(LF); at >= 0; at = chunk.indexOf(LF, from)) {
        const line = end(chunk.subarray(from, at));
        from = at + 1;
        if (line !== null) yield line;
      }
      const rest = chunk.subarray(from);
      if (rest.length === 0) return;
      heldBytes += rest.length;
      // a copy: the chunk's memory goes back to the socket's pool; what is too long already is not kept
      if (heldBytes <= bytesMax) held.push(Uint8Array.from(rest));
      else held = [];
    },
    /** The last line, if nothing ended it. */
    flush(): Line | null {
      return heldBytes === 0 ? null : end(new Uint8Array());
    },
  };
}
