// The text of a notice, what changed in it, and which consents fell: rendered to the byte, from a real folder and a
// real store.

import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { voidedBy } from "../src/cli/notice/voided.ts";
import { register } from "../src/cli/notice.ts";
import { diff } from "../src/io/notices/diff.ts";
import { renderNotice } from "../src/io/notices/render.ts";
import type { ConsentEvent } from "../src/io/ports.ts";
import { openReceipts } from "../src/io/stores/lmdb/receipts.ts";
import { openLmdbStores } from "../src/io/stores/lmdb/stores.ts";
import type { ConsentState, Notice, PersonKey } from "../src/words.ts";
import { ranCommand } from "./command.ts";
import { consent, policyOf } from "./decide/cases.ts";

const TEXTS = {
  method: { zh: "通过接口逐条发送", en: "sent one by one" },
  rights: "dpo@acme.example",
  retention: "30",
};
const NOTICE: Notice = {
  ...{ id: "n", version: "2", exporters: ["shop"], recipients: ["acme"], purposes: ["support"], missing: [] },
  ...{ sensitive: true, types: ["cn-mobile", "bank-card"], texts: TEXTS },
};

describe("rendered", () => {
  test("in Chinese: each item of Arts. 17, 30 and 39, from the notice or the policy", () => {
    const texts = { ...TEXTS, sensitiveNecessity: "退款要核对卡", sensitiveImpact: "泄露可能造成财产损失" };
    const { text, sha256, missing, derived } = renderNotice({ ...NOTICE, texts }, policyOf(), "zh");
    expect(text).toBe(
      [
        "个人信息出境告知书",
        "编号：n　版本：2",
        "",
        "1．个人信息处理者：Shop",
        "2．境外接收方：Acme（US）",
        "3．接收方联系方式：x",
        "4．处理目的：客服",
        "5．处理方式：通过接口逐条发送",
        "6．个人信息的种类：手机号、银行卡号",
        "7．其中的敏感个人信息：银行卡号",
        "8．处理敏感个人信息的必要性：退款要核对卡",
        "9．对您权益的影响：泄露可能造成财产损失",
        "10．保存期限：30",
        "11．您向境外接收方行使权利的方式和程序：dpo@acme.example",
        "",
        "您的个人信息只有在您单独同意后才会提供给上述境外接收方。您可以随时撤回同意，撤回不影响此前已经进行的处理。",
        "",
      ].join("\n"),
    );
    expect(sha256).toBe(createHash("sha256").update(text).digest("hex"));
    expect({ missing, derived }).toEqual({
      missing: [],
      derived: ["recipientName", "recipientContact", "purpose", "categories"],
    });
  });
  test("in English; what nobody says is missing, and not invented", () => {
    const { text, missing } = renderNotice(NOTICE, policyOf(), "en");
    for (const line of ["4. Purpose: support", "5. Manner of processing: sent one by one", "bank card number"])
      expect(text).toContain(line);
    expect(missing).toEqual(["sensitiveNecessity", "sensitiveImpact"]);
    expect(renderNotice({ ...NOTICE, texts: {}, types: [] }, policyOf(), "en").missing).toEqual([
      ...["method", "categories", "retention", "rights"],
    ]);
  });
  test("necessity is asked for where a kind is sensitive, under the profile in force", () => {
    const plain = { ...NOTICE, types: ["cn-mobile"] };
    expect(renderNotice(plain, policyOf(), "zh").missing).toEqual([]);
  });
  test("the order of nothing matters but of what is written; what is not on consent says nothing of consent", () => {
    const policy = policyOf();
    const purpose = { ...policy.purposes.get("support")!, basis: { legalBasis: "contract" as const } };
    const { text } = renderNotice(NOTICE, { ...policy, purposes: new Map([["support", purpose]]) }, "en");
    expect(text).not.toContain("consent");
  });
});

