// Reads a request body whole, within its limit. One Buffer.concat at most, none for a body that came in one piece.
// Trailers are parsed by node and never looked at. The time limit is node's requestTimeout (server.ts): no timer a
// request.

import { IncomingMessage } from "node:http";
import { GateError } from "../errors.ts";

/** Gets exactly one of the two calls. */
export interface BodyTaker {
  arrived(body: Uint8Array): void;
  failed(error: GateError): void;
}

const EMPTY: Uint8Array = Buffer.alloc(0);

/** node's request with the reading's state in fields: no closure a request. */
export class Inbound extends IncomingMessage {
  taker: BodyTaker | null = null;
  bytesMax = 0;
  received = 0;
  first: Buffer | null = null;
  rest: Buffer[] | null = null;
  /** true: bytes of the request may still be on the wire, so the connection cannot be used again after an answer. */
  unread = true;
}

/**
 * Starts reading. A declared length over the limit is refused before a byte is read.
 * @param contentLength as declared, -1 for none. @param bytesMax inclusive.
 */
export function readBody(
  req: Inbound,
  contentLength: number,
  chunked: boolean,
  bytesMax: number,
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
  req.on("data", onData);
  req.on("end", onEnd);
  req.on("error", onCut);
}

/**
 * Ends the reading from outside: a time limit, a chunk that cannot be parsed. @returns false when nothing was being
 * read.
 */
export function failBody(req: Inbound, error: GateError): boolean {
  const taker = req.taker;
  if (taker === null) return false;
  req.taker = null;
  req.first = null;
  req.rest = null;
  taker.failed(error);
  return true;
}

function onData(this: Inbound, chunk: Buffer): void {
  if (this.taker === null) return;
  this.received += chunk.length;
  if (this.received > this.bytesMax) {
    failBody(this, new GateError("body_too_large", `more than ${this.bytesMax} bytes`));
  } else if (this.first === null) {
    this.first = chunk;
  } else if (this.rest === null) {
    this.rest = [this.first, chunk];
  } else {
    this.rest.push(chunk);
  }
}

function onEnd(this: Inbound): void {
  this.unread = false;
  const taker = this.taker;
  if (taker === null) return;
  this.taker = null;
  const body = this.rest === null ? (this.first ?? EMPTY) : Buffer.concat(this.rest, this.received);
  this.first = null;
  this.rest = null;
  taker.arrived(body);
}

function onCut(this: Inbound): void {
  failBody(this, new GateError("request_malformed", "the caller went away before the end of the body"));
}
