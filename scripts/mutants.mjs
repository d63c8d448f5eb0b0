// `npm run mutants`: breaks one line at a time, in a copy, and sees that a test fails. A mutant that survives is a law
// that nothing holds. Each row: file, what stands there, what is put there instead, the tests that must notice.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "./setup.mjs";

const MUTANTS = [
  [
    "a throwing rule permits",
    "src/decide/opinions.ts",
    'return forbid(rule, [{ ...own("RULE_FAILED"), about: rule }]);',
    'return { rule, effect: "permit", actions: ["forward"], hide: [], reasons: [] };',
    ["decide", "decide-laws"],
  ],
  [
    "E7 holds at exactly 100,000",
    "src/law/routes.ts",
    "s.counts.nonSensitive < s.law.lines.exemptBelow",
    "s.counts.nonSensitive <= s.law.lines.exemptBelow",
    ["law"],
  ],
  [
    "the year is London's",
    "src/law/year.ts",
    "const BEIJING_MS = 8 * HOUR_MS",
    "const BEIJING_MS = 0 * HOUR_MS",
    ["law"],
  ],
  [
    "sends before the entry is durable",
    "src/io/perform.ts",
    "await ledger.append(texts[0]!)",
    "void ledger.append(texts[0]!).catch(() => {})",
    ["sim"],
  ],
  [
    "leaves without counting",
    "src/io/perform.ts",
    "return strangers.length === 0 ? settled",
    "return strangers.length >= 0 ? settled",
    ["sim"],
  ],
  [
    "an ID card's check character is not looked at",
    "src/find/shared/resident.ts",
    "return CHECKS[sum % 11] === id[17];",
    "return sum >= 0;",
    ["find", "quality-cases"],
  ],
  [
    "no border before a number",
    "src/find/anchors/starts.ts",
    "export function isBorderBefore(text: string, start: number): boolean {",
    "export function isBorderBefore(text: string, start: number): boolean {\n  if (start >= 0) return true;",
    ["find", "quality-cases"],
  ],
  [
    "a duplicate member passes",
    "src/decode/json/members.ts",
    "return differ;",
    "return differ || true;",
    ["decode-json"],
  ],
  [
    "what is held at a stream's end is lost",
    "src/restore/sse.ts",
    'return join([encode(this.#flush("all")), last]);',
    "return last;",
    ["restore"],
  ],
  [
    "a node is hashed as a leaf",
    "src/record/tree.ts",
    "Buffer.alloc(1 + 2 * HASH_BYTES, 0x01)",
    "Buffer.alloc(1 + 2 * HASH_BYTES, 0x00)",
    ["record", "ledger"],
  ],
  ["a withdrawal loses a tie", "src/io/stores/embedded/fold.ts", "withdraw: 3", "withdraw: -1", ["stores"]],
  [
    "what leaves is not read once more",
    "src/gate.ts",
    "if (left === null) return",
    "if (left === null || true) return",
    ["gate"],
  ],
  ["any header leaves", "src/flow/headers.ts", "ALWAYS.has(name) ||", 'name !== "" ||', ["flow"]],
  [
    "an assertion is not checked",
    "src/flow/flow.ts",
    "!caller.mayAssert.includes(what)",
    "caller.mayAssert.includes(what) && false",
    ["flow"],
  ],
  [
    "a pseudonym has no secret",
    "src/io/keys/derived.ts",
    'base32(pseudonym(parts(scope, type, canonical), "hex"))',
    'base32(parts(scope, type, canonical).length.toString(16).padStart(64, "0"))',
    ["keys"],
  ],
  [
    "a kind is not asked where its digits fit",
    "src/find/anchors/rows.ts",
    "if (!mayBegin(",
    "if (mayBegin(",
    ["find-clauses"],
  ],
  [
    "a label is heard only from nearby",
    "src/find/anchors/heard.ts",
    "const BEFORE_BYTES = BEFORE_UNITS * BYTES_OF_UNIT;",
    "const BEFORE_BYTES = 0;",
    ["find-clauses"],
  ],
  ["two callers share a pseudonym", "src/gate.ts", "arrival.caller}", "arrival.method}", ["gate"]],
  ["images pass unread", "src/decode/decode.ts", "if (opaque < 0 &&", "if (opaque < 1e9 &&", ["decode-opaque"]],
  [
    "a member's name alone exempts base64",
    "src/decode/json/sealed.ts",
    'roleOf(pointer) !== "fixed"',
    'roleOf(pointer) === "none"',
    ["decode-sealed"],
  ],
  [
    "pieces of a number in the query are not put together",
    "src/decode/head.ts",
    "values.length > 1",
    "values.length > 99",
    ["decode-readings"],
  ],
  ["a signature over a body is not seen", "src/flow/signed.ts", "SIGNATURE.test(text)", "false", ["flow-credentials"]],
  [
    "a child is judged like anybody",
    "src/flow/people.ts",
    "findings.some((i) => minors.includes(i))",
    "false",
    ["gate-minors"],
  ],
  [
    "nobody need sign for what nobody read",
    "src/decide/rules/opaque/rule.ts",
    "if (unsigned.length === 0)",
    "if (unsigned.length < 1e9)",
    ["files-gate"],
  ],
  [
    "a zip may hold bytes of no entry",
    "src/io/extract/zip/directory.ts",
    "if (!later ? stop !== end",
    "if (!later ? stop > end",
    ["files"],
  ],
  [
    "a stage reaches into io",
    "src/flow/people.ts",
    "import type {",
    'import "../io/clock.ts";\nimport type {',
    ["tidy"],
  ],
];

const copy = mkdtempSync(join(tmpdir(), "yumen-mutants-"));
for (const name of [
  "src",
  "test",
  "models",
  "policies",
  "docs",
  "bench",
  "scripts",
  "package.json",
  "tsconfig.json",
  "tsconfig.build.json",
  "vitest.config.ts",
  "README.md",
])
  cpSync(join(ROOT, name), join(copy, name), { recursive: true, filter: (path) => !path.includes("node_modules") });
symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));

/** @returns whether the named unit tests pass in the copy. */
function pass(tests) {
  const files = tests.map((name) => `test/${name}.test.ts`);
  const args = ["--no-install", "vitest", "run", "--project=!e2e", "--bail", "1", ...files];
  return spawnSync("npx", args, { cwd: copy, stdio: "ignore" }).status === 0;
}

// A copy in which tests fail anyway would catch everything.
if (!pass([...new Set(MUTANTS.flatMap(([, , , , tests]) => tests))])) {
  console.error("the tests fail before anything is broken: see `npm run check`");
  process.exit(2);
}
let survived = 0;
for (const [what, file, from, to, tests] of MUTANTS) {
  const path = join(copy, file);
  const text = readFileSync(path, "utf8");
  const mutated = text.replace(from, () => to);
  if (mutated === text) {
    console.log(`?  ${what}: nothing to break in ${file}`);
    survived++;
    continue;
  }
  writeFileSync(path, mutated);
  const missed = pass(tests);
  writeFileSync(path, text);
  if (missed) survived++;
  console.log(`${missed ? "SURVIVED" : "caught  "}  ${what}`);
}
rmSync(copy, { recursive: true, force: true });
console.log(`${MUTANTS.length - survived} caught, ${survived} survived`);
process.exitCode = survived === 0 ? 0 : 1;
