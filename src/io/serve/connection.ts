// One caller's connection: what is open on it, and how it ends. The set of open replies is what onClose and drain walk,
// so that no request needs a listener of its own.

import type { Socket } from "node:net";
import { LastHead } from "./again.ts";
import { cutBody, type Inbound } from "./body.ts";

/** What a connection tells a reply. */
export interface Closable {
  callerLeft(): void;
}

/** How long an answer to an unread request may linger: closing at once would reset it before the caller read it. */
const LINGER_MS = 2_000;

/** Between an abnormal end's last bytes and its reset: a reset that comes with them makes many readers drop them. */
const RESET_AFTER_MS = 50;

export class Connection {
  readonly socket: Socket;
  readonly open = new Set<Closable>();
  readonly heads = new LastHead();
  /** The request whose body is being read: clientError knows only the socket. */
  reading: Inbound | null = null;
  /**
   * true: the last answer is on its way. What still comes in is thrown away: it may be the tail of something refused.
   */
  lingering = false;
  /** A request came since the last look of `quietMs`. */
  used = true;
  #quietMs = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(socket: Socket) {
    this.socket = socket;
  }

  /** After the answer: half-close, drop what comes, then destroy. */
  linger(): void {
    if (this.lingering) return;
    this.lingering = true;
    const { socket } = this;
    socket.destroySoon = () => socket.end();
    this.#timer = setTimeout(() => socket.destroy(), LINGER_MS);
    this.#timer.unref();
  }

  /** Ends abnormally, soon. */
  breakOff(): void {
    this.lingering = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.reset(), RESET_AFTER_MS);
  }

  /** A reset at once, not a FIN: that is how an answer without a length ends well. */
  reset(): void {
    try {
      this.socket.resetAndDestroy();
    } catch {
      this.socket.destroy(); // not a TCP socket
    }
  }

  /** Nothing is asked and everything answered has left. */
  get idle(): boolean {
    return this.open.size === 0 && this.reading === null && !this.lingering && this.socket.writableLength === 0;
  }

  /** How long nothing was asked, to a step. @param stepMs since the last look. */
  quietMs(stepMs: number): number {
    this.#quietMs = this.used || !this.idle ? 0 : this.#quietMs + stepMs;
    this.used = false;
    return this.#quietMs;
  }

  /** The socket is gone. */
  closed(): void {
    clearTimeout(this.#timer);
    for (const reply of [...this.open]) reply.callerLeft();
    this.open.clear();
    if (this.reading !== null) cutBody(this.reading);
  }
}
