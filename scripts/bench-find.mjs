// `npm run bench:find`: how fast decode and find are. Exit codes: 0 ran, 2 could not run.
import { CORES, pinned, spawnOn } from "../bench/child.mjs";
import { HELP, optionsOf } from "../bench/find/options.mjs";
import { build, install, ROOT } from "./setup.mjs";

const ON_ITS_CORE = "YUMEN_BENCH_PINNED";
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
  if (pinned && process.env[ON_ITS_CORE] === undefined) return onOneCore(argv);
  const { bench } = await import("../bench/find/run.mjs");
  try {
    const command = ["npm run bench:find", ...(argv.length > 0 ? ["--", ...argv] : [])].join(" ");
    return await bench({ ...options, dist: options.dist ?? `${ROOT}dist` }, command);
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

/** Itself again, with one core to its name. */
function onOneCore(argv) {
  const env = { ...process.env, [ON_ITS_CORE]: "1" };
  const child = spawnOn(CORES.target, process.execPath, [import.meta.filename, ...argv], { stdio: "inherit", env });
  return new Promise((resolve) => child.on("exit", (code) => resolve(code ?? 2)));
}
