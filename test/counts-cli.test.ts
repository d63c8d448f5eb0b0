// `yumen counts` and `counts open`: whole commands against a plane; exit codes, both languages, and that no identifier is
// printed.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { identifiersIn } from "../src/cli/counts/identifiers.ts";
import { register } from "../src/cli/counts.ts";
import { register as registerProposal } from "../src/cli/proposal.ts";
import { register as registerStatus } from "../src/cli/status.ts";
import { ranCommand } from "./command.ts";
import { admission, by, NO_LIMIT } from "./contracts/people.contract.ts";
import { CONTRACT, policyOf } from "./decide/cases.ts";
import { openPlane, type Plane } from "./plane.ts";

let plane: Plane;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "yumen-counts-cli-"));
  const mechanisms = [{ ...CONTRACT, scope: { recipients: ["acme"], maxNonSensitive: 1000 } }];
  const shop = policyOf().exporters.get("shop")!;
  const exporters = new Map([shop, { ...shop, id: "sister", handler: "sister" }].map((one) => [one.id, one]));
  const outsideFlows = [
    {
      ...{ id: "mailer", name: "Newsletters", exporter: "sister", recipient: "beta", purpose: "support" },
      ...{ kinds: ["email"], peopleAYear: { nonSensitive: 30, sensitive: 0 }, owner: "marketing@shop.example" },
    },
  ];
  const people = { olga: ["operator"], anna: ["approver"] } as const;
  plane = await openPlane(people, { policy: policyOf({ mechanisms, exporters, outsideFlows }) });
  for (const id of ["olga", "anna"]) writeFileSync(join(folder, id), plane.tokens[id]!);
});
afterAll(async () => {
  await plane.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => vi.stubEnv("YUMEN_ADMIN_TOKEN", ""));
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.exitCode = undefined;
});

async function yumen(...line: string[]) {
  const ran = await ranCommand(register, [
    "counts",
    ...line,
    "--admin",
    plane.base,
    "--token-file",
    join(folder, "olga"),
  ]);
  expect(ran.out + ran.err).not.toMatch(/1380013\d{4}/);
  return ran;
}
const open = (...line: string[]) =>
  yumen("open", "--exporter", "shop", "--year", "2026", "--class", "ns", "--by", "dpo", "--source", "crm", ...line);
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

test("a year that nobody opened: 1, and it says so in both languages; opened with zero: 0", async () => {
  const zh = await yumen("--lang", "zh");
  expect([zh.code, zh.out.includes("没有期初")]).toEqual([1, true]);
  expect((await yumen("--lang", "en")).out).toContain("not opened");
  expect((await open("--people", "0", "--lang", "en")).code).toBe(0);
  expect((await yumen("--exporter", "shop")).code).toBe(0);
  expect((await yumen()).code).toBe(1);
});

test("a list in either form, twice: merged, told without anybody's number", async () => {
  const lines = Array.from({ length: 2_400 }, (_, n) => `cn-mobile:1380013${String(n).padStart(4, "0")}`);
  lines[7] = JSON.stringify({ type: "cn-mobile", value: "13800130007" });
  const list = file("ids.jsonl", `${lines.join("\n")}\n\n`);
  const first = await open("--file", list, "--json");
  expect(first.code).toBe(0);
  expect(JSON.parse(first.out)).toMatchObject({ given: 2_400, added: 2_400, grew: true, counts: { gross: 2_400 } });
  const again = JSON.parse((await open("--file", list, "--json")).out);
  expect(again).toMatchObject({ given: 2_400, added: 0, grew: false, counts: { gross: 2_400 } });
  expect((await open("--file", list, "--lang", "zh")).out).toContain("没有变化");
  expect((await yumen("--json")).code).toBe(1);
});

