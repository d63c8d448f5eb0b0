// `npm run law:compare`: random cases, judged by src/law and by the second reading in test/model. Exit codes: 0 they
// agree on all, 1 they disagree on one (printed as small as it gets, with both answers), 2 could not run.
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { rolldown } from "rolldown";
import { ROOT } from "./setup.mjs";

const HELP = `Usage: npm run law:compare -- [options]

Compares two implementations of the law on random cases: src/law, and the slow model under test/model.

  --cases N   how many cases (default 1000000)
  --seed N    which cases (default 1); the same seed gives the same cases
  --json      print JSON
  --help      this text

Examples:
  npm run law:compare
  npm run law:compare -- --cases 20000 --seed 7
  npm run law:compare -- --cases 1000000 --json

Exit codes: 0 no disagreement, 1 some disagreement, 2 could not run.`;

const CHUNK_CASES = 2_000;
/** Disagreements that are shrunk and shown; of the others, how many. */
const SHOWN = 3;

process.exitCode = await main(process.argv.slice(2));

async function main(argv) {
  let options;
  try {
    options = optionsOf(argv);
  } catch (error) {
    console.error(`${error.message}\n\n${HELP}`);
    return 2;
  }
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  const result = await compare(options);
  console.log(options.json ? JSON.stringify(result) : told(result));
  return result.disagreements === 0 ? 0 : 1;
}

function optionsOf(argv) {
  const flag = { type: "boolean", default: false };
  const { values } = parseArgs({
    args: argv,
    options: {
      cases: { type: "string", default: "1000000" },
      seed: { type: "string", default: "1" },
      json: flag,
      help: flag,
    },
  });
  return { ...values, cases: wholeNumber("cases", values.cases, 1), seed: wholeNumber("seed", values.seed, 0) };
}

function wholeNumber(name, text, least) {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least) throw new Error(`--${name} must be a whole number from ${least}`);
  return value;
}

/** The model and src/law as one module, written where its packages are found and git does not look. */
async function load() {
  const dir = mkdtempSync(join(ROOT, "node_modules/.yumen-law-"));
  const bundle = await rolldown({ cwd: ROOT, input: "test/model/main.ts", platform: "node" });
  const file = join(dir, "law.mjs");
  await bundle.write({ file, codeSplitting: false });
  await bundle.close();
  const loaded = await import(pathToFileURL(file).href);
  rmSync(dir, { recursive: true });
  return loaded;
}

async function compare({ cases, seed, json }) {
  const { compareCases, loadLawData, smallest } = await load();
  const data = loadLawData(join(ROOT, "policies/law"));
  const met = new Map();
  const found = [];
  const startMs = performance.now();
  for (let first = 0; first < cases; first += CHUNK_CASES) {
    found.push(...compareCases(seed, first, Math.min(first + CHUNK_CASES, cases), data, met));
    if (!json) bar(first / cases, found.length);
  }
  if (!json) bar(1, found.length);
  const seconds = Math.round((performance.now() - startMs) / 100) / 10;
  const shown = found.slice(0, SHOWN).map((one) => smallest(one, data));
  return { cases, seed, seconds, disagreements: found.length, shown, met: Object.fromEntries([...met].sort()) };
}

/** One line on a terminal; nothing in a pipe. */
function bar(done, disagreements) {
  if (!process.stderr.isTTY) return;
  const full = Math.round(done * 40);
  const end = done === 1 ? "\n" : "";
  const line = `${"█".repeat(full)}${"░".repeat(40 - full)} ${Math.floor(done * 100)} %, ${disagreements} disagree`;
  process.stderr.write(`\r${line}${end}`);
}

function told({ cases, seed, seconds, disagreements, shown, met }) {
  const count = (number) => number.toLocaleString("en");
  const rules = Object.keys(met).filter((name) => /^[A-Z]\d$/.test(name));
  const summary = `${count(cases)} cases (seed ${seed}) under ${rules.length} rules in ${seconds} s: ${count(disagreements)} disagree`;
  const details = shown.map(
    ({ facts, model, law }) =>
      `\nfacts  ${JSON.stringify(facts)}\nmodel  ${JSON.stringify(model)}\nlaw    ${JSON.stringify(law)}`,
  );
  return [summary, ...details].join("\n");
}
