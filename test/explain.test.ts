// `yumen explain`: the whole why of what the ledger holds, in both languages, for terminals and pipes; never a value.

import { join } from "node:path";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { padded, painted, printable, widthOf, wrapped } from "../src/cli/explain/layout.ts";
import { linesOn } from "../src/cli/explain/lines.ts";
import { type Papers, papersOf, policyInForce } from "../src/cli/explain/papers.ts";
import { type Recorded, recordedFrom } from "../src/cli/explain/recorded.ts";
import { view } from "../src/cli/explain/view.ts";
import { type Why, whyOf } from "../src/cli/explain/why.ts";
import { register } from "../src/cli/explain.ts";
import { loadLawData } from "../src/io/law-data.ts";
import { cross } from "../src/io/perform.ts";
import type { Arrival, Entry, Policy } from "../src/words.ts";
import { ranCommand } from "./command.ts";
import { freshDir, open, removeDirs } from "./golden/fixture.ts";
import { keptLedger } from "./kept-ledger.ts";
import { arrivalOf, Caller, demoPolicy, demoStores, keysUnder, worldOf } from "./sim/demo-world.ts";

const LAW = loadLawData("policies/law");
const GOLDEN = new URL("golden/explain/", import.meta.url).pathname;
const ID = "dec_01JD7QK4W2M6X8R3T5V7Y9ZABC";

/** Of `--json`: stable, as docs/explain.md says. */
const MEMBERS =
  "action answer articles at beijing conditions consent counts cures dryRun entries findings id index lawRule legalBasis lifted " +
  "mechanism mechanismType nearest observedBy outcome papers people policy profile reasons reasonsMayBeCut revision rule switches " +
  "warnings way";

/** A crossing as the gate of this version records it. */
const CROSSING: Record<string, unknown> = {
  action: "block",
  app: "crm-bot",
  asOf: "7",
  basis: "Provisions Art.8",
  bytes: { in: 120, out: 0 },
  consent: [{ person: 0, receipt: "rcp_17", version: "2026-05" }],
  country: "US",
  counts: { gross: 82_200, nonSensitive: 82_113, sensitive: 40 },
  cures: ["obtain_separate_consent", "pseudonymize", "remove_field", "amend_mechanism", "record_pipia"],
  destination: "openai-us",
  digest: "",
  exporter: "example-retail",
  findings: [
    { action: "block", certainty: "checksum", path: "/messages/3/content", person: 0, sensitive: true, type: "cn-id" },
    {
      action: "block",
      certainty: "format",
      path: "/messages/3/content",
      person: 1,
      sensitive: false,
      type: "cn-mobile",
    },
    {
      action: "block",
      certainty: "format",
      path: "/messages/4/content",
      person: 2,
      sensitive: false,
      type: "cn-mobile",
    },
  ],
  id: ID,
  kind: "crossing",
  lawRule: "C2",
  leaves: "request",
  legalBasis: "consent",
  mechanism: null,
  model: "gpt-5",
  new: [],
  operation: "inference",
  outcome: "SC_OR_CERT",
  people: ["a".repeat(22), "b".repeat(22), "c".repeat(22)],
  policy: `sha256:${"8f".repeat(32)}`,
  profile: "strict",
  purpose: "customer-service",
  reasons: [
    {
      about: "SCC-2026-001",
      article: "NDSMR Art.38 / SC template Appendix I(4)(5)",
      code: "SCOPE_CATEGORY",
      path: "/messages/3/content",
      type: "cn-id",
    },
    {
      about: "customer-service",
      article: "PIPL Art.39",
      code: "CONSENT_MISSING",
      path: "/messages/3/content",
      type: "cn-mobile",
    },
    {
      about: "customer-service",
      article: "PIPL Art.39",
      code: "CONSENT_MISSING",
      path: "/messages/4/content",
      type: "cn-mobile",
    },
    { article: "PIPL Arts.55, 56", code: "PIPIA_MISSING" },
  ],
  recipient: "openai",
  revision: "RS-2024+NDSMR-2025+CERT-2026",
  rule: "C2",
  salt: "s",
  switches: { hrRequireBoth: false },
  t: "2026-11-22T02:41:07.213Z",
  v: 1,
  warnings: [],
};
const PASSED = {
  ...CROSSING,
  action: "pseudonymize",
  mechanism: "SCC-2026-001",
  mechanismType: "STANDARD_CONTRACT",
  reasons: [],
  rule: "id-numbers",
  people: ["a".repeat(22)],
  new: ["a".repeat(22)],
  findings: [
    { action: "pseudonymize", certainty: "checksum", path: "/messages/3/content", sensitive: true, type: "cn-id" },
  ],
  warnings: ["SC_FILING_DUE"],
};
const STOPPED = {
  ...{ action: "block", app: "crm-bot", destination: null, findings: [], id: ID, kind: "crossing", new: [] },
  ...{ outcome: null, people: [], policy: "sha256:00", reasons: [{ code: "JSON_AMBIGUOUS" }], rule: "json_ambiguous" },
  ...{ salt: "s", t: "2026-11-22T02:41:07.213Z", v: 1 },
};
const ONE_AWAY = {
  ...CROSSING,
  basis: "Provisions Art.5(1)(4)",
  consent: [],
  cures: ["obtain_separate_consent"],
  findings: [(CROSSING["findings"] as object[])[1]],
  lawRule: "E7",
  outcome: "EXEMPT",
  people: ["b".repeat(22)],
  reasons: [(CROSSING["reasons"] as object[])[1]],
  rule: "E7",
  switches: {},
};
const PROHIBITED = {
  ...ONE_AWAY,
  cures: [],
  lawRule: "X4",
  outcome: "PROHIBITED",
  reasons: [{ article: "SA Measures Art.17 / Provisions Art.12", code: "PROHIBITED_X4" }],
  rule: "X4",
};
const ENTRIES = { blocked: CROSSING, passed: PASSED, stopped: STOPPED, "one-away": ONE_AWAY, prohibited: PROHIBITED };