test("the forecast stands with its interval, in days and bars", async () => {
  const { people } = plane.stores;
  let n = 10_000;
  for (let day = 1; day <= 31; day++) {
    const fresh = Array.from({ length: 20 + (day % 5) }, () => by(admission(++n), "beta", "E7"));
    await people.admit("sister", 2026, fresh, NO_LIMIT, { day: `2026-05-${String(day).padStart(2, "0")}` });
  }
  const { exporters } = JSON.parse((await yumen("--exporter", "sister", "--json")).out);
  expect(exporters[0].lines[0]).toMatchObject({ id: "exempt", basis: "pace", daysSeen: 28, expected: null });
  const zh = await yumen("--lang", "zh");
  expect(zh.out).toMatch(/免予申报 +非敏感 +711 \/ 100000 +░{20} 0 % +今年内不会/);
  expect(zh.out).toMatch(/sc-1 +非敏感 +\d+ \/ 1001 +█{20}/);
  expect(zh.out).toContain("按接收方");
});

test.each([
  ["neither list nor number", []],
  ["both", ["--people", "1", "--file", "x"]],
  ["no number", ["--people", "many"]],
  ["no file", ["--file", "/nowhere/ids"]],
  ["a class that is none", ["--people", "1", "--class", "x"]],
])("%s: 2", async (_what, more) => {
  const ran = await open(...more, "--lang", "en");
  expect([ran.code, ran.out]).toEqual([2, ""]);
  expect(ran.err).toMatch(/^yumen: /);
});

test("a line that is no identifier is named by its number, never by its text", async () => {
  const bad = file("bad.jsonl", "cn-mobile:13800130001\n13800130002\n");
  const ran = await open("--file", bad, "--lang", "en");
  expect([ran.code, ran.err]).toEqual([2, expect.stringContaining("line 2")]);
  expect((await open("--file", file("empty", "\n"), "--lang", "zh")).err).toContain("名单是空的");
});

test("a portion has room in a request, however long its identifiers are", async () => {
  const long = Array.from({ length: 300 }, (_, n) => `id:${n}${"x".repeat(400)}`).join("\n");
  vi.spyOn(process, "stdin", "get").mockReturnValue(Readable.from([long]) as never);
  const portions: number[] = [];
  for await (const portion of identifiersIn("-")) {
    expect(Buffer.byteLength(JSON.stringify({ subjects: portion }))).toBeLessThan(60_000);
    portions.push(portion.length);
  }
  expect(portions.reduce((sum, size) => sum + size, 0)).toBe(300);
  expect(portions.length).toBeGreaterThan(1);
});

