// Text in pictures (OCR), where the operator names a program that reads it; off by default. Law: what it reads is
// looked at like any other text; what it does not see is not thereby clean: the picture stays unread, and the rule
// `opaque` asks who has signed for it. A program that fails refuses the request.

import type { OpenedPart, Unreadable } from "../../../words.ts";
import { GateError } from "../../errors.ts";
import { type Ended, readPicture } from "./program.ts";

export interface PictureReader {
  /** @returns the parts, and behind each picture the text in it. */
  read(parts: readonly OpenedPart[], limitMs: number, bytesMax: number): Promise<readonly OpenedPart[] | Unreadable>;
}

/** Programs that run at once, of all crossings; and how many more may wait. */
const AT_ONCE = 2;
const WAITING_MAX = 32;

/** @param command program and arguments; no shell reads them. */
export function createPictureReader(command: readonly string[]): PictureReader {
  let running = 0;
  const waiting: (() => void)[] = [];
  const turn = (): Promise<void> | undefined => {
    if (running++ < AT_ONCE) return undefined;
    if (waiting.length < WAITING_MAX) return new Promise((resolve) => waiting.push(resolve));
    running--;
    throw new GateError("rate_limited", "too many pictures are being read");
  };
  const text = async (picture: Uint8Array, untilMs: number, bytesMax: number): Promise<Buffer | Ended> => {
    await turn();
    try {
      return await readPicture(command, picture, Math.max(1, untilMs - performance.now()), bytesMax);
    } finally {
      running--;
      waiting.shift()?.();
    }
  };
  return {
    async read(parts, limitMs, bytesMax) {
      const untilMs = performance.now() + limitMs;
      const all: OpenedPart[] = [];
      for (const part of parts) {
        all.push(part);
        if (!isPicture(part)) continue;
        const said = await text(part.bytes, untilMs, bytesMax);
        if (typeof said === "string") return { code: "file_unreadable", detail: WHY[said] };
        if (said.length > 0) all.push(textPart(part, said));
      }
      return all;
    },
  };
}

/** Of those that programs read; a page that is only drawn is no file of its own. */
const PICTURES: ReadonlySet<string> = new Set(["png", "jpeg", "gif", "bmp", "tiff", "webp, wav or avi"]);

function isPicture({ opaque }: OpenedPart): boolean {
  return opaque?.class === "image" && PICTURES.has(opaque.kind);
}

const WHY: Readonly<Record<Ended, string>> = {
  time: "the program that reads pictures took longer than a file may",
  size: "the program that reads pictures said more than a body may hold",
  failed: "the program that reads pictures failed",
};

/** UTF-8 for certain: what is none of it is replaced, never left unread. */
function textPart({ path }: OpenedPart, said: Buffer): OpenedPart {
  return { path: `${path}!text`, bytes: Buffer.from(said.toString("utf8")), contentType: "text/plain", opaque: null };
}
