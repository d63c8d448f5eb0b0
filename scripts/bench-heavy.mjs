// `npm run bench:heavy`: what small requests see of bodies of 8 MB. Exit codes: 0 ran, 2 could not run.
import { parseArgs } from "node:util";
import { KINDS } from "../bench/heavy/bodies.mjs";
import { build, install } from "./setup.mjs";

const HELP = `npm run bench:heavy -- [options]

  --kinds LIST    ${Object.keys(KINDS).join(", ")}   (default: all)
  --mb N          size of a body                      (default 8)
  --seconds N     of each kind                        (default 10)
  --callers N     that send large bodies at once      (default 2)
  --json          the results as JSON instead of the tables

Without options it writes bench/results/heavy/ and its section of bench/REPORT.md.`;

process.exitCode = await main(process.argv.slice(2));

async function main(argv) {
  const text = { type: "string" };
  const flag = { type: "boolean", default: false };
  try {
    const { values } = parseArgs({
      args: argv,
      options: { kinds: text, mb: text, seconds: text, callers: text, json: flag, help: flag },
    });
    if (values.help) {
      process.stdout.write(`${HELP}\n`);
      return 0;
    }
    const kinds = values.kinds?.split(",") ?? Object.keys(KINDS);
    const unknown = kinds.find((kind) => !Object.hasOwn(KINDS, kind));
    if (unknown !== undefined) throw new Error(`--kinds: no kind ${unknown}\n\n${HELP}`);
    const [mb, seconds, callers] = [values.mb ?? 8, values.seconds ?? 10, values.callers ?? 2].map(Number);
    if (!(mb > 0 && seconds > 0 && callers > 0)) throw new Error(`numbers are positive\n\n${HELP}`);
    install();
    build();
    const { bench } = await import("../bench/heavy/run.mjs");
    const official = ["kinds", "mb", "seconds", "callers"].every((name) => values[name] === undefined);
    const command = ["npm run bench:heavy", ...(argv.length > 0 ? ["--", ...argv] : [])].join(" ");
    return await bench({ kinds, bytes: mb * 1e6, seconds, callers, json: values.json, official }, command);
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}
