// Reads a request body whole, within its limit. One Buffer.concat at most, none for a body that came in one piece.
// Trailers are parsed by node and never looked at. The time limit is node's requestTimeout (server.ts): no timer a
// request. The body is taken where node's parser pushes it: nobody reads the request as a stream, and a stream's state,
// events and turns cost a tenth of a whole crossing.

import { IncomingMessage } from "node:http";
import { GateError } from "../errors.ts";

/** Gets exactly one of the two calls. */
export interface BodyTaker {
  arrived(body: Uint8Array): void;
  failed(error: GateError): void;
}

/** What all uploads under way hold together: each is within its limit, and yet many of them are more than a machine. */
export interface Uploads {
  bytes: number;
  readonly bytesMax: number;
}

const EMPTY: Uint8Array = Buffer.alloc(0);

/** node's request with the reading's state in fields: no closure a request. Never to be read as a stream. */
export class Inbound extends IncomingMessage {
  /** node (20 to 24): the body is being read, so there is none to throw away when the answer has ended. */
  readonly _consuming = true;
  taker: BodyTaker | null = null;
  bytesMax = 0;
  received = 0;
  uploads: Uploads | null = null;
  first: Buffer | null = null;
  rest: Buffer[] | null = null;
  /** true: bytes of the request may still be on the wire, so the connection cannot be used again after an answer. */
  unread = true;

  /** What the parser has read; null: the message is whole. @returns false to make the parser pause: never. */
  override push(chunk: Buffer | null): boolean {
    if (chunk === null) onEnd(this);
    else onData(this, chunk);
    return true;
  }
}

/** What node asks of a request's headers, without an object of all of them; ours are checked in head.ts. */
Object.defineProperties(Inbound.prototype, {
  headers: {
    get(this: Inbound) {
      return { expect: expectOf(this.rawHeaders) };
    },
  },
  /** node lets go of a request that has ended. */
  readableEnded: {
    get(this: Inbound) {
      return this.complete;
    },
  },
});

function expectOf(rawHeaders: readonly string[]): string | undefined {
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!;
    if (name.length === 6 && name.toLowerCase() === "expect") return rawHeaders[i + 1];
  }
  return undefined;
}

/**
 * Starts reading. A declared length over the limit is refused before a byte is read.
 * @param contentLength as declared, -1 for none. @param bytesMax inclusive. @param uploads its bytes are added while
 * they come in.
 */
export function readBody(
  req: Inbound,
  contentLength: number,
  chunked: boolean,
  bytesMax: number,
  uploads: Uploads,
  taker: BodyTaker,
): void {
  if (!chunked && contentLength <= 0) {
    req.unread = false;
    taker.arrived(EMPTY);
    return;
  }
  if (contentLength > bytesMax) {
    taker.failed(new GateError("body_too_large", `more than ${bytesMax} bytes`));
    return;
  }
  req.taker = taker;
  req.bytesMax = bytesMax;
  req.uploads = uploads;
}

/** The connection is gone. */
export function cutBody(req: Inbound): void {
  failBody(req, new GateError("request_malformed", "the caller went away before the end of the body"));
}

/**
 * Ends the reading from outside: a time limit, a chunk that cannot be parsed. @returns false when nothing was being
 * read.
 */
export function failBody(req: Inbound, error: GateError): boolean {
  const taker = req.taker;
  if (taker === null) return false;
  release(req);
  taker.failed(error);
  return true;
}

function release(req: Inbound): void {
  if (req.uploads !== null) req.uploads.bytes -= req.received;
  req.uploads = null;
  req.taker = null;
  req.first = null;
  req.rest = null;
}

function onData(req: Inbound, chunk: Buffer): void {
  if (req.taker === null) return;
  const uploads = req.uploads!;
  req.received += chunk.length;
  uploads.bytes += chunk.length;
  if (uploads.bytes > uploads.bytesMax) {
    failBody(req, new GateError("rate_limited", "more is being uploaded at once than the gate holds"));
  } else if (req.received > req.bytesMax) {
    failBody(req, new GateError("body_too_large", `more than ${req.bytesMax} bytes`));
  } else if (req.first === null) {
    req.first = chunk;
  } else if (req.rest === null) {
    req.rest = [req.first, chunk];
  } else {
    req.rest.push(chunk);
  }
}

function onEnd(req: Inbound): void {
  req.unread = false;
  const taker = req.taker;
  if (taker === null) return;
  const body = req.rest === null ? (req.first ?? EMPTY) : Buffer.concat(req.rest, req.received);
  release(req);
  taker.arrived(body);
}
