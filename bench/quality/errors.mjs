// What went wrong, in words. Law of this file: it shows texts of the corpus, so it is printed only when asked for
// (`--errors N`) and never written to a file; corpora hold made-up or published values.

import { stringOf } from "./corpus.mjs";

const BEFORE_UNITS = 24;
const AFTER_UNITS = 12;

/** @param {object[]} judged @param {{ limit: number, family?: string }} options @returns {string[]} lines */
export function errorLines(judged, { limit, family }) {
  const lines = [];
  for (const { doc, gold, told } of judged) {
    const isAsked = (one) => family === undefined || one.family === family;
    for (const one of gold.filter(isAsked)) {
      if (!one.found) lines.push(lineOf("missed", doc, one));
      else if (!one.masked) lines.push(lineOf("not masked whole", doc, one));
    }
    if (doc.part !== "d") for (const one of told.filter(isAsked)) if (!one.right) lines.push(lineOf("false", doc, one));
    if (lines.length >= limit) break;
  }
  return lines.slice(0, limit);
}

function lineOf(what, doc, { label, span }) {
  const text = stringOf(doc, span.path);
  const [before, value, after] = [
    text.slice(Math.max(0, span.start - BEFORE_UNITS), span.start),
    text.slice(span.start, span.end),
    text.slice(span.end, span.end + AFTER_UNITS),
  ];
  const shown = JSON.stringify(`${before}⟦${value}⟧${after}`);
  return [what, doc.id, doc.evasion ?? doc.source, label, span.path ?? "", shown].join("\t");
}
