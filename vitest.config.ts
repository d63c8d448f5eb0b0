import { readdirSync, readFileSync } from "node:fs";
import { defineConfig } from "vitest/config";

// unit and apart: what `npm run check` runs, under a minute. deep: many universes, every fault at every step, megabytes
// of hostile text, whole commands on whole folders. e2e: SDKs, kill loops, real servers. `npm test` runs all four.
const DEEP = [
  "recount",
  "sim",
  "law-model",
  "seats",
  "policy-hostile",
  "ledger-verify",
  "find-stops",
  "find-inflate",
  "json-fuzz",
  "attack",
  "ledger-batch",
  "stores-upgrade",
  "ledger-crash",
  "ledger-recycle",
  "overseas-hostile",
  "scanner",
  "find-linear",
  "find-operations",
  "decode-hostile",
  "providers-streams",
  "act-own-words",
  "dry-run",
  "policy-update",
  "policy-suites",
  "policy-compare",
  "policy-signed",
  "init-cli",
  "replay-cli",
  "try-cli",
  "doctor",
  "shadow",
  "env-cli",
  "config-cli",
  "policy-cli",
  "policy-covering",
  "heavy",
  "laws-ledger",
  "stores-durable",
  "counting",
  "counts-cli",
  "expiry",
  "orders-cli",
  "duties-cli",
  "consent-import",
  "consent-shapes",
  "admin-bulk",
  "two-people",
  "files",
  "find-clauses",
  "serve-reply",
  "dial",
  "quality",
  "route",
].map((name) => `test/${name}.test.ts`);

/**
 * A file that mocks, starts a process or a thread, or holds a socket, a ledger or a watch has a process of its own. The
 * others leave nothing behind: they share one, and load the stages once for all, which is a third of their time.
 */
const HOLDS = [
  /\bvi\b|node:(?:child_process|worker_threads)|serve-world|universe/,
  /\/src\/(?:main|cli|io\/(?:admin|dial|extract|heavy|ledger|overseas|serve|stores|telemetry|policy\/watch))\b/,
];
const APART = readdirSync("test")
  .filter((name) => name.endsWith(".test.ts"))
  .map((name) => `test/${name}`)
  .filter((path) => !DEEP.includes(path) && HOLDS.some((held) => held.test(readFileSync(path, "utf8"))));

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/e2e/**", "test/sdk/**", ...DEEP, ...APART],
          isolate: false,
          testTimeout: 20_000,
        },
      },
      {
        test: { name: "apart", include: APART, testTimeout: 20_000 },
      },
      {
        test: { name: "deep", include: DEEP, testTimeout: 60_000 },
      },
      {
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
