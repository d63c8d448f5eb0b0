// The sequences section of a block (RFC 8878 §3.1.1.3.2): copies of literals and of what was written before. Law: the
// stream ends at its first bit, no copy reaches before the frame, and no copy writes beyond the limit.

import { BackwardBits, Broken } from "./bits.ts";
import { type FseTable, fseTable, nextState, readFse, rleTable } from "./fse.ts";
import type { Output } from "./output.ts";

interface Kind {
  readonly logMax: number;
  readonly symbolMax: number;
  readonly usual: FseTable;
}

const ONES = (count: number, value = 1): number[] => new Array<number>(count).fill(value);
const LENGTHS: Kind = {
  logMax: 9,
  symbolMax: 35,
  usual: fseTable([4, 3, ...ONES(11, 2), 1, 1, 1, ...ONES(9, 2), 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1], 6),
};
const OFFSETS: Kind = {
  logMax: 8,
  symbolMax: 31,
  usual: fseTable([...ONES(6), 2, 2, 2, ...ONES(15), ...ONES(5, -1)], 5),
};
const MATCHES: Kind = {
  logMax: 9,
  symbolMax: 52,
  usual: fseTable([1, 4, 3, 2, 2, 2, 2, 2, 2, ...ONES(37), ...ONES(7, -1)], 6),
};
const LENGTH_BITS = [...ONES(16, 0), 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
const MATCH_BITS = [...ONES(32, 0), 1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
const LENGTH_BASE = bases(LENGTH_BITS, 0, 25, 64);
const MATCH_BASE = bases(MATCH_BITS, 3, 43, 131);

/** What each code begins at: where the one before it ends, but for one step that the format chose. */
function bases(bits: readonly number[], first: number, jump: number, to: number): number[] {
  const base: number[] = [];
  let at = first;
  bits.forEach((count, code) => {
    if (code === jump) at = to;
    base.push(at);
    at += 2 ** count;
  });
  return base;
}

/** What a frame's blocks hand on to each other. */
export class Sequences {
  #lengths: FseTable | null = null;
  #offsets: FseTable | null = null;
  #matches: FseTable | null = null;
  readonly #repeated = [1, 4, 8];

  /** @param from the section's first byte. Writes the block's content. */
  run(bytes: Uint8Array, from: number, end: number, literals: Uint8Array, out: Output): void {
    const { count, at } = countOf(bytes, from, end);
    if (count === 0) {
      if (at !== end) throw new Broken();
      return out.put(literals);
    }
    const modes = bytes[at]!;
    if (at >= end || (modes & 3) !== 0) throw new Broken();
    const lengths = tableOf(modes >> 6, LENGTHS, this.#lengths, bytes, at + 1, end);
    const offsets = tableOf((modes >> 4) & 3, OFFSETS, this.#offsets, bytes, lengths.end, end);
    const matches = tableOf((modes >> 2) & 3, MATCHES, this.#matches, bytes, offsets.end, end);
    this.#lengths = lengths.table;
    this.#offsets = offsets.table;
    this.#matches = matches.table;
    this.#copy(new BackwardBits(bytes, matches.end, end), count, literals, out);
  }

  #copy(from: BackwardBits, count: number, literals: Uint8Array, out: Output): void {
    const [lengths, offsets, matches] = [this.#lengths!, this.#offsets!, this.#matches!];
    let length = from.read(lengths.log);
    let offset = from.read(offsets.log);
    let match = from.read(matches.log);
    let at = 0;
    for (let left = count; left > 0; left--) {
      const offsetCode = offsets.symbol[offset]!;
      const value = 2 ** offsetCode + from.read(offsetCode);
      const matchCode = matches.symbol[match]!;
      const matchBytes = MATCH_BASE[matchCode]! + from.read(MATCH_BITS[matchCode]!);
      const lengthCode = lengths.symbol[length]!;
      const literalBytes = LENGTH_BASE[lengthCode]! + from.read(LENGTH_BITS[lengthCode]!);
      if (from.left < 0 || at + literalBytes > literals.length) throw new Broken();
      out.put(literals.subarray(at, at + literalBytes));
      at += literalBytes;
      out.copy(this.#offset(value, literalBytes), matchBytes);
      if (left === 1) break;
      length = nextState(lengths, length, from);
      match = nextState(matches, match, from);
      offset = nextState(offsets, offset, from);
    }
    if (from.left !== 0) throw new Broken();
    out.put(literals.subarray(at));
  }

  /** The last three offsets have short names; without literals the names shift by one. */
  #offset(value: number, literalBytes: number): number {
    const repeated = this.#repeated;
    if (value > 3) {
      repeated.unshift(value - 3);
      repeated.pop();
      return value - 3;
    }
    const index = value - (literalBytes === 0 ? 0 : 1);
    const offset = index === 3 ? repeated[0]! - 1 : repeated[index]!;
    if (index > 0) {
      repeated.splice(index === 3 ? 2 : index, 1);
      repeated.unshift(offset);
    }
    return offset;
  }
}

function countOf(bytes: Uint8Array, from: number, end: number): { count: number; at: number } {
  const first = bytes[from]!;
  const size = first < 128 ? 1 : first < 255 ? 2 : 3;
  if (from + size > end) throw new Broken();
  const second = bytes[from + 1]!;
  const count =
    size === 1 ? first : size === 2 ? ((first - 128) << 8) + second : second + (bytes[from + 2]! << 8) + 0x7f00;
  return { count, at: from + size };
}

function tableOf(mode: number, kind: Kind, last: FseTable | null, bytes: Uint8Array, start: number, end: number) {
  if (mode === 0) return { table: kind.usual, end: start };
  if (mode === 2) return readFse(bytes, start, end, kind.logMax, kind.symbolMax);
  if (mode === 3) {
    if (last === null) throw new Broken();
    return { table: last, end: start };
  }
  if (start >= end || bytes[start]! > kind.symbolMax) throw new Broken();
  return { table: rleTable(bytes[start]!), end: start + 1 };
}
