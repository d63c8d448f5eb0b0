// One authenticated request until it has arrived whole or failed. From here on it gets exactly one entry (law 10):
// either `onArrival` or `onFailed` is called, once.

import type { CrossingId, Language } from "../../words.ts";
import type { GateError } from "../errors.ts";
import { errorBody, errorHeaders } from "./answers.ts";
import type { BodyTaker } from "./body.ts";
import type { Connection } from "./connection.ts";
import type { CheckedHead } from "./head.ts";
import type { HttpReply } from "./reply.ts";
import type { FailedHead, ServeOptions } from "./server.ts";

export class Crossing implements BodyTaker {
  readonly #options: ServeOptions;
  readonly #connection: Connection;
  readonly #reply: HttpReply;
  readonly #head: CheckedHead;
  readonly #method: string;
  readonly #id: CrossingId;
  readonly #atMs: number;
  readonly #caller: string;
  readonly #language: Language;

  constructor(
    options: ServeOptions,
    connection: Connection,
    reply: HttpReply,
    method: string,
    head: CheckedHead,
    caller: string,
    language: Language,
  ) {
    this.#options = options;
    this.#connection = connection;
    this.#reply = reply;
    this.#method = method;
    this.#head = head;
    this.#caller = caller;
    this.#language = language;
    this.#atMs = options.clock.nowMs();
    this.#id = options.random.crossingId(this.#atMs);
  }

  /** The same caller's, of whom another head is believed. */
  instead(method: string, head: CheckedHead): Crossing {
    return new Crossing(this.#options, this.#connection, this.#reply, method, head, this.#caller, this.#language);
  }

  arrived(body: Uint8Array): void {
    this.#connection.reading = null;
    const head = this.#head;
    try {
      this.#options.onArrival(
        {
          id: this.#id,
          atMs: this.#atMs,
          method: this.#method,
          target: head.target,
          destination: head.destination,
          headers: head.headers,
          repeated: head.repeated,
          body,
          contentType: head.contentType,
          contentEncoding: head.contentEncoding,
          caller: this.#caller,
          asserted: head.asserted,
          dryRun: head.dryRun,
          language: this.#language,
        },
        this.#reply,
      );
    } catch (error) {
      this.#broken(error);
    }
  }

  /** @param known the destination exists in policy. */
  failed(error: GateError, known = true): void {
    this.#connection.reading = null;
    const head: FailedHead = {
      id: this.#id,
      atMs: this.#atMs,
      caller: this.#caller,
      destination: known ? this.#head.destination : null,
      method: this.#method,
      language: this.#language,
      dryRun: this.#head.dryRun,
    };
    try {
      this.#options.onFailed(head, error, this.#reply);
    } catch (fault) {
      this.#broken(fault);
    }
  }

  /** A bug above us: the caller gets an answer, or an abnormal end, and the process goes on. */
  #broken(error: unknown): void {
    this.#options.onFault?.(error);
    const reply = this.#reply;
    if (reply.headersSent) {
      reply.destroy();
      return;
    }
    const headers = errorHeaders("internal", this.#language, this.#id);
    reply.send(500, headers, errorBody("internal", "", this.#language, this.#id));
  }
}