test("a difference: the new text without the minus, the old one without the plus", () => {
  const line = fc.constantFrom("a", "b", "c", "d e");
  const lines = fc.array(line, { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(lines, lines, (a, b) => {
      const said = diff(`${a.join("\n")}\n`, `${b.join("\n")}\n`);
      const without = (mark: string) => said.filter((one) => !one.startsWith(mark)).map((one) => one.slice(2));
      expect(without("-")).toEqual(b);
      expect(without("+")).toEqual(a);
      if (a.join() === b.join()) expect(said.every((one) => one.startsWith(" "))).toBe(true);
    }),
  );
});

const OLD_TEXT = "个人信息出境告知书\n编号：note　版本：1\n";
const folder = mkdtempSync(join(tmpdir(), "yumen-notice-"));
const policies = join(folder, "policies");
const data = join(folder, "data");
const BASE: Omit<ConsentEvent, "event" | "sequence" | "person"> = {
  ...{ source: "t", exporter: "shop", recipient: "far", purpose: "support", action: "grant", separate: true },
  ...{ guardian: false, sensitiveNotice: true, types: ["cn-mobile"], sensitiveTypes: [], channel: "t" },
  ...{ notice: { id: "note", version: "2" }, givenAt: "2026-03-01T00:00:00.000Z", validUntil: null },
  recordedAt: "2026-03-01T00:00:00.000Z",
};
beforeAll(async () => {
  mkdirSync(policies);
  writeFileSync(join(policies, "note-1.txt"), OLD_TEXT);
  const sha256 = createHash("sha256").update(OLD_TEXT).digest("hex");
  writeFileSync(
    join(policies, "p.yaml"),
    `apiVersion: yumen/v1
exporters: [{ id: shop, name: Shop, ciio: false }]
recipients: [{ id: far, name: Far Ltd, country: US, contact: dpo@far.example }]
purposes: [{ id: support, label: { zh: 客服, en: Support }, basis: consent }]
notices:
  - id: note
    version: "3"
    recipients: far
    purposes: support
    types: cn-mobile
    method: { zh: 接口, en: api }
    rights: 来信
    retention: 三十日
    supersedes:
      - { version: "1", on: 2026-02-01, material: true, document: old }
      - { version: "2", on: 2026-04-01, material: false, document: old }
documents: [{ id: old, kind: notice, path: note-1.txt, sha256: ${sha256} }]
`,
  );
  const { consent: store, close } = await openLmdbStores(join(data, "store"));
  const events: Partial<ConsentEvent>[] = [
    { notice: { id: "note", version: "1" } },
    { notice: { id: "note", version: "2" } },
    { notice: { id: "note", version: "3" } },
    { notice: null, givenAt: "2026-01-05T00:00:00.000Z" },
    { notice: { id: "other", version: "1" } },
    { notice: { id: "note", version: "1" }, validUntil: "2026-03-02T00:00:00.000Z" },
    { notice: { id: "note", version: "1" } },
  ];
  for (const [i, event] of events.entries())
    await store.record({ ...BASE, ...event, event: `e${i}`, sequence: i, person: `p${i}` as PersonKey });
  // the seventh took it back
  const person = "p6" as PersonKey;
  await store.record({
    ...BASE,
    action: "withdraw",
    event: "w",
    sequence: 99,
    person,
    givenAt: "2026-05-01T00:00:00.000Z",
  });
  // the first gave it anew, on the text in force
  const anew = { notice: { id: "note", version: "3" }, givenAt: "2026-06-01T00:00:00.000Z", purpose: "other" };
  await store.record({ ...BASE, ...anew, event: "a", sequence: 100, person: "p0" as PersonKey });
  await close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ran = (...argv: readonly string[]) => ranCommand(register, ["notice", ...argv, "--policies", policies]);

describe("yumen notice", () => {
  test("render: the text on stdout, what is to be done beside it", async () => {
    const { code, out, err } = await ran("render", "note", "--lang", "zh");
    expect(code).toBe(0);
    expect(out).toMatch(/^个人信息出境告知书\n编号：note　版本：3\n/);
    expect(err).toContain("取自策略、告知里没写：recipientName、recipientContact、purpose、categories");
    const said = JSON.parse((await ran("render", "note", "--json", "--lang", "en")).out);
    expect(said).toMatchObject({
      id: "note",
      version: "3",
      language: "en",
      published: null,
      changed: false,
      missing: [],
    });
    expect(createHash("sha256").update(said.text).digest("hex")).toBe(said.sha256);
  });
  test("--out writes it; --diff shows what changed since the last version", async () => {
    const file = join(folder, "out.txt");
    expect((await ran("render", "note", "--lang", "zh", "--out", file)).out).toBe("");
    expect(readFileSync(file, "utf8")).toContain("版本：3");
    const { out } = await ran("render", "note", "--diff", "--lang", "zh");
    expect(out).toContain("  个人信息出境告知书\n- 编号：note　版本：1\n+ 编号：note　版本：3\n");
  });
  test("a text that lacks an item, or is not the one published: exit 1", async () => {
    const other = mkdtempSync(join(folder, "lacks-"));
    const said = readFileSync(join(policies, "p.yaml"), "utf8").replace("    retention: 三十日\n", "");
    writeFileSync(join(other, "note-1.txt"), OLD_TEXT);
    writeFileSync(join(other, "p.yaml"), said);
    const lacks = await ranCommand(register, ["notice", "render", "note", "--policies", other, "--lang", "en"]);
    expect(lacks).toMatchObject({ code: 1, err: expect.stringContaining("missing (PIPL Arts. 17, 39): retention") });
    const hash = "0".repeat(64);
    writeFileSync(
      join(other, "p.yaml"),
      said.replace("    supersedes:", `    retention: x\n    sha256: { zh: "${hash}" }\n    supersedes:`),
    );
    const changed = await ranCommand(register, ["notice", "render", "note", "--policies", other, "--lang", "zh"]);
    expect(changed).toMatchObject({ code: 1, err: expect.stringContaining("与发布时的文本不同") });
  });
  test("void: receipts and counts of what fell, from the record of a gate; nobody is named", async () => {
    const { code, out } = await ran("void", "note", "--data", data, "--json");
    expect(code).toBe(1);
    // the first (version 1) and the fourth (no text on record, from before the change)
    expect(JSON.parse(out)).toEqual({
      id: "note",
      inForce: 3,
      receipts: ["rcpt_1", "rcpt_4"].map(receiptLike),
      byVersion: { "1": 1, "": 1 },
    });
    expect(out).not.toMatch(/"p\d"/);
    expect((await ran("void", "note", "--data", data, "--lang", "zh")).out).toMatch(
      /^note：有效同意 3 份，因实质性变更失效 2 份\n/,
    );
  });
  test.each([
    [["render", "none"], "no notice named none; there are: note"],
    [["void", "note", "--data", "/nowhere"], "no record of consents in /nowhere"],
    [["render", "note", "--out", "/nowhere/x"], "cannot be written (ENOENT)"],
  ])("%j: exit 2", async (argv, message) => {
    expect(await ran(...argv, "--lang", "en")).toMatchObject({ code: 2, err: expect.stringContaining(message) });
  });
});

/** As the store numbers them. */
function receiptLike(text: string) {
  return expect.stringMatching(new RegExp(`_0*${text.split("_")[1]}$`));
}

test("a consent that stands is told once, also where one event gave several scopes", async () => {
  const receipts = (await openReceipts(join(data, "store")))!;
  const all = [...receipts.granted()].map(({ state }) => `${state.receipt} ${state.purpose}`);
  await receipts.close();
  expect(new Set(all).size).toBe(all.length);
  expect(all).toHaveLength(7);
});

test("whose: consents of another handler are not this notice's", () => {
  const notice: Notice = { ...NOTICE, supersedes: [{ version: "1", on: "2026-02-01", material: true }] };
  const state: ConsentState = consent({ notice: { id: "n", version: "1" } });
  const granted = [
    { exporter: "shop", state },
    { exporter: "else", state: { ...state, receipt: "r2" } },
  ];
  const now = Date.parse("2026-06-01");
  expect(voidedBy(notice, granted, now, new Set(["shop"])).receipts).toEqual(["r"]);
  expect(voidedBy(notice, granted, now).receipts).toEqual(["r", "r2"]);
  // announced, and not there yet
  expect(voidedBy(notice, granted, Date.parse("2026-01-31T15:59:59Z")).receipts).toEqual([]);
});
