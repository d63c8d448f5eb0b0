// `yumen check` and `yumen test`: exit codes, what is printed where, and the demo's own cases.

import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { cp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { register as check, languageOf, variable } from "../src/cli/check.ts";
import { compare } from "../src/cli/test/compare.ts";
import { factsOf } from "../src/cli/test/facts.ts";
import { junit } from "../src/cli/test/junit.ts";
import type { SuiteResult } from "../src/cli/test/report.ts";
import type { Seen } from "../src/cli/test/run.ts";
import { readSuites } from "../src/cli/test/suite.ts";
import { register as policyTest } from "../src/cli/test.ts";
import type { Keys, PersonKey } from "../src/words.ts";
import { ranCommand } from "./command.ts";

const root = mkdtempSync(join(tmpdir(), "yumen-policy-cli-"));
afterAll(() => rm(root, { recursive: true, force: true }));
afterEach(() => {
  process.exitCode = undefined;
  vi.restoreAllMocks();
});

const yumen = (...argv: string[]) => ranCommand([check, policyTest], argv);

let copies = 0;
async function demoWith(change: (text: string) => string, file = "yumen.yaml"): Promise<string> {
  const dir = join(root, `demo-${++copies}`);
  await cp("policies/demo", dir, { recursive: true });
  const text = readFileSync(join(dir, file), "utf8");
  const changed = change(text);
  expect(changed).not.toBe(text);
  writeFileSync(join(dir, file), changed);
  return dir;
}

describe("yumen check", () => {
  test("a fit policy: exit 0, one line with the hash", async () => {
    const { code, out, err } = await yumen("check", "policies/demo", "--lang", "en");
    expect(err).toBe("");
    expect(out).toMatch(/^policies\/demo: fit to run · 0 errors, 0 warnings · sha256:[0-9a-f]{64}\n$/);
    expect(code).toBe(0);
  });

  test("a mistake: exit 1, the place on stderr, in the language asked", async () => {
    const dir = await demoWith((text) => text.replace("action: pseudonymize", "action: pseudonymise"));
    const { code, out, err } = await yumen("check", dir, "--lang", "zh");
    expect(code).toBe(1);
    expect(err).toContain("是想写 pseudonymize 吗？");
    expect(err).toMatch(/yumen\.yaml:\d+:13 {2}/);
    expect(out).toMatch(/不可用 · 1 个错误，0 个警告\n$/);
  });

  test("--json: one object, the same exit code", async () => {
    const dir = await demoWith((text) => text.replace("recipient: openai", "recipient: opena"));
    const { code, out, err } = await yumen("check", dir, "--json", "--lang", "en");
    expect(code).toBe(1);
    expect(err).toBe("");
    const { ok, hash, problems } = JSON.parse(out);
    expect([ok, hash]).toEqual([false, null]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ code: "recipients_unknown", severity: "error", column: 16 });
    expect(problems[0].message).toBe("no recipient named opena: did you mean openai?");
  });

  test("a warning does not make it unfit", async () => {
    const dir = await demoWith((text) => text.replace("    filedDate: 2026-06-10 #", "    #"));
    const { code, out, err } = await yumen("check", dir, "--lang", "en");
    expect([code, err.includes("warning: sc-openai has no filedDate")]).toEqual([0, true]);
    expect(out).toContain("0 errors, 1 warning ·");
  });

  test("--against: what loosens, what tightens, and --fail-on-loosening exits 1", async () => {
    const looser = await demoWith((text) => text.replace("action: pseudonymize", "action: forward"));
    const args = ["check", looser, "--against", "policies/demo"];
    const { code, out } = await yumen(...args, "--lang", "en");
    expect(code).toBe(0);
    expect(out).toMatch(
      /^loosens {2}rules\/id-numbers: action was "pseudonymize", is "forward" .*yumen\.yaml:\d+:13$/m,
    );
    expect(out).toContain("something that was blocked may leave · 1 loosens, 0 tightens, 0 neutral\n");
    expect((await yumen(...args, "--fail-on-loosening")).code).toBe(1);
    const said = JSON.parse((await yumen(...args, "--json", "--lang", "zh")).out);
    expect(said.against).toMatchObject({ loosens: true, changes: [{ effect: "loosens", what: "rules/id-numbers" }] });
    expect(said.against.changes[0].message).toContain("由");
    const back = await yumen("check", "policies/demo", "--against", "policies/demo", "--fail-on-loosening");
    expect(back.code).toBe(0);
    expect(back.out).toMatch(/^nothing that was blocked leaves|^原先拦截的仍然拦截/);
  });

  test("--against what does not load: exit 2, no answer", async () => {
    const broken = await demoWith((text) => text.replace("action: pseudonymize", "acton: pseudonymize"));
    expect((await yumen("check", "policies/demo", "--against", broken)).code).toBe(2);
    expect((await yumen("check", "policies/demo", "--against", join(root, "absent"), "--json")).code).toBe(2);
    expect((await yumen("check", broken, "--against", "policies/demo")).code).toBe(1);
  });

  test("--schema: the JSON Schema and nothing else; neither folder nor --schema is a mistake of use", async () => {
    const { code, out, err } = await yumen("check", "--schema");
    expect([code, err]).toEqual([0, ""]);
    expect(JSON.parse(out)).toMatchObject({ properties: { rules: { type: "array" } }, additionalProperties: false });
    await expect(yumen("check")).rejects.toMatchObject({ message: expect.stringContaining("missing") });
  });

  test("no such folder: exit 2", async () => {
    expect((await yumen("check", join(root, "absent"))).code).toBe(2);
    expect((await yumen("test", join(root, "absent"))).code).toBe(2);
  });

  test("--set gives URLs their variables; a bad one is refused", async () => {
    expect((await yumen("check", "policies/demo", "--set", "overseas=https://far.example")).code).toBe(0);
    expect((await yumen("check", "policies/demo", "--set", "overseas=http://far.example")).code).toBe(1);
    expect(variable("a=b=c", { x: "y" })).toEqual({ x: "y", a: "b=c" });
  });

  test.each([
    ["zh", {}, "zh"],
    [undefined, { LANG: "zh_CN.UTF-8" }, "zh"],
    [undefined, { LC_ALL: "C", LANG: "zh_CN.UTF-8" }, "en"],
    [undefined, { LC_ALL: "", LANG: "zh_CN.UTF-8" }, "zh"],
    ["en", { LANG: "zh_CN.UTF-8" }, "en"],
    [undefined, {}, "en"],
  ] as const)("language: --lang %s with %o is %s", (asked, env, language) => {
    expect(languageOf(asked, env)).toBe(language);
  });
});

