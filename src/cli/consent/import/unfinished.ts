// How far a run had come that was cut off. Law: it only tells: whatever it says, every line is sent again, and is known
// where it was recorded. It holds a length and a digest of thousands of lines, and nothing that stands in them.

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, rename, rm, writeFile } from "node:fs/promises";

interface Mark {
  /** Of the file, read when its lines had been answered. */
  readonly bytes: number;
  /** SHA-256 of them, hex. */
  readonly digest: string;
}

export interface Unfinished {
  /** The run before this one; null: none was cut off, or not where this could be told. */
  before(): Promise<{ readonly bytes: number; readonly isChanged: boolean } | null>;
  mark(mark: Mark): Promise<void>;
  /** The run is at its end. */
  end(): Promise<void>;
}

export function createUnfinished(file: string): Unfinished {
  const path = `${file}.unfinished.json`;
  return {
    async before() {
      const mark = markIn(await readFile(path, "utf8").catch(() => ""));
      if (mark === null) return null;
      return { bytes: mark.bytes, isChanged: (await digestOf(file, mark.bytes)) !== mark.digest };
    },
    // what cannot be written is not told the next time: no reason to stop
    async mark(mark) {
      await writeFile(`${path}.new`, JSON.stringify(mark), { mode: 0o600 })
        .then(() => rename(`${path}.new`, path))
        .catch(() => {});
    },
    async end() {
      await Promise.all([path, `${path}.new`].map((one) => rm(one, { force: true }).catch(() => {})));
    },
  };
}

function markIn(text: string): Mark | null {
  try {
    const { bytes, digest } = JSON.parse(text) as Partial<Mark>;
    return Number.isSafeInteger(bytes) && bytes! > 0 && typeof digest === "string" ? { bytes: bytes!, digest } : null;
  } catch {
    return null;
  }
}

/** Of the file's beginning. "": it is shorter, or cannot be read. */
async function digestOf(file: string, bytes: number): Promise<string> {
  const hash = createHash("sha256");
  let read = 0;
  try {
    for await (const chunk of createReadStream(file, { end: bytes - 1 })) {
      hash.update(chunk as Buffer);
      read += (chunk as Buffer).length;
    }
  } catch {
    return "";
  }
  return read === bytes ? hash.digest("hex") : "";
}
