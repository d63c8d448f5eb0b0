// `npm run bench:restart`: how long a gate takes to come back after kill -9. Exit codes: 0 under the bar, 1 over it,
// 2 could not run.
import { parseArgs } from "node:util";
import { build, install } from "./setup.mjs";

const HELP = `npm run bench:restart -- [options]

  --entries N   entries behind the ledger's checkpoint   (default 20000)
  --rounds N    restarts; the median counts              (default 5)
  --json        the results as JSON instead of the table

Without --entries and --rounds it writes bench/results/restart/ and its section of bench/REPORT.md.`;

process.exitCode = await main(process.argv.slice(2));

async function main(argv) {
  const text = { type: "string" };
  const flag = { type: "boolean", default: false };
  try {
    const { values } = parseArgs({ args: argv, options: { entries: text, rounds: text, json: flag, help: flag } });
    if (values.help) {
      process.stdout.write(`${HELP}\n`);
      return 0;
    }
    const [entries, rounds] = [Number(values.entries ?? 20_000), Number(values.rounds ?? 5)];
    if (!(entries > 0 && rounds > 0)) throw new Error(`--entries and --rounds are positive numbers\n\n${HELP}`);
    install();
    build();
    const { bench } = await import("../bench/restart.mjs");
    const official = values.entries === undefined && values.rounds === undefined;
    const command = ["npm run bench:restart", ...(argv.length > 0 ? ["--", ...argv] : [])].join(" ");
    return await bench({ entries, rounds, json: values.json, official }, command);
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}
