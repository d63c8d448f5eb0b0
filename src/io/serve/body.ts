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

/** What all uploads under way hold together: each is within its limit, and yet many of them are more than a machine. */
export interface Uploads {
  bytes: number;
  readonly bytesMax: number;
}

const EMPTY: Uint8Array = Buffer.alloc(0);

/** node's request with the reading's state in fields: no closure a request. */
export class Inbound extends IncomingMessage {
  taker: BodyTaker | null = null;
  bytesMax = 0;
  received = 0;
  uploads: Uploads | null = null;
  first: Buffer | null = null;
  rest: Buffer[] | null = null;
  /** true: bytes of the request may still be on the wire, so the connection cannot be used again after an answer. */
  unread = true;
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

function onData(this: Inbound, chunk: Buffer): void {
  if (this.taker === null) return;
  const uploads = this.uploads!;
  this.received += chunk.length;
  uploads.bytes += chunk.length;
  if (uploads.bytes > uploads.bytesMax) {
    failBody(this, new GateError("rate_limited", "more is being uploaded at once than the gate holds"));
  } else if (this.received > this.bytesMax) {
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
  const body = this.rest === null ? (this.first ?? EMPTY) : Buffer.concat(this.rest, this.received);
  release(this);
  taker.arrived(body);
}

function onCut(this: Inbound): void {
  failBody(this, new GateError("request_malformed", "the caller went away before the end of the body"));
}