/** Every kind of difference, and one case that passes. */
const WRONG = `suite: wrong
at: 2026-11-22T10:00:00+08:00
people: demo.people.yaml
cases:
  - name: right
    request: { destination: openai, json: { messages: [{ role: user, content: 你好 }] } }
    expect: { action: forward, rule: no-pi }
  - name: a stranger
    language: en
    request: { destination: openai, json: { messages: [{ role: user, content: 客户电话 13600136000 }] } }
    expect:
      { action: forward, rule: covered, outcome: NO_PI, law: C1, http: 200, reasons: [consent_missing, no_mechanism],
        found: [{ kind: email }], restored: true, upstream_contains: [电话], message_contains: ["13600136000"] }
  - name: consented
    subject: zhang
    request: { destination: openai, json: { messages: [{ role: user, content: 客户电话 13800138000 }] } }
    expect: { action: forward, would: block, proof: p, warnings: [sc_expiring], papers: [none],
              upstream_not_contains: ["13800138000"] }
`;

describe("yumen test", () => {
  test("the demo's own cases pass and reach every rule", async () => {
    const { code, out, err } = await yumen("test", "policies/demo", "--coverage", "--lang", "en");
    expect(err).toBe("");
    expect(out).not.toContain("✗");
    expect(out).toContain("every rule was reached");
    expect(out).toMatch(/\n2\d passed, 0 failed\n$/);
    expect(code).toBe(0);
  });

  test("a wrong expectation: exit 1, the difference, JUnit for CI", async () => {
    const dir = await demoWith((text) => text.replace("rule: no-pi", "rule: covered"), "demo.test.yaml");
    const file = join(root, "out.xml");
    const { code, out } = await yumen("test", dir, "--junit", file, "--lang", "en");
    expect(code).toBe(1);
    expect(out).toContain("rule: expected covered, got no-pi");
    expect(out).toMatch(/ passed, 1 failed\n$/);
    expect(readFileSync(file, "utf8")).toContain('failures="1"');
  });

  test("differences, coverage and the last line, word for word in both languages", async () => {
    const dir = await demoWith((text) => `${text}  - { id: plates, why: x, action: block, match: { piAny: plate } }\n`);
    writeFileSync(join(dir, "demo.test.yaml"), WRONG);
    for (const language of ["zh", "en"] as const) {
      const file = join(root, `${language}.xml`);
      const { code, out } = await yumen("test", dir, "--coverage", "--junit", file, "--lang", language);
      expect(code).toBe(1);
      const golden = new URL(`golden/policy-test/${language}.txt`, import.meta.url).pathname;
      await expect(out.replaceAll(dir, "DIR")).toMatchFileSnapshot(golden);
      const { cases } = JSON.parse((await yumen("test", dir, "--json", "--lang", language)).out);
      for (const { wrong } of cases as { wrong: string[] }[])
        for (const line of wrong) {
          expect(out).toContain(`      ${line}\n`);
          expect(readFileSync(file, "utf8")).toContain(line.replaceAll('"', "&quot;").replaceAll("'", "&apos;"));
        }
    }
  });

  test("a rule that no case reaches is named", async () => {
    const rule = "  - { id: plates, why: x, action: block, match: { piAny: plate } }\n";
    const dir = await demoWith((text) => text + rule);
    const covered = await yumen("test", dir, "--coverage", "--lang", "en");
    expect(covered.out).toContain("rules that no case reached: plates\n");
    expect(JSON.parse((await yumen("test", dir, "--coverage", "--json")).out)).toMatchObject({
      failed: 0,
      uncovered: ["plates"],
    });
  });

  test.each([
    ["a bad policy", "yumen.yaml", "action: forward", "acton: forward", "did you mean action?"],
    ["an unknown field in a test", "demo.test.yaml", "expect: { action", "expects: { action", "did you mean expect?"],
    ["a person that is not there", "demo.test.yaml", "subject: zhang", "subject: zhan", "did you mean zhang?"],
    ["people that cannot be read", "demo.test.yaml", "people: demo.people", "people: no.people", "unreadable"],
  ])("%s: exit 2 with a place", async (_, file, from, to, english) => {
    const dir = await demoWith((text) => text.replace(from, to), file);
    const { code, err } = await yumen("test", dir, "--lang", "en");
    expect(code).toBe(2);
    expect(err).toContain(english);
    expect(err).toMatch(/\.yaml:\d+:\d+ {2}/);
  });

  test("a folder without tests: exit 2", async () => {
    const dir = await demoWith((text) => `${text}\n# changed\n`);
    await rm(join(dir, "demo.test.yaml"));
    expect((await yumen("test", dir, "--lang", "en")).err).toContain("no policy tests");
  });
});

