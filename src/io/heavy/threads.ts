// The reading threads and the bodies that wait for one. Law: no thread before the first large body, at most
// `threadsMax`, none for long without work; what waits is bounded in bytes and in time, and is refused, not forgotten.

import { GateError } from "../errors.ts";
import type { Answers, Asks, Work } from "./messages.ts";

/** One question at a time. Every one is answered, fails with a GateError, or ends the thread. */
export interface ReadingThread {
  /** @param limitMs what it may take before the thread is ended. @param handed memory that the thread gets. */
  ask<W extends Work>(work: W, ask: Asks[W], limitMs: number, handed: readonly ArrayBuffer[]): Promise<Answers[W]>;
  /** Nobody waits for the answer any more. */
  cancel(error: GateError): void;
  /** Forgets the body. @param onFree when another may be read: at once, or once what was cancelled is over. */
  release(onFree: () => void): void;
  end(): void;
}

export interface ThreadsOptions {
  readonly threadsMax: number;
  /** All that wait together. One body may always wait. */
  readonly waitingBytesMax: number;
  readonly waitMsMax: number;
  /** A thread without work is kept warm so long. */
  readonly idleMs: number;
  /** @param onDead to be called once when it has ended. */
  start(onDead: (thread: ReadingThread) => void): ReadingThread;
}

interface Waiting {
  readonly bytes: number;
  readonly gone: AbortSignal;
  readonly onGone: () => void;
  readonly timer: NodeJS.Timeout;
  readonly resolve: (thread: ReadingThread) => void;
  readonly reject: (error: GateError) => void;
}

const BUSY = "too many large bodies at once";

export class Threads {
  readonly #options: ThreadsOptions;
  readonly #alive = new Set<ReadingThread>();
  readonly #idle: { readonly thread: ReadingThread; readonly timer: NodeJS.Timeout }[] = [];
  #waiting: Waiting[] = [];
  #waitingBytes = 0;
  #closed = false;

  constructor(options: ThreadsOptions) {
    this.#options = options;
  }

  get alive(): number {
    return this.#alive.size;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /**
   * A thread for one body; to be given back. In order of asking; an answer on its way back goes first.
   * @param isAnswer what was paid for is not refused for want of room.
   * @throws GateError gate_busy: too much is waiting, or it waited too long; caller_gone.
   */
  lease(bytes: number, gone: AbortSignal, isAnswer = false): Promise<ReadingThread> {
    if (gone.aborted) return Promise.reject(callerGone());
    const free = this.#idle.pop();
    if (free !== undefined) {
      clearTimeout(free.timer);
      return Promise.resolve(free.thread);
    }
    if (this.#closed) return Promise.reject(new GateError("draining", "the gate is shutting down"));
    if (this.#alive.size < this.#options.threadsMax) return Promise.resolve(this.#start());
    const isRoom = this.#waitingBytes === 0 || this.#waitingBytes + bytes <= this.#options.waitingBytesMax;
    if (!isRoom && !isAnswer) return Promise.reject(new GateError("gate_busy", BUSY));
    return this.#wait(bytes, gone, isAnswer);
  }

  giveBack(thread: ReadingThread): void {
    thread.release(() => this.#free(thread));
  }

  close(): void {
    this.#closed = true;
    for (const waiting of this.#waiting) this.#leave(waiting, new GateError("draining", "the gate is shutting down"));
    for (const { timer } of this.#idle) clearTimeout(timer);
    this.#idle.length = 0;
    for (const thread of this.#alive) thread.end();
  }

  #start(): ReadingThread {
    const thread = this.#options.start((dead) => this.#died(dead));
    this.#alive.add(thread);
    return thread;
  }

  #free(thread: ReadingThread): void {
    const next = this.#waiting[0];
    if (next !== undefined) return this.#leave(next, thread);
    const timer = setTimeout(() => thread.end(), this.#options.idleMs).unref();
    this.#idle.push({ thread, timer });
  }

  #died(thread: ReadingThread): void {
    this.#alive.delete(thread);
    const at = this.#idle.findIndex((idle) => idle.thread === thread);
    if (at >= 0) clearTimeout(this.#idle.splice(at, 1)[0]!.timer);
    const next = this.#waiting[0];
    if (next !== undefined && !this.#closed) this.#leave(next, this.#start());
  }

  #wait(bytes: number, gone: AbortSignal, isFirst: boolean): Promise<ReadingThread> {
    return new Promise((resolve, reject) => {
      const onGone = (): void => this.#leave(waiting, callerGone());
      const late = (): void => this.#leave(waiting, new GateError("gate_busy", BUSY));
      const timer = setTimeout(late, this.#options.waitMsMax);
      const waiting: Waiting = { bytes, gone, onGone, timer, resolve, reject };
      gone.addEventListener("abort", onGone);
      if (isFirst) this.#waiting.unshift(waiting);
      else this.#waiting.push(waiting);
      this.#waitingBytes += bytes;
    });
  }

  #leave(waiting: Waiting, outcome: ReadingThread | GateError): void {
    this.#waiting = this.#waiting.filter((one) => one !== waiting);
    this.#waitingBytes -= waiting.bytes;
    waiting.gone.removeEventListener("abort", waiting.onGone);
    clearTimeout(waiting.timer);
    if (outcome instanceof GateError) waiting.reject(outcome);
    else waiting.resolve(outcome);
  }
}

export function callerGone(): GateError {
  return new GateError("caller_gone", "the caller went away before anything left");
}
