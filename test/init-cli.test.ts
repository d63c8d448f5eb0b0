// `yumen init`: every template with every answer is fit to run and passes its own tests at once; answers are values and
// never YAML; nothing that exists is touched.

import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { Command } from "commander";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { type Answers, answersOf, TEMPLATES, type Template } from "../src/cli/init/answers.ts";
import { ask } from "../src/cli/init/ask.ts";
import { filled } from "../src/cli/init/fill.ts";
import { writePolicy } from "../src/cli/init/write.ts";
import { register } from "../src/cli/init.ts";
import { CannotRun } from "../src/cli/shown/cannot-run.ts";
import { uncovered } from "../src/cli/test/coverage.ts";
import { runSuites } from "../src/cli/test/report.ts";
import { readSuites } from "../src/cli/test/suite.ts";
import { loadLawData } from "../src/io/law-data.ts";
import { loadPolicy } from "../src/io/policy/load.ts";
import { NOW_MS, POLICIES } from "./sim/demo-world.ts";

const root = mkdtempSync(join(tmpdir(), "yumen-init-"));
afterAll(() => rmSync(root, { recursive: true }));
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

const AT = new Date(NOW_MS).toISOString();
const LAW = loadLawData(join(POLICIES, "law"));
const GIVEN = {
  exporter: "示例（上海）有限公司",
  recipient: "Far, Inc.",
  country: "US",
  contact: "privacy@far.example",
};

let made = 0;
async function written(answers: Answers): Promise<string> {
  const dir = join(root, `made-${++made}`);
  await writePolicy(join(POLICIES, "templates"), dir, answers, AT);
  return dir;
}

async function loaded(dir: string) {
  const result = await loadPolicy(dir, { law: LAW, nowMs: NOW_MS });
  if (!result.ok) throw new Error(result.problems.map(({ line, message }) => `${line}: ${message.en}`).join("\n"));
  return result;
}

const COMBINATIONS = Object.entries(TEMPLATES).flatMap(([template, { bases }]) =>
  bases.flatMap((basis) => ["yes", "no", "unknown"].map((ciio) => [template, basis, ciio] as const)),
);

describe("every template with every answer", () => {
  test.each(COMBINATIONS)("%s, basis %s, critical infrastructure %s", async (template, basis, ciio) => {
    const dir = await written(answersOf({ ...GIVEN, template, basis, ciio }));
    const { policy } = await loaded(dir);
    const { suites, problems } = await readSuites(dir);
    expect(problems).toEqual([]);
    const results = await runSuites(suites, policy);
    const wrong = results.flatMap(({ cases }) =>
      cases.flatMap(({ name, wrong }) => wrong.map((line) => `${name}: ${line}`)),
    );
    expect(wrong).toEqual([]);
    expect(uncovered(results, policy).rules).toEqual([]);
    // what was answered is what stands there
    const exporters = [...policy.exporters.values()];
    expect(new Set(exporters.map((one) => one.ciio))).toEqual(
      new Set([{ yes: true, no: false, unknown: "unknown" }[ciio]]),
    );
    expect(exporters.map(({ name }) => name)).toContain(GIVEN.exporter);
    expect([...policy.recipients.values()]).toMatchObject([
      { name: GIVEN.recipient, country: "US", contact: GIVEN.contact },
    ]);
    expect([...policy.purposes.values()].map((one) => one.basis.legalBasis)).toEqual([basis]);
    // nobody assessed anything yet, and the policy does not say so
    expect(policy.pipias.every(({ done }) => !done)).toBe(true);
  });
});

describe("answers are values", () => {
  test.each([
    ['A: {b}, "c" # d'],
    ["'- x"],
    ["yes"],
    ["null"],
    ["2026-01-01"],
    ["*anchor"],
    ["&a !!str x"],
    ["line\nbreak: true"],
    ["$country"],
    ["$" + "{overseas}"],
    ["名称：“引号”（有限）"],
    ["| >"],
    ["0x1F"],
  ])("%j comes back as it was typed", async (name) => {
    const typed = { template: "saas-crm", ciio: "no", basis: "consent", country: "SG" };
    const dir = await written(answersOf({ ...typed, exporter: name, recipient: name, contact: name }));
    const { policy } = await loaded(dir);
    expect(policy.exporters.get("company")!.name).toBe(name);
    expect(policy.recipients.get("recipient")).toMatchObject({ name, contact: name, country: "SG" });
    expect(policy.notices[0]!.missing).toEqual([]);
  });

  test("a placeholder that nobody knows is a mistake of the template", () => {
    const answers = answersOf({ ...GIVEN, template: "hr" });
    expect(() => filled("a: $nobody\n", answers, AT)).toThrow("$nobody");
    expect(filled("a: $company # c\nb: [{ for: { ciio: [no] }, x: 1 }]\n", answers, AT)).toBe(
      "a: 示例（上海）有限公司 # c\nb: []\n",
    );
  });
});