const SEEN: Seen = {
  action: "forward",
  would: null,
  rule: "covered",
  outcome: "EXEMPT",
  law: "E7",
  mechanism: null,
  proof: null,
  warnings: ["sc_filing_due"],
  judged: null,
  code: null,
  reasons: [],
  http: null,
  found: [
    { kind: "cn-mobile", path: "/a" },
    { kind: "cn-mobile", path: "/b" },
  ],
  upstream: '{"a":"13800138000"}',
  restored: false,
  message: "",
  reached: [],
};

describe("an expectation", () => {
  test.each([
    [{ action: "forward" }, []],
    [{ action: "block" }, ["action: expected block, got forward"]],
    [{ action: "forward", reasons: ["x"] }, ["reasons: x is not among []"]],
    [{ action: "forward", code: "x" }, ["code: expected x, got null"]],
    [{ action: "forward", found: [{ kind: "cn-mobile" }, { kind: "cn-mobile", path: "/a" }] }, []],
    [
      { action: "forward", found: [{ kind: "cn-mobile" }] },
      ["found: expected [cn-mobile], got [cn-mobile /a, cn-mobile /b]"],
    ],
    [
      { action: "forward", found: [{ kind: "cn-mobile" }, { kind: "email" }] },
      ["found: expected [cn-mobile, email], got [cn-mobile /a, cn-mobile /b]"],
    ],
    [{ action: "forward", upstream_contains: ["138"], upstream_not_contains: ["139"] }, []],
    [{ action: "forward", upstream_contains: ["139"] }, ["upstream_contains[0]: did not leave"]],
    [{ action: "forward", response_restored: true }, ["response_restored: expected true, got false"]],
    [{ action: "forward", restored: true }, ["restored: expected true, got false"]],
    [{ action: "forward", would: "block" }, ["would: expected block, got null"]],
    [
      { action: "forward", law: "C1", mechanism: null, proof: "p" },
      ["law: expected C1, got E7", "proof: expected p, got null"],
    ],
    [{ action: "forward", warnings: ["sc_filing_due"] }, []],
    [{ action: "forward", warnings: [] }, ["warnings: expected none, got [sc_filing_due]"]],
    [{ action: "forward", warnings: ["x"] }, ["warnings: x is not among [sc_filing_due]"]],
    [{ action: "forward", papers: ["n"] }, ["papers: it does not rest on n, but on []"]],
  ] as const)("%j", (expected, wrong) => {
    const differences = compare(expected as unknown as Parameters<typeof compare>[0], SEEN);
    expect(differences.map(({ en }) => en)).toEqual(wrong);
    for (const { zh, en } of differences) {
      expect(zh.slice(0, zh.indexOf("："))).toBe(en.slice(0, en.indexOf(":")));
      expect(zh).toMatch(/[\u4e00-\u9fff]/);
      expect(zh).not.toMatch(/expected|among|leave|rest on/);
    }
  });

  test("never prints what should not have left", () => {
    const [line] = compare({ action: "forward", upstream_not_contains: ["13800138000"] }, SEEN);
    expect(line).toEqual({ zh: "upstream_not_contains[0]：离开了", en: "upstream_not_contains[0]: left" });
  });
});

