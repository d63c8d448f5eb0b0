// The way back to the caller. No method throws; after the end, or when the caller has left, all do nothing.
// What ends without `end` ends abnormally: the caller must see an error, never a short answer that looks whole.

import { ServerResponse } from "node:http";
import type { HeaderPairs } from "../../words.ts";
import type { Reply } from "../ports.ts";
import type { Inbound } from "./body.ts";
import type { Closable, Connection } from "./connection.ts";

/** node's response; a write after its end is reported here instead of ending the process. */
export class Outbound extends ServerResponse<Inbound> {
  declare _keepAliveTimeout: number;

  constructor(req: Inbound) {
    super(req);
    this.on("error", ignore);
  }
}

function ignore(): void {}

function isBodiless(status: number): boolean {
  return status < 200 || status === 204 || status === 304;
}

/** What all replies of a server share. */
export interface ReplyContext {
  draining: boolean;
  readonly stallTimeoutMs: number;
  /** Told to callers: an idle connection is kept so long. */
  readonly idleTimeoutMs: number;
}

export class HttpReply implements Reply, Closable {
  readonly #res: Outbound;
  readonly #connection: Connection;
  readonly #context: ReplyContext;
  #over = false;
  #left = false;
  #waiting = false;
  /** HEAD, 204, 304: node throws when a body is written. */
  #bodiless = false;
  /**
   * The first piece, until it is known whether it is the last: an answer that is whole at once leaves with one write.
   * At the latest it leaves when the callback that brought it is over.
   */
  #held: Uint8Array | null = null;
  #hasData = false;
  #onDrain: (() => void) | null = null;
  #onClose: (() => void) | null = null;

  constructor(res: Outbound, connection: Connection, context: ReplyContext) {
    this.#res = res;
    this.#connection = connection;
    this.#context = context;
    connection.open.add(this);
  }

  get headersSent(): boolean {
    return this.#res.headersSent;
  }

  head(status: number, headers: HeaderPairs): void {
    if (this.#over) return;
    try {
      this.#beforeHead(status);
      this.#res.writeHead(status, headers as string[]);
    } catch {
      this.destroy();
    }
  }

  data(chunk: Uint8Array): boolean {
    if (this.#over || this.#bodiless || chunk.length === 0) return true;
    if (!this.#hasData) {
      this.#hasData = true;
      this.#held = chunk;
      queueMicrotask(() => this.#letGo());
      return true;
    }
    this.#letGo();
    return this.#write(chunk);
  }

  #letGo(): void {
    const held = this.#held;
    if (held === null) return;
    this.#held = null;
    this.#write(held);
  }

  #write(chunk: Uint8Array): boolean {
    try {
      if (this.#res.write(chunk)) return true;
      this.#wait();
      return false;
    } catch {
      this.destroy();
      return true;
    }
  }

  onDrain(callback: () => void): void {
    this.#onDrain = callback;
  }

  end(last?: Uint8Array): void {
    if (this.#over) return;
    const held = this.#held;
    const isOne = held !== null && (last === undefined || last.length === 0);
    if (!isOne) this.#letGo();
    this.#finish();
    try {
      if (isOne) this.#res.end(held);
      else if (last === undefined || this.#bodiless) this.#res.end();
      else this.#res.end(last);
      if (this.#res.writableLength > 0) this.#limitFlush();
    } catch {
      this.#connection.breakOff();
    }
  }

  /** Whoever does not take the rest of the answer is cut off; who has taken it may be quiet. */
  #limitFlush(): void {
    const { socket } = this.#connection;
    socket.setTimeout(this.#context.stallTimeoutMs);
    this.#res.once("finish", () => socket.setTimeout(0));
  }

  send(status: number, headers: HeaderPairs, body: Uint8Array): void {
    if (this.#over) return;
    this.head(status, isBodiless(status) ? headers : [...headers, "content-length", String(body.length)]);
    this.end(body);
  }

  destroy(): void {
    if (this.#over) return;
    this.#letGo();
    if (this.#over) return;
    this.#finish();
    this.#connection.breakOff();
  }

  onClose(callback: () => void): void {
    if (this.#left) callback();
    else this.#onClose = callback;
  }

  callerLeft(): void {
    if (this.#over) return;
    this.#left = true;
    const callback = this.#onClose;
    this.#finish();
    try {
      callback?.();
    } catch {
      // the caller is gone: there is nobody left to tell
    }
  }

  #beforeHead(status: number): void {
    const res = this.#res;
    this.#bodiless = res.req.method === "HEAD" || isBodiless(status);
    // a length that the bytes do not keep would let one answer run into the next
    res.strictContentLength = true;
    // node puts it into Keep-Alive
    res._keepAliveTimeout = this.#context.idleTimeoutMs;
    if (res.req.unread) this.#connection.linger();
    if (res.req.unread || this.#context.draining) res.shouldKeepAlive = false;
  }

  #wait(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    const { socket } = this.#connection;
    socket.setTimeout(this.#context.stallTimeoutMs);
    this.#res.once("drain", () => {
      this.#waiting = false;
      socket.setTimeout(0);
      if (this.#over) return;
      try {
        this.#onDrain?.();
      } catch {
        this.destroy();
      }
    });
  }

  #finish(): void {
    this.#over = true;
    this.#onClose = null;
    this.#onDrain = null;
    this.#held = null;
    this.#connection.open.delete(this);
  }
}
