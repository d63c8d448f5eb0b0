// Switches of the law in a policy: what `yumen check` says of one that changes nothing, and which way each goes.

import { mkdtempSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { SETTINGS } from "../src/io/policy/compare/members.ts";
import { loadPolicy } from "../src/io/policy/load.ts";
import { render } from "../src/io/policy/problem.ts";
import type { LawData } from "../src/words.ts";

const law: LawData = { revisions: [], calendar: { off: new Set(), on: new Set(), knownUntil: "2026-12-31" } };
const dir = mkdtempSync(join(tmpdir(), "yumen-switches-"));
afterAll(() => rm(dir, { recursive: true, force: true }));

async function loaded(switches: string) {
  writeFileSync(join(dir, "p.yaml"), `apiVersion: yumen/v1\n${switches}`);
  const result = await loadPolicy(dir, { law, nowMs: Date.parse("2026-11-22T00:00:00Z"), env: {} });
  return result.ok ? result.warnings : result.problems;
}

describe("smallHandlerRelief", () => {
  test("on: its place is warned of, in both languages, and that it changes nothing", async () => {
    const [problem, ...more] = await loaded("switches:\n  hrRequireBoth: true\n  smallHandlerRelief: true\n");
    expect(more).toEqual([]);
    expect(problem).toMatchObject({ code: "switch_unmodelled", severity: "warning", line: 4 });
    expect(render(problem!, "en")).toContain("smallHandlerRelief changes no judgement");
    expect(render(problem!, "zh")).toContain("smallHandlerRelief 不改变任何判断");
  });
  test.each(["switches: { smallHandlerRelief: false }", "switches: { hrRequireBoth: false }", ""])(
    "%s: nothing",
    async (text) => {
      expect(await loaded(`${text}\n`)).toEqual([]);
    },
  );
});

test("the other new ones are known; a misspelt one is not", async () => {
  const text = "{ automotiveVolumeImportant: true, assessmentRunsThreeYears: true, gbaAboveLines: true }";
  expect(await loaded(`switches: ${text}\n`)).toEqual([]);
  expect(await loaded("switches: { gbaAboveLine: true }\n")).toMatchObject([{ severity: "error" }]);
});

test("an exporter's sector: one of two, or not said", async () => {
  const exporter = (sector: string) => loaded(`exporters: [{ id: shop, name: Shop, ciio: false${sector} }]\n`);
  expect(await exporter("")).toEqual([]);
  expect(await exporter(", sector: automotive")).toEqual([]);
  expect(await exporter(", sector: cars")).toMatchObject([{ severity: "error" }]);
});

test.each([
  ["automotiveVolumeImportant", "tightens", "loosens"],
  ["assessmentRunsThreeYears", "loosens", "tightens"],
  ["gbaAboveLines", "loosens", "tightens"],
  ["smallHandlerRelief", "neutral", "neutral"],
])("%s switched on %s, switched off %s", (name, on, off) => {
  const direction = SETTINGS[`switches.${name}`]!;
  expect([direction(false, true), direction(true, false)]).toEqual([on, off]);
});
