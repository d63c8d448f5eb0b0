// The averaged perceptron. Law: a seed decides the order; the same examples give the same weights.

import { Decoder, TAGS } from "../../dist/find/names/decode.js";
import { FEATURES, Line } from "../../dist/find/names/features.js";

/** The slot of features that are left out for a sentence: its weights stay 0. */
const NOWHERE = 0;
const TAG_OF = { PERSON: [1, 2, 3], LOC: [4, 5, 5], ORG: [6, 7, 7] };

/** Tags of an example, one a character. */
export function tagsOf({ text, spans }) {
  const tags = new Uint8Array(text.length);
  for (const { start, end, type } of spans) {
    const [first, inner, last] = TAG_OF[type] ?? [];
    if (first === undefined) continue;
    tags.fill(inner, start, end);
    tags[start] = first;
    if (end - start > 1 || type === "PERSON") tags[end - 1] = last;
  }
  return tags;
}

export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * @param lexicon, traits, bits of the model. @param examples [{text, spans}]. @param margin added to wrong tags while
 * learning. @returns averaged weights {table, moves} in floats.
 */
export function learn({
  lexicon,
  traits,
  bits,
  examples,
  epochs,
  seed,
  margin = 2,
  missCost = 1,
  dropout = 0,
  log = () => {},
}) {
  const size = TAGS << bits;
  const table = new Float64Array(size);
  const summed = new Float64Array(size);
  const moves = new Float64Array(TAGS * TAGS);
  const movesSummed = new Float64Array(TAGS * TAGS);
  const line = new Line(lexicon, traits, bits);
  const decoder = new Decoder({ table, moves });
  const slots = new Int32Array(FEATURES);
  const next = random(seed);
  const dropped = new Uint8Array(FEATURES);
  const slotsOf = line.slots.bind(line);
  line.slots = (i, into) => {
    slotsOf(i, into);
    for (let f = 0; f < FEATURES; f++) if (dropped[f] === 1) into[f] = NOWHERE;
  };
  const order = examples.map((_, i) => i);
  let step = 1;
  let cost = new Float64Array(0);
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(next() * (i + 1));
      [order[i], order[j]] = [order[j], order[i]];
    }
    let wrong = 0;
    for (const index of order) {
      const example = examples[index];
      const { text, tags } = example;
      const weight = example.weight ?? 1;
      line.take(text, 0, text.length);
      for (let f = 0; f < FEATURES; f++) dropped[f] = next() < dropout ? 1 : 0;
      if (cost.length < text.length * TAGS) cost = new Float64Array(text.length * TAGS * 2);
      for (let i = 0; i < text.length; i++)
        for (let t = 0; t < TAGS; t++) {
          const right = tags[i] === t;
          const miss = !right && tags[i] >= 1 && tags[i] <= 3 ? missCost : 1;
          cost[i * TAGS + t] = right ? 0 : margin * miss;
        }
      const guess = decoder.decode(line, 0, text.length, 0, cost);
      let before = -1;
      let guessBefore = -1;
      let touched = false;
      for (let i = 0; i < text.length; i++) {
        const want = tags[i];
        const got = guess[i];
        if (want !== got) {
          touched = true;
          line.slots(i, slots);
          for (let f = 0; f < FEATURES; f++) {
            const base = slots[f] * TAGS;
            if (slots[f] === NOWHERE) continue;
            table[base + want] += weight;
            summed[base + want] += weight * step;
            table[base + got] -= weight;
            summed[base + got] -= weight * step;
          }
        }
        if (i > 0 && (want !== got || before !== guessBefore)) {
          moves[before * TAGS + want] += weight;
          movesSummed[before * TAGS + want] += weight * step;
          moves[guessBefore * TAGS + got] -= weight;
          movesSummed[guessBefore * TAGS + got] -= weight * step;
        }
        before = want;
        guessBefore = got;
      }
      if (touched) wrong++;
      step++;
    }
    log(`epoch ${epoch + 1}: ${wrong} of ${order.length} sentences wrong`);
  }
  for (let i = 0; i < size; i++) table[i] -= summed[i] / step;
  for (let i = 0; i < moves.length; i++) moves[i] -= movesSummed[i] / step;
  return { table, moves };
}

/** Floats → int8 (table) and the same unit in int16 (moves). */
export function quantise({ table, moves }) {
  const sorted = Float64Array.from(table, Math.abs).sort();
  const top = sorted[Math.floor(sorted.length * 0.9999)] || 1;
  const unit = 127 / top;
  const clip = (value) => Math.max(-127, Math.min(127, Math.round(value * unit)));
  return { table: Int8Array.from(table, clip), moves: Int16Array.from(moves, (m) => Math.round(m * unit)), unit };
}
