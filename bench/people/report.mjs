// The people bench's tables. Law of this file: a bar that is not met says so.

import { circumstancesLine, table } from "../sections.mjs";

const BYTES_BAR = 48;
const LOAD_BAR_MS = 10_000;
const KNOWN_BAR_US = 1;
const NEW_BAR = 10_000;

const met = (is) => (is ? "met" : "**not met**");
const count = (number) => Math.round(number).toLocaleString("en");
const middle = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

function rowsOf({ loads, admits }) {
  const rows = loads.flatMap(({ people, ms, cpuMs, bytesAPerson, residentAPerson, filledMs }) => [
    [
      `${count(people)} people: bytes of memory a person`,
      `≤ ${BYTES_BAR}`,
      bytesAPerson.toFixed(1),
      `${residentAPerson.toFixed(1)} resident, with the pages of the file that the system may take back`,
      met(bytesAPerson <= BYTES_BAR),
    ],
    [
      `${count(people)} people: ms to load`,
      people === 10_000_000 ? `< ${count(LOAD_BAR_MS)}` : "",
      count(ms),
      `${count(cpuMs)} of CPU; made in ${count(filledMs)}`,
      people === 10_000_000 ? met(ms < LOAD_BAR_MS) : "",
    ],
  ]);
  const { knownUs, newPerSecond } = admits;
  const [us, perSecond] = [middle(knownUs), middle(newPerSecond)];
  rows.push([
    "admit of a known person: µs of CPU",
    `≤ ${KNOWN_BAR_US}`,
    us.toFixed(2),
    `${Math.min(...knownUs).toFixed(2)}–${Math.max(...knownUs).toFixed(2)}`,
    met(us <= KNOWN_BAR_US),
  ]);
  rows.push([
    "admit of new people, 64 at a time, on the disk: a second",
    `≥ ${count(NEW_BAR)}`,
    count(perSecond),
    `${count(Math.min(...newPerSecond))}–${count(Math.max(...newPerSecond))}`,
    met(perSecond >= NEW_BAR),
  ]);
  return [["what", "bar", "median", "range", ""], ...rows];
}

export const worded = (results) => `${table(rowsOf(results)).join("\n")}\n`;

export function sectionOf(results) {
  return `## People

${circumstancesLine(results)}
The counted of one exporter and year, each with the ways by which he or she was reached, in LMDB with every commit on the disk.

${table(rowsOf(results)).join("\n")}
`;
}
