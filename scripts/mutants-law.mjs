// `npm run mutants:law`: breaks every rule and every comparison of src/law and src/decide once, and every figure of
// policies/law, and sees that a test fails each time. Works in a copy; nothing broken is ever written to a disk: all breaks
// are compiled in at once, each behind a switch, and the tests that come by one are run with it on (mutants/*.mjs).
// What cannot be told from the whole stands in test/law/equivalent-mutants.jsonl, with the reason.
// Exit codes: 0 each was noticed, 1 one survived, 2 could not run.
import { createHash } from "node:crypto";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { askerOf, coverageOf } from "./mutants/ask.mjs";
import { EQUIVALENT, mutantsIn } from "./mutants/listed.mjs";
import { schemata } from "./mutants/schemata.mjs";
import { suiteOf } from "./mutants/suite.mjs";
import { ROOT } from "./setup.mjs";

const HELP = `Usage: npm run mutants:law -- [options]

Breaks src/law, src/decide and policies/law in one place at a time and runs the tests of the law and of decide.

  --only TEXT     only files whose path holds TEXT
  --part K/N      only every N-th break, from the K-th on: N of them side by side
  --listed        ask the tests of many random cases also of what is listed as changing nothing
  --results FILE  write each result there, and take those that are there while sources and tests are the same
  --list          print what would be broken, and stop
  --json          print JSON
  --help          this text

Examples:
  npm run mutants:law
  npm run mutants:law -- --only law/routes
  npm run mutants:law -- --only decide/ --json

Exit codes: 0 each break was noticed, 1 some survived, 2 could not run.`;

