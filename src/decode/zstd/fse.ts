// Finite state entropy tables (RFC 8878 §4.1). Law: the probabilities of a table add up exactly, or it is none.

import { type BackwardBits, Broken, ForwardBits, highBit } from "./bits.ts";

export interface FseTable {
  readonly log: number;
  readonly symbol: Uint8Array;
  readonly bits: Uint8Array;
  readonly base: Uint16Array;
}

/** @param probabilities -1: less than one. */
export function fseTable(probabilities: readonly number[], log: number): FseTable {
  const size = 1 << log;
  const symbol = new Uint8Array(size);
  const next = new Uint16Array(probabilities.length);
  let high = size;
  probabilities.forEach((probability, one) => {
    if (probability === -1) symbol[--high] = one;
    next[one] = Math.abs(probability);
  });
  const step = (size >> 1) + (size >> 3) + 3;
  let at = 0;
  probabilities.forEach((probability, one) => {
    for (let i = 0; i < probability; i++) {
      symbol[at] = one;
      do at = (at + step) & (size - 1);
      while (at >= high);
    }
  });
  if (at !== 0) throw new Broken();
  return { log, symbol, ...transitions(symbol, next, log) };
}

function transitions(symbol: Uint8Array, next: Uint16Array, log: number): Pick<FseTable, "bits" | "base"> {
  const bits = new Uint8Array(symbol.length);
  const base = new Uint16Array(symbol.length);
  for (let state = 0; state < symbol.length; state++) {
    const count = next[symbol[state]!]!++;
    bits[state] = log - highBit(count);
    base[state] = (count << bits[state]!) - symbol.length;
  }
  return { bits, base };
}

/** One symbol for ever. */
export function rleTable(symbol: number): FseTable {
  return { log: 0, symbol: Uint8Array.of(symbol), bits: Uint8Array.of(0), base: Uint16Array.of(0) };
}

export function nextState(table: FseTable, state: number, from: BackwardBits): number {
  return table.base[state]! + from.read(table.bits[state]!);
}

/** The description of a table. @returns the table and the byte after it. */
export function readFse(bytes: Uint8Array, start: number, end: number, logMax: number, symbolMax: number) {
  const from = new ForwardBits(bytes, start, end);
  const log = from.read(4) + 5;
  if (log > logMax) throw new Broken();
  const probabilities: number[] = [];
  let left = 1 << log;
  while (left > 0) {
    if (probabilities.length > symbolMax) throw new Broken();
    const probability = probabilityIn(from, left);
    left -= Math.abs(probability);
    probabilities.push(probability);
    if (probability === 0) zeros(from, probabilities, symbolMax);
  }
  if (left !== 0) throw new Broken();
  return { table: fseTable(probabilities, log), end: from.end() };
}

/** Small values take a bit less. */
function probabilityIn(from: ForwardBits, left: number): number {
  const bits = highBit(left + 1) + 1;
  const half = (1 << (bits - 1)) - 1;
  const spare = (1 << bits) - 1 - (left + 1);
  const value = from.peek(bits);
  if ((value & half) < spare) {
    from.skip(bits - 1);
    return (value & half) - 1;
  }
  from.skip(bits);
  return (value > half ? value - spare : value) - 1;
}

function zeros(from: ForwardBits, probabilities: number[], symbolMax: number): void {
  for (let more = 3; more === 3; ) {
    more = from.read(2);
    for (let i = 0; i < more; i++) probabilities.push(0);
    if (probabilities.length > symbolMax + 1) throw new Broken();
  }
}
