// The literals section of a block (RFC 8878 §3.1.1.3.1). Law: as many literals as the header says, from as many bytes.

import { Broken } from "./bits.ts";
import { type HuffmanTable, huffmanInto, readHuffman } from "./huffman.ts";

export const BLOCK_BYTES_MAX = 128 * 1024;

export interface Literals {
  readonly bytes: Uint8Array;
  /** The byte after the section. */
  readonly end: number;
  /** For a later block that has none of its own. */
  readonly table: HuffmanTable | null;
}

export function readLiterals(bytes: Uint8Array, start: number, end: number, last: HuffmanTable | null): Literals {
  const head = bytes[start]!;
  if (start >= end) throw new Broken();
  const kind = head & 3;
  return kind < 2 ? plain(bytes, start, end, kind === 1, last) : coded(bytes, start, end, kind === 3, last);
}

function plain(bytes: Uint8Array, start: number, end: number, repeated: boolean, table: HuffmanTable | null): Literals {
  const format = (bytes[start]! >> 2) & 3;
  const size = format === 1 ? 2 : format === 3 ? 3 : 1;
  const count = littleEndian(bytes, start, size, end) >> (size === 1 ? 3 : 4);
  const at = start + size;
  const after = at + (repeated ? 1 : count);
  if (after > end || count > BLOCK_BYTES_MAX) throw new Broken();
  if (repeated) return { bytes: new Uint8Array(count).fill(bytes[at]!), end: after, table };
  return { bytes: bytes.subarray(at, after), end: after, table };
}

function coded(bytes: Uint8Array, start: number, end: number, same: boolean, last: HuffmanTable | null): Literals {
  const format = (bytes[start]! >> 2) & 3;
  const size = format < 2 ? 3 : format + 2;
  const width = format < 2 ? 10 : format === 2 ? 14 : 18;
  const head = Math.floor(littleEndian(bytes, start, size, end) / 16);
  const count = head % 2 ** width;
  const after = start + size + Math.floor(head / 2 ** width);
  if (after > end || count > BLOCK_BYTES_MAX) throw new Broken();
  const described = same ? { table: last, end: start + size } : readHuffman(bytes, start + size, after);
  const { table } = described;
  if (table === null) throw new Broken();
  const out = new Uint8Array(count);
  if (format === 0) huffmanInto(table, bytes, described.end, after, out, 0, count);
  else fourStreams(table, bytes, described.end, after, out);
  return { bytes: out, end: after, table };
}

function fourStreams(table: HuffmanTable, bytes: Uint8Array, start: number, end: number, out: Uint8Array): void {
  const each = (out.length + 3) >> 2;
  let at = start + 6;
  if (at > end || 3 * each > out.length) throw new Broken();
  for (let i = 0; i < 4; i++) {
    const to = i === 3 ? end : at + littleEndian(bytes, start + 2 * i, 2, end);
    if (to > end) throw new Broken();
    huffmanInto(table, bytes, at, to, out, i * each, i === 3 ? out.length : (i + 1) * each);
    at = to;
  }
}

/** Up to five bytes. */
export function littleEndian(bytes: Uint8Array, start: number, size: number, end: number): number {
  if (start + size > end) throw new Broken();
  let value = 0;
  for (let i = size - 1; i >= 0; i--) value = value * 256 + bytes[start + i]!;
  return value;
}
