// `npm run bench:people`: what a year of counted people costs. Exit codes: 0 ran, 2 could not.
import { parseArgs } from "node:util";
import { build, install, ROOT } from "./setup.mjs";

const HELP = `npm run bench:people -- [options]     memory a person, time to load, admit of known and of new people

  --sizes LIST   people of the stores that are loaded   (default 1000000,10000000; the last wants 800 MB)
  --dist DIR     another build than dist/
  --json         the results as JSON instead of the table

Examples
  npm run bench:people
  npm run bench:people -- --sizes 100000 --json

Only a run without options writes bench/results/people/ and its section of bench/REPORT.md.`;

process.exitCode = await main(process.argv.slice(2));

async function main(argv) {
  try {
    const text = { type: "string" };
    const flag = { type: "boolean", default: false };
    const { values } = parseArgs({ args: argv, options: { sizes: text, dist: text, json: flag, help: flag } });
    if (values.help) {
      process.stdout.write(`${HELP}\n`);
      return 0;
    }
    const sizes = (values.sizes ?? "1000000,10000000").split(",").map(Number);
    if (!sizes.every((size) => Number.isSafeInteger(size) && size > 0))
      throw new Error(`--sizes are positive numbers with commas\n\n${HELP}`);
    if (values.dist === undefined) {
      install();
      build();
    }
    const { bench } = await import("../bench/people/run.mjs");
    const command = ["npm run bench:people", ...(argv.length > 0 ? ["--", ...argv] : [])].join(" ");
    const options = { sizes, json: values.json, official: argv.length === 0 };
    return await bench({ ...options, dist: values.dist ?? `${ROOT}dist` }, command);
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}