describe("refused", () => {
  test.each([
    [{}, "missing: --template --exporter --recipient --country --contact --basis"],
    [{ ...GIVEN, template: "blog" }, "--template: one of saas-crm"],
    [{ ...GIVEN, template: "hr", basis: "contract" }, "--basis: one of hr, consent"],
    [{ ...GIVEN, template: "hr", ciio: "maybe" }, "--ciio: one of yes, no, unknown"],
    [{ ...GIVEN, template: "hr", country: "Mars" }, "--country: two letters"],
    [{ ...GIVEN, template: "hr", country: "cn" }, "no export"],
    [{ ...GIVEN, template: "hr", exporter: " " }, "--exporter: a name is wanted"],
  ])("%o", (typed, says) => {
    expect(() => answersOf(typed)).toThrow(CannotRun);
    expect(() => answersOf(typed)).toThrow(says);
  });

  test("a folder with a policy in it is left alone; other files in it do not matter", async () => {
    const dir = join(root, "taken");
    mkdirSync(dir);
    writeFileSync(join(dir, "README.md"), "x");
    const answers = answersOf({ ...GIVEN, template: "hr" });
    await writePolicy(join(POLICIES, "templates"), dir, answers, AT);
    const before = readFileSync(join(dir, "yumen.yaml"), "utf8");
    await expect(writePolicy(join(POLICIES, "templates"), dir, { ...answers, exporter: "other" }, AT)).rejects.toThrow(
      "holds a policy already",
    );
    expect(readFileSync(join(dir, "yumen.yaml"), "utf8")).toBe(before);
    await expect(writePolicy(join(POLICIES, "templates"), join(dir, "README.md"), answers, AT)).rejects.toThrow(
      "no folder",
    );
  });
});

async function run(...args: readonly string[]) {
  const [out, err] = (["stdout", "stderr"] as const).map((stream) => {
    const text: string[] = [];
    vi.spyOn(process[stream], "write").mockImplementation((chunk) => text.push(String(chunk)) > 0);
    return text;
  });
  const program = new Command().exitOverride();
  register(program);
  await program.parseAsync(["init", ...args], { from: "user" });
  vi.restoreAllMocks();
  const code = process.exitCode;
  process.exitCode = undefined;
  return { out: out!.join(""), err: err!.join(""), code };
}

const FLAGS = [
  "--exporter",
  "甲",
  "--recipient",
  "B",
  "--country",
  "hk",
  "--contact",
  "c",
  "--basis",
  "consent",
  "--ciio",
  "no",
];

describe("the command", () => {
  test("writes, says what is left to do, and ends with the next three commands", async () => {
    const dir = join(root, "it's new");
    const { out, err, code } = await run(dir, "--template", "ai-product", ...FLAGS, "--lang", "en");
    expect([code, err]).toEqual([0, ""]);
    expect(readdirSync(dir).sort()).toEqual(["yumen.test.yaml", "yumen.yaml"]);
    const said = `'${dir.replace("'", "'\\''")}'`;
    expect(out.trimEnd().split("\n").slice(-3)).toEqual([
      `  yumen check ${said}`,
      `  yumen test ${said}`,
      `  yumen start --policies ${said}`,
    ]);
    expect(out).toMatch(/fit to run; \d+ things? left to do/);
  });

  test("again: exit 2 and nothing changes; --json for programs; zh", async () => {
    const dir = join(root, "twice");
    const first = await run(dir, "--template", "hr", ...FLAGS, "--json");
    expect([first.code, JSON.parse(first.out)]).toMatchObject([
      0,
      { ok: true, files: [join(dir, "yumen.test.yaml"), join(dir, "yumen.yaml")] },
    ]);
    const again = await run(dir, "--template", "hr", ...FLAGS, "--lang", "zh");
    expect([again.code, again.out, again.err.includes("一个文件也没有写")]).toEqual([2, "", true]);
  });

  test("without a terminal what is missing is named", async () => {
    const { code, err } = await run(join(root, "missing"), "--lang", "en");
    expect([code, err]).toEqual([2, expect.stringContaining("missing: --template --exporter")]);
    expect(existsSync(join(root, "missing"))).toBe(false);
  });
});

describe("on a terminal", () => {
  async function asked(lines: readonly string[], given: Record<string, string> = {}) {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const typed = ask(given, "en", { input, output });
    input.end(lines.map((line) => `${line}\n`).join(""));
    const answer = await typed.catch((error: unknown) => error);
    return { answer, shown: String(output.read()) };
  }

  test("five questions; numbers choose; an empty line takes what stands in brackets; nonsense is asked again", async () => {
    const { answer, shown } = await asked(["9", "2", "", "甲公司", "", "Far, Inc.", "mars", "us", "x@far.example", ""]);
    expect(answer).toEqual({
      ...{ template: "ai-product", exporter: "甲公司", ciio: "unknown" },
      ...{ recipient: "Far, Inc.", country: "US", contact: "x@far.example", basis: "consent" },
    });
    expect(shown.match(/\d\/5/g)).toHaveLength(7);
    expect(shown).toContain("two letters such as US is wanted");
  });

  test("what a flag said is not asked; an input that ends is no answer", async () => {
    const { answer } = await asked(["Far", "US", "c"], {
      template: "hr" as Template,
      exporter: "e",
      ciio: "no",
      basis: "hr",
    });
    expect(answer).toMatchObject({ recipient: "Far", basis: "hr" });
    expect((await asked(["1"])).answer).toBeInstanceOf(CannotRun);
  });
});
