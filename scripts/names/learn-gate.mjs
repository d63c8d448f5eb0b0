// The gate: a logistic model of characters. Law: a seed decides the order; the threshold is the highest that lets the
// asked share of names through.

import { FOLD } from "../../dist/find/names/chars.js";
import { GATE_BITS, GATE_FEATURES, gateSlots } from "../../dist/find/names/gate.js";
import { random } from "./learn.mjs";

const RATE = 0.15;
const NAMES_WEIGH = 4;

/** @param examples [{text, tags}]. @returns {table, least}: int8 weights and the threshold in their unit. */
export function learnGate({ examples, grades, seed, epochs = 3, share = 0.985, judged }) {
  const weights = new Float32Array(1 << GATE_BITS);
  const slots = new Int32Array(GATE_FEATURES);
  const next = random(seed);
  const order = examples.map((_, i) => i);
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(next() * (i + 1));
      [order[i], order[j]] = [order[j], order[i]];
    }
    const rate = RATE / (1 + epoch);
    for (const index of order) {
      const { text, tags } = examples[index];
      const codes = folded(text);
      for (let i = 0; i < text.length; i++) {
        gateSlots(codes, grades, i + 2, slots);
        let sum = 0;
        for (let f = 0; f < GATE_FEATURES; f++) sum += weights[slots[f]];
        const isName = tags[i] >= 1 && tags[i] <= 3;
        const miss = (isName ? NAMES_WEIGH : 1) * ((isName ? 1 : 0) - 1 / (1 + Math.exp(-sum)));
        if (Math.abs(miss) > 0.02)
          for (let f = 0; f < GATE_FEATURES; f++) weights[slots[f]] += rate * miss - 1e-5 * weights[slots[f]];
      }
    }
  }
  const top = 3;
  const table = Int8Array.from(weights, (w) => Math.max(-127, Math.min(127, Math.round((w * 127) / top))));
  return { table, ...threshold(table, grades, judged ?? examples, share) };
}

/** Judged by each name's best character. */
function threshold(table, grades, examples, share) {
  const slots = new Int32Array(GATE_FEATURES);
  const best = [];
  const all = [];
  for (const { text, tags } of examples) {
    const codes = folded(text);
    let now = -Infinity;
    for (let i = 0; i < text.length; i++) {
      gateSlots(codes, grades, i + 2, slots);
      let sum = 0;
      for (let f = 0; f < GATE_FEATURES; f++) sum += table[slots[f]];
      all.push(sum);
      const isName = tags[i] >= 1 && tags[i] <= 3;
      if (tags[i] === 1 || (isName && i > 0 && tags[i - 1] === 0)) now = -Infinity;
      if (isName) now = Math.max(now, sum);
      if (tags[i] === 3) best.push(now);
    }
  }
  best.sort((a, b) => a - b);
  const least = best[Math.floor(best.length * (1 - share))] ?? 0;
  return { least, open: all.filter((sum) => sum >= least).length / all.length };
}

function folded(text) {
  const codes = new Uint16Array(text.length + 4).fill(1);
  for (let i = 0; i < text.length; i++) codes[i + 2] = FOLD[text.charCodeAt(i)];
  return codes;
}
