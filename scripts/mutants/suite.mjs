// Test files that run again and again in this process, each time as if just started: bundled once, compiled once, and
// loaded anew for each break, so that nothing a broken run has remembered reaches the next. Law of this file: it knows no
// more of vitest than test, describe and expect; a test that needs more fails before anything is broken, is told, and not asked.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import vm from "node:vm";
import { rolldown } from "rolldown";

const OWN_LOADER = vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER;

/** A loop that asks no switch and does not end; on a busy machine whole tests take long. */
const TEST_MS = 180_000;
/** A broken loop may never end: so many switches more than the whole test asked, and sixty times as many, is for ever. */
const ASKED_MORE = 100_000;

/**
 * @typedef {{ name: string, index: number, run: () => unknown }} Test
 * @typedef {{ on: number, data: { path: string, text: string } | null, askedMax: number }} Switches
 * `on`: the break that is on, -1 none; `data`: a file that reads otherwise; `askedMax`: after so many it does not end
 */

/**
 * @param {string} root the folder that holds src/ and test/ @param {readonly string[]} files test files under it
 * @param {ReadonlyMap<string, string>} sources path under root → text with its switches @param {number} count of switches
 */
export async function suiteOf(root, files, sources, count) {
  const require = createRequire(join(root, "test/any.mjs"));
  // The same examples each time: a property that fails by chance would seem to notice everything.
  require("fast-check").configureGlobal({ endOnFailure: true, seed: 1 });
  const switches = switchboard(count, require("node:fs"));
  const scripts = new Map();
  for (const file of files) scripts.set(file, await compiled(root, file, sources));
  const expect = expectOf(require);

  /** @returns {Test[]} the tests of a file, every module of it new */
  function load(file) {
    const { vitest, tests } = collector(expect);
    const own = (id) => (id === "vitest" ? vitest : id === "node:fs" ? switches.fs : require(id));
    const module = { exports: {} };
    const [name, dir] = [join(root, "test/any.ts"), join(root, "test")];
    within(() => scripts.get(file).runInThisContext()(own, module, module.exports, name, dir, switches.on));
    return tests;
  }
  return { files, load, within, switches };
}

async function compiled(root, file, sources) {
  const switched = {
    name: "switched",
    // Bundled into one text, a module would take the bundle's place for its own.
    load(id) {
      if (!id.startsWith(join(root, "/")) || !id.endsWith(".ts")) return null;
      const text = sources.get(relative(root, id)) ?? readFileSync(id, "utf8");
      return text
        .replaceAll("import.meta.url", () => JSON.stringify(pathToFileURL(id).href))
        .replaceAll("import.meta.dirname", () => JSON.stringify(dirname(id)));
    },
  };
  const built = await rolldown({
    ...{ cwd: root, input: join(root, file), platform: "node", treeshake: false, logLevel: "silent" },
    ...{ plugins: [switched], external: /^[^./\0]/ },
  });
  try {
    const { output } = await built.generate({ format: "cjs", codeSplitting: false });
    const head = "(function (require, module, exports, __filename, __dirname, __on) {";
    return new vm.Script(`${head}${output[0].code}\n})`, { filename: file, importModuleDynamically: OWN_LOADER });
  } finally {
    await built.close();
  }
}

/** Which break is on, and which switches were asked. */
function switchboard(count, fs) {
  const board = {
    asked: new Uint8Array(count),
    times: 0,
    /** @param {Partial<Switches>} to */
    set({ on = -1, data = null, askedMax = Number.POSITIVE_INFINITY }) {
      active = on;
      instead = data;
      max = askedMax;
      board.times = 0;
      board.read.clear();
      board.asked.fill(0);
    },
    /** @param {number} askedMax for what comes now */
    allow(askedMax) {
      board.times = 0;
      max = askedMax;
    },
    read: new Set(),
    on(number) {
      board.times += 1;
      if (board.times > max) throw new Error("does not end");
      board.asked[number] = 1;
      return number === active;
    },
    fs: {
      ...fs,
      readFileSync(path, ...rest) {
        const name = resolve(path instanceof URL ? path.pathname : String(path));
        board.read.add(name);
        return name === instead?.path ? instead.text : fs.readFileSync(path, ...rest);
      },
    },
  };
  let active = -1;
  let instead = null;
  let max = Number.POSITIVE_INFINITY;
  return board;
}

/** How many switches a test may ask that asked so many while whole. @param {number} times */
export const askedMaxOf = (times) => times * 60 + ASKED_MORE;

const CALL = new vm.Script("globalThis[Symbol.for('yumen.mutants.call')]()");

/** Calls it; ends a loop that does not end by itself. */
function within(call) {
  globalThis[Symbol.for("yumen.mutants.call")] = call;
  return CALL.runInThisContext({ timeout: TEST_MS });
}

/** vitest's own expect, put together as vitest does. */
function expectOf(require) {
  const { chai, GLOBAL_EXPECT: _, ...given } = require(
    createRequire(require.resolve("vitest")).resolve("@vitest/expect"),
  );
  for (const plugin of [given.JestExtend, given.JestChaiExpect, given.JestAsymmetricMatchers]) chai.use(plugin);
  const expect = (value, message) => chai.expect(value, message);
  Object.assign(expect, chai.expect, globalThis[given.ASYMMETRIC_MATCHERS_OBJECT]);
  given.setState({ assertionCalls: 0, isExpectingAssertions: false, testPath: "", currentTestName: "" }, expect);
  return expect;
}

function collector(expect) {
  const tests = [];
  let group = [];
  const describe = (name, body) => {
    group = [...group, name];
    body();
    group = group.slice(0, -1);
  };
  const test = (name, run) => {
    tests.push({ name: [...group, name].join(" > "), index: tests.length, run: () => run() });
  };
  const each = (register) => (rows) => (name, run) => {
    for (const row of rows) register(name, () => run(...(Array.isArray(row) ? row : [row])));
  };
  describe.each = each(describe);
  test.each = each(test);
  return { vitest: { describe, test, it: test, expect }, tests };
}
