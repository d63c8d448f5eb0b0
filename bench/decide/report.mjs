// The decide bench's tables. Law of this file: a bar that is not met says so.

import { circumstancesLine, table } from "../sections.mjs";

const BARS_US = { "facts in maps, decide": 5, "facts in LMDB, decide": 10 };
/** Of a draft that looks on (`--shadow`): what callers wait for, and what the thread does when their answers are gone. */
const SHADOW_BARS_US = {
  "on its way: shown to a draft that is busy": 0.5,
  "after its answer: a draft that reads alike": 10,
};
const LOAD_BAR_MS = 2000;

const met = (value, bar) => (value <= bar ? "met" : "**not met**");

function rowsOf({ judged, shadowed, loaded }) {
  const rows = judged.map(({ name, us, low, high }) => [
    `${name}: µs of CPU a crossing of two people`,
    `≤ ${BARS_US[name]}`,
    us.toFixed(1),
    `${low.toFixed(1)}–${high.toFixed(1)}`,
    met(us, BARS_US[name]),
  ]);
  for (const { name, us, low, high } of shadowed) {
    const bar = SHADOW_BARS_US[name];
    const range = `${low.toFixed(us < 1 ? 2 : 1)}–${high.toFixed(us < 1 ? 2 : 1)}`;
    rows.push([
      `shadow, ${name}: µs of CPU`,
      bar === undefined ? "" : `≤ ${bar}`,
      us.toFixed(us < 1 ? 2 : 1),
      range,
      bar === undefined ? "" : met(us, bar),
    ]);
  }
  const { destinations, rules, ms, high } = loaded;
  const what = `policy of ${destinations} destinations and ${rules} rules: ms to load`;
  rows.push([what, `≤ ${LOAD_BAR_MS}`, ms.toFixed(0), `to ${high.toFixed(0)}`, met(ms, LOAD_BAR_MS)]);
  return [["what", "bar", "median", "range", ""], ...rows];
}

export const worded = (results) => `${table(rowsOf(results)).join("\n")}\n`;

export function sectionOf(results) {
  return `## Decide

${circumstancesLine(results)}
Facts are loaded, individuals made and the decision taken, the law asked for each of them; reading the body is not in it.
Shadow: the same crossing of 130 bytes, and a draft policy that looks at it; a draft that reads otherwise reads the body again, so that its figure
grows with the body. It takes a fifth of the thread at most, whatever it costs (test/shadow.test.ts).

${table(rowsOf(results)).join("\n")}
`;
}
