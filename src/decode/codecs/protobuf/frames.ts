// gRPC and gRPC-web frames: a flag, a length, a message. Law: a compressed message is inflated to a cap; a flag or a
// coding that is not known is refused.

import { gunzipSync, inflateSync } from "node:zlib";
import { Refused } from "../../refused.ts";

export interface Frame {
  readonly bytes: Uint8Array;
  readonly start: number;
  /** gRPC-web's trailers: header lines. */
  readonly trailer: boolean;
}

const HEAD_BYTES = 5;
const COMPRESSED = 1;
const TRAILER = 0x80;
const RATIO_FREE_BYTES = 1 << 20;
const RATIO_MAX = 100;

/** Throws Refused. The inflated messages together are at most a hundred times the body, or a megabyte. */
export function framesOf(bytes: Uint8Array): Frame[] {
  const frames: Frame[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let room = Math.max(RATIO_FREE_BYTES, bytes.length * RATIO_MAX);
  for (let at = 0; at < bytes.length; ) {
    const start = at + HEAD_BYTES;
    const flag = bytes[at]!;
    const end = start <= bytes.length ? start + view.getUint32(at + 1) : Number.POSITIVE_INFINITY;
    if (end > bytes.length || (flag & ~(COMPRESSED | TRAILER)) !== 0)
      throw new Refused("body_invalid", `protobuf: no frame at byte ${at}`);
    const content = bytes.subarray(start, end);
    const inner = (flag & COMPRESSED) === 0 ? content : inflated(content, room, at);
    room -= inner.length;
    frames.push({ bytes: inner, start, trailer: (flag & TRAILER) !== 0 });
    at = end;
  }
  return frames;
}

function inflated(content: Uint8Array, room: number, at: number): Uint8Array {
  const isGzip = content[0] === 0x1f && content[1] === 0x8b;
  const isZlib = (content[0]! & 0x0f) === 8 && ((content[0]! << 8) | content[1]!) % 31 === 0;
  if (!isGzip && !isZlib) throw new Refused("encoding_unsupported", `protobuf: a coding of the frame at byte ${at}`);
  try {
    return (isGzip ? gunzipSync : inflateSync)(content, { maxOutputLength: Math.max(1, room) });
  } catch (error) {
    const tooLarge = (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
    throw new Refused(tooLarge ? "body_too_large" : "encoding_broken", `protobuf: the frame at byte ${at}`);
  }
}