test("JUnit: hostile names stay inside their attributes", () => {
  const cases = [
    { name: `<a b="1">&'\u0001`, line: 7, wrong: [{ zh: "甲 < 乙", en: "x < y" }], reached: [], judged: null, ms: 12 },
  ];
  const suite = { file: "f", name: "s", at: "", fixtures: new Map(), cases: [] };
  const xml = junit([{ suite, cases } as SuiteResult], "en");
  expect(xml).toContain('name="&lt;a b=&quot;1&quot;&gt;&amp;&apos;\ufffd" file="f" line="7" time="0.012"');
  expect(xml).toContain('<failure message="x &lt; y">x &lt; y</failure>');
  expect(junit([{ suite, cases } as SuiteResult], "zh")).toContain(
    '<failure message="甲 &lt; 乙">甲 &lt; 乙</failure>',
  );
});

test("pictures in cases are judged as in the gate: by class, and by who signed", async () => {
  const opaque = "opaque: { image: pass, approvedBy: dpo, reason: 商品图片 }";
  const dir = await demoWith((text) =>
    text.replace("    recipient: anthropic\n", `    recipient: anthropic\n    ${opaque}\n`),
  );
  const picture = `data:image/png;base64,${Buffer.from(`\u0089PNG\r\n\u001a\n${"x".repeat(40)}`, "latin1").toString("base64")}`;
  const request = (destination: string) => ({ destination, json: { messages: [{ role: "user", content: picture }] } });
  const cases = [
    { name: "a", request: request("openai"), expect: { action: "block", code: "opaque_image", http: 415 } },
    { name: "b", request: request("anthropic"), expect: { action: "forward" } },
  ];
  writeFileSync(
    join(dir, "pictures.test.yaml"),
    JSON.stringify({ suite: "pictures", at: "2026-11-22T10:00:00+08:00", fixtures: {}, cases }),
  );
  const { code, out, err } = await yumen("test", dir);
  expect(`${out}${err}`).toContain("pictures");
  expect(code).toBe(0);
});

describe("facts of a case", () => {
  const keys = { person: (...parts: string[]) => parts.join("/") as PersonKey } as unknown as Keys;
  const ask = { exporter: "example-retail", recipient: "openai", purpose: "customer-service", year: 2026 };

  test("aliases are one person; a stranger is nobody; what comes later has not been heard of", async () => {
    const { suites } = await readSuites("policies/demo");
    const { fixtures } = suites[0]!;
    const identifiers = ["cn-mobile/13800138000", "cn-id/11010519491231002X", "cn-mobile/13600136000", "id/u-1003"].map(
      (id) => `example-retail/${id}` as PersonKey,
    );
    const at = (instant: string) =>
      factsOf(
        { ...ask, identifiers },
        { at: instant, fixtures: fixtures.values(), volume: { nonSensitive: 7, sensitive: 2 } },
        keys,
      );
    const now = at("2026-11-22T01:00:00.000Z");
    const [mobile, id, stranger, wang] = identifiers.map((key) => now.people.get(key)!);
    expect(mobile!.person).toBe(id!.person);
    expect(mobile!.consent).toMatchObject({ recipient: "openai", purpose: "customer-service", granted: true });
    expect(stranger).toMatchObject({ person: identifiers[2], consent: null });
    expect(wang!.consent).toMatchObject({ granted: false, withdrawnAt: "2026-10-08T01:00:00.000Z" });
    expect(at("2026-10-08T00:59:59.999Z").people.get(identifiers[3]!)!.consent).toMatchObject({
      granted: true,
      withdrawnAt: null,
    });
    expect(at("2026-06-14T15:59:59.999Z").people.get(identifiers[0]!)!.consent).toBeNull();
    expect(now.counts).toEqual({ nonSensitive: 7, sensitive: 2, gross: 9, opened: true });
  });
});
