import { defineConfig } from "vitest/config";

// unit: what `npm run check` runs, under a minute. deep: every fault at every step, megabytes of hostile text. e2e: SDKs,
// kill loops, real servers. `npm test` runs all three.
const DEEP = ["ledger-crash", "ledger-recycle", "overseas-hostile", "find-linear", "decode-hostile"].map(
  (name) => `test/${name}.test.ts`,
);

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/e2e/**", "test/sdk/**", ...DEEP],
          testTimeout: 20_000,
        },
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
