// Asks the tests of each break: only those that come by it, and those first which noticed its neighbours. Law of this
// file: what a test comes by is measured with the test alone on modules just loaded, so nothing another test has left
// behind hides a break from it; a test that does not come by a switch cannot tell how it stands.
import { join } from "node:path";
import { brokenText } from "./listed.mjs";
import { askedMaxOf } from "./suite.mjs";

/** A test that takes longer is asked when nothing else noticed. */
const SLOW_MS = 100;
/** So many that noticed last are asked first: breaks stand beside each other, and so do the tests of them. */
const LAST_MAX = 6;

/**
 * Runs every test by itself. @returns by number of break, the tests that come by it; and the names of tests that fail
 * while nothing is broken: a bundle gives them less than they need, and they are not asked
 * @typedef {{ file: string, index: number, from: number, name: string, ms: number, times: number }} Known
 */
export async function coverageOf(suite, mutants, root) {
  const covering = mutants.map(() => []);
  const unfit = [];
  const figures = mutants.flatMap(({ file }, number) =>
    file.endsWith(".yaml") ? [{ path: join(root, file), number }] : [],
  );
  for (const file of suite.files) {
    suite.switches.set({});
    const count = suite.load(file).length;
    for (let index = 0; index < count; index += 1) {
      const known = await runAlone(suite, file, index);
      if (typeof known === "string") {
        unfit.push(known);
        continue;
      }
      for (const [number, asked] of suite.switches.asked.entries()) if (asked === 1) covering[number].push(known);
      for (const { path, number } of figures) if (suite.switches.read.has(path)) covering[number].push(known);
    }
  }
  return { covering, unfit };
}

/** A test that needs those before it in its file is run after them, and comes by what they come by. */
async function runAlone(suite, file, index) {
  for (const from of [index, 0]) {
    suite.switches.set({});
    const tests = suite.load(file).slice(from, index + 1);
    const before = process.cpuUsage();
    const failures = [];
    for (const test of tests) failures.push(await failureOf(suite, test));
    const { user, system } = process.cpuUsage(before);
    const [name, ms, times] = [tests.at(-1).name, (user + system) / 1000, suite.switches.times];
    if (failures.every((one) => one === null)) return { file, index, from, name, ms, times };
    if (from === 0) return `${file}: ${name}: ${failures.at(-1)}`;
  }
}

async function failureOf(suite, { run }) {
  try {
    await suite.within(run);
    return null;
  } catch (error) {
    return String(error?.message ?? error).split("\n")[0];
  }
}

/**
 * @returns {(mutant: object, number: number, andSlow: boolean) => Promise<string | null>} what noticed the break, null:
 * nothing; `andSlow`: tests of many random cases are asked as well
 */
export function askerOf(root, suite, covering) {
  let last = [];
  return async (mutant, number, andSlow) => {
    const known = covering[number];
    const isData = mutant.file.endsWith(".yaml");
    const how = isData ? { data: { path: join(root, mutant.file), text: brokenText(mutant) } } : { on: number };
    const first = last.filter((one) => known.includes(one));
    const rest = known.filter((one) => !first.includes(one));
    const slow = rest.filter((one) => andSlow && !isQuick(one)).sort((a, b) => a.ms - b.ms);
    for (const round of [...grouped(first), ...grouped(rest.filter(isQuick)), ...alone(slow)]) {
      const noticed = await noticedBy(suite, how, round);
      if (noticed === null) continue;
      last = [noticed.test, ...last.filter((one) => one !== noticed.test)].slice(0, LAST_MAX);
      return `${noticed.test.file}: ${noticed.test.name}: ${noticed.failed}`;
    }
    return null;
  };
}

const isQuick = ({ ms }) => ms < SLOW_MS;
const alone = (tests) => tests.map((one) => [one]);

/** Tests of one file share a load. The quickest files first. */
function grouped(tests) {
  const files = new Map();
  for (const test of tests) files.set(test.file, [...(files.get(test.file) ?? []), test]);
  const ms = (round) => round.reduce((sum, test) => sum + test.ms, 0);
  return [...files.values()].sort((a, b) => ms(a) - ms(b));
}

/** Tests of one file, on modules loaded with the break in them. */
async function noticedBy(suite, how, round) {
  suite.switches.set({ ...how, askedMax: askedMaxOf(round[0].times) });
  let tests;
  try {
    tests = suite.load(round[0].file);
  } catch (error) {
    return { test: round[0], failed: `loading: ${error.message}` };
  }
  for (const test of round) {
    suite.switches.allow(askedMaxOf(test.times));
    for (const one of tests.slice(test.from, test.index + 1)) {
      const failed = await failureOf(suite, one);
      if (failed !== null) return { test, failed };
    }
  }
  return null;
}
