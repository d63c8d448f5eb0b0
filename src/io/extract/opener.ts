// Opens the files in a body. Law: what needs unpacking is unpacked in a thread, in bounded time, memory and number; a
// file that could not be opened so is refused, whatever policy says of its class.

import type { Enclosed, Opened, OpenedPart, Unreadable } from "../../words.ts";
import { GateError } from "../errors.ts";
import type { Done, Job } from "./messages.ts";
import type { PictureReader } from "./ocr/reader.ts";
import { plainParts } from "./plain.ts";
import { FileThread, type Lost } from "./thread.ts";

export interface FileOpener {
  /**
   * @param bytesMax the limit of a body, for the texts of all files together. @param gone nobody waits for it any more.
   * @returns in the order asked. @throws GateError rate_limited: too many files wait; caller_gone; draining.
   */
  open(enclosed: readonly Enclosed[], bytesMax: number, gone?: AbortSignal): Promise<readonly Opened[] | Unreadable>;
  close(): void;
}

export interface OpenerOptions {
  readonly threadsMax: number;
  readonly waitingMax: number;
  /** For all files of a body together. */
  readonly limitMs: number;
  /** Reads the text in pictures; null: they are not read. */
  readonly pictures: PictureReader | null;
}

type PoolOptions = Pick<OpenerOptions, "threadsMax" | "waitingMax">;

const NEVER = new AbortController().signal;
const DEFAULTS: OpenerOptions = { threadsMax: 2, waitingMax: 32, limitMs: 10_000, pictures: null };

export function createOpener(options: Partial<OpenerOptions> = {}): FileOpener {
  const { limitMs, pictures, ...pool } = { ...DEFAULTS, ...options };
  const threads = new FileThreads(pool);
  return {
    async open(enclosed, bytesMax, gone = NEVER) {
      const opened: Opened[] = [];
      let left = bytesMax;
      let leftMs = limitMs;
      for (const file of enclosed) {
        const began = performance.now();
        const unpacked = plainParts(file) ?? (await threads.open({ bytes: file.bytes, bytesMax: left }, leftMs));
        if ("code" in unpacked) return unpacked;
        const restMs = leftMs - (performance.now() - began);
        const parts = pictures === null ? unpacked : await pictures.read(unpacked, restMs, left, gone);
        if ("code" in parts) return parts;
        leftMs -= performance.now() - began;
        for (const { bytes, opaque } of parts) if (opaque === null) left -= bytes.length;
        if (left < 0) return { code: "body_too_large", detail: `the files hold more than ${bytesMax} bytes of text` };
        opened.push({ raw: file.raw, parts });
      }
      return opened;
    },
    close() {
      pictures?.close();
      threads.close();
    },
  };
}

class FileThreads {
  readonly #options: PoolOptions;
  readonly #idle: FileThread[] = [];
  readonly #alive = new Set<FileThread>();
  readonly #waiting: ((thread: FileThread | null) => void)[] = [];

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  async open(job: Job, limitMs: number): Promise<readonly OpenedPart[] | Unreadable> {
    const thread = await this.#lease();
    const done = await thread.open(job, Math.max(1, limitMs));
    this.#free(thread);
    if (typeof done === "string") return { code: "file_unreadable", detail: WHY[done] };
    if ("failed" in done) throw new GateError("internal", "the gate failed", { cause: failure(done) });
    return done;
  }

  close(): void {
    for (const next of this.#waiting.splice(0)) next(null);
    for (const thread of this.#alive) thread.end("lost");
  }

  #lease(): Promise<FileThread> {
    const idle = this.#idle.pop();
    if (idle !== undefined) return Promise.resolve(idle);
    if (this.#alive.size < this.#options.threadsMax) return Promise.resolve(this.#start());
    if (this.#waiting.length >= this.#options.waitingMax)
      return Promise.reject(new GateError("rate_limited", "too many files are being opened"));
    return new Promise((resolve, reject) => {
      this.#waiting.push((thread) =>
        thread === null ? reject(new GateError("draining", "the gate is shutting down")) : resolve(thread),
      );
    });
  }

  #start(): FileThread {
    const thread: FileThread = new FileThread(() => this.#died(thread));
    this.#alive.add(thread);
    return thread;
  }

  #died(thread: FileThread): void {
    this.#alive.delete(thread);
    const at = this.#idle.indexOf(thread);
    if (at >= 0) this.#idle.splice(at, 1);
    if (this.#waiting.length > 0) this.#waiting.shift()!(this.#start());
  }

  #free(thread: FileThread): void {
    if (!this.#alive.has(thread)) return;
    const next = this.#waiting.shift();
    if (next === undefined) this.#idle.push(thread);
    else next(thread);
  }
}

const WHY: Readonly<Record<Lost, string>> = {
  time: "a file took longer to open than one may",
  memory: "a file took more memory to open than one may",
  lost: "the thread that opened a file ended",
};

function failure({ failed }: Extract<Done, { failed: string }>): Error {
  const error = new Error("in a thread that opens files");
  error.name = failed;
  return error;
}