/** Tests that a bundle can run: none that start a process, replace a module or set something up. */
const NEEDS_VITEST = /\bvi\b|node:child_process|(?:before|after)(?:All|Each)|^(?:export )?(?:const|let) .*= \(?await /m;
const READS_STAGES = /"\.\.\/src\/(?:law|decide)\//;
/** So many tests may need more than a bundle gives; where more fail, something is broken already. */
const UNFIT_MAX = 5;
/** What reads the tree notices that a text has changed, not that it says something else. */
const OF_THE_TREE = /^(?:tidy|docs)\./;

// What a broken test has begun may never end.
process.exit(await main(process.argv.slice(2)));

async function main(argv) {
  let options;
  try {
    const flag = { type: "boolean", default: false };
    const text = { type: "string", default: "" };
    options = parseArgs({
      args: argv,
      options: { only: text, part: text, results: text, listed: flag, list: flag, json: flag, help: flag },
    }).values;
  } catch (error) {
    console.error(`${error.message}\n\n${HELP}`);
    return 2;
  }
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  const copy = copyOf();
  try {
    const isMine = partOf(options.part);
    const { mutants, stale } = mutantsIn(copy, options.only);
    if (options.list) return list(mutants, options.json);
    return tell({ stale, ...(await runAll(copy, mutants, isMine, options)) }, options);
  } catch (error) {
    console.error(error.message);
    return 2;
  } finally {
    process.chdir(ROOT);
    rmSync(copy, { recursive: true });
  }
}

/** As the tree is now: others may write into it meanwhile. */
function copyOf() {
  const copy = mkdtempSync(join(tmpdir(), "yumen-mutants-"));
  for (const name of ["src", "test", "policies", "package.json"]) {
    cpSync(join(ROOT, name), join(copy, name), { recursive: true, filter: (path) => !path.includes("node_modules") });
  }
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
  return copy;
}

async function runAll(copy, all, isMine, { json, results, listed }) {
  process.chdir(copy);
  const startMs = performance.now();
  const kept = resultsIn(results, copy);
  const suite = await suiteOf(copy, testsIn(copy), switched(all), all.length);
  const { covering, unfit } = await coverageOf(suite, all, copy);
  if (unfit.length > UNFIT_MAX) throw new Error(`tests fail before anything is broken:\n  ${unfit.join("\n  ")}`);
  if (!json) for (const one of unfit) console.log(`not asked, it fails in a bundle: ${one}`);
  const ask = askerOf(copy, suite, covering);
  const [survived, wronglyListed] = [[], []];
  for (const [number, mutant] of all.entries()) {
    if (!isMine(number)) continue;
    const by = await kept(mutant, () => ask(mutant, number, listed || mutant.why === null));
    if (by === null && mutant.why === null) survived.push(mutant);
    if (by !== null && mutant.why !== null) wronglyListed.push({ ...mutant, by });
    if (by === null && mutant.why === null && !json) console.log(`SURVIVED  ${told(mutant)}`);
    if (!json) bar((number + 1) / all.length, survived.length);
  }
  const mutants = all.filter((_, number) => isMine(number));
  const equivalent = mutants.filter(({ why }) => why !== null);
  return { survived, wronglyListed, mutants, equivalent, seconds: Math.round((performance.now() - startMs) / 1000) };
}

/** `2/4`: the second of every four. @throws Error when it is none. */
function partOf(text) {
  if (text === "") return () => true;
  const [, part, of] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  if (!(part >= 1 && part <= of)) throw new Error(`--part: ${text} is not K/N`);
  return (number) => number % of === part - 1;
}

/** Keeps results in a file, if one is named: a run that was ended goes on where it was. */
function resultsIn(file, copy) {
  if (file === "") return (_, ask) => ask();
  const path = resolve(ROOT, file);
  const of = JSON.stringify({ of: digestOf(copy) });
  const lines = existsSync(path) ? readFileSync(path, "utf8").split("\n") : [];
  if (lines[0] !== of) writeFileSync(path, `${of}\n`);
  const whole = lines[0] === of ? lines.slice(1).filter((line) => line.endsWith("}")) : [];
  const known = new Map(whole.map((line) => JSON.parse(line)).map(({ id, by }) => [id, by]));
  return async ({ file: broken, start, to }, ask) => {
    const id = `${broken}:${start}:${to}`;
    if (known.has(id)) return known.get(id);
    const by = await ask();
    appendFileSync(path, `${JSON.stringify({ id, by })}\n`);
    return by;
  };
}

/** The sources with all breaks in them, by path. */
function switched(mutants) {
  const sources = new Map();
  for (const [number, { file, source }] of mutants.entries()) {
    if (file.endsWith(".yaml") || sources.has(file)) continue;
    const breaks = mutants.filter((one) => one.file === file);
    sources.set(file, schemata(source, breaks, number));
  }
  return sources;
}

/** The tests that read the law or decide, and that a bundle can run. */
function testsIn(copy) {
  return readdirSync(join(copy, "test"))
    .filter((name) => name.endsWith(".test.ts") && !OF_THE_TREE.test(name))
    .filter((name) => {
      const text = readFileSync(join(copy, "test", name), "utf8");
      return READS_STAGES.test(text) && !NEEDS_VITEST.test(text);
    })
    .map((name) => `test/${name}`);
}

function digestOf(copy) {
  const hash = createHash("sha256");
  for (const dir of ["src", "test", "policies"]) {
    for (const name of readdirSync(join(copy, dir), { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile(),
    )) {
      const path = join(name.parentPath, name.name);
      hash.update(`${path.slice(copy.length)}\0`).update(readFileSync(path));
    }
  }
  return hash.digest("hex");
}

/** One line on a terminal; nothing in a pipe. */
function bar(done, survivors) {
  if (!process.stderr.isTTY) return;
  const full = Math.round(done * 40);
  const end = done === 1 ? "\n" : "";
  process.stderr.write(
    `\r${"█".repeat(full)}${"░".repeat(40 - full)} ${Math.floor(done * 100)} %, ${survivors} survived${end}`,
  );
}

function shown({ file, line, what, from, to, text }) {
  return { file, line, what, from, to, text };
}

function told({ file, line, what, from, to }) {
  const short = (one) => JSON.stringify(one.length > 60 ? `${one.slice(0, 57)}...` : one);
  return `${file}:${line}  ${what}: ${short(from)} to ${short(to)}`;
}

function list(mutants, json) {
  for (const one of mutants) console.log(json ? JSON.stringify(shown(one)) : told(one));
  return 0;
}

function tell({ mutants, equivalent, survived, wronglyListed, stale, seconds }, { json }) {
  const noticed = mutants.length - survived.length - equivalent.length;
  if (json) {
    const counts = { mutants: mutants.length, noticed, equivalent: equivalent.length, seconds };
    const faults = { survived: survived.map(shown), wronglyListed: wronglyListed.map(shown), stale };
    console.log(JSON.stringify({ ...counts, ...faults }));
  } else {
    for (const one of wronglyListed) console.log(`listed in ${EQUIVALENT}, but noticed: ${told(one)}\n  by ${one.by}`);
    for (const { file, text, from, to } of stale) {
      console.log(`listed in ${EQUIVALENT}, but nowhere in the code: ${file}: ${JSON.stringify({ text, from, to })}`);
    }
    const files = new Set(mutants.map(({ file }) => file)).size;
    console.log(
      `${mutants.length} breaks of ${files} files in ${seconds} s: ${noticed} noticed, ${equivalent.length} change nothing (listed), ${survived.length} survived`,
    );
  }
  return survived.length + wronglyListed.length + stale.length === 0 ? 0 : 1;
}
