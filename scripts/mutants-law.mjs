// `npm run mutants:law`: breaks every rule and every comparison of src/law and src/decide once, and every figure of
// policies/law, and sees that a test fails each time. Works in a copy; nothing broken is ever written into the tree.
// What cannot be told from the whole stands in test/law/equivalent-mutants.jsonl, with the reason.
// Exit codes: 0 each was noticed, 1 one survived, 2 could not run.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { breaksOf, broken, figureBreaksOf } from "./mutants/breaks.mjs";
import { suiteOf } from "./mutants/suite.mjs";
import { ROOT } from "./setup.mjs";

const HELP = `Usage: npm run mutants:law -- [options]

Breaks src/law, src/decide and policies/law in one place at a time and runs the tests of the law and of decide.

  --only TEXT  only files whose path holds TEXT
  --list       print what would be broken, and stop
  --json       print JSON
  --help       this text

Examples:
  npm run mutants:law
  npm run mutants:law -- --only law/routes
  npm run mutants:law -- --only decide/ --json

Exit codes: 0 each break was noticed, 1 some survived, 2 could not run.`;

const BROKEN_DIRS = ["src/law", "src/decide", "policies/law"];
const EQUIVALENT = "test/law/equivalent-mutants.jsonl";
/** Tests of these stages that a bundle can run: none that start a process or replace a module. */
const TESTS = /^(?:(?:law|decide)(?:-[a-z-]+)?|policy-patterns)\.test\.ts$/;
const NEEDS_VITEST = /\bvi\.|node:child_process|^(?:export )?(?:const|let) .*= \(?await /m;
/** Many random cases: asked when nothing else noticed. */
const SLOW = /model|laws/;

process.exitCode = await main(process.argv.slice(2));

async function main(argv) {
  let options;
  try {
    const flag = { type: "boolean", default: false };
    const only = { type: "string", default: "" };
    options = parseArgs({ args: argv, options: { only, list: flag, json: flag, help: flag } }).values;
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
    const mutants = mutantsIn(copy, options.only);
    if (options.list) return list(mutants, options.json);
    return tell(await runAll(copy, mutants, !options.json), options);
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

/** Every break of every file, with the line it is in and, if it is known to change nothing, why. */
function mutantsIn(copy, only) {
  const known = equivalents(copy);
  const files = BROKEN_DIRS.flatMap((dir) => filesIn(copy, dir)).filter((file) => file.includes(only));
  return files.flatMap((file) => {
    const source = readFileSync(join(copy, file), "utf8");
    const lines = source.split("\n");
    const breaks = file.endsWith(".yaml") ? figureBreaksOf(source) : breaksOf(source);
    return breaks.map((one) => {
      const text = lines[one.line - 1].trim();
      return { file, ...one, text, why: known.get(keyOf({ file, text, ...one })) ?? null, source };
    });
  });
}

function filesIn(copy, dir) {
  return readdirSync(join(copy, dir), { recursive: true })
    .map((name) => join(dir, String(name)))
    .filter((file) => /\.ts$|^policies\/law\/[\d-]+\.yaml$/.test(file))
    .sort();
}

function equivalents(copy) {
  const lines = readFileSync(join(copy, EQUIVALENT), "utf8").split("\n");
  const listed = lines.filter((line) => line !== "").map((line) => JSON.parse(line));
  return new Map(listed.map((one) => [keyOf(one), one.why]));
}

/** Line numbers move; what stands there and around it does so less. */
function keyOf({ file, text, from, to }) {
  return JSON.stringify([file, text, from, to]);
}

async function runAll(copy, mutants, withBar) {
  process.chdir(copy);
  const suites = [suiteFor(copy, "src/law/"), suiteFor(copy, "src/decide/")];
  for (const run of suites) {
    const failed = await run();
    if (failed !== null) throw new Error(`a test fails before anything is broken: ${failed}`);
  }
  const startMs = performance.now();
  const survived = [];
  const wronglyListed = [];
  for (const [i, mutant] of mutants.entries()) {
    const noticed = await isNoticed(copy, mutant, mutant.file.startsWith("src/decide/") ? [suites[1]] : suites);
    if (!noticed && mutant.why === null) {
      survived.push(mutant);
      if (withBar) console.log(`SURVIVED  ${told(mutant)}`);
    }
    if (noticed && mutant.why !== null) wronglyListed.push(mutant);
    if (withBar) bar((i + 1) / mutants.length, survived.length);
  }
  const equivalent = mutants.filter(({ why }) => why !== null);
  return { mutants, equivalent, survived, wronglyListed, seconds: Math.round((performance.now() - startMs) / 1000) };
}

/** The tests that read a stage, the quick ones first. */
function suiteFor(copy, stage) {
  const tests = readdirSync(join(copy, "test"))
    .filter((name) => TESTS.test(name))
    .map((name) => ({ name: `test/${name}`, text: readFileSync(join(copy, "test", name), "utf8") }))
    .filter(({ text }) => text.includes(`../${stage}`) && !NEEDS_VITEST.test(text))
    .sort((a, b) => Number(SLOW.test(a.name)) - Number(SLOW.test(b.name)));
  return suiteOf(
    copy,
    tests.map(({ name }) => name),
  );
}

async function isNoticed(copy, mutant, suites) {
  const text = broken(mutant.source, mutant);
  const isData = mutant.file.endsWith(".yaml");
  const path = join(copy, mutant.file);
  if (isData) writeFileSync(path, text);
  try {
    for (const run of suites) if ((await run(mutant.file, text)) !== null) return true;
    return false;
  } finally {
    if (isData) writeFileSync(path, mutant.source);
  }
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

function tell({ mutants, equivalent, survived, wronglyListed, seconds }, { json }) {
  const noticed = mutants.length - survived.length - equivalent.length;
  if (json) {
    const counts = { mutants: mutants.length, noticed, equivalent: equivalent.length, seconds };
    console.log(JSON.stringify({ ...counts, survived: survived.map(shown), wronglyListed: wronglyListed.map(shown) }));
  } else {
    for (const one of wronglyListed) console.log(`listed in ${EQUIVALENT}, but noticed: ${told(one)}`);
    const files = new Set(mutants.map(({ file }) => file)).size;
    console.log(
      `${mutants.length} breaks of ${files} files in ${seconds} s: ${noticed} noticed, ${equivalent.length} change nothing (listed), ${survived.length} survived`,
    );
  }
  return survived.length + wronglyListed.length === 0 ? 0 : 1;
}
