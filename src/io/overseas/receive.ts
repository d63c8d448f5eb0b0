// Reading one request's body. Law of this file: `done` is called exactly once, however the sender ends; nothing throws.

import type { IncomingMessage } from "node:http";
import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";

/** What fits comfortably in one process together with what JSON.parse makes of it. */
export const BODY_BYTES_MAX = 64 * 1024 * 1024;

/** The bytes that mark a benchmark's request, as JSON.stringify writes them. */
export const BENCH_MARK = Buffer.from('"model":"bench"');

export interface Received {
  readonly body: Buffer;
  readonly ended: "whole" | "cut" | "too-large";
  /** The benchmark's mark stood in the first bytes: no need to look at the rest. */
  readonly bench: boolean;
}

/** @param keepBench false: the body of a benchmark's request is dropped as it comes. */
export function receive(request: IncomingMessage, keepBench: boolean, done: (received: Received) => void): void {
  const chunks: Buffer[] = [];
  let bodyBytes = 0;
  let bench = false;
  let over = false;
  const finish = (ended: Received["ended"]) => {
    if (over) return;
    over = true;
    done({ body: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks), ended, bench });
  };
  request.on("data", (chunk: Buffer) => {
    if (bodyBytes === 0) bench = chunk.includes(BENCH_MARK);
    bodyBytes += chunk.length;
    if (over || (bench && !keepBench)) return;
    if (bodyBytes > BODY_BYTES_MAX) return finish("too-large");
    chunks.push(chunk);
  });
  request.on("end", () => finish("whole"));
  request.on("close", () => finish("cut"));
  request.on("error", () => finish("cut"));
}

/** The body without its content-encoding; null when it cannot be read. */
export function decoded(body: Buffer, encoding: string): Buffer | null {
  const limit = { maxOutputLength: BODY_BYTES_MAX };
  try {
    if (encoding === "" || encoding === "identity") return body;
    if (encoding === "gzip" || encoding === "x-gzip") return gunzipSync(body, limit);
    if (encoding === "deflate") return inflateSync(body, limit);
    if (encoding === "br") return brotliDecompressSync(body, limit);
  } catch {
    return null;
  }
  return null;
}
