// Whether bytes are a deflate stream (RFC 1951) behind the head of zlib or gzip, as they stand in base64 in the middle
// of a text. Law: no exception, no more than the first bytes of what is packed, and little time whatever they are; a
// stream is believed when it ends well or has said enough. What is in it nobody reads here.

import { isPackedHead } from "../scan/tokens.ts";

/** So many symbols that mean something are no chance; of a stream that is cut off, so many. */
const ENOUGH_SYMBOLS = 32;
const CUT_SYMBOLS = 8;
/** Empty ones say nothing, and take their time. */
const BLOCKS_MAX = 8;
const CODE_BITS_MAX = 15;
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const LENGTHS = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
];
const DISTANCES = [
  ...[1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073],
  ...[4097, 6145, 8193, 12289, 16385, 24577],
];
const lengthBits = (nth: number) => (nth < 8 || nth === 28 ? 0 : (nth >> 2) - 1);
const distanceBits = (nth: number) => (nth < 4 ? 0 : (nth >> 1) - 1);

/** @returns whether something is packed in `bytes`, from the first on. More blocks than it may have count as much. */
export function isPacked(bytes: Uint8Array): boolean {
  const start = headEnd(bytes);
  return start >= 0 && new Inflate(bytes, start).isStream();
}

/** @returns where the stream begins, -1 for no head. */
function headEnd(bytes: Uint8Array): number {
  if (bytes.length < 2 || !isPackedHead(bytes[0]!, bytes[1]!)) return -1;
  if (bytes[0] !== GZIP) return 2;
  if (bytes[2] !== 8) return -1;
  const flags = bytes[3]!;
  let at = 10;
  if ((flags & 4) !== 0) at += 2 + (bytes[at]! | (bytes[at + 1]! << 8));
  for (const flag of [8, 16]) if ((flags & flag) !== 0) at = bytes.indexOf(0, at) + 1 || bytes.length;
  return (flags & 2) !== 0 ? at + 2 : at;
}

/** A code that no stream has: more codes than bits can tell apart. */
const BROKEN: Huffman = { counts: new Uint16Array(CODE_BITS_MAX + 1), symbols: new Uint16Array(0) };

interface Huffman {
  /** How many codes of each length; symbols in order of their codes. */
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
}

function huffman(lengths: readonly number[]): Huffman {
  const counts = new Uint16Array(CODE_BITS_MAX + 1);
  for (const length of lengths) counts[length]!++;
  counts[0] = 0;
  let free = 1;
  for (let bits = 1; bits <= CODE_BITS_MAX; bits++) free = free * 2 - counts[bits]!;
  if (free < 0) return BROKEN;
  const places = new Uint16Array(CODE_BITS_MAX + 2);
  for (let bits = 1; bits <= CODE_BITS_MAX; bits++) places[bits + 1] = places[bits]! + counts[bits]!;
  const symbols = new Uint16Array(lengths.length);
  for (const [symbol, length] of lengths.entries()) if (length > 0) symbols[places[length]!++] = symbol;
  return { counts, symbols };
}

const FIXED = huffman(Array.from({ length: 288 }, (_, n) => (n < 144 ? 8 : n < 256 ? 9 : n < 280 ? 7 : 8)));
const FIXED_DISTANCES = huffman(Array.from({ length: 30 }, () => 5));
const END_OF_BLOCK = 256;
const GZIP = 0x1f;

/** RFC 1950 §8.2. */
function adler32(bytes: readonly number[]): number {
  let a = 1;
  let b = 0;
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return b * 65536 + a;
}

const NONE = -1;

class Inflate {
  readonly #bytes: Uint8Array;
  readonly #out: number[] = [];
  #symbols = 0;
  #at: number;
  #bit = 0;

  constructor(bytes: Uint8Array, start: number) {
    this.#bytes = bytes;
    this.#at = start;
  }

