// One request to a recipient and its answer, as undici's raw handler: no stream, no promise, no header object.
// The sink hears: head once, data, then end or fail once. After abort it hears nothing.

import type { Dispatcher } from "undici";
import { GateError } from "../errors.ts";
import type { AnswerSink, DialHandle } from "../ports.ts";
import { answerHeaders, type Place } from "./answer-headers.ts";
import { failureOf } from "./failures.ts";

export class Exchange implements Dispatcher.DispatchHandler, DialHandle {
  readonly #sink: AnswerSink;
  readonly #place: Place;
  readonly #path: string;
  #begun = false;
  #over = false;
  #go = false;
  #abort: ((error?: Error) => void) | null = null;
  #resume: (() => void) | null = null;

  constructor(sink: AnswerSink, place: Place, path: string) {
    this.#sink = sink;
    this.#place = place;
    this.#path = path;
  }

  // ── DialHandle ──

  resume(): void {
    this.#go = true;
    if (!this.#over) this.#resume?.();
  }

  abort(): void {
    if (this.#over) return;
    this.#over = true;
    this.#abort?.();
  }

  // ── undici ──

  onConnect(abort: (error?: Error) => void): void {
    this.#abort = abort;
    if (!this.#over && this.#sink.leaving?.() === false) this.#over = true;
    if (this.#over) abort();
  }

  onHeaders(status: number, raw: Buffer[], resume: () => void): boolean {
    if (status < 200 || this.#over) return true;
    const headers = answerHeaders(raw, status, this.#path, this.#place);
    if (headers === null) {
      this.#refuse(new GateError("upstream_unreachable", "redirect to another host refused"));
      return true;
    }
    this.#resume = resume;
    this.#begun = true;
    try {
      this.#sink.head(status, headers);
    } catch {
      this.#refuse(new GateError("internal", ""));
    }
    return true;
  }

  onData(chunk: Buffer): boolean {
    if (this.#over) return true;
    this.#go = false;
    try {
      // a sink that resumes while it still handles the chunk must not be left paused
      return this.#sink.data(chunk) || this.#go;
    } catch {
      this.#refuse(new GateError("internal", ""));
      return true;
    }
  }

  /** Trailers are dropped: nothing has inspected them. */
  onComplete(): void {
    if (this.#over) return;
    this.#over = true;
    try {
      this.#sink.end();
    } catch {
      this.#tell(new GateError("internal", ""));
    }
  }

  onError(error: Error): void {
    if (this.#over) return;
    this.#over = true;
    this.#tell(failureOf(error, this.#begun));
  }

  /** Fails towards the caller and cancels towards the recipient. */
  #refuse(error: GateError): void {
    if (this.#over) return;
    this.#over = true;
    this.#tell(error);
    this.#abort?.();
  }

  #tell(error: GateError): void {
    try {
      this.#sink.fail(error);
    } catch {
      // the sink is broken and has been told; there is nobody else to tell
    }
  }
}
