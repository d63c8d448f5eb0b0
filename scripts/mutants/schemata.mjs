// All breaks of a source in one text, each behind a switch: `__on(17) ? broken : whole`. Compiled once, a break is then a
// number, not a build. Pure: text in, text out. Law of this file: with every switch off the text does what the source
// does; with switch n on, what `broken(source, breaks[n])` does, the two sides of an operator that was swapped in brackets:
// `a && b && c` becomes `(a || b) && c`. (test/mutants-law.test.ts runs both and compares.)

/** @typedef {import("./breaks.mjs").Break} Break */

/**
 * @param {string} source @param {readonly Break[]} breaks of that source @param {number} first number of breaks[0]
 * @returns {string} TypeScript still; `__on(number)` says whether a break is on
 */
export function schemata(source, breaks, first) {
  const wraps = breaks.map((one, i) => wrapOf(source, one, first + i));
  // Outermost first: what opens at one place opens in this order, and closes in the other.
  wraps.sort((a, b) => a.start - b.start || b.end - a.end || b.rank - a.rank);
  const cuts = wraps.flatMap((wrap, order) => [
    { at: wrap.start, closes: 0, order, text: wrap.before, to: wrap.skipTo ?? wrap.start },
    { at: wrap.end, closes: 1, order: -order, text: wrap.after, to: wrap.end },
  ]);
  cuts.sort((a, b) => a.at - b.at || b.closes - a.closes || a.order - b.order);
  let text = "";
  let at = 0;
  for (const cut of cuts) {
    text += source.slice(at, cut.at) + cut.text;
    at = Math.max(at, cut.to);
  }
  return text + source.slice(at);
}

function wrapOf(source, one, number) {
  const { start, end, as } = one.around;
  return { start, end, rank: 0, ...WRAPS[as](`__on(${number})`, one, source) };
}

const WRAPS = {
  expression(on, { start, end, to, around }, source) {
    const instead = source.slice(around.start, start) + to + source.slice(end, around.end);
    return { before: `(${on} ? (${instead}) : (`, after: "))" };
  },
  element: (on) => ({ rank: 1, before: `...(${on} ? [] : [`, after: "])" }),
  statement: (on) => ({ before: `if (!${on}) `, after: "" }),
  /** The code of a function goes on behind it; `{}` is a function that only returns. */
  body: (on, { to, around }) => ({
    ...{ start: around.start + 1, end: around.end - 1, rank: 2 },
    ...{ before: `if (${on}) ${to === "{}" ? "return;" : to}`, after: "" },
  }),
  /** A name behind a dot becomes a computed one: a chain of `?.` is not torn. */
  method(on, { from, to, around }, source) {
    const dot = source.lastIndexOf(".", around.start);
    const isOptional = source[dot - 1] === "?";
    const before = `[${on} ? "${to}" : "${from}"]`;
    return { start: isOptional ? around.start : dot, skipTo: around.end, before, after: "" };
  },
};