describe("what was stated too high", () => {
  const correct = (...line: string[]) => yumen("correct", "--exporter", "shop", "--year", "2026", ...line);
  const proposal = (who: string, ...line: string[]) =>
    ranCommand(registerProposal, ["proposal", ...line, "--admin", plane.base, "--token-file", join(folder, who)]);
  const gross = async () =>
    JSON.parse((await yumen("--exporter", "shop", "--json")).out).exporters[0].counts.gross as number;

  test("one person proposes, another takes it back; both languages, and the year's page tells it", async () => {
    await open("--people", "500");
    const before = await gross();
    const asked = await correct("--class", "ns", "--people", "20", "--reason", "counted twice", "--lang", "zh");
    expect([asked.code, asked.err]).toEqual([0, ""]);
    expect(asked.out).toContain("等另一个人");
    const [id] = /prp_\w+/.exec(asked.out)!;
    expect(await gross()).toBe(before);
    const shown = JSON.parse((await proposal("anna", "show", id, "--json")).out);
    expect(shown).toMatchObject({ action: "correction", body: { exporter: "shop", class: "ns", people: 20 } });
    // not by who proposed it
    expect((await proposal("olga", "approve", id, "--digest", shown.digest)).code).toBe(2);
    expect(await gross()).toBe(before);
    expect((await proposal("anna", "approve", id, "--digest", shown.digest)).code).toBe(0);
    expect(await gross()).toBe(before - 20);
    const page = (await yumen("--exporter", "shop", "--lang", "en")).out;
    expect(page).toMatch(/opening +\d{4}-\d\d-\d\d +500 people \+ 2400 by name +non-sensitive +crm +dpo/);
    expect(page).toMatch(/correction +2026-06-01 +-20 people/);
    expect((await yumen("--exporter", "shop", "--lang", "zh")).out).toMatch(/更正 +2026-06-01 +-20 人/);
  });

  test.each([
    ["more than was stated", ["--class", "ns", "--people", "9999", "--reason", "r"], /people/],
    ["of a class that nobody stated", ["--class", "s", "--people", "1", "--reason", "r"], /people/],
    [
      "for a recipient that nobody named",
      ["--class", "ns", "--people", "1", "--reason", "r", "--recipient", "acme"],
      /./,
    ],
    ["nobody", ["--class", "ns", "--people", "0", "--reason", "r"], /--people/],
    ["a number that is none", ["--class", "ns", "--people", "-5", "--reason", "r"], /--people/],
    ["somebody's number as the reason", ["--class", "ns", "--people", "1", "--reason", "13900139000"], /reason/],
    ["a year that is none", ["--class", "ns", "--people", "1", "--reason", "r", "--year", "26"], /--year/],
  ])("%s: 2, and nothing is proposed", async (_what, line, says) => {
    const before = (await plane.call("olga", "GET", "/v1/proposals")).json.items.length;
    const ran = await correct(...line, "--lang", "en");
    expect([ran.code, ran.out]).toEqual([2, ""]);
    expect(ran.err).toMatch(says);
    expect(ran.err).not.toContain("13900139000");
    expect((await plane.call("olga", "GET", "/v1/proposals")).json.items).toHaveLength(before);
  });

  test("whom a list named wrongly: by a file, a proposal for each thousand, and no identifier comes out", async () => {
    const before = await gross();
    const lines = Array.from({ length: 1_100 }, (_, n) => `cn-mobile:1380013${String(n).padStart(4, "0")}`);
    const list = file("wrong.jsonl", lines.join("\n"));
    const asked = await correct("--class", "ns", "--file", list, "--reason", "last year", "--json");
    expect([asked.code, asked.err]).toEqual([0, ""]);
    const { proposals } = JSON.parse(asked.out);
    expect(proposals.map(({ body }: { body: { keys: string[] } }) => body.keys.length)).toEqual([1_000, 100]);
    expect(asked.out).not.toContain("1380013");
    for (const { id, digest } of proposals)
      expect((await proposal("anna", "approve", id, "--digest", digest)).code).toBe(0);
    expect(await gross()).toBe(before - 1_100);
    const neither = await correct("--class", "ns", "--reason", "r", "--lang", "en");
    expect([neither.code, neither.err]).toMatchObject([2, expect.stringContaining("--file")]);
  });

  test("whose it is must be said; and --help has examples", async () => {
    const ran = await yumen("correct", "--class", "ns", "--people", "1", "--reason", "r", "--lang", "zh");
    expect([ran.code, ran.err.includes("--exporter")]).toEqual([2, true]);
  });
});

test("flows past the gate stand apart, marked as declared, and count in every line", async () => {
  const en = (await yumen("--exporter", "sister", "--lang", "en")).out;
  expect(en).toMatch(
    /Declared flows \(past the gate, unverified[^\n]*\n +mailer +beta +support +declared: non-sensitive 30/,
  );
  expect((await yumen("--exporter", "shop", "--lang", "en")).out).not.toContain("Declared flows");
  const zh = (await yumen("--exporter", "sister", "--lang", "zh")).out;
  expect(zh).toMatch(/已登记的出境流（不经过玉门关，未经核实/);
  const [sister] = JSON.parse((await yumen("--exporter", "sister", "--json")).out).exporters;
  expect(sister.lines[0].count).toBe(sister.counts.nonSensitive + 30);
  const page = async (...line: string[]) =>
    ranCommand(registerStatus, ["status", ...line, "--admin", plane.base, "--token-file", join(folder, "olga")]);
  expect((await page("--lang", "en")).out).toMatch(/sister .*declared flows besides 30 \/ 0 \(unverified\)/);
  expect((await page("--lang", "zh")).out).toMatch(/sister .*另有登记的出境流 30 \/ 0（未经核实）/);
  const { counts } = JSON.parse((await page("--json")).out);
  const declaredBy = Object.fromEntries(
    counts.map((one: { exporter: string; declared: object }) => [one.exporter, one.declared]),
  );
  expect(declaredBy).toEqual({ shop: { nonSensitive: 0, sensitive: 0 }, sister: { nonSensitive: 30, sensitive: 0 } });
});
