// Content-Encoding undone. Law: what comes out is exactly what the label says went in: no trailing bytes, no bomb, no
// guess.

import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, type ZlibOptions } from "node:zlib";
import type { Unreadable } from "../words.ts";
import { unzstd } from "./zstd/unzstd.ts";

const LAYERS_MAX = 3;
/** Up to here any ratio is allowed; beyond, output may be at most this many times the bytes received. */
const RATIO_FREE_BYTES = 1 << 20;
const RATIO_MAX = 100;

type Undo = (bytes: Uint8Array, options: ZlibOptions) => unknown;

const UNDO: ReadonlyMap<string, Undo> = new Map<string, Undo>([
  ["gzip", gunzipSync],
  ["x-gzip", gunzipSync],
  ["deflate", (bytes, options) => (hasZlibHead(bytes) ? inflateSync : inflateRawSync)(bytes, options)],
  ["br", brotliDecompressSync],
  ["zstd", undoZstd],
]);

/** In the form that Node's own decoders answer in. It reads to the end or throws. */
function undoZstd(bytes: Uint8Array, { maxOutputLength }: ZlibOptions): unknown {
  return { buffer: unzstd(bytes, maxOutputLength!), engine: { bytesWritten: bytes.length } };
}

/** RFC 1950 §2.2. Half the world sends `deflate` without it, and the other half reads both. */
function hasZlibHead(bytes: Uint8Array): boolean {
  return (bytes[0]! & 0x0f) === 8 && ((bytes[0]! << 8) | bytes[1]!) % 31 === 0;
}

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
    if (undo === undefined)
      return { code: "encoding_unsupported", detail: "a coding other than gzip, deflate, br, zstd" };
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
