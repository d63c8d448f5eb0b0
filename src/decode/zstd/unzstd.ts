// Zstandard frames → bytes (RFC 8878), because Node 20 has no decoder of its own. Law: whole frames and nothing else,
// no dictionary, never more than the limit. The checksum is passed over: what leaves is what came out here and was
// read.

import { Broken } from "./bits.ts";
import type { HuffmanTable } from "./huffman.ts";
import { BLOCK_BYTES_MAX, littleEndian, readLiterals } from "./literals.ts";
import { Output } from "./output.ts";
import { Sequences } from "./sequences.ts";

const MAGIC = 0xfd2fb528;
/** Sixteen magic numbers of frames that hold nothing for us: they do not come out, so they do not leave. */
const SKIPPABLE = 0x184d2a50;
const DICTIONARY_BYTES = [0, 1, 2, 4];
const SIZE_BYTES = [0, 2, 4, 8];

/** Throws Broken, TooLarge. @returns at most `limit` bytes. */
export function unzstd(bytes: Uint8Array, limit: number): Buffer {
  const out = new Output(limit);
  let frames = 0;
  for (let at = 0; at < bytes.length; ) {
    const magic = littleEndian(bytes, at, 4, bytes.length);
    if (magic === MAGIC) at = frame(bytes, at + 4, out);
    else if (magic - (magic % 16) === SKIPPABLE) at += 8 + littleEndian(bytes, at + 4, 4, bytes.length);
    else throw new Broken();
    if (at > bytes.length) throw new Broken();
    if (magic === MAGIC) frames++;
  }
  if (frames === 0) throw new Broken();
  return out.taken();
}

/** @returns the byte after the frame. */
function frame(bytes: Uint8Array, start: number, out: Output): number {
  const head = bytes[start]!;
  if (start >= bytes.length || (head & 0x08) !== 0) throw new Broken();
  const single = (head & 0x20) !== 0;
  const dictionaryAt = start + (single ? 1 : 2);
  const dictionaryBytes = DICTIONARY_BYTES[head & 3]!;
  if (littleEndian(bytes, dictionaryAt, dictionaryBytes, bytes.length) !== 0) throw new Broken();
  const sizeAt = dictionaryAt + dictionaryBytes;
  const sizeBytes = SIZE_BYTES[head >> 6]! || (single ? 1 : 0);
  const size = littleEndian(bytes, sizeAt, sizeBytes, bytes.length) + (sizeBytes === 2 ? 256 : 0);
  const before = out.length;
  out.beginFrame();
  const end = blocks(bytes, sizeAt + sizeBytes, out);
  if (sizeBytes > 0 && out.length - before !== size) throw new Broken();
  return end + ((head & 0x04) === 0 ? 0 : 4);
}

function blocks(bytes: Uint8Array, start: number, out: Output): number {
  const sequences = new Sequences();
  let table: HuffmanTable | null = null;
  for (let at = start; ; ) {
    const head = littleEndian(bytes, at, 3, bytes.length);
    const [kind, size] = [(head >> 1) & 3, head >> 3];
    const from = at + 3;
    const end = from + (kind === 1 ? 1 : size);
    if (kind === 3 || size > BLOCK_BYTES_MAX || end > bytes.length) throw new Broken();
    if (kind === 0) out.put(bytes.subarray(from, end));
    else if (kind === 1) out.fill(bytes[from]!, size);
    else {
      const literals = readLiterals(bytes, from, end, table);
      table = literals.table;
      sequences.run(bytes, literals.end, end, literals.bytes, out);
    }
    if ((head & 1) !== 0) return end;
    at = end;
  }
}
