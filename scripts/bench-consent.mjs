// `npm run bench:consent`: how fast consents come in, and what reading one costs. Exit codes: 0 the bars are met, 1 one
// is not, 2 could not run.
import { parseArgs } from "node:util";
import { build, install } from "./setup.mjs";

const HELP = `npm run bench:consent -- [options]     an import into a running gate, by the command line; reads of the store

  --records N   lines of the file   (default 1000000)
  --kills       instead: the importer killed, then the gate, then run to the end; is every line there once?
  --json        the results as JSON instead of the table

Examples
  npm run bench:consent
  npm run bench:consent -- --records 100000 --json
  npm run bench:consent -- --kills

Only a run without options writes bench/results/consent/ and its section of bench/REPORT.md.`;

process.exitCode = await main(process.argv.slice(2));

async function main(argv) {
  const text = { type: "string" };
  const flag = { type: "boolean", default: false };
  try {
    const { values } = parseArgs({ args: argv, options: { records: text, kills: flag, json: flag, help: flag } });
    if (values.help) {
      process.stdout.write(`${HELP}\n`);
      return 0;
    }
    const records = Number(values.records ?? 1_000_000);
    if (!(Number.isSafeInteger(records) && records >= 1_000)) throw new Error(`--records: at least 1000\n\n${HELP}`);
    install();
    build();
    if (values.kills) {
      const { benchKills } = await import("../bench/consent/kills.mjs");
      return await benchKills({ records, json: values.json });
    }
    const { bench } = await import("../bench/consent/run.mjs");
    const command = ["npm run bench:consent", ...(argv.length > 0 ? ["--", ...argv] : [])].join(" ");
    return await bench({ records, json: values.json, official: argv.length === 0 }, command);
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}
