// `npm run bench`: prepares what the chosen targets need (peers, dist), then runs it.
// Exit codes: 0 fine, 1 a target failed, 2 could not run.
import { HELP, optionsOf } from "../bench/options.mjs";
import { build, install, ROOT } from "./setup.mjs";

const argv = process.argv.slice(2);
process.exitCode = await main();

async function main() {
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
  const names = options.targets.map((target) => target.name);
  if (names.some((name) => name.startsWith("http-proxy"))) install(`${ROOT}bench/peers`);
  if (names.some((name) => name.startsWith("yumen"))) build();
  const { bench } = await import("../bench/gateway.mjs");
  const command = ["npm run bench", ...(argv.length > 0 ? ["--", ...argv] : [])].join(" ");
  return (await bench(options, command)) ? 0 : 1;
}
