// The main thread's end of one reading thread. Law: one question at a time; every question is answered, fails, or ends
// the thread; nothing that the thread says of its failures is repeated but where they were (law 6).

import { Worker } from "node:worker_threads";
import { PACKAGE_DIR } from "../config.ts";
import { GateError } from "../errors.ts";
import type { Answers, Asks, Failure, ThreadData, Told, Work } from "./messages.ts";
import type { ReadingThread } from "./threads.ts";

/** The built program, also where the sources run: Node 20 starts no thread on TypeScript. */
const WORKER = `${PACKAGE_DIR}dist/io/heavy/worker.js`;

/** What one body may take. 8 MB of nothing but people take about half of it. */
const HEAP_MB_MAX = 1024;

/** For one who went away the work that is under way is awaited so long: a thread is dearer than that. */
const GRACE_MS = 1_000;

interface Question {
  readonly resolve: (told: Answers[Work]) => void;
  readonly reject: (error: Error) => void;
}

export class Thread implements ReadingThread {
  readonly #worker: Worker;
  readonly #onDead: (thread: Thread) => void;
  #question: Question | null = null;
  #timer: NodeJS.Timeout | undefined;
  #onFree: (() => void) | null = null;
  #dead: GateError | null = null;

  /** @param onDead is called once, whoever ended it. */
  constructor(data: ThreadData, onDead: (thread: Thread) => void) {
    this.#onDead = onDead;
    this.#worker = new Worker(WORKER, {
      name: "yumen-reader",
      workerData: data,
      // nothing of this process: neither its environment, where secrets are, nor its output
      ...{ env: {}, argv: [], execArgv: [], stdin: false, stdout: true, stderr: true },
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB_MAX },
    });
    this.#worker.unref();
    this.#worker.stdout.resume();
    this.#worker.stderr.resume();
    this.#worker.on("message", (told: Told) => this.#told(told));
    this.#worker.on("messageerror", () => this.end());
    this.#worker.on("error", (error) => this.#died(deathOf(error)));
    this.#worker.on("exit", () => this.#died(new GateError("reader_lost", "the thread that read it ended")));
  }

  /** @throws GateError body_too_costly, reader_lost, internal. */
  ask<W extends Work>(work: W, ask: Asks[W], limitMs: number, handed: readonly ArrayBuffer[]): Promise<Answers[W]> {
    if (this.#dead !== null) return Promise.reject(this.#dead);
    return new Promise((resolve, reject) => {
      this.#question = { resolve: resolve as Question["resolve"], reject };
      this.#limit(limitMs);
      this.#worker.postMessage({ work, ask }, handed);
    });
  }

  cancel(error: GateError): void {
    const question = this.#question;
    if (question === null) return;
    this.#question = null;
    this.#onFree ??= () => {};
    this.#limit(GRACE_MS);
    question.reject(error);
  }

  release(onFree: () => void): void {
    if (this.#dead !== null) return;
    this.#worker.postMessage("forget");
    if (this.#onFree === null) onFree();
    else this.#onFree = onFree;
  }

  end(): void {
    void this.#worker.terminate();
    this.#died(new GateError("reader_lost", "the thread that read it was ended"));
  }

  #limit(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#died(new GateError("body_too_costly", "it takes longer to read than one body may"));
      void this.#worker.terminate();
    }, ms);
  }

  #told(told: Told): void {
    clearTimeout(this.#timer);
    const question = this.#question;
    this.#question = null;
    const onFree = this.#onFree;
    this.#onFree = null;
    if (question === null) onFree?.();
    else if ("told" in told) question.resolve(told.told);
    else question.reject(new GateError("internal", "the gate failed", { cause: failureOf(told.failed) }));
  }

  #died(error: GateError): void {
    if (this.#dead !== null) return;
    this.#dead = error;
    clearTimeout(this.#timer);
    this.#question?.reject(error);
    this.#question = null;
    this.#onDead(this);
  }
}

function deathOf(error: Error & { readonly code?: string }): GateError {
  if (error.code === "ERR_WORKER_OUT_OF_MEMORY")
    return new GateError("body_too_costly", "it takes more memory to read than one body may");
  return new GateError("reader_lost", "the thread that read it failed", {
    cause: failureOf({ name: error.name, frames: "" }),
  });
}

function failureOf({ name, frames }: Failure): Error {
  const failure = new Error("in a reading thread");
  failure.name = name;
  failure.stack = `${name}: ${failure.message}\n${frames}`;
  return failure;
}
