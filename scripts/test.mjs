// `npm test`: sets up what is missing and runs every test; the last line is `N passed, N failed`.
// Arguments go to vitest: `npm test -- test/find.test.ts`.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build, install, ROOT } from "./setup.mjs";

const args = process.argv.slice(2);
install();
if (!args.includes("--project=unit")) for (const folder of ["test/sdk", "scripts/scanner"]) install(join(ROOT, folder));
build();

const report = join(ROOT, "test/.out/report.json");
mkdirSync(join(ROOT, "test/.out"), { recursive: true });
rmSync(report, { force: true });
const run = [
  "--no-install",
  "vitest",
  "run",
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${report}`,
  ...args,
];
const { status } = spawnSync("npx", run, { cwd: ROOT, stdio: "inherit" });

let counts = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numFailedTestSuites: 0 };
try {
  counts = JSON.parse(readFileSync(report, "utf8"));
} catch {
  console.error("vitest wrote no report: it did not run to its end");
}
// A file that fails to load fails no single test: it counts as one.
const failed = counts.numFailedTests || (status === 0 ? 0 : Math.max(1, counts.numFailedTestSuites));
const skipped = counts.numPendingTests > 0 ? `, ${counts.numPendingTests} skipped` : "";
console.log(`${counts.numPassedTests} passed, ${failed} failed${skipped}`);
process.exitCode = failed > 0 || counts.numPassedTests === 0 ? 1 : (status ?? 1);
