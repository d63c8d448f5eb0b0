// `yumen counts` and `counts open`: whole commands against a plane; exit codes, both languages, and that no identifier is
// printed.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { identifiersIn } from "../src/cli/counts/identifiers.ts";
import { register } from "../src/cli/counts.ts";
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
  plane = await openPlane({ olga: ["operator"] }, { policy: policyOf({ mechanisms, exporters }) });
  writeFileSync(join(folder, "olga"), plane.tokens["olga"]!);
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
  expect(zh.out).toMatch(/免予申报 +非敏感 +681 \/ 100000 +░{20} 0 % +今年内不会/);
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
