// A binary framing as JSON: a reading of it, while the framing itself leaves. Law: every value is there; bytes that are
// no text are there as Latin-1 while they are few, and refuse the whole where they could be a file, or begin as one.

import { isUtf8 } from "node:buffer";
import type { Unreadable } from "../../words.ts";
import { isFile, TRIES_MAX } from "../json/file-starts.ts";
import { DEPTH_MAX, TOKENS_MAX, tokenize } from "../json/tokenize.ts";
import { orRefused, Refused } from "../refused.ts";
import type { Reading } from "./codec.ts";
import { isPlainText } from "./text/plain.ts";

/** As much as base64 may hide in JSON (json/opaque.ts): longer than identifiers, shorter than a picture. */
export const BLOB_BYTES_MAX = 768;

/** The least that packed text takes; identifiers of traces have sixteen bytes, and some begin like anything. */
const FILE_BYTES_MIN = 20;

/** A value is up to four pieces. */
const PIECES_MAX = 4 * TOKENS_MAX;

/** Pieces of JSON text in order. Commas and colons are its own business. */
export class Render {
  readonly #pieces: string[] = [];
  readonly #tries = { left: TRIES_MAX };
  #depth = 0;
  #first = true;

  open(bracket: "{" | "["): void {
    this.#part();
    if (++this.#depth > DEPTH_MAX) throw new Refused("json_too_deep", `nested deeper than ${DEPTH_MAX}`);
    this.#pieces.push(bracket);
    this.#first = true;
  }

  close(bracket: "}" | "]"): void {
    this.#depth--;
    this.#pieces.push(bracket);
    this.#first = false;
  }

  key(name: string): void {
    this.#part();
    this.#pieces.push(JSON.stringify(name), ":");
    this.#first = true;
  }

  string(text: string): void {
    this.#part();
    this.#pieces.push(JSON.stringify(text));
  }

  /** As digits, never as 1e21; what JSON has no number for is a string. */
  number(value: number | bigint): void {
    if (typeof value === "number" && !Number.isFinite(value)) return this.string(String(value));
    this.literal(typeof value === "number" && Number.isInteger(value) ? String(BigInt(value)) : String(value));
  }

  literal(word: string): void {
    this.#part();
    this.#pieces.push(word);
  }

  /** @param at where they stand, for the refusal. */
  blob(bytes: Uint8Array, at: number): void {
    this.noFile(bytes, at);
    this.string(blobText(bytes, at));
  }

  /** Throws Refused for bytes that begin as a file does: nobody opens it here. */
  noFile(bytes: Uint8Array, at: number): void {
    if (bytes.length < FILE_BYTES_MIN || isText(bytes)) return;
    if (isFile(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), this.#tries))
      throw new Refused("content_opaque", `a file of ${bytes.length} bytes at byte ${at}`);
  }

  #part(): void {
    if (this.#pieces.length > PIECES_MAX) throw new Refused("body_too_large", "more values than JSON may have");
    if (!this.#first) this.#pieces.push(",");
    this.#first = false;
  }

  text(): string {
    return this.#pieces.join("");
  }
}

/** Throws Refused for bytes that could be a file. */
export function blobText(bytes: Uint8Array, at: number): string {
  if (isText(bytes)) return Buffer.from(bytes).toString("utf8");
  if (bytes.length <= BLOB_BYTES_MAX) return Buffer.from(bytes).toString("latin1");
  throw new Refused("content_opaque", `${bytes.length} bytes of no text at byte ${at}`);
}

export function isText(bytes: Uint8Array): boolean {
  return isUtf8(bytes) && isPlainText(bytes);
}

/** @param wire what leaves. @param render writes exactly one value. */
export function renderedReading(wire: Uint8Array, render: (to: Render) => void): Reading | Unreadable {
  return orRefused(() => {
    const to = new Render();
    render(to);
    const bytes = Buffer.from(to.text());
    const tokens = tokenize(bytes);
    if ("code" in tokens) throw new Refused(tokens.code, "a name twice in one map, or half a surrogate pair");
    return { tokens, bytes, wire, fixed: true };
  });
}
