// The averaged perceptron. Law: a seed decides the order; the same examples give the same weights.

import { BEFORE, BODY_INNER, NAME_FIRST, NAME_INNER, PLACE_INNER, TAGS } from "../../dist/find/names/decode.js";
import { FEATURES, Line } from "../../dist/find/names/features.js";

const INNER = [NAME_INNER, PLACE_INNER, BODY_INNER];
const NEVER = -1e9;
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

/** Slots of all characters of all examples, once: what every epoch looks at. */
function packed({ lexicon, traits, bits, examples }) {
  const offsets = new Int32Array(examples.length + 1);
  for (const [i, { text }] of examples.entries()) offsets[i + 1] = offsets[i] + text.length;
  const slots = new Int32Array(offsets[examples.length] * FEATURES);
  const tags = new Uint8Array(offsets[examples.length]);
  const line = new Line(lexicon, traits, bits);
  const here = new Int32Array(FEATURES);
  for (const [i, example] of examples.entries()) {
    line.take(example.text, 0, example.text.length);
    tags.set(example.tags, offsets[i]);
    for (let k = 0; k < example.text.length; k++) {
      line.slots(k, here);
      slots.set(here, (offsets[i] + k) * FEATURES);
    }
  }
  return { offsets, slots, tags };
}

/**
 * @param lexicon, traits, bits of the model. @param examples [{text, tags}]. @param margin added to wrong tags while
 * learning. @param dropout share of the features that a sentence is learned without. @returns averaged weights
 * {table, moves} in floats.
 */
export function learn({ lexicon, traits, bits, examples, epochs, seed, margin, dropout, log = () => {} }) {
  const { offsets, slots, tags } = packed({ lexicon, traits, bits, examples });
  const table = new Float32Array(TAGS << bits);
  const summed = new Float64Array(TAGS << bits);
  const moves = new Float64Array(TAGS * TAGS);
  const movesSummed = new Float64Array(TAGS * TAGS);
  const next = random(seed);
  const order = Int32Array.from(examples, (_, i) => i);
  const longest = Math.max(...examples.map(({ text }) => text.length));
  const scores = new Float64Array(longest * TAGS);
  const back = new Uint8Array(longest * TAGS);
  const guess = new Uint8Array(longest);
  const kept = new Int32Array(FEATURES);
  let step = 1;
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, next);
    let wrong = 0;
    for (const index of order) {
      const from = offsets[index];
      const length = offsets[index + 1] - from;
      let keeps = 0;
      for (let f = 0; f < FEATURES; f++) if (next() >= dropout) kept[keeps++] = f;
      if (length === 0) continue;
      for (let i = 0; i < length; i++) {
        emit(from + i, i * TAGS, keeps);
        reach(i);
      }
      trace(length);
      if (correct(from, length, keeps)) wrong++;
      step++;
    }
    log(`epoch ${epoch + 1}: ${wrong} of ${order.length} sentences wrong`);
  }
  const average = (sums) => (weight, i) => weight - sums[i] / step;
  return {
    table: Float64Array.from(table, average(summed)),
    moves: Float64Array.from(moves, average(movesSummed)),
  };

  /** Scores of the character at `at` of all, with the margin on every wrong tag. */
  function emit(at, to, keeps) {
    for (let t = 0; t < TAGS; t++) scores[to + t] = t === tags[at] ? 0 : margin;
    for (let k = 0; k < keeps; k++) {
      const base = slots[at * FEATURES + kept[k]] * TAGS;
      for (let t = 0; t < TAGS; t++) scores[to + t] += table[base + t];
    }
  }

  function reach(i) {
    const at = i * TAGS;
    if (i === 0) {
      for (const inner of INNER) scores[inner] = NEVER;
      return;
    }
    for (let t = 0; t < TAGS; t++) {
      let best = 2 * NEVER;
      for (const prior of BEFORE[t]) {
        const score = scores[at - TAGS + prior] + moves[prior * TAGS + t];
        if (score <= best) continue;
        best = score;
        back[at + t] = prior;
      }
      scores[at + t] += best;
    }
  }

  function trace(length) {
    const last = (length - 1) * TAGS;
    let tag = 0;
    for (let t = 0; t < TAGS; t++)
      if (t !== NAME_FIRST && t !== NAME_INNER && scores[last + t] > scores[last + tag]) tag = t;
    for (let i = length - 1; i >= 0; i--) {
      guess[i] = tag;
      tag = back[i * TAGS + tag];
    }
  }

  /** Moves the weights from what was guessed to what is right. @returns whether they differed. */
  function correct(from, length, keeps) {
    let touched = false;
    let before = -1;
    let guessBefore = -1;
    for (let i = 0; i < length; i++) {
      const want = tags[from + i];
      const got = guess[i];
      if (want !== got) {
        touched = true;
        for (let k = 0; k < keeps; k++) {
          const base = slots[(from + i) * FEATURES + kept[k]] * TAGS;
          shift(table, summed, base + want, 1);
          shift(table, summed, base + got, -1);
        }
      }
      if (i > 0 && (want !== got || before !== guessBefore)) {
        shift(moves, movesSummed, before * TAGS + want, 1);
        shift(moves, movesSummed, guessBefore * TAGS + got, -1);
      }
      before = want;
      guessBefore = got;
    }
    return touched;
  }

  function shift(weights, sums, at, by) {
    weights[at] += by;
    sums[at] += by * step;
  }
}

function shuffle(order, next) {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
}

/** Floats → int8 (table) and the same unit in int16 (moves). */
export function quantise({ table, moves }) {
  const sorted = Float64Array.from(table, Math.abs).sort();
  const top = sorted[Math.floor(sorted.length * 0.9999)] || 1;
  const unit = 127 / top;
  const clip = (value) => Math.max(-127, Math.min(127, Math.round(value * unit)));
  return { table: Int8Array.from(table, clip), moves: Int16Array.from(moves, (m) => Math.round(m * unit)), unit };
}
