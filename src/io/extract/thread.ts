// The main thread's end of one thread that opens files. Law: one file at a time, each within its time and memory; a
// thread that does not answer is ended, and its file is refused.

import { Worker } from "node:worker_threads";
import { PACKAGE_DIR } from "../config.ts";
import type { Done, Job } from "./messages.ts";

/** The built program, also where the sources run: Node 20 starts no thread on TypeScript. */
const WORKER = `${PACKAGE_DIR}dist/io/extract/worker.js`;
const HEAP_MB_MAX = 256;

/** How a job ended that was not done. */
export type Lost = "time" | "memory" | "lost";

export class FileThread {
  readonly #worker: Worker;
  readonly #onDead: () => void;
  #answer: ((done: Done | Lost) => void) | null = null;
  #timer: NodeJS.Timeout | undefined;
  #dead = false;

  /** @param onDead is called once, whoever ended it. */
  constructor(onDead: () => void) {
    this.#onDead = onDead;
    this.#worker = new Worker(WORKER, {
      name: "yumen-files",
      // nothing of this process: neither its environment, where secrets are, nor its output
      ...{ env: {}, argv: [], execArgv: [], stdin: false, stdout: true, stderr: true },
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB_MAX },
    });
    this.#worker.unref();
    this.#worker.stdout.resume();
    this.#worker.stderr.resume();
    this.#worker.on("message", (done: Done) => this.#answered(done));
    this.#worker.on("messageerror", () => this.end("lost"));
    this.#worker.on("error", (error: NodeJS.ErrnoException) =>
      this.end(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? "memory" : "lost"),
    );
    this.#worker.on("exit", () => this.end("lost"));
  }

  /** One at a time. Never rejects. */
  open(job: Job, limitMs: number): Promise<Done | Lost> {
    if (this.#dead) return Promise.resolve("lost");
    return new Promise((resolve) => {
      this.#answer = resolve;
      this.#timer = setTimeout(() => this.end("time"), limitMs);
      this.#worker.postMessage(job);
    });
  }

  end(why: Lost): void {
    if (this.#dead) return;
    this.#dead = true;
    this.#answered(why);
    void this.#worker.terminate();
    this.#onDead();
  }

  #answered(done: Done | Lost): void {
    clearTimeout(this.#timer);
    const answer = this.#answer;
    this.#answer = null;
    answer?.(done);
  }
}
