// `yumen try`: exit codes and both views; nothing of the input is shown but where it would leave.

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { view } from "../src/cli/try/view.ts";
import { register } from "../src/cli/try.ts";
import type { DryRunAnswer } from "../src/io/dry-run/tell.ts";
import { openKeys } from "../src/io/keys.ts";
import { loadDemoPeople, seedOf } from "../src/io/policy/people.ts";
import { readLmdbStores } from "../src/io/stores/lmdb/read.ts";
import { openLmdbStores } from "../src/io/stores/lmdb/stores.ts";
import type { CountKey, PersonKey } from "../src/words.ts";
import { ranCommand } from "./command.ts";
import { zipOf } from "./files/zip.ts";
import { POLICIES } from "./sim/demo-world.ts";

const ID = "11010519491231002X";
const MOBILE = "13912345678";
const AT = ["--at", "2026-11-22T10:00:00+08:00"];
const PEOPLE = ["--subject", "id:zhang", "--people", join(POLICIES, "demo/demo.people.yaml"), ...AT];

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "yumen-try-"));
});
afterEach(() => {
  rmSync(dir, { recursive: true });
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

async function run(body: string | Uint8Array, ...args: readonly string[]) {
  const file = join(dir, "body");
  writeFileSync(file, body);
  const ran = await ranCommand(register, ["try", file, "--destination", "openai", "--lang", "en", ...args]);
  return { ...ran, err: ran.err.replaceAll(dir, "DIR") };
}

const ask = (content: string) => JSON.stringify({ model: "echo", messages: [{ role: "user", content }] });

describe("0: it would leave", () => {
  test("as it is", async () => {
    const { out, err, code } = await run(ask("hello"));
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain("✓ would leave as it is  forward  rule no-pi");
    expect(out).toContain(`POST http://127.0.0.1:8791/v1/chat/completions\n  content-type: application/json\n`);
    expect(out).toContain(ask("hello"));
  });

  test("rewritten: the value is nowhere, its pseudonym where it stood", async () => {
    const { out, code } = await run(ask(`给身份证 ${ID} 写信`), ...PEOPLE);
    expect(code).toBe(0);
    expect(out).toContain("▣ would leave rewritten");
    expect(out).toMatch(/给身份证 <身份证_[0-9A-Z]{8}> 写信/);
    expect(out).toContain("/messages/0/content  5–23  resident ID number  checksum, sensitive, person 1, → pseudonym");
    expect(out).not.toContain(ID);
  });

  test("as one line of JSON", async () => {
    const { out, code } = await run(ask("hello"), "--json");
    expect(code).toBe(0);
    expect(out.split("\n")).toHaveLength(2);
    expect(JSON.parse(out)).toMatchObject({
      dryRun: true,
      action: "forward",
      wouldLeave: { body: { text: ask("hello") } },
    });
  });
});

describe("1: it would be blocked", () => {
  test.each([
    ["en", "would be blocked", "separate consent", "what helps"],
    ["zh", "会被拦截", "单独同意", "怎么办"],
  ])("by decision, in %s", async (lang, ...says) => {
    const { out, err, code } = await run(ask(`客户电话 ${MOBILE}`), "--lang", lang);
    expect([code, err]).toEqual([1, ""]);
    for (const text of says) expect(out).toContain(text);
    expect(out).not.toContain(MOBILE);
  });

  test.each([
    ["unreadable", ['{"a":1,"a":2}'], "json_ambiguous"],
    ["broken JSON", ['{"a":'], "json_invalid"],
    ["a purpose the caller may not have", [ask("hello"), "--purpose", "marketing"], "purpose_not_allowed"],
    ["a path of no API", [ask("hello"), "--path", "/v1/nothing"], "operation_not_allowed"],
    ["over the limit", ["x".repeat(8 * 1024 ** 2 + 1)], "body_too_large"],
  ] as const)("before: %s", async (_, [body, ...args], code) => {
    const said = await run(body, ...args, "--json");
    expect([said.code, JSON.parse(said.out)]).toMatchObject([1, { rule: code, wouldLeave: null, refusal: { code } }]);
    const told = await run(body, ...args);
    expect([told.code, told.out.includes(code)]).toEqual([1, true]);
  });

  test("for what stands in a file", async () => {
    const zip = zipOf([{ name: "notes.txt", data: `身份证 ${ID}` }]).toString("base64");
    const content = [{ type: "file", file: { file_data: zip } }];
    const { out, code } = await run(JSON.stringify({ model: "echo", messages: [{ role: "user", content }] }));
    expect(code).toBe(1);
    expect(out).toContain("file_data!entry-1.txt");
  });
});

describe("2: could not run", () => {
  test.each([
    ["no such destination", ["--destination", "nowhere"], /there is openai, anthropic|there is anthropic, openai/],
    ["no such caller", ["--caller", "nobody"], /no such caller/],
    ["no such folder", ["--policies", "DIR/none"], /folder/],
    ["no data there", ["--data", "DIR/none"], /there is no DIR\/none\/keys\/keys\.json/],
    ["two worlds", ["--data", "DIR", "--people", "x"], /either --data or --people/],
    ["no instant", ["--at", "yesterday"], /--at/],
    ["a path with a dot segment", ["--path", "/v1/../x"], /dot segment/],
    ["no URL", ["--gate", "here"], /--gate/],
    ["what is the gate's own", ["--gate", "http://127.0.0.1:9", "--at", "2026-01-01"], /--at is the gate's own/],
    ["a key for nobody", ["--key-file", "key"], /--key-file is for --gate/],
    ["a gate that is none", ["--gate", "http://127.0.0.1:9"], /no answer from http:\/\/127\.0\.0\.1:9/],
    ["no such people", ["--people", "DIR/none.yaml"], /none\.yaml/],
  ])("%s", async (_, args, says) => {
    const { out, err, code } = await run(ask(MOBILE), ...args.map((text) => text.replace("DIR", dir)));
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(says);
    expect(err).not.toContain(MOBILE);
  });

  test("no such file", async () => {
    const { code, err } = await run("", "--destination", "openai");
    expect([code, err]).toEqual([0, ""]);
    vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const program = new Command();
    register(program);
    await program.parseAsync(["node", "yumen", "try", join(dir, "none"), "--destination", "openai"]);
    expect(process.exitCode).toBe(2);
  });
});

test("with a gate's data: its consents and counts, and not a byte of it is changed", async () => {
  const data = join(dir, "data");
  const { keys } = await openKeys(join(data, "keys"));
  const stores = await openLmdbStores(join(data, "store"));
  const people = await loadDemoPeople(join(POLICIES, "demo/demo.people.yaml"));
  const { links, events } = seedOf(people, keys, "2026-11-01T00:00:00.000Z");
  for (const { exporter, key, alias } of links) await stores.consent.link(exporter, key, alias);
  for (const event of events) await stores.consent.record(event);
  const { exporter, key } = links[0]!;
  const person = stores.consent.resolve(exporter, key);
  const admission = { key: keys.count(exporter, 2026, person), nonSensitive: true, sensitive: false };
  await stores.people.admit(exporter, 2026, [admission], { nonSensitive: null, sensitive: null });
  await stores.close();
  // LMDB's lock file names its readers
  const bytes = () =>
    readdirSync(data, { recursive: true, encoding: "utf8", withFileTypes: true })
      .filter((file) => file.isFile() && !file.name.endsWith("-lock"))
      .map((file) => [file.name, readFileSync(join(file.parentPath, file.name), "base64")]);
  const before = bytes();
  const said = ["--data", data, "--subject", "id:zhang", "--json"];
  const { out, code, err } = await run(ask(`给 13800138000 的身份证 ${ID} 写信`), ...said, ...AT);
  expect([code, err]).toEqual([0, ""]);
  expect(JSON.parse(out)).toMatchObject({
    people: 2,
    counts: { gross: 1, sensitive: 0 },
  });
  const nextYear = await run(ask("给 13800138000 写信"), ...said, "--at", "2027-02-01T10:00:00+08:00");
  expect(JSON.parse(nextYear.out)).toMatchObject({ people: 1, counts: { gross: 0 } });
  expect(bytes()).toEqual(before);
});

test("stores that are open for reading take nothing", async () => {
  const store = join(dir, "store");
  await (await openLmdbStores(store)).close();
  const reading = await readLmdbStores(store);
  const admission = { key: "AAAAAAAAAAAAAAAAAAAAAA" as CountKey, nonSensitive: true, sensitive: false };
  const none = { nonSensitive: null, sensitive: null };
  await expect(reading.people.admit("e", 2026, [admission], none)).rejects.toThrow("open for reading");
  await expect(reading.consent.link("e", "a" as PersonKey, "b" as PersonKey)).rejects.toThrow("open for reading");
  await reading.close();
  await expect(readLmdbStores(join(dir, "none"))).rejects.toThrow("there is no");
});

test("the view gives a terminal no orders, and marks pseudonyms where it has colours", () => {
  const standIn = "<手机号_ABCDEFG1>";
  const answer = {
    ...{ dryRun: true, decision: "dec_0", action: "pseudonymize", would: null, rule: "r", outcome: "EXEMPT" },
    ...{ article: "", revision: "", mechanism: null, mechanismsAllowed: [], switches: {}, warnings: [], policy: "" },
    way: { caller: "a", exporter: "e", destination: "d", recipient: "r", country: "US", purpose: "p", operation: "o" },
    ...{ reasons: [], reasonsTotal: 0, cures: [], nearest: [], refusal: null, findings: [], findingsTotal: 0 },
    ...{ people: 0, counts: NONE },
    wouldLeave: {
      ...{ method: "POST", url: "http://x/", headers: [["accept", "\u001b[2Ja"]], bytes: 3 },
      ...{ body: { text: `\u001b]0;title\u0007\u202e ${standIn}\nnext` }, pseudonyms: [standIn] },
    },
  } as DryRunAnswer;
  const plain = view(answer, { language: "en", colours: false });
  expect(plain).not.toMatch(/[\u001b\u0007\u202e]/);
  expect(plain).toContain(`${standIn}\nnext`);
  expect(view(answer, { language: "zh", colours: true })).toContain(`\u001b[32m${standIn}\u001b[0m`);
});

const NONE = { nonSensitive: 0, sensitive: 0, gross: 0 };
