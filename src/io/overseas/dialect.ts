// What an API's wire format must be able to say. Law of this file: types only; one dialect a file beside it.

import type { Ask } from "./ask.ts";

/** An answer before it has a wire format. */
export interface Says {
  /** Lower-case letters and digits, unique in this endpoint: becomes part of ids. */
  readonly serial: string;
  readonly createdMs: number;
  /** The whole text; for a tool call, the JSON of its arguments. */
  readonly text: string;
  readonly tool: boolean;
  /** The text as a stream says it, for one choice. */
  pieces(choice: number): Iterable<string>;
}

/** One server-sent event, framing included. `open` precedes the text, `delta` carries it, `close` finishes. */
export interface Frame {
  readonly step: "open" | "delta" | "close";
  readonly text: string;
}

export interface Dialect {
  /** The non-streaming answer. */
  whole(ask: Ask, says: Says): string;
  frames(ask: Ask, says: Says): Iterable<Frame>;
  /** An error body with this status. */
  error(status: number, message: string, serial: string): string;
  /** name, value of the header that carries the request's id. */
  requestId(serial: string): readonly [string, string];
}

/** Tokens as a rough count: four bytes each, as both vendors' rules of thumb have it. */
export function tokensOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Math.ceil(Buffer.byteLength(text) / 4), 0);
}
