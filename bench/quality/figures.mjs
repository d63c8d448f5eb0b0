// The figures that count, with their bars. Law of this file: one row a figure, whatever the corpus holds; a figure that
// the corpus cannot give is neither met nor missed.

import { byDecoy, byEvasion, falseHits, isStructured, ratesOf, sum } from "./score.mjs";

const person = (family) => family === "PERSON";
const address = (family) => family === "ADDRESS";
const total = (rows, name) => [...rows.values()].reduce((all, row) => all + row[name], 0);
/** Clean text that is no log, code or API sample: it has rows of its own in the table of clean text. */
const NOT_MACHINE = /^(?:decoy-table|prompts?|plexpt)/;

/**
 * `of` takes the judged documents: @returns {number[]} shares of 1 or counts; NaN where there is nothing to count.
 * `bars` in the same order; `least`: the figure must reach the bar, else stay under it.
 */
const FIGURES = [
  {
    id: "structured",
    what: "structured kinds (part b): overlap F1 · wholly masked",
    bars: [0.99, 0.99],
    unit: "%",
    least: true,
    of: (judged) => {
      const { f1, masked } = ratesOf(sum(part(judged, "b"), isStructured));
      return [f1, masked];
    },
  },
  {
    id: "decoys",
    what: "decoys hit",
    bars: [0.001],
    unit: "%",
    least: false,
    of: (judged) => {
      const rows = byDecoy(judged.filter(({ doc }) => doc.part !== "d"));
      return [total(rows, "hit") / total(rows, "decoys")];
    },
  },
  {
    id: "clean",
    what: "false hits per MB of logs, code, API samples (part c)",
    bars: [5],
    unit: "",
    least: false,
    of: (judged) => perMegabyte(falseHits(part(judged, "c").filter(({ doc }) => !NOT_MACHINE.test(doc.source)))),
  },
  {
    id: "evasions",
    what: "evasions (part d): found · wholly masked",
    bars: [0.97, 0.95],
    unit: "%",
    least: true,
    of: (judged) => {
      const rows = byEvasion(part(judged, "d"));
      const gold = total(rows, "gold");
      return [total(rows, "found") / gold, total(rows, "masked") / gold];
    },
  },
  {
    id: "person-zh",
    what: "PERSON in Chinese text (part a): overlap F1",
    bars: [0.82],
    unit: "%",
    least: true,
    of: (judged) => [ratesOf(sum(part(judged, "a", "zh"), person)).f1],
  },
  {
    id: "person-prompts",
    what: "PERSON in prompts and JSON (part b): recall",
    bars: [0.96],
    unit: "%",
    least: true,
    of: (judged) => [ratesOf(sum(part(judged, "b"), person)).recall],
  },
  {
    id: "person-clean",
    what: "PERSON: false hits per MB of Chinese sentences without one (part a)",
    bars: [300],
    unit: "",
    least: false,
    of: (judged) => perMegabyte(falseHits(withoutPerson(judged), person)),
  },
  {
    id: "address",
    what: "address queries (part a) wholly masked",
    bars: [0.93],
    unit: "%",
    least: true,
    of: (judged) => [ratesOf(sum(part(judged, "a", "zh").filter(isAddressed), address)).masked],
  },
  {
    id: "person-en",
    what: "PERSON in English text (part a): overlap F1",
    bars: [0.75],
    unit: "%",
    least: true,
    of: (judged) => [ratesOf(sum(part(judged, "a", "en"), person)).f1],
  },
];

/** @param {object[]} judged @returns {{ id: string, what: string, bars: number[], unit: string, values: (number | null)[],
 * met: boolean | null }[]} met null: the corpus holds nothing to count */
export function figuresOf(judged) {
  return FIGURES.map(({ of, least, ...figure }) => {
    const values = of(judged);
    const reached = figure.bars.map((bar, i) => (least ? values[i] >= bar : values[i] <= bar));
    const met = values.some(Number.isNaN) ? null : reached.every(Boolean);
    return { ...figure, least, values: values.map((value) => (Number.isNaN(value) ? null : value)), met };
  });
}

/** Sentences of Chinese text in which names are annotated and none is. */
export function withoutPerson(judged) {
  return part(judged, "a", "zh").filter(
    ({ doc, gold }) => /NER|PERSON/.test(String(doc.scope)) && !gold.some(({ family }) => person(family)),
  );
}

/** Documents annotated for addresses alone: what people type into a map or a form. */
function isAddressed({ doc }) {
  return String(doc.scope) === "ADDRESS";
}

function part(judged, name, language) {
  return judged.filter(({ doc }) => doc.part === name && (language === undefined || doc.lang === language));
}

function perMegabyte({ megabytes, hits }) {
  return [[...hits.values()].reduce((all, hit) => all + hit, 0) / megabytes];
}
