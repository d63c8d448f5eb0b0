// docs/what-it-finds.md says what the registry and the last quality runs say; the report keeps what it was not asked about.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const at = (path: string) => new URL(`../${path}`, import.meta.url);
const { page, PAGE } = (await import(at("scripts/what-it-finds.mjs").href)) as {
  readonly PAGE: string;
  page(from: "src", results?: readonly object[]): Promise<string>;
};
const { withSection } = (await import(at("bench/sections.mjs").href)) as {
  withSection(page: string, name: string, text: string): string;
};

test("docs/what-it-finds.md is up to date: node scripts/what-it-finds.mjs", async () => {
  expect(readFileSync(at(PAGE), "utf8")).toBe(await page("src"));
});

test("a run's figures stand beside their kinds, low ones among the misses", async () => {
  const kinds = [
    { kind: "CN_ID", gold: 4, f1: 1, masked: 1 },
    { kind: "EMAIL", gold: 4, f1: 0.8, masked: 0.5 },
  ];
  const evasions = [
    { evasion: "circled", gold: 2, found: 1, masked: 1 },
    { evasion: "dashes", gold: 2, found: 2, masked: 2 },
  ];
  const about = { corpus: "dev", command: "npm run x", date: "2026-01-02T00:00:00Z", commit: "abc" };
  const written = await page("src", [{ ...about, runs: [{ finder: "yumen", corpus: "dev", kinds, evasions }] }]);
  const row = (type: string) => written.split("\n").find((line) => line.startsWith(`| \`${type}\` `));
  expect(row("cn-id")).toMatch(/\| 100\.0 · 100\.0 +\|$/);
  expect(row("email")).toMatch(/\| 80\.0 · 50\.0 +\|$/);
  expect(written).toContain("- dev, kinds not wholly covered: EMAIL 50.0 %.");
  expect(written).toContain("- dev, disguises not wholly covered: circled 50.0 %.");
  expect(written).toContain("dev: `npm run x`, 2026-01-02, commit abc.");
});

test("a section is replaced alone, and a page without marks is the gate's", () => {
  const first = withSection("# The gate\n\ntext\n", "find", "# Find\n");
  const both = withSection(first, "quality", "# Quality");
  expect([...both.matchAll(/^<!-- section: (\w+) -->$/gm)].map((m) => m[1])).toEqual(["gate", "quality", "find"]);
  expect(both).toContain("# The gate\n\ntext\n");
  expect(withSection(both, "quality", "# Quality")).toBe(both);
  expect(withSection(both, "gate", "# New")).not.toContain("text");
  expect(withSection(both, "gate", "# New")).toContain("# Find\n");
});
