// The bench's command line. Law of this file: what is not understood is said, and ends with exit code 2.

import { parseArgs } from "node:util";
import { all } from "./targets/all.mjs";

export const HELP = `npm run bench -- [options]     requests/s, CPU and added latency, beside nginx and http-proxy

  --sizes LIST       sizes of the chat bodies in KB             (default 1,8,64)
  --targets LIST     of ${all.map((target) => target.name).join(", ")}   (default: all)
  --seconds N        length of one measurement                  (default 3)
  --rounds N         rounds; targets take turns; medians count  (default 5)
  --connections N    keep-alive connections                     (default 64)
  --quick            1 second, 1 round, short warm-up: does it run? not: how fast is it?
  --json             the results as JSON on stdout instead of the table
  --help             this text

Examples
  npm run bench                                          everything, about 10 minutes; writes bench/REPORT.md
  npm run bench -- --quick                               a look, under two minutes
  npm run bench -- --sizes 8 --targets nginx,yumen-full  one comparison
  npm run bench -- --json > results.json

Only a run with the default sizes, targets, rounds and seconds writes bench/REPORT.md and bench/results/;
others write to bench/.out/.`;

/** @param {string[]} argv @returns {{ help: true } | object} throws Error with a sentence for the user */
export function optionsOf(argv) {
  const text = { type: "string" };
  const flag = { type: "boolean", default: false };
  const { values } = parseArgs({
    args: argv,
    options: {
      sizes: text,
      targets: text,
      seconds: text,
      rounds: text,
      connections: text,
      quick: flag,
      json: flag,
      help: flag,
    },
  });
  if (values.help) return { help: true };
  const full = ["sizes", "targets", "seconds", "rounds", "connections"].every((name) => values[name] === undefined);
  return {
    help: false,
    json: values.json,
    official: full && !values.quick,
    sizes: (values.sizes ?? "1,8,64").split(",").map((size) => positive("--sizes", size) * 1024),
    targets: targetsOf(values.targets),
    seconds: positive("--seconds", values.seconds ?? (values.quick ? "1" : "3")),
    rounds: positive("--rounds", values.rounds ?? (values.quick ? "1" : "5")),
    connections: positive("--connections", values.connections ?? "64"),
    warmBytes: values.quick ? 8_000_000 : 40_000_000,
  };
}

function positive(name, text) {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`${name}: ${text} is not a positive number`);
  return value;
}

/** `direct` always runs: what is added is measured from it. */
function targetsOf(list) {
  if (list === undefined) return all;
  const names = list.split(",");
  const unknown = names.find((name) => !all.some((target) => target.name === name));
  if (unknown !== undefined)
    throw new Error(`--targets: no target ${unknown}; there are ${all.map((one) => one.name).join(", ")}`);
  return all.filter((target) => target.name === "direct" || names.includes(target.name));
}
