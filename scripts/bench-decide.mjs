// `npm run bench:decide`: what a judgement costs, and what a large policy costs to load. Exit codes: 0 ran, 2 could not.
import { parseArgs } from "node:util";
import { build, install, ROOT } from "./setup.mjs";

const HELP = `npm run bench:decide -- [options]     facts and decision of a crossing; loading a large policy

  --rounds N         variants take turns; the median counts   (default 9)
  --ms N             length of one measurement                (default 300)
  --destinations N   of the large policy                      (default 1000)
  --rules N          of the large policy                      (default 10000)
  --dist DIR         another build than dist/
  --json             the results as JSON instead of the table

Examples
  npm run bench:decide
  npm run bench:decide -- --rounds 3 --dist /tmp/other/dist

Only a run without options writes bench/results/decide/ and its section of bench/REPORT.md.`;

process.exitCode = await main(process.argv.slice(2));

async function main(argv) {
  try {
    const text = { type: "string" };
    const flag = { type: "boolean", default: false };
    const { values } = parseArgs({
      args: argv,
      options: { rounds: text, ms: text, destinations: text, rules: text, dist: text, json: flag, help: flag },
    });
    if (values.help) {
      process.stdout.write(`${HELP}\n`);
      return 0;
    }
    const [rounds, ms] = [positive("--rounds", values.rounds ?? 9), positive("--ms", values.ms ?? 300)];
    const destinations = positive("--destinations", values.destinations ?? 1000);
    const rules = positive("--rules", values.rules ?? 10_000);
    if (values.dist === undefined) {
      install();
      build();
    }
    const { bench } = await import("../bench/decide/run.mjs");
    const command = ["npm run bench:decide", ...(argv.length > 0 ? ["--", ...argv] : [])].join(" ");
    const options = { rounds, ms, destinations, rules, json: values.json, official: argv.length === 0 };
    return await bench({ ...options, dist: values.dist ?? `${ROOT}dist` }, command);
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

function positive(name, text) {
  const value = Number(text);
  if (!(Number.isSafeInteger(value) && value > 0))
    throw new Error(`${name}: ${text} is not a positive number\n\n${HELP}`);
  return value;
}
