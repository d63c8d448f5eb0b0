// `npm run mutants`: breaks one line at a time, in a copy, and sees that a test fails. A mutant that survives is a law
// that nothing holds. Each row: file, what stands there, what is put there instead, the tests that must notice.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "./setup.mjs";

const MUTANTS = [
  [
    "a throwing rule is skipped",
    "src/decide/opinions.ts",
    /effect: "forbid"/,
    'effect: "permit"',
    ["decide", "decide-laws"],
  ],
  [
    "E7 holds at exactly 100,000",
    "src/law/routes.ts",
    / < (\w+\("nonSensitiveContract"|[\w.]*[cC]ontract\w*)/,
    " <= $1",
    ["law"],
  ],
  [
    "sends before the entry is durable",
    "src/io/perform.ts",
    /await world\.ledger\.append\(texts\[0\]!\)/,
    "void world.ledger.append(texts[0]!)",
    ["sim"],
  ],
  [
    "the count is not awaited",
    "src/io/perform.ts",
    /const admitted = await world\.people\.admit\(/,
    "const admitted = { ok: true, counts: facts.counts, added: [] } as const; void world.people.admit(",
    ["sim"],
  ],
  ["the year is not asked for", "src/law/year.ts", /8 \* 3_?600_?000|8 \* HOUR_MS|28_?800_?000/, "0", ["law"]],
  ["an ID card's check character is not looked at", "src/find/shared/resident.ts", /% 11/, "% 1", ["find"]],
  [
    "no border before a number",
    "src/find/shared/pattern.ts",
    /isBorderBefore\(text, start\) && isBorderAfter/,
    "isBorderAfter",
    ["find"],
  ],
  ["a duplicate member passes", "src/decode/json/members.ts", /return differ;/, "return true;", ["decode-json"]],
  [
    "what is held at a lane's end is lost",
    "src/restore/sse.ts",
    /return join\(\[encode\(this\.#flush\("all"\)\), last\]\);/,
    "return last;",
    ["restore"],
  ],
  ["a leaf is hashed without its prefix", "src/record/tree.ts", /0x00|LEAF_PREFIX/, "0x01", ["record", "ledger"]],
  ["a withdrawal loses a tie", "src/io/stores/embedded/fold.ts", /"withdraw"/, '"expire"', ["stores"]],
  ["the residual scan finds nothing", "src/gate.ts", /\?\? null;\n\}/, "&& null;\n}", ["gate"]],
  ["any header leaves", "src/flow/headers.ts", /ALWAYS\.has\(name\) \|\|/, "true ||", ["flow"]],
  [
    "an assertion is not checked",
    "src/flow/flow.ts",
    /asserted\[what\] !== null && !caller\.mayAssert\.includes\(what\)/,
    "false",
    ["flow"],
  ],
  [
    "a pseudonym has no secret",
    "src/io/keys.ts",
    /base32\(pseudonym\(parts\(scope, type, canonical\), "hex"\)\)/,
    'base32("0".repeat(64))',
    ["keys"],
  ],
  ["the caller's id is not in the pseudonym's scope", "src/gate.ts", /\$\{arrival\.caller\}\\u001f/, "", ["gate"]],
];

const copy = mkdtempSync(join(tmpdir(), "yumen-mutants-"));
for (const name of [
  "src",
  "test",
  "policies",
  "docs",
  "package.json",
  "tsconfig.json",
  "tsconfig.build.json",
  "vitest.config.ts",
  "README.md",
])
  cpSync(join(ROOT, name), join(copy, name), { recursive: true, filter: (path) => !path.includes("node_modules") });
symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));

let survived = 0;
for (const [what, file, from, to, tests] of MUTANTS) {
  const path = join(copy, file);
  const text = readFileSync(path, "utf8");
  const mutated = text.replace(from, to);
  if (mutated === text) {
    console.log(`?  ${what}: nothing to break in ${file}`);
    survived++;
    continue;
  }
  writeFileSync(path, mutated);
  const args = [
    "--no-install",
    "vitest",
    "run",
    "--project",
    "unit",
    "--bail",
    "1",
    ...tests.map((name) => `test/${name}.test.ts`),
  ];
  const { status } = spawnSync("npx", args, { cwd: copy, stdio: "ignore" });
  writeFileSync(path, text);
  if (status === 0) survived++;
  console.log(`${status === 0 ? "SURVIVED" : "caught  "}  ${what}`);
}
rmSync(copy, { recursive: true, force: true });
console.log(`${MUTANTS.length - survived} caught, ${survived} survived`);
process.exitCode = survived === 0 ? 0 : 1;
