// Learns the weights of the English tagger: a chain of two tags, trained by its likelihood. Law: a word whose tag is not
// known (-1) may have either; the same examples in the same order give the same weights.

import { MOVES, walkRuns } from "../../../dist/find/names/english.js";
import { Features, SLOT_BITS } from "../../../dist/find/names/english-features.js";
import { Tokens } from "../../../dist/find/names/english-tokens.js";

/** Stretches of words that could be names, with their slots and tags. */
export function stretches(list, examples) {
  const tokens = new Tokens(list);
  const features = new Features();
  const all = [];
  for (const example of examples) {
    tokens.read(example.text);
    const tags = tagsOf(tokens, example);
    for (let i = 0; i < tokens.count; i++) {
      if (tokens.open[i] === 0) continue;
      let end = i + 1;
      while (end < tokens.count && tokens.open[end] === 1) end++;
      const slots = [];
      walkRuns(tokens, i, end, (k, first, last) => {
        const count = features.of(tokens, k, first, last);
        slots.push(Uint16Array.from(features.slots.subarray(0, count)));
      });
      all.push({
        slots,
        tags: tags.slice(i, end),
        gaps: Uint8Array.from(tokens.gap.subarray(i, end + 1)),
        weight: example.weight ?? 1,
      });
      i = end;
    }
  }
  return all;
}

/** 1 inside a name, 0 outside, -1 where nobody says. */
function tagsOf(tokens, { names = [], unknown = [] }) {
  const tags = new Int8Array(tokens.count);
  const put = (ranges, tag) => {
    let from = 0;
    for (const [start, end] of ranges) {
      while (from < tokens.count && tokens.end[from] <= start) from++;
      for (let i = from; i < tokens.count && tokens.start[i] < end; i++) tags[i] = tag;
    }
  };
  put(unknown, -1);
  put(names, 1);
  return tags;
}

export function learn(all, { epochs, random, least, log, decay = 0, drop = 0, step = 0.15 }) {
  const size = 1 << SLOT_BITS;
  const table = new Float64Array(size);
  const moves = new Float64Array(MOVES);
  const squares = new Float64Array(size).fill(0.5);
  const moveSquares = new Float64Array(MOVES).fill(0.5);
  const bias = { value: 0, square: 0.5 };
  const seen = new Uint32Array(size);
  for (const { slots } of all) for (const row of slots) for (const slot of row) seen[slot]++;
  const sums = new Float64Array(size);
  const moveSums = new Float64Array(MOVES);
  let biasSum = 0;
  let rounds = 0;
  const chain = new Chain();
  const dropped = [];
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(all, random);
    let loss = 0;
    for (const one of all) {
      const n = one.slots.length;
      chain.room(n);
      for (let i = 0; i < n; i++) {
        let sum = bias.value;
        let row = one.slots[i];
        if (drop > 0) {
          row = row.filter(() => random() >= drop);
          dropped[i] = row;
        }
        for (let f = 0; f < row.length; f++) sum += table[row[f]];
        chain.scores[i] = sum;
      }
      const free = chain.run(n, one.gaps, moves, null);
      const kept = Float64Array.from(chain.marginals.subarray(0, n));
      const pairs = Float64Array.from(chain.pairs.subarray(0, (n + 1) * 4));
      const bound = chain.run(n, one.gaps, moves, one.tags);
      loss += free - bound;
      for (let i = 0; i < n; i++) {
        const gradient = (kept[i] - chain.marginals[i]) * one.weight;
        if (Math.abs(gradient) < 1e-4) continue;
        const row = drop > 0 ? dropped[i] : one.slots[i];
        for (let f = 0; f < row.length; f++) {
          const slot = row[f];
          if (seen[slot] < least) continue;
          const pull = gradient + decay * table[slot];
          squares[slot] += pull * pull;
          table[slot] -= (step * pull) / Math.sqrt(squares[slot]);
        }
        bias.square += gradient * gradient;
        bias.value -= (step * gradient) / Math.sqrt(bias.square);
      }
      for (let i = 0; i <= n; i++)
        for (let m = 0; m < 4; m++) {
          const gradient = (pairs[i * 4 + m] - chain.pairs[i * 4 + m]) * one.weight;
          if (Math.abs(gradient) < 1e-5) continue;
          const at = one.gaps[i] * 4 + m;
          moveSquares[at] += gradient * gradient;
          moves[at] -= (step * gradient) / Math.sqrt(moveSquares[at]);
        }
    }
    log(`epoch ${epoch + 1}: loss ${(loss / all.length).toFixed(4)} of ${all.length}`);
    if (epoch >= epochs >> 1) {
      for (let i = 0; i < size; i++) sums[i] += table[i];
      for (let i = 0; i < MOVES; i++) moveSums[i] += moves[i];
      biasSum += bias.value;
      rounds++;
    }
  }
  return { table: sums.map((x) => x / rounds), moves: moveSums.map((x) => x / rounds), bias: biasSum / rounds };
}

