// Test files run again and again in this process, each time on sources with one thing broken: bundled anew (tens of
// milliseconds), never written to disk. What vitest would need seconds for at each start. Law of this file: it knows no
// more of vitest than test, describe and expect; a test file that needs more fails before anything is broken, and is told.
import { createRequire } from "node:module";
import { join } from "node:path";
import vm from "node:vm";
import { rolldown } from "rolldown";

/** A broken loop may never end. */
const TEST_MS = 20_000;
const ENTRY = "\0tests";

/**
 * @param {string} root the folder that holds src/ and test/ @param {string[]} tests paths of test files under it
 * @returns {(file?: string, text?: string) => Promise<string | null>} runs all with `text` in place of that file: null
 * when every test passes, else what failed first
 */
export function suiteOf(root, tests) {
  const require = createRequire(join(root, "test/any.mjs"));
  // The same examples each time: a property that fails by chance would seem to notice everything.
  require("fast-check").configureGlobal({ endOnFailure: true, seed: 1 });
  const expect = expectOf(require);
  return async (file, text) => {
    const { vitest, collected } = collector(expect);
    try {
      const code = await bundle(root, tests, file, text);
      const load = new vm.Script(`(function (require, module, exports, __filename, __dirname) {${code}\n})`);
      const module = { exports: {} };
      const own = (id) => (id === "vitest" ? vitest : require(id));
      within(() => load.runInThisContext()(own, module, module.exports, join(root, "test/any.ts"), join(root, "test")));
    } catch (error) {
      return `loading: ${error.message}`;
    }
    for (const { name, run } of collected) {
      try {
        await within(run);
      } catch (error) {
        return `${name}: ${String(error?.message ?? error).split("\n")[0]}`;
      }
    }
    return null;
  };
}

async function bundle(root, tests, file, text) {
  const entry = {
    name: "tests",
    resolveId: (id) => (id === ENTRY ? id : null),
    load(id) {
      if (id === ENTRY) return tests.map((test) => `import ${JSON.stringify(join(root, test))};`).join("\n");
      return file !== undefined && id === join(root, file) ? text : null;
    },
  };
  const built = await rolldown({
    ...{ cwd: root, input: ENTRY, platform: "node", treeshake: false, logLevel: "silent", plugins: [entry] },
    external: /^[^./\0]/,
  });
  try {
    const { output } = await built.generate({ format: "cjs", codeSplitting: false });
    return output[0].code;
  } finally {
    await built.close();
  }
}

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
  const collected = [];
  const path = [];
  const describe = (name, body) => {
    path.push(name);
    body();
    path.pop();
  };
  const test = (name, run) => collected.push({ name: [...path, name].join(" > "), run: () => run() });
  const each = (register) => (rows) => (name, run) => {
    for (const row of rows) register(name, () => run(...(Array.isArray(row) ? row : [row])));
  };
  describe.each = each(describe);
  test.each = each(test);
  return { vitest: { describe, test, it: test, expect }, collected };
}
