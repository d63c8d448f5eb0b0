// Results of the find bench → tables, and its section of bench/REPORT.md. Law of this file: it computes ratios and
// words; it measures nothing.

import { tableOf } from "../quality/tables.mjs";
import { circumstancesLine } from "../sections.mjs";
import { KINDS } from "./bodies.mjs";

const KB = 1024;
/** [what, the bar, the row that must reach it or stay under it] */
const BARS = [
  ["chat of 8 KB, nothing in it: MB/s", 400, true, ({ rows }) => rateOf(rows, "chat", 8 * KB)],
  ["body of 8 KB full of personal information: MB/s", 200, true, ({ rows }) => rateOf(rows, "personal", 8 * KB)],
  ["Chinese prose with names, 8 KB: MB/s", 15, true, ({ rows }) => rateOf(rows, "prose", 8 * KB)],
  [
    "longest block of the event loop by 8 MB: ms",
    30,
    false,
    ({ blocks }) => (blocks.length === 0 ? undefined : Math.max(...blocks.map(({ longestMs }) => longestMs))),
  ],
];

function rateOf(rows, kind, bytes) {
  return rows.find((row) => row.kind === kind && row.bytes === bytes)?.megabytesPerSecond;
}

/** @param {object} results @returns {string} tables for a terminal */
export function worded(results) {
  return `\n${tables(results).join("\n\n")}\n`;
}

function tables(results) {
  const { rows, blocks } = results;
  const made = [
    tableOf([
      ["what", "bar", "this run", ""],
      ...BARS.map(([what, bar, least, of]) => {
        const value = of(results);
        const isMet = value !== undefined && (least ? value >= bar : value <= bar);
        const verdict = value === undefined ? "no data" : isMet ? "met" : "**not met**";
        return [what, `${least ? "≥" : "≤"} ${bar}`, value === undefined ? "–" : value.toFixed(1), verdict];
      }),
    ]),
    tableOf([
      ["body", "size", "findings", "decode µs", "find µs", "both µs", "MB/s"],
      ...rows.map(({ kind, bytes, findings, decodeUs, findUs, bothUs, megabytesPerSecond }) => [
        kind,
        sizeOf(bytes),
        Math.round(findings).toLocaleString("en"),
        ...[decodeUs, findUs, bothUs].map(micros),
        megabytesPerSecond.toFixed(megabytesPerSecond < 10 ? 1 : 0),
      ]),
    ]),
  ];
  if (blocks.length > 0)
    made.push(
      tableOf([
        ["body of 8 MB", "longest block ms"],
        ...blocks.map(({ kind, longestMs }) => [kind, longestMs.toFixed(1)]),
      ]),
    );
  return made;
}

function sizeOf(bytes) {
  return bytes >= KB * KB ? `${bytes / KB / KB} MB` : `${bytes / KB} KB`;
}

function micros(us) {
  return us < 100 ? us.toFixed(1) : Math.round(us).toLocaleString("en");
}

/** @param {object} results @returns {string} the section of the report */
export function sectionOf(results) {
  const { settings, sliced, machine } = results;
  return `# How fast decode and find are

${circumstancesLine(results)}
${machine.pinned ? "The process had one core, its collector's threads included." : "The process was NOT pinned to a core: taskset is not here."} Load average before the run ${machine.loadBefore.toFixed(2)}.

${tables(results).join("\n\n")}

- Bodies: ${Object.entries(KINDS)
    .map(([kind, { what }]) => `**${kind}** ${what}`)
    .join("; ")}.
- Each figure is the median of ${settings.rounds} rounds (at most 3 for bodies over 1 MB) of ${settings.ms} ms; in a round the kinds take turns; up to sixteen different bodies a kind.
- MB/s is the body's bytes by decode and find together, every detector and view of this build included.
- Longest block: the longest gap between two turns of the event loop while a body was read ${sliced === null ? "in one piece, as this build does" : "in slices"}; worst of three.
`;
}
