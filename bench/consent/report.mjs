// The consent bench's tables. Law of this file: a bar that is not met says so.

import { circumstancesLine, table } from "../sections.mjs";

const BARS = { recordsPerSecond: 20_000, grownMb: 64, lmdbUs: 10, atHandUs: 1 };

const met = (is) => (is ? "met" : "**not met**");

const grownMb = ({ imported: { memory } }) => memory.lateMb - memory.earlyMb;

export function barsMet(results) {
  const { imported, read } = results;
  const isFast = imported.recordsPerSecond >= BARS.recordsPerSecond;
  return isFast && grownMb(results) <= BARS.grownMb && read.lmdbUs <= BARS.lmdbUs && read.atHandUs <= BARS.atHandUs;
}

function rowsOf(results) {
  const { imported, read, records } = results;
  const { recordsPerSecond, cpuUs, memory, storeBytes } = imported;
  const grown = grownMb(results);
  const perRecord = (storeBytes / records).toFixed(0);
  return [
    ["what", "bar", "figure", ""],
    [
      `${records.toLocaleString("en")} records from CSV, durable and in the ledger: records/s`,
      `≥ ${BARS.recordsPerSecond.toLocaleString("en")}`,
      Math.round(recordsPerSecond).toLocaleString("en"),
      met(recordsPerSecond >= BARS.recordsPerSecond),
    ],
    ["CPU of the gate, µs a record", "", cpuUs.toFixed(1), ""],
    [
      `own memory of the gate, growth from the second quarter (${memory.earlyMb.toFixed(0)} MiB) to the last: MiB`,
      `≤ ${BARS.grownMb}`,
      grown.toFixed(0),
      met(grown <= BARS.grownMb),
    ],
    [
      `pages of the store that are mapped: MiB (the store: ${perRecord} B a record)`,
      "",
      memory.mappedMb.toFixed(0),
      "",
    ],
    ["a state from LMDB, µs", `≤ ${BARS.lmdbUs}`, read.lmdbUs.toFixed(2), met(read.lmdbUs <= BARS.lmdbUs)],
    ["a state at hand, µs", `≤ ${BARS.atHandUs}`, read.atHandUs.toFixed(2), met(read.atHandUs <= BARS.atHandUs)],
  ];
}

export const worded = (results) => `${table(rowsOf(results)).join("\n")}\n`;

export function sectionOf(results) {
  return `## Consent

${circumstancesLine(results)}
\`yumen consent import\` and the gate on one machine, two cores between them. Afterwards every line is looked for.

${table(rowsOf(results)).join("\n")}
`;
}
