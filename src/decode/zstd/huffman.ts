// Literals of a block (RFC 8878 §3.1.1.3.1). Law: each stream ends at its first bit exactly, or the block is broken.

import { BackwardBits, Broken, highBit } from "./bits.ts";
import { nextState, readFse } from "./fse.ts";

export interface HuffmanTable {
  readonly log: number;
  readonly symbol: Uint8Array;
  readonly bits: Uint8Array;
}

const LOG_MAX = 11;
const WEIGHT_LOG_MAX = 6;
const SYMBOLS_MAX = 256;

/** @returns the table and the byte after its description. */
export function readHuffman(bytes: Uint8Array, start: number, end: number): { table: HuffmanTable; end: number } {
  const head = bytes[start]!;
  if (start >= end) throw new Broken();
  const after = start + 1 + (head < 128 ? head : (head - 126) >> 1);
  if (after > end) throw new Broken();
  const weights = head < 128 ? codedWeights(bytes, start + 1, after) : plainWeights(bytes, start + 1, head - 127);
  return { table: huffmanTable(weights), end: after };
}

function plainWeights(bytes: Uint8Array, start: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => {
    const byte = bytes[start + (i >> 1)]!;
    return i % 2 === 0 ? byte >> 4 : byte & 15;
  });
}

/** Two states take turns until the bits are used up. */
function codedWeights(bytes: Uint8Array, start: number, end: number): number[] {
  const { table, end: at } = readFse(bytes, start, end, WEIGHT_LOG_MAX, SYMBOLS_MAX - 1);
  const from = new BackwardBits(bytes, at, end);
  const states = [from.read(table.log), from.read(table.log)];
  const weights: number[] = [];
  for (let turn = 0; weights.length < SYMBOLS_MAX; turn ^= 1) {
    weights.push(table.symbol[states[turn]!]!);
    states[turn] = nextState(table, states[turn]!, from);
    if (from.left >= 0) continue;
    weights.push(table.symbol[states[turn ^ 1]!]!);
    return weights;
  }
  throw new Broken();
}

/** The last weight is what makes the sum a power of two. */
function huffmanTable(weights: readonly number[]): HuffmanTable {
  const sum = weights.reduce((all, weight) => all + ((1 << weight) >> 1), 0);
  const log = highBit(sum) + 1;
  const rest = (1 << log) - sum;
  if (sum === 0 || log > LOG_MAX || weights.length >= SYMBOLS_MAX || (rest & (rest - 1)) !== 0) throw new Broken();
  const all = [...weights, highBit(rest) + 1];
  const symbol = new Uint8Array(1 << log);
  const bits = new Uint8Array(1 << log);
  let at = 0;
  for (let weight = 1; weight <= log; weight++)
    all.forEach((own, one) => {
      if (own !== weight) return;
      const to = at + (1 << (weight - 1));
      symbol.fill(one, at, to);
      bits.fill(log + 1 - weight, at, to);
      at = to;
    });
  return { log, symbol, bits };
}

/** One stream into `out` [to, until). */
export function huffmanInto(
  table: HuffmanTable,
  bytes: Uint8Array,
  start: number,
  end: number,
  out: Uint8Array,
  to: number,
  until: number,
): void {
  const from = new BackwardBits(bytes, start, end);
  const mask = (1 << table.log) - 1;
  let state = from.read(table.log);
  for (let at = to; at < until; at++) {
    out[at] = table.symbol[state]!;
    const bits = table.bits[state]!;
    state = ((state << bits) & mask) | from.read(bits);
  }
  if (from.left !== -table.log) throw new Broken();
}
