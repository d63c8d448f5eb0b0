// Short deflate streams (RFC 1951) with the heads of zlib and gzip, as they stand in base64 in the middle of a text.
// Law: no exception and no memory but what it gives, so that a thousand false ones cost little; bodies are node:zlib's.

/** By so much a short text may grow, and by so much for each of its bytes: no further is it read. */
const GROWTH_BYTES = 1024;
const GROWTH = 32;
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

/** @returns what it holds, as far as it goes and may grow; null where it is no zlib and no gzip. */
export function inflated(bytes: Uint8Array): Uint8Array | null {
  const start = headEnd(bytes);
  return start < 0 ? null : new Inflate(bytes, start).read();
}

/** @returns where the stream begins, -1 for no head. */
function headEnd(bytes: Uint8Array): number {
  if (bytes[0] === 0x78) return ((0x78 << 8) | bytes[1]!) % 31 === 0 && (bytes[1]! & 0x20) === 0 ? 2 : -1;
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8) return -1;
  const flags = bytes[3]!;
  let at = 10;
  if ((flags & 4) !== 0) at += 2 + (bytes[at]! | (bytes[at + 1]! << 8));
  for (const flag of [8, 16]) if ((flags & flag) !== 0) at = bytes.indexOf(0, at) + 1 || bytes.length;
  return (flags & 2) !== 0 ? at + 2 : at;
}

interface Huffman {
  /** How many codes of each length; symbols in order of their codes. */
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
}

function huffman(lengths: readonly number[]): Huffman {
  const counts = new Uint16Array(CODE_BITS_MAX + 1);
  for (const length of lengths) counts[length]!++;
  counts[0] = 0;
  const places = new Uint16Array(CODE_BITS_MAX + 2);
  for (let bits = 1; bits <= CODE_BITS_MAX; bits++) places[bits + 1] = places[bits]! + counts[bits]!;
  const symbols = new Uint16Array(lengths.length);
  for (const [symbol, length] of lengths.entries()) if (length > 0) symbols[places[length]!++] = symbol;
  return { counts, symbols };
}

const FIXED = huffman(Array.from({ length: 288 }, (_, n) => (n < 144 ? 8 : n < 256 ? 9 : n < 280 ? 7 : 8)));
const FIXED_DISTANCES = huffman(Array.from({ length: 30 }, () => 5));
const END_OF_BLOCK = 256;
const NONE = -1;

class Inflate {
  readonly #bytes: Uint8Array;
  readonly #out: number[] = [];
  readonly #most: number;
  #at: number;
  #bit = 0;

  constructor(bytes: Uint8Array, start: number) {
    this.#bytes = bytes;
    this.#at = start;
    this.#most = GROWTH_BYTES + GROWTH * bytes.length;
  }

  read(): Uint8Array {
    for (let isLast = false; !isLast && this.#at < this.#bytes.length; ) {
      isLast = this.#bits(1) === 1;
      if (!this.#block(this.#bits(2))) break;
    }
    return Uint8Array.from(this.#out);
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
    const end = this.#at + length;
    for (; this.#at < Math.min(end, this.#bytes.length); this.#at++) this.#out.push(this.#bytes[this.#at]!);
    return this.#at === end;
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
    while (out.length <= this.#most) {
      const symbol = this.#symbol(literals);
      if (symbol < 0 || symbol > 285) return false;
      if (symbol === END_OF_BLOCK) return true;
      if (symbol < END_OF_BLOCK) out.push(symbol);
      else if (!this.#copy(symbol - 257, this.#bits(lengthBits(symbol - 257)), distances)) return false;
    }
    return false;
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
