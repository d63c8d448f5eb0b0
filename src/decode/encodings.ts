// Content-Encoding undone. Law: what comes out is exactly what the label says went in: no trailing bytes, no bomb, no
// guess.

import { brotliDecompressSync, gunzipSync, inflateSync, type ZlibOptions } from "node:zlib";
import type { Unreadable } from "../words.ts";

const LAYERS_MAX = 3;
/** Up to here any ratio is allowed; beyond, output may be at most this many times the bytes received. */
const RATIO_FREE_BYTES = 1 << 20;
const RATIO_MAX = 100;

type Undo = (bytes: Uint8Array, options: ZlibOptions) => unknown;

const UNDO: ReadonlyMap<string, Undo> = new Map<string, Undo>([
  ["gzip", gunzipSync],
  ["x-gzip", gunzipSync],
  ["deflate", inflateSync],
  ["br", brotliDecompressSync],
]);

/**
 * @param contentEncoding the header's value: codings in the order they were applied (RFC 9110 §8.4).
 * @returns the identity bytes, at most `bytesMax`.
 */
export function undoEncodings(body: Uint8Array, contentEncoding: string, bytesMax: number): Uint8Array | Unreadable {
  if (body.length > bytesMax) return tooLarge(bytesMax);
  if (contentEncoding === "") return body;
  const layers = contentEncoding
    .toLowerCase()
    .split(",")
    .map((layer) => layer.trim());
  const coded = layers.filter((layer) => layer !== "" && layer !== "identity");
  if (coded.length > LAYERS_MAX) return { code: "encoding_unsupported", detail: `more than ${LAYERS_MAX} codings` };
  const limit = Math.min(bytesMax, Math.max(RATIO_FREE_BYTES, body.length * RATIO_MAX));
  let bytes = body;
  for (const layer of coded.reverse()) {
    const undo = UNDO.get(layer);
    if (undo === undefined) return { code: "encoding_unsupported", detail: "a coding other than gzip, deflate, br" };
    const inner = undoOne(bytes, undo, limit);
    if ("code" in inner) return inner;
    bytes = inner;
  }
  return bytes;
}

function undoOne(bytes: Uint8Array, undo: Undo, limit: number): Uint8Array | Unreadable {
  try {
    // `info` also gives the engine, which knows how much it read: Node passes over what follows the stream in silence.
    const result = undo(bytes, { maxOutputLength: limit, info: true }) as {
      buffer: Buffer;
      engine: { bytesWritten: number };
    };
    if (result.engine.bytesWritten !== bytes.length) return { code: "encoding_broken", detail: "bytes after the end" };
    return result.buffer;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") return tooLarge(limit);
    return { code: "encoding_broken", detail: "the body is not what its content-encoding says" };
  }
}

function tooLarge(limit: number): Unreadable {
  return { code: "body_too_large", detail: `decodes to more than ${limit} bytes` };
}
