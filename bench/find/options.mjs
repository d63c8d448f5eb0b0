// The command line of the find bench. Law of this file: what is not understood is an error, never a default.

import { parseArgs } from "node:util";
import { KINDS } from "./bodies.mjs";

export const HELP = `npm run bench:find -- [options]     how fast decode and find are, on one core

  --sizes LIST    of the bodies in KB                       (default 1,8,64,8192)
  --kinds LIST    ${Object.keys(KINDS).join(", ")}   (default: all)
  --rounds N      kinds take turns; the median counts       (default 7)
  --ms N          length of one measurement                 (default 100)
  --dist DIR      another build than dist/
  --quick         3 rounds of 30 ms: does it run? not: how fast is it?
  --json          the results as JSON instead of tables
  --help          this text

Examples
  npm run bench:find                                  all of it, some minutes; writes bench/REPORT.md
  npm run bench:find -- --sizes 8 --kinds chat,personal
  npm run bench:find -- --quick --dist /tmp/other/dist

Only a run with the default sizes, kinds, rounds, length and build writes bench/results/find/ and bench/REPORT.md.`;

/** @param {string[]} argv @returns {{ help: true } | object} throws Error with a sentence for the user */
export function optionsOf(argv) {
  const text = { type: "string" };
  const flag = { type: "boolean", default: false };
  const { values } = parseArgs({
    args: argv,
    options: { sizes: text, kinds: text, rounds: text, ms: text, dist: text, quick: flag, json: flag, help: flag },
  });
  if (values.help) return { help: true };
  const kinds = values.kinds?.split(",") ?? Object.keys(KINDS);
  const unknown = kinds.find((kind) => !Object.hasOwn(KINDS, kind));
  if (unknown !== undefined) throw new Error(`--kinds: no kind ${unknown}; there are ${Object.keys(KINDS).join(", ")}`);
  return {
    help: false,
    kinds,
    sizes: (values.sizes ?? "1,8,64,8192").split(",").map((size) => positive("--sizes", size) * 1024),
    rounds: positive("--rounds", values.rounds ?? (values.quick ? "3" : "7")),
    ms: positive("--ms", values.ms ?? (values.quick ? "30" : "100")),
    dist: values.dist,
    json: values.json,
    official: ["sizes", "kinds", "rounds", "ms", "dist"].every((name) => values[name] === undefined) && !values.quick,
  };
}

function positive(name, text) {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`${name}: ${text} is not a positive number`);
  return value;
}
