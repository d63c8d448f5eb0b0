// Text in pictures (OCR), where the operator names a program that reads it; off by default. Law: what it reads is
// looked at like any other text; what it does not see is not thereby clean: the picture stays unread, and the rule
// `opaque` asks who has signed for it. A program that fails refuses the request.

import type { OpenedPart, Unreadable } from "../../../words.ts";
import { GateError } from "../../errors.ts";
import { callerGone } from "../../heavy/threads.ts";
import { type Ended, readPicture } from "./program.ts";

export interface PictureReader {
  /**
   * @param bytesMax of all texts together. @param gone ends what runs and waits.
   * @returns the parts, and behind each picture the text in it.
   */
  read(
    parts: readonly OpenedPart[],
    limitMs: number,
    bytesMax: number,
    gone: AbortSignal,
  ): Promise<readonly OpenedPart[] | Unreadable>;
  /** Ends what runs and waits. */
  close(): void;
}

/** Programs that run at once, of all crossings; how many more may wait; and pictures of one crossing. */
const AT_ONCE = 2;
const WAITING_MAX = 32;
const PICTURES_MAX = 64;

/** @param command program and arguments; no shell reads them. */
export function createPictureReader(command: readonly string[]): PictureReader {
  const turns = new Turns();
  const closing = new AbortController();
  return {
    async read(parts, limitMs, bytesMax, gone) {
      const untilMs = performance.now() + limitMs;
      const over = AbortSignal.any([gone, closing.signal]);
      const all: OpenedPart[] = [];
      let left = bytesMax;
      let pictures = 0;
      for (const part of parts) {
        all.push(part);
        if (!isPicture(part)) continue;
        if (++pictures > PICTURES_MAX) return { code: "body_too_large", detail: `more than ${PICTURES_MAX} pictures` };
        const said = await turns.take(() => {
          return readPicture(command, part.bytes, untilMs - performance.now(), left, over);
        });
        if (said === "gone") throw gone.aborted ? callerGone() : new GateError("draining", "the gate is shutting down");
        if (typeof said === "string") return { code: "file_unreadable", detail: WHY[said] };
        left -= said.length;
        if (said.length > 0) all.push(textPart(part, said));
      }
      return all;
    },
    close: () => closing.abort(),
  };
}

/** So many at a time, in order of asking. */
class Turns {
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  /** @throws GateError rate_limited: too many wait. */
  async take<T>(run: () => Promise<T>): Promise<T> {
    if (this.#running >= AT_ONCE + WAITING_MAX) throw new GateError("rate_limited", "too many pictures are being read");
    if (++this.#running > AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await run();
    } finally {
      this.#running--;
      this.#waiting.shift()?.();
    }
  }
}

/** Of those that programs read; a page that is only drawn is no file of its own. */
const PICTURES: ReadonlySet<string> = new Set(["png", "jpeg", "gif", "bmp", "tiff", "webp, wav or avi"]);

function isPicture({ opaque }: OpenedPart): boolean {
  return opaque?.class === "image" && PICTURES.has(opaque.kind);
}

const WHY: Readonly<Record<Exclude<Ended, "gone">, string>> = {
  time: "the program that reads pictures took longer than a file may",
  size: "the program that reads pictures said more than a body may hold",
  failed: "the program that reads pictures failed",
};

/** UTF-8 for certain: what is none of it is replaced, never left unread. */
function textPart({ path }: OpenedPart, said: Buffer): OpenedPart {
  return { path: `${path}!text`, bytes: Buffer.from(said.toString("utf8")), contentType: "text/plain", opaque: null };
}
