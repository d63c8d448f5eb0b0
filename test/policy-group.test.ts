// policies/group: a group of companies with every kind of paper. It is fit to run, and its own cases need every rule
// and every paper of it.

import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { uncovered } from "../src/cli/test/coverage.ts";
import { runSuites, type SuiteResult, tally } from "../src/cli/test/report.ts";
import { readSuites } from "../src/cli/test/suite.ts";
import { loadLawData } from "../src/io/law-data.ts";
import { type Loaded, loadPolicy } from "../src/io/policy/load.ts";
import type { Policy } from "../src/words.ts";
import { NOW_MS, POLICIES } from "./sim/demo-world.ts";

const DIR = join(POLICIES, "group");
let loaded: Loaded;
let policy: Policy;
let results: readonly SuiteResult[];
beforeAll(async () => {
  loaded = await loadPolicy(DIR, { law: loadLawData(join(POLICIES, "law")), nowMs: NOW_MS });
  if (!loaded.ok)
    throw new Error(loaded.problems.map(({ file, line, message }) => `${file}:${line} ${message.en}`).join("\n"));
  policy = loaded.policy;
  const { suites, problems } = await readSuites(DIR);
  expect(problems).toEqual([]);
  results = await runSuites(suites, policy);
}, 60_000);

/** What runs out within weeks of the tests' day, and the ways that failed: it is there to be warned of. */
const MEANT =
  /\b(?:ex-booking|ex-rescue|ap-court|ftz-trade|ev-booking|ev-rescue|moj-letter|sc-analytics|sc-labelling-20\d\d)\b/;

test("it is warned of where that is meant, and nowhere else", () => {
  const warnings = loaded.ok ? loaded.warnings : [];
  expect(warnings.map(({ message }) => message.en).filter((text) => !MEANT.test(text))).toEqual([]);
  expect(warnings.length).toBeGreaterThan(0);
});

test("its cases pass, sixty and more", () => {
  expect(
    results.flatMap(({ cases }) => cases.flatMap(({ name, wrong }) => wrong.map((line) => `${name}: ${line}`))),
  ).toEqual([]);
  expect(tally(results).passed).toBeGreaterThanOrEqual(60);
});

test("every rule is reached, every paper is relied on", () => {
  expect(uncovered(results, policy)).toEqual({ rules: [], papers: [] });
});

test("without one paper some case fails: the cases would notice its loss", async () => {
  const { suites } = await readSuites(DIR);
  const mechanisms = policy.mechanisms.filter(({ id }) => id !== "gba-hk");
  const [, failed] = Object.values(tally(await runSuites(suites, { ...policy, mechanisms })));
  expect(failed).toBeGreaterThan(0);
});

describe("what it holds", () => {
  test("three exporters (one critical, one entrusted, one in a zone and in the Greater Bay Area), eight ways", () => {
    const exporters = [...policy.exporters.values()];
    expect([exporters.length, policy.destinations.size, policy.groups.size]).toEqual([3, 8, 1]);
    expect(exporters.filter(({ ciio }) => ciio === true)).toHaveLength(1);
    expect(exporters.filter(({ role }) => role === "entrusted_processor")).toHaveLength(1);
    expect(policy.ftz.map(({ exporters }) => exporters)).toEqual([
      exporters.filter(({ gba }) => gba).map(({ id }) => id),
    ]);
  });

  test("every type and every state of a mechanism, every ground of an exemption", () => {
    const types = new Set(policy.mechanisms.map(({ type }) => type));
    const states = new Set(policy.mechanisms.map(({ status = "active" }) => status));
    expect([...types].sort()).toEqual([
      "CERTIFICATION",
      "GBA_STANDARD_CONTRACT",
      "SECURITY_ASSESSMENT",
      "STANDARD_CONTRACT",
    ]);
    expect([...states].sort()).toEqual(["active", "failed", "pending", "revoked", "suspended", "terminated"]);
    expect(policy.exemptions.map(({ ground }) => ground).sort()).toEqual([
      "contract",
      "emergency",
      "hr",
      "statutory",
      "transit",
    ]);
  });
});
