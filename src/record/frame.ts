// One frame = one commit of a segment: a head of 32 bytes, then entries as in a bundle (uint16 length ‖ entry).
// A frame whose hash does not match never counts, so a commit is there as a whole or not at all.
//
//   0  magic "yml1"    4  payload bytes (u32)    8  index of the first entry (u64)
//  16  synced: bytes of this segment known to be on disk when the frame was written (u64)
//  24  first 8 bytes of SHA-256(head[0..24] ‖ payload)
//
// `synced` tells a torn tail from damage. A power cut may leave holes in what was never synced; a hole that lies below
// a later frame's `synced` was on disk once, and then cutting it would lose entries that were acknowledged.

import { createHash, hash } from "node:crypto";

export const FRAME_HEAD_BYTES = 32;
/** A cut for the reader's safety; a commit is far smaller. */
export const FRAME_PAYLOAD_BYTES_MAX = 64 * 1024 * 1024;

const MAGIC = Buffer.from("yml1", "latin1");
const HASHED_BYTES = 24;
const ZEROS = Buffer.alloc(64 * 1024);

export interface Frame {
  readonly first: number;
  readonly syncedBytes: number;
  /** Entries as in a bundle: a view. */
  readonly payload: Buffer;
  /** Where the next frame begins. */
  readonly end: number;
}

/**
 * Fills in the head of a frame whose payload already stands after its 32 bytes. What is hashed is first put together,
 * right before the payload: one call over one piece, and then to its place.
 */
export function sealFrame(frame: Buffer, first: number, syncedBytes: number): void {
  const at = FRAME_HEAD_BYTES - HASHED_BYTES;
  MAGIC.copy(frame, at);
  frame.writeUInt32BE(frame.length - FRAME_HEAD_BYTES, at + 4);
  frame.writeBigUInt64BE(BigInt(first), at + 8);
  frame.writeBigUInt64BE(BigInt(syncedBytes), at + 16);
  const digest = hash("sha256", frame.subarray(at), "buffer");
  frame.copyWithin(0, at, FRAME_HEAD_BYTES);
  digest.copy(frame, HASHED_BYTES, 0, FRAME_HEAD_BYTES - HASHED_BYTES);
}

function digestOf(frame: Buffer): Buffer {
  const digest = createHash("sha256").update(frame.subarray(0, HASHED_BYTES)).update(frame.subarray(FRAME_HEAD_BYTES));
  return digest.digest().subarray(0, FRAME_HEAD_BYTES - HASHED_BYTES);
}

/** The frame at `at`, or null when there is no whole and valid one. */
export function frameAt(segment: Buffer, at: number): Frame | null {
  if (at + FRAME_HEAD_BYTES > segment.length || !segment.subarray(at, at + MAGIC.length).equals(MAGIC)) return null;
  const payloadBytes = segment.readUInt32BE(at + 4);
  const end = at + FRAME_HEAD_BYTES + payloadBytes;
  if (payloadBytes > FRAME_PAYLOAD_BYTES_MAX || end > segment.length) return null;
  const frame = segment.subarray(at, end);
  if (!digestOf(frame).equals(frame.subarray(HASHED_BYTES, FRAME_HEAD_BYTES))) return null;
  const first = Number(frame.readBigUInt64BE(8));
  return { first, syncedBytes: Number(frame.readBigUInt64BE(16)), payload: frame.subarray(FRAME_HEAD_BYTES), end };
}

/** All whole frames from the start, and where they stop. */
export function framesOf(segment: Buffer): { readonly frames: readonly Frame[]; readonly goodBytes: number } {
  const frames: Frame[] = [];
  let at = 0;
  for (let frame = frameAt(segment, at); frame !== null; frame = frameAt(segment, at)) {
    frames.push(frame);
    at = frame.end;
  }
  return { frames, goodBytes: at };
}

/**
 * Bytes behind the last whole frame that are none: a torn commit, or damage. Zeros to the end are no bytes: a segment
 * may be prepared with zeros to its full length before it is written.
 */
export function tornBytesOf(segment: Buffer, goodBytes: number): number {
  let end = segment.length;
  for (; end - ZEROS.length >= goodBytes; end -= ZEROS.length) {
    if (!segment.subarray(end - ZEROS.length, end).equals(ZEROS)) break;
  }
  while (end > goodBytes && segment[end - 1] === 0) end--;
  return end - goodBytes;
}

/**
 * True when bytes at or after `goodBytes` were on disk once: some later valid frame was written after them and says so.
 * No entry can hold a frame: canonical JSON has no NUL byte, and every head has some.
 */
export function damagedBelowSync(segment: Buffer, goodBytes: number): boolean {
  for (let at = segment.indexOf(MAGIC, goodBytes); at >= 0; at = segment.indexOf(MAGIC, at + 1)) {
    const later = frameAt(segment, at);
    if (later !== null && later.syncedBytes > goodBytes) return true;
  }
  return false;
}