/** Forward and backward over a stretch whose neighbours are no names. */
class Chain {
  scores = new Float64Array(0);
  marginals = new Float64Array(0);
  pairs = new Float64Array(0);
  #ahead = new Float64Array(0);
  #back = new Float64Array(0);

  room(n) {
    if (this.scores.length >= n) return;
    this.scores = new Float64Array(n * 2);
    this.marginals = new Float64Array(n * 2);
    this.pairs = new Float64Array((n * 2 + 1) * 4);
    this.#ahead = new Float64Array(n * 4);
    this.#back = new Float64Array((n * 2 + 1) * 2);
  }

  /** @returns the log of the sum over all readings that `tags` allow. */
  run(n, gaps, moves, tags) {
    const a = this.#ahead;
    const b = this.#back;
    const no = -1e30;
    const own = (i, tag) => (tags !== null && tags[i] >= 0 && tags[i] !== tag ? no : tag === 1 ? this.scores[i] : 0);
    for (let i = 0; i < n; i++)
      for (let tag = 0; tag < 2; tag++) {
        const m = gaps[i] * 4 + tag;
        a[i * 2 + tag] = own(i, tag) + (i === 0 ? moves[m] : add(a[i * 2 - 2] + moves[m], a[i * 2 - 1] + moves[m + 2]));
      }
    const last = gaps[n] * 4;
    b[n * 2 - 2] = moves[last];
    b[n * 2 - 1] = moves[last + 2];
    for (let i = n - 2; i >= 0; i--)
      for (let tag = 0; tag < 2; tag++) {
        const m = gaps[i + 1] * 4 + tag * 2;
        b[i * 2 + tag] = add(own(i + 1, 0) + moves[m] + b[i * 2 + 2], own(i + 1, 1) + moves[m + 1] + b[i * 2 + 3]);
      }
    const all = add(a[n * 2 - 2] + b[n * 2 - 2], a[n * 2 - 1] + b[n * 2 - 1]);
    this.pairs.fill(0, 0, (n + 1) * 4);
    for (let i = 0; i < n; i++) {
      this.marginals[i] = Math.exp(a[i * 2 + 1] + b[i * 2 + 1] - all);
      for (let to = 0; to < 2; to++)
        for (let from = 0; from < (i === 0 ? 1 : 2); from++) {
          const before = i === 0 ? 0 : a[i * 2 - 2 + from];
          const m = gaps[i] * 4 + from * 2 + to;
          this.pairs[i * 4 + from * 2 + to] = Math.exp(before + moves[m] + own(i, to) + b[i * 2 + to] - all);
        }
    }
    this.pairs[n * 4] = Math.exp(a[n * 2 - 2] + b[n * 2 - 2] - all);
    this.pairs[n * 4 + 2] = Math.exp(a[n * 2 - 1] + b[n * 2 - 1] - all);
    return all;
  }
}

function add(x, y) {
  const high = Math.max(x, y);
  return high < -1e29 ? high : high + Math.log1p(Math.exp(Math.min(x, y) - high));
}

function shuffle(list, random) {
  for (let i = list.length - 1; i > 0; i--) {
    const k = Math.floor(random() * (i + 1));
    [list[i], list[k]] = [list[k], list[i]];
  }
}