function recorded(...entries: readonly object[]): Recorded {
  return recordedFrom(entries.map((entry, i) => ({ index: 40 + i, entry: entry as Entry })))!;
}

function whyFrom(...entries: readonly object[]): Why {
  const one = recorded(...entries);
  return whyOf(one, LAW, papersOf(one, null));
}

const plain = { columns: Number.POSITIVE_INFINITY, colours: false, otherPolicy: null } as const;

describe("what is shown", () => {
  test.each(Object.entries(ENTRIES))("%s, word for word in both languages", async (name, entry) => {
    const why = whyFrom(entry);
    for (const language of ["zh", "en"] as const)
      await expect(view(why, { ...plain, language })).toMatchFileSnapshot(join(GOLDEN, `${name}.${language}.txt`));
  });

  test("at any width: no line is longer, no word is lost, and marks stand without colours", () => {
    const why = whyFrom(CROSSING);
    const bare = (text: string) => text.replace(/\s+/g, "");
    for (const language of ["zh", "en"] as const) {
      const whole = view(why, { ...plain, language });
      for (const columns of [60, 80, 100, 140]) {
        const text = view(why, { ...plain, columns, language });
        expect(bare(text)).toBe(bare(whole));
        // a word without a gap (a hash) is not broken
        for (const line of text.split("\n"))
          if (!line.includes("sha256:")) expect(widthOf(line)).toBeLessThanOrEqual(columns);
      }
      const coloured = view(why, { ...plain, colours: true, language });
      expect(coloured).toContain("\u001b[31m✗\u001b[0m");
      expect(coloured.replace(/\u001b\[\d+m/g, "")).toBe(whole);
    }
  });

  test("what a caller wrote gives the terminal no orders", () => {
    const hostile = { ...CROSSING, model: "x\u001b[2J\u0007\u202e", purpose: "p\u009b31m" };
    for (const language of ["zh", "en"] as const)
      expect(view(whyFrom(hostile), { ...plain, language })).not.toMatch(
        /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/,
      );
  });
});

describe("the why", () => {
  test("conditions, the nearest way and the cures in order of effort", () => {
    const why = whyFrom(CROSSING);
    expect(why.beijing).toBe("2026-11-22 10:41:07");
    expect(why.conditions.filter(({ met }) => met === "no").map(({ id }) => id)).toEqual([
      "scope_category",
      "separate_consent",
      "impact_assessment",
    ]);
    expect(why.nearest!.steps).toMatchObject([
      { id: "remove_field", paths: ["/messages/3/content"], lifts: ["SCOPE_CATEGORY"], people: null },
      {
        id: "obtain_separate_consent",
        lifts: ["CONSENT_MISSING"],
        people: { n: 2, exact: false },
        recipient: "openai",
        purpose: "customer-service",
      },
      { id: "record_pipia", lifts: ["PIPIA_MISSING"], who: "lawyer" },
    ]);
    expect(why.nearest!.alone).toEqual([]);
    expect(why.cures.map(({ id }) => id)).toEqual([
      "remove_field",
      "pseudonymize",
      "obtain_separate_consent",
      "record_pipia",
      "amend_mechanism",
    ]);
    expect(why.reasons.map(({ page }) => page)).toContain("reasons/consent_missing.md");
  });

  test("one condition away: of one person, for this recipient and purpose", () => {
    const { nearest } = whyFrom(ONE_AWAY);
    expect(nearest!.alone.map(({ id }) => id)).toEqual(["obtain_separate_consent"]);
    expect(nearest!.steps).toMatchObject([{ people: { n: 1, exact: true }, recipient: "openai" }]);
    expect(view(whyFrom(ONE_AWAY), { ...plain, language: "en" })).toContain(
      "obtain separate consent, then retry: of 1 person, recipient openai, purpose customer-service",
    );
  });

  test("several people in one place: which of them lacks consent is not claimed", () => {
    const [, mobile] = CROSSING["findings"] as object[];
    const both = [
      { ...mobile, person: 0 },
      { ...mobile, person: 1 },
    ];
    const { nearest } = whyFrom({ ...ONE_AWAY, findings: both, people: ["a", "b"] });
    expect(nearest!.steps[0]!.people).toEqual({ n: 2, exact: false });
    const apart = [
      { ...mobile, person: 0 },
      { ...mobile, person: 1, path: "/messages/5/content" },
    ];
    const [, reason] = CROSSING["reasons"] as object[];
    const reasons = [reason, { ...reason, path: "/messages/5/content" }];
    const two = whyFrom({ ...ONE_AWAY, findings: apart, people: ["a", "b"], reasons });
    expect(two.nearest!.steps[0]!.people).toEqual({ n: 2, exact: true });
    const counted = [{ n: 60, type: "cn-mobile" }];
    expect(whyFrom({ ...ONE_AWAY, findings: counted, people: ["a", "b"] }).nearest!.steps[0]!.people).toBeNull();
  });

  test("over fifty findings, counted by kind: what was done with them, where the entry says", () => {
    const counted = [
      { action: "pseudonymize", n: 59, type: "cn-mobile" },
      { action: "redact", n: 1, type: "cn-mobile" },
    ];
    const told = (findings: object[]) => view(whyFrom({ ...PASSED, findings }), { ...plain, language: "zh" });
    expect(told(counted)).toMatch(/发现 60 处.*手机号 ×59 {2}→ 化名.*手机号 {2}→ 删去/s);
    // of an older gate
    const older = told([{ n: 60, type: "cn-mobile" }]);
    expect(older).toMatch(/手机号 ×60\n/);
    expect(older).not.toContain("→ 化名");
  });

  test("what was not blocked needs no way; what nothing lifts has none", () => {
    expect(whyFrom(PASSED).nearest).toBeNull();
    expect(whyFrom(PROHIBITED).nearest).toEqual({ steps: [], alone: [], afterwards: "judged_anew" });
    expect(whyFrom(STOPPED).nearest!.alone.map(({ id }) => id)).toEqual(["mend_request"]);
  });

  test("on trial it left all the same: who signed, what stood in the way, and what would have lifted it", () => {
    const why = whyFrom({ ...ONE_AWAY, action: "forward", observedBy: "dpo@acme.example" });
    expect(why.nearest!.alone.map(({ id }) => id)).toEqual(["obtain_separate_consent"]);
    const text = view(why, { ...plain, language: "en" });
    expect(text).toContain("✓ forwarded");
    expect(text).toContain("would have been blocked; dpo@acme.example signed for the trial");
  });

  test("a dry run: what sending it would have met, and nothing that it did not ask", () => {
    const asked = { ...STOPPED, dryRun: true, reasons: [], rule: "dry_run", would: "pseudonymize" };
    expect(whyFrom(asked)).toMatchObject({ dryRun: "pseudonymize", nearest: null });
    expect(view(whyFrom(asked), { ...plain, language: "zh" })).toContain("✓ 试算 · 若真的发送：化名后放行");
    expect(whyFrom(STOPPED).dryRun).toBeNull();
  });

  test("law that nobody reviewed: a condition not met where policy blocks, not asked where it warns", () => {
    const at = (entry: object) => whyFrom(entry).conditions.find(({ id }) => id === "law_known")!.met;
    expect(at(PASSED)).toBe("yes");
    expect(at({ ...PASSED, warnings: ["LAW_NOT_REVIEWED"] })).toBe("not_asked");
    const reasons = [{ article: "PIPL Art.38", code: "LAW_NOT_REVIEWED" }];
    expect(at({ ...PASSED, action: "block", reasons, warnings: ["LAW_NOT_REVIEWED"] })).toBe("no");
  });

  test("parts are put together, and what came back is told", () => {
    const second = { id: ID, kind: "crossing", minors: [0], new: ["d"], part: "2/2", people: ["d", "e"], t: "", v: 1 };
    const outcome = {
      bytes: { in: 9 },
      id: ID,
      kind: "outcome",
      restored: 1,
      result: "answered",
      status: 200,
      t: "",
      v: 1,
    };
    const why = whyFrom({ ...PASSED, part: "1/2" }, second, outcome);
    expect(why.people).toEqual({ n: 3, new: 2, minors: 1 });
    expect(why.answer).toEqual({ result: "answered", status: 200 });
    expect(why.conditions.find(({ id }) => id === "guardian_consent")).toMatchObject({ met: "yes" });
    expect(recordedFrom([{ index: 0, entry: outcome as unknown as Entry }])).toBeNull();
  });

  test("an entry of an older gate, and codes nobody knows: told as far as they go", () => {
    const { lawRule: _, legalBasis: __, cures: ___, ...older } = CROSSING;
    const why = whyFrom({
      ...older,
      reasons: [
        { code: "UNHEARD_OF", article: "X" },
        { code: "toString", article: "" },
      ],
    });
    expect(why.reasons.map(({ page }) => page)).toEqual([null, null]);
    expect(why.nearest).toEqual({ steps: [], alone: [], afterwards: "passes" });
    expect(why.conditions.find(({ id }) => id === "separate_consent")!.met).toBe("not_asked");
    expect(view(why, { ...plain, language: "zh" })).toContain("UNHEARD_OF");
  });

  test("twenty reasons: there may be more", () => {
    const twenty = Array.from({ length: 20 }, (_, i) => ({ article: "", code: "CONSENT_MISSING", path: `/${i}` }));
    expect(view(whyFrom({ ...ONE_AWAY, reasons: twenty }), { ...plain, language: "en" })).toContain("may be more");
    expect(whyFrom(CROSSING).reasonsMayBeCut).toBe(false);
    // the cure of a reason that is not listed is no way around those that are
    const cures = ["obtain_separate_consent", "record_pipia", "remove_field"];
    const { nearest } = whyFrom({ ...ONE_AWAY, reasons: twenty, cures });
    expect(nearest).toMatchObject({ alone: [], afterwards: "more", steps: [{ id: "obtain_separate_consent" }] });
    expect(view(whyFrom({ ...ONE_AWAY, reasons: twenty, cures }), { ...plain, language: "en" })).toContain(
      "at least 1 condition away",
    );
  });

  test("the lines of the year, those of that day", () => {
    const lines = linesOn(LAW, "2026-11-22", { nonSensitive: 99_999, sensitive: 10_000 });
    expect(lines.map(({ line, counter, at, left }) => [counter, line, at, left])).toEqual([
      ["nonSensitive", "exempt", 100_000, 0],
      ["nonSensitive", "assessment", 1_000_000, 900_000],
      ["sensitive", "assessment", 10_000, -1],
    ]);
    expect(linesOn(LAW, "2023-05-01", { nonSensitive: 0, sensitive: 0 }).map(({ line }) => line)).not.toContain(
      "exempt",
    );
  });
});

describe("of the gate itself", () => {
  let policy: Policy;
  const entries: Entry[] = [];
  beforeAll(async () => {
    const dir = freshDir();
    const keys = await keysUnder(dir);
    policy = await demoPolicy();
    const stores = await demoStores(keys);
    const ledger = keptLedger(entries);
    const dialer = { dial: () => ({ resume() {}, abort() {} }), close: async () => {} };
    const send = (arrival: Arrival) => cross(worldOf({ policy, keys, stores, ledger, dialer }), arrival, new Caller());
    await send(arrivalOf(1, "客户电话 13600136000，身份证 31010419900307123X"));
    await send(arrivalOf(2, "key AKIAIOSFODNN7EXAMPLE"));
  });

  test("every reason of its entries is at a condition, and no value is told", () => {
    expect(entries.map(({ kind }) => kind)).toEqual(["crossing", "crossing"]);
    for (const entry of entries) {
      const one = recorded(entry);
      const why = whyOf(one, LAW, papersOf(one, policy));
      expect(why.conditions.flatMap(({ reasons }) => reasons).length).toBe(why.reasons.length);
      expect(why.nearest!.steps.length).toBeGreaterThan(0);
      const told = `${JSON.stringify(why)}${view(why, { ...plain, language: "zh" })}`;
      expect(told).not.toMatch(/13600136000|31010419900307123X|AKIAIOSFODNN7EXAMPLE/);
    }
  });

  test("a paper of another company is none of this one's", () => {
    const one = recorded(entries[0]!);
    const kinds = (whose: string[]): Papers => {
      const of = <T extends object>(papers: readonly T[]) => papers.map((paper) => ({ ...paper, exporters: whose }));
      return papersOf(one, { ...policy, notices: of(policy.notices), pipias: of(policy.pipias) });
    };
    const ours = papersOf(one, policy);
    expect([ours.notices.length, ours.pipias.length]).toEqual([1, 1]);
    expect(kinds([one.way.exporter!])).toEqual(ours);
    expect(kinds(["somebody-else"])).toMatchObject({ notices: [], pipias: [] });
    expect(kinds(["somebody-else", one.way.exporter!])).toEqual(ours);
  });

  test("papers are named by the policy that was in force, and by no other", async () => {
    const one = recorded(entries[0]!);
    expect(papersOf(one, policy)).toMatchObject({ notices: [expect.stringMatching(/^notice-/)], other: [] });
    expect(papersOf(one, null)).toMatchObject({ notices: [], pipias: [] });
    const set = { overseas: "http://127.0.0.1:1" };
    const same = await policyInForce("policies/demo", null, set);
    expect(same.policy).toBeNull();
    expect((await policyInForce("policies/demo", same.hash, set)).policy?.hash).toBe(same.hash);
    expect(await policyInForce("policies/nowhere", same.hash, set)).toEqual({ policy: null, hash: null });
  });
});

describe("the command", () => {
  let data: string;
  beforeAll(async () => {
    data = freshDir();
    const ledger = await open(join(data, "ledger"));
    for (const entry of [{ ...STOPPED, id: ID.replace("ABC", "ABD") }, CROSSING])
      await ledger.append(JSON.stringify(entry));
    await ledger.close();
  });
  afterAll(removeDirs);
  afterEach(() => {
    process.exitCode = undefined;
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  });

  const yumen = (...argv: string[]) => ranCommand(register, ["explain", ...argv]);

  test("tells it in the language asked for, unbroken in a pipe", async () => {
    const zh = await yumen(ID, "--data", data, "--lang", "zh");
    expect(zh).toMatchObject({ code: 0, err: "" });
    expect(zh.out).toContain("最近的出路");
    vi.stubEnv("LC_ALL", "");
    vi.stubEnv("LC_MESSAGES", "");
    vi.stubEnv("LANG", "en_GB.UTF-8");
    expect((await yumen(ID, "--data", data)).out).toContain("nearest way to pass");
    vi.stubEnv("COLUMNS", "60");
    const narrow = (await yumen(ID, "--data", data, "--lang", "zh")).out.split("\n");
    expect(Math.max(...narrow.filter((line) => !line.includes("sha256")).map(widthOf))).toBeLessThanOrEqual(60);
  });

  test("--json: one object with the why in both languages and the entries", async () => {
    const { code, out } = await yumen(ID, "--data", data, "--json");
    expect(code).toBe(0);
    const why = JSON.parse(out) as Why & { readonly entries: { readonly entry: Entry }[] };
    expect(Object.keys(why).sort()).toEqual(MEMBERS.split(" "));
    expect(why.nearest!.steps[0]!.says).toEqual({ zh: "删去该字段", en: "remove the field" });
    expect(why.entries.map(({ entry }) => entry["id"])).toEqual([ID]);
  });

  test("another policy on disk is said, and not asked", async () => {
    const { out } = await yumen(
      ID,
      "--data",
      data,
      "--lang",
      "en",
      "--policies",
      "policies/demo",
      "--set",
      "overseas=http://127.0.0.1:1",
    );
    expect(out).toContain("not the policy of that day");
    expect(out).not.toContain("notice-");
  });

  test("no such decision is 1; no id, or no ledger, is 2", async () => {
    expect(await yumen(ID.replace("ABC", "ABE"), "--data", data)).toMatchObject({ code: 1, out: "" });
    const wrong = await yumen("dec_1", "--data", data, "--lang", "zh");
    expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining("决策号") });
    expect((await yumen(ID, "--data", join(data, "nowhere"))).code).toBe(2);
  });
});

describe("layout", () => {
  test("wide characters count two, marks do not begin a line", () => {
    expect([widthOf("身份证"), widthOf("abc"), widthOf("a，b")]).toEqual([6, 3, 4]);
    expect(padded("身份", 6)).toBe("身份  ");
    expect(wrapped("", "没有该个人的单独同意，请取得单独同意后再试一次。", 2, { columns: 40, colours: false })).toEqual(
      ["没有该个人的单独同意，请取得单独同意后再", "  试一次。"],
    );
    expect(painted("x", "red", { columns: 80, colours: false })).toBe("x");
  });

  test("any text: lines fit unless a word does not, and nothing but blanks is lost", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), fc.integer({ min: 40, max: 90 }), (text, columns) => {
        const lines = wrapped("> ", text, 4, { columns, colours: false });
        expect(lines.join("").replace(/\s/g, "")).toBe(`>${printable(text)}`.replace(/\s/g, ""));
        for (const line of lines) if (/\s\S*\s\S/.test(line.trim())) expect(widthOf(line)).toBeLessThanOrEqual(columns);
      }),
    );
  });
});
