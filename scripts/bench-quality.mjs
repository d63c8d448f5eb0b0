// `npm run bench:quality`: how well the finder finds. Exit codes: 0 ran, 1 a bar was missed and --strict asked,
// 2 could not run.
import { HELP, optionsOf } from "../bench/quality/options.mjs";
import { build, install, ROOT } from "./setup.mjs";

process.exitCode = await main(process.argv.slice(2));

async function main(argv) {
  let options;
  try {
    options = optionsOf(argv);
  } catch (error) {
    process.stderr.write(`${error.message}\n\n${HELP}\n`);
    return 2;
  }
  if (options.help) {
    process.stdout.write(`${HELP}\n`);
    return 0;
  }
  if (options.dist === undefined) {
    install();
    build();
  }
  if (options.peers) install(`${ROOT}bench/quality/peers`);
  const { bench } = await import("../bench/quality/run.mjs");
  try {
    return await bench({ ...options, dist: options.dist ?? `${ROOT}dist` }, ["npm run bench:quality", ...argv]);
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}