  isStream(): boolean {
    for (let blocks = 0; blocks < BLOCKS_MAX; blocks++) {
      const isLast = this.#bits(1) === 1;
      const isWhole = this.#block(this.#bits(2));
      if (this.#symbols >= ENOUGH_SYMBOLS) return true;
      if (!isWhole) return this.#at >= this.#bytes.length && this.#symbols >= CUT_SYMBOLS;
      if (isLast) return this.#out.length > 0 && this.#endsWell();
    }
    return true;
  }

  /** What stands behind a short stream and is another's: a wrong Adler-32 (zlib) or length (gzip). */
  #endsWell(): boolean {
    const at = this.#at + Number(this.#bit > 0) + (this.#bytes[0] === GZIP ? 4 : 0);
    if (at + 4 > this.#bytes.length) return true;
    const view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset + at, 4);
    if (this.#bytes[0] === GZIP) return view.getUint32(0, true) === this.#out.length;
    return view.getUint32(0) === adler32(this.#out);
  }

  /** @returns false at the end of the bytes, or where they are no deflate. */
  #block(kind: number): boolean {
    if (kind === 0) return this.#stored();
    if (kind === 1) return this.#codes(FIXED, FIXED_DISTANCES);
    return kind === 2 && this.#dynamic();
  }

  #stored(): boolean {
    if (this.#bit > 0) this.#at++;
    this.#bit = 0;
    const length = this.#bits(16);
    if (length < 0 || this.#bits(16) !== (length ^ 0xffff)) return false;
    // sixteen bits said twice, the second time turned over
    if (length > 0) this.#symbols = ENOUGH_SYMBOLS;
    return true;
  }

  #dynamic(): boolean {
    const literals = this.#bits(5) + 257;
    const distances = this.#bits(5) + 1;
    const count = this.#bits(4) + 4;
    if (count < 4 || literals > 286 || distances > 30) return false;
    const own = new Array<number>(19).fill(0);
    for (let i = 0; i < count; i++) own[ORDER[i]!] = Math.max(0, this.#bits(3));
    const code = huffman(own);
    const lengths: number[] = [];
    while (lengths.length < literals + distances) {
      const symbol = this.#symbol(code);
      if (symbol < 0 || (symbol === 16 && lengths.length === 0)) return false;
      if (symbol < 16) lengths.push(symbol);
      else {
        const again = symbol === 16 ? this.#bits(2) + 3 : symbol === 17 ? this.#bits(3) + 3 : this.#bits(7) + 11;
        const length = symbol === 16 ? lengths.at(-1)! : 0;
        for (let i = 0; i < again; i++) lengths.push(length);
      }
    }
    if (lengths.length > literals + distances) return false;
    return this.#codes(huffman(lengths.slice(0, literals)), huffman(lengths.slice(literals)));
  }

  #codes(literals: Huffman, distances: Huffman): boolean {
    const out = this.#out;
    while (this.#symbols < ENOUGH_SYMBOLS) {
      const symbol = this.#symbol(literals);
      if (symbol < 0 || symbol > 285) return false;
      this.#symbols++;
      if (symbol === END_OF_BLOCK) return true;
      if (symbol < END_OF_BLOCK) out.push(symbol);
      else if (!this.#copy(symbol - 257, this.#bits(lengthBits(symbol - 257)), distances)) return false;
    }
    return true;
  }

  #copy(nth: number, more: number, distances: Huffman): boolean {
    const far = this.#symbol(distances);
    if (more < 0 || far < 0) return false;
    const distance = DISTANCES[far]! + this.#bits(distanceBits(far));
    const from = this.#out.length - distance;
    if (from < 0) return false;
    for (let i = 0; i < LENGTHS[nth]! + more; i++) this.#out.push(this.#out[from + i]!);
    return true;
  }

  #symbol({ counts, symbols }: Huffman): number {
    let code = 0;
    let first = 0;
    let place = 0;
    for (let bits = 1; bits <= CODE_BITS_MAX; bits++) {
      const bit = this.#bits(1);
      if (bit < 0) return NONE;
      code |= bit;
      const count = counts[bits]!;
      if (code - first < count) return symbols[place + code - first]!;
      place += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    return NONE;
  }

  /** @returns as many bits, the first the lowest; negative at the end of the bytes. */
  #bits(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) {
      if (this.#at >= this.#bytes.length) return NONE;
      value |= ((this.#bytes[this.#at]! >> this.#bit) & 1) << i;
      this.#bit = (this.#bit + 1) & 7;
      if (this.#bit === 0) this.#at++;
    }
    return value;
  }
}
