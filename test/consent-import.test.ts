// Records of other systems: dates, mappings, CSV; and `yumen consent import` against a running admin plane.

import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createCsv } from "../src/cli/consent/import/csv.ts";
import { hidden } from "../src/cli/consent/import/shown.ts";
import { createUnfinished } from "../src/cli/consent/import/unfinished.ts";
import { inLanguage } from "../src/cli/consent/import/words.ts";
import { register } from "../src/cli/consent.ts";
import { startAdmin } from "../src/io/admin/admin.ts";
import { createMapper } from "../src/io/admin/consents/mapping/apply.ts";
import { instantReader } from "../src/io/admin/consents/mapping/instants.ts";
import { type MappingInput, mappingSchema } from "../src/io/admin/consents/mapping/schema.ts";
import { createTokens, tokensFileOf } from "../src/io/admin/tokens.ts";
import { openKeys } from "../src/io/keys.ts";
import { openMemoryStores } from "../src/io/stores/memory/stores.ts";
import type { Policy } from "../src/words.ts";

const NOW = Date.parse("2026-06-01T04:00:00.000Z");

describe("instants", () => {
  test.each([
    ["iso", "2026-03-01T08:00:00+08:00", "2026-03-01T08:00:00+08:00"],
    ["iso", "2026-03-01", null],
    ["iso", "2026-02-30T00:00:00Z", "2026-02-30T00:00:00Z"],
    ["epoch-s", "1772323200", "2026-03-01T00:00:00.000Z"],
    ["epoch-ms", "1772323200123", "2026-03-01T00:00:00.123Z"],
    ["epoch-ms", "1772323200", null],
    ["YYYY-MM-DD HH:mm:ss", "2026-03-01 08:00:01", "2026-03-01T00:00:01.000Z"],
    ["YYYY-MM-DD HH:mm:ss", "2026-03-01 08:00", null],
    ["YYYY-MM-DD HH:mm:ss", "2026-02-29 08:00:00", null],
    ["YYYY-MM-DD HH:mm:ss", "2026-03-01 24:00:00", null],
    ["YYYY年M月D日", "2026年3月1日", "2026-02-28T16:00:00.000Z"],
    ["D/M/YYYY H:mm", "1/3/2026 8:05", "2026-03-01T00:05:00.000Z"],
    ["YYYYMMDD", "20260301", "2026-02-28T16:00:00.000Z"],
    ["YYYY.MM.DD", "2026x03x01", null],
  ])("%s: %s is %s", (format, text, expected) => {
    const read = instantReader(format, "+08:00")!(text, false, NOW);
    // the calendar of ISO instants is the gate's to check: it reads them as they are
    if (format === "iso" && text.includes("-02-30")) expect([null, expected]).toContain(read);
    else expect(read).toBe(expected);
  });

  test("what is left out: a withdrawal holds from the end of it, a grant from its beginning; never from ahead of now", () => {
    const day = instantReader("YYYY-MM-DD", "+08:00")!;
    expect(day("2026-03-01", false, NOW)).toBe("2026-02-28T16:00:00.000Z");
    expect(day("2026-03-01", true, NOW)).toBe("2026-03-01T15:59:59.999Z");
    expect(day("2026-06-01", true, NOW)).toBe("2026-06-01T04:00:00.000Z");
    expect(day("2026-06-09", true, NOW)).toBe("2026-06-08T16:00:00.000Z");
    const minute = instantReader("YYYY-MM-DD HH:mm", "Z")!;
    expect(minute("2026-03-01 08:00", true, NOW)).toBe("2026-03-01T08:00:59.999Z");
  });

  test.each(["", "YYYY", "HH:mm", "YYYY-DD", "YYYY-MM-DD mm", "YYYY-MM-DD HH:ss"])("%s is no format", (format) => {
    expect(instantReader(format, "Z")).toBeNull();
  });
});

const MAPPING: MappingInput = {
  exporter: "acme",
  subject: { at: "手机号", type: "cn-mobile" },
  aliases: [{ at: "openid", type: "openid" }],
  recipient: "openai",
  purpose: { at: "用途", values: { 客服: "support" } },
  action: { at: "状态", values: { 是: "grant", 否: "withdraw" }, default: "grant" },
  separate: { at: "单独", values: { 是: true, 否: false } },
  types: { at: "种类", split: "、", values: { 手机号: "cn-mobile", 姓名: "person" } },
  givenAt: { at: "时间", format: "YYYY-MM-DD HH:mm" },
  notice: { id: "n", version: { at: "版本" } },
};
const RECORD = { 手机号: " 13800138000 ", openid: "", 用途: "客服", 状态: "是", 单独: "是", 种类: "手机号、姓名" };
const mapperOf = (mapping: MappingInput, exporter?: string) => createMapper(mappingSchema.parse(mapping), exporter);

describe("mapping", () => {
  test("a grant and a withdrawal", () => {
    const apply = mapperOf(MAPPING);
    const record = { ...RECORD, 时间: "2026-03-01 08:00", 版本: "2" };
    expect(apply(record, NOW)).toEqual({
      line: {
        ...{
          exporter: "acme",
          subject: { type: "cn-mobile", value: "13800138000" },
          source: "import",
          action: "grant",
        },
        ...{
          channel: "import",
          recipient: "openai",
          purpose: "support",
          separate: true,
          types: ["cn-mobile", "person"],
        },
        ...{ sensitiveTypes: [], givenAt: "2026-03-01T00:00:00.000Z", notice: { id: "n", version: "2" } },
      },
    });
    expect(apply({ ...record, 状态: "否", openid: "o-1" }, NOW)).toEqual({
      line: {
        ...{
          exporter: "acme",
          subject: { type: "cn-mobile", value: "13800138000" },
          source: "import",
          action: "withdraw",
        },
        ...{ channel: "import", recipient: "openai", purpose: "support", givenAt: "2026-03-01T00:00:59.999Z" },
        aliases: [{ type: "openid", value: "o-1" }],
      },
    });
    expect(mapperOf(MAPPING, "other")(record, NOW)).toMatchObject({ line: { exporter: "other" } });
  });

  test("what has no meaning is told by the field, never by what stood there", () => {
    const record = { ...RECORD, 用途: "13800138000", 状态: "", 种类: "手机号、13800138000", 时间: "13800138000" };
    const mapped = mapperOf(MAPPING)(record, NOW);
    expect("faults" in mapped && mapped.faults.map(({ pointer }) => pointer)).toEqual(
      expect.arrayContaining(["/purpose", "/types", "/givenAt"]),
    );
    expect(JSON.stringify(mapped)).not.toContain("138");
  });

  test("JSON: pointers, arrays, flags and numbers as they are; nothing is inherited", () => {
    const mapping: MappingInput = {
      ...{ exporter: "acme", subject: { at: "/user/phone~1main", type: "cn-mobile" }, recipient: { at: "/to/0" } },
      ...{ purpose: "support", separate: { at: "sep" }, types: { at: "/kinds" }, sequence: { at: "n" } },
      ...{ givenAt: { at: "at", format: "epoch-ms" }, act: { at: "toString" } },
    };
    const record = {
      user: { "phone/main": 13800138000 },
      to: ["openai"],
      sep: "true",
      kinds: ["a", "b"],
      n: "7",
      at: NOW,
    };
    expect(mapperOf(mapping)(record, NOW)).toMatchObject({
      line: { subject: { value: "13800138000" }, recipient: "openai", separate: true, types: ["a", "b"], sequence: 7 },
    });
    expect(mapperOf(mapping)(record, NOW)).toHaveProperty("line.act", undefined);
    for (const odd of [null, 1, "x", []])
      expect(mapperOf(mapping)(odd, NOW)).toMatchObject({ line: { subject: { value: "" } } });
  });

  test.each([
    { ...MAPPING, givenAt: undefined },
    { ...MAPPING, givenAt: { at: "t", format: "DD" } },
    { ...MAPPING, givenAt: { at: "t", zone: "Asia/Shanghai" } },
    { ...MAPPING, 手机号: 1 },
  ])("a mapping that is none is refused %#", (mapping) => {
    expect(mappingSchema.safeParse(mapping).success).toBe(false);
  });
});

describe("CSV", () => {
  const rowsOf = (chunks: readonly string[]) => {
    const csv = createCsv(",");
    const rows = chunks.flatMap((chunk) => [...csv.push(chunk)]);
    const last = csv.flush();
    return last === null ? rows : [...rows, last];
  };

  test("any fields, written with quotes and cut anywhere, come back; each row at the line where it begins", () => {
    const aField = fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", "玉", " ", "\r\n"), maxLength: 6 });
    const rows = fc.array(fc.array(aField, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(rows, fc.array(fc.nat(60), { maxLength: 4 }), fc.constantFrom("\n", "\r\n"), (all, cuts, end) => {
        const text = all.map((row) => row.map((field) => `"${field.replaceAll('"', '""')}"`).join(",")).join(end);
        const at = [0, ...cuts.filter((cut) => cut < text.length).sort((a, b) => a - b), text.length];
        const found = rowsOf(at.slice(1).map((to, i) => text.slice(at[i], to)));
        expect(found.map(({ fields }) => fields)).toEqual(all);
        let line = 1;
        for (const [i, row] of all.entries()) {
          expect(found[i]!.line).toBe(line);
          line += 1 + row.join("").split("\n").length - 1;
        }
      }),
      { numRuns: 300 },
    );
  });

  test("plain fields, blank lines, a quote amid a field", () => {
    expect(rowsOf(['a,b\r\n\r\n\n5" pipe,\n,"x"y\n'])).toEqual([
      { line: 1, fields: ["a", "b"] },
      { line: 4, fields: ['5" pipe', ""] },
      { line: 5, fields: ["", "xy"] },
    ]);
  });

  test("a quote that nothing closes ends the file, by the line that it stands on", () => {
    expect(() => rowsOf(["a,b\n", '1,"13800138000\n2,3\n'])).toThrow(/^line 2 begins/);
    for (const line of ["x\n", '""\n', '"" \n'])
      expect(() => rowsOf([`a\n"${line.repeat(40_000)}`])).toThrow(/^line 2 begins/);
  });
});

test("what --dry-run shows: ids, instants, flags; never a value", () => {
  const line = {
    ...{ subject: { type: "cn-mobile", value: "13800138000" }, recipient: "openai", separate: true, event: "e-1" },
    ...{ givenAt: "2026-03-01T00:00:00.000Z", purpose: "张三", channel: "crm-13800138000", types: ["person"] },
    evidence: { uri: "https://a.example/x", sha256: "0" },
  };
  expect(hidden(line)).toEqual({
    ...{ subject: { type: "cn-mobile", value: "(11 characters)" }, recipient: "openai", separate: true },
    ...{ event: "(3 characters)", givenAt: "2026-03-01T00:00:00.000Z", purpose: "(2 characters)" },
    ...{ channel: "(15 characters)", types: ["person"], evidence: { uri: "(19 characters)", sha256: "0" } },
  });
});

describe("yumen consent import", () => {
  const folder = mkdtempSync(join(tmpdir(), "yumen-import-"));
  createTokens(folder);
  const stores = openMemoryStores();
  let keys: Awaited<ReturnType<typeof openKeys>>["keys"];
  let address = "";
  let close = async () => {};
  beforeAll(async () => {
    ({ keys } = await openKeys(folder));
    const started = await startAdmin({
      ...{
        port: 0,
        ...stores,
        keys,
        clock: { nowMs: Date.now },
        note: async () => 0,
        tokensFile: tokensFileOf(folder),
      },
      policy: () =>
        ({
          exporters: new Map([["acme", { handler: "acme" }]]),
          recipients: new Map([["openai", {}]]),
          purposes: new Map([["support", {}]]),
        }) as unknown as Policy,
      canonicalise: (type, text) => (type === "cn-mobile" ? (/^1\d{10}$/.exec(text)?.[0] ?? null) : text),
      status: () => ({ ready: true, checks: {} }),
      metrics: async () => "",
    });
    address = `http://127.0.0.1:${started.port}`;
    close = started.close;
    writeFileSync(join(folder, "map.yaml"), JSON.stringify({ ...MAPPING, encoding: "gb18030" }));
    writeFileSync(join(folder, "map-utf8.yaml"), JSON.stringify(MAPPING));
  });
  afterAll(async () => {
    await close();
    rmSync(folder, { recursive: true, force: true });
  });
  const printed: string[] = [];
  beforeEach(() => {
    printed.length = 0;
    for (const way of ["log", "error"] as const)
      vi.spyOn(console, way).mockImplementation((line) => void printed.push(String(line)));
  });
  afterEach(() => {
    vi.restoreAllMocks();
    process.exitCode = undefined;
  });

  async function yumen(file: string, ...more: readonly string[]): Promise<number> {
    const program = new Command().exitOverride();
    register(program);
    const connected = ["--admin", address, "--data", folder];
    await program.parseAsync(["consent", "import", join(folder, file), ...connected, ...more], { from: "user" });
    return Number(process.exitCode);
  }
  const HEADER = "手机号,用途,状态,单独,种类,时间,版本,openid";
  const rowOf = (mobile: string, more: { status?: string; at?: string; use?: string } = {}) =>
    `${mobile},${more.use ?? "客服"},${more.status ?? "是"},是,手机号、姓名,${more.at ?? "2026-03-01 08:00"},2,`;
  const write = (name: string, rows: readonly string[], bom = "") =>
    writeFileSync(join(folder, name), `${bom}${[HEADER, ...rows].join("\r\n")}\r\n`);
  const stateOf = (mobile: string) =>
    stores.consent.state("acme", keys.person("acme", "cn-mobile", mobile), "openai", "support");
  const mapping = ["--mapping", join(folder, "map-utf8.yaml")];

  test("all taken: exit 0; again: all known; what it prints holds nobody's number", async () => {
    write("a.csv", [rowOf("13900000001"), rowOf("13900000002"), rowOf("13900000002", { status: "否" })], "\ufeff");
    expect(await yumen("a.csv", ...mapping)).toBe(0);
    expect(printed.at(-1)).toMatch(/^3 lines: 3 recorded, 0 already known, 0 rejected/);
    expect([stateOf("13900000001")?.granted, stateOf("13900000002")?.granted]).toEqual([true, false]);
    expect(stateOf("13900000001")).toMatchObject({ types: ["cn-mobile", "person"], notice: { id: "n", version: "2" } });
    expect(await yumen("a.csv", ...mapping, "--json")).toBe(0);
    expect(JSON.parse(printed.at(-1)!)).toMatchObject({ lines: 3, added: 0, known: 3, rejected: 0, done: true });
    expect(printed.join("\n")).not.toContain("139");
    expect(existsSync(join(folder, "a.csv.rejects.ndjson"))).toBe(false);
  });

  test("rejected lines stand beside, by number and reason; mended and run again only they are new", async () => {
    const good = [rowOf("13900000003"), rowOf("13900000004")];
    write("b.csv", [good[0]!, rowOf("23900000005"), rowOf("13900000006", { use: "不知道" }), "too,few", good[1]!]);
    expect(await yumen("b.csv", ...mapping)).toBe(1);
    const rejects = readFileSync(join(folder, "b.csv.rejects.ndjson"), "utf8");
    const told = rejects
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(told.toSorted((a, b) => a.line - b.line)).toMatchObject([
      { line: 3, code: "request_invalid", errors: [{ pointer: "/subject/value" }] },
      { line: 4, code: "not_mapped", errors: [{ pointer: "/purpose" }] },
      { line: 5, code: "not_mapped", errors: [{ detail: "fields_differ" }] },
    ]);
    expect(rejects).not.toMatch(/\d{11}|不知道/);
    write("b.csv", [rowOf("13900000005"), ...good, rowOf("13900000006")]);
    expect(await yumen("b.csv", ...mapping, "--json")).toBe(0);
    expect(JSON.parse(printed.at(-1)!)).toMatchObject({ lines: 4, added: 2, known: 2 });
    expect(existsSync(join(folder, "b.csv.rejects.ndjson"))).toBe(false);
  });

  test("5,000 lines over several requests, a few wrong", async () => {
    const rows = Array.from({ length: 5_000 }, (_, i) => rowOf(`13${700000000 + i}`));
    for (const i of [0, 2_500, 4_999]) rows[i] = rowOf("1");
    write("c.csv", rows);
    expect(await yumen("c.csv", ...mapping, "--json")).toBe(1);
    expect(JSON.parse(printed.at(-1)!)).toMatchObject({ lines: 5_000, added: 4_997, rejected: 3 });
    const lines = readFileSync(join(folder, "c.csv.rejects.ndjson"), "utf8").trim().split("\n");
    expect(lines.map((line) => JSON.parse(line).line)).toEqual([2, 2_502, 5_001]);
  });

  test("GB18030 as spreadsheets write it; the wrong encoding is told, not guessed", async () => {
    const text = `${HEADER}\n${rowOf("13900000007")}\n`;
    const bytes = [...text].map((c) => GB18030.get(c) ?? Buffer.from(c));
    writeFileSync(join(folder, "d.csv"), Buffer.concat(bytes));
    expect(await yumen("d.csv", "--mapping", join(folder, "map.yaml"))).toBe(0);
    expect(stateOf("13900000007")?.granted).toBe(true);
    expect(await yumen("d.csv", ...mapping)).toBe(2);
    expect(printed.at(-1)).toMatch(/not utf-8.*gb18030/);
  });

  test("--dry-run shows five with values hidden, asks no gate, tells what is wrong", async () => {
    write("e.csv", [
      rowOf("13900000008"),
      rowOf("13900000009", { at: "昨天" }),
      ...Array(9).fill(rowOf("13900000010")),
    ]);
    expect(await yumen("e.csv", ...mapping, "--dry-run", "--admin", "http://127.0.0.1:9", "--json")).toBe(1);
    expect(printed).toHaveLength(5);
    expect(JSON.parse(printed[0]!)).toMatchObject({ line: 2, sent: { subject: { value: "(11 characters)" } } });
    expect(JSON.parse(printed[1]!)).toMatchObject({ line: 3, errors: [{ pointer: "/givenAt" }] });
    expect(printed.join("\n")).not.toMatch(/139|昨天/);
    expect(stateOf("13900000008")).toBeNull();
  });

  test("NDJSON", async () => {
    const mapping: MappingInput = {
      ...{ subject: { at: "/user/tel", type: "cn-mobile" }, recipient: "openai", purpose: "support", separate: true },
      ...{ types: ["cn-mobile"], givenAt: { at: "ts", format: "epoch-ms" } },
    };
    writeFileSync(join(folder, "nd.yaml"), JSON.stringify(mapping));
    const lines = [JSON.stringify({ user: { tel: "13900000011" }, ts: NOW - 1_000 }), "{", ""];
    writeFileSync(join(folder, "f.ndjson"), lines.join("\n"));
    expect(await yumen("f.ndjson", "--mapping", join(folder, "nd.yaml"), "--exporter", "acme")).toBe(1);
    expect(stateOf("13900000011")?.granted).toBe(true);
  });

  test.each([
    ["no such file", "none.csv", mapping, /cannot read/],
    ["no such mapping", "a.csv", ["--mapping", "/nonexistent.yaml"], /cannot read the mapping/],
    ["no gate", "a.csv", [...mapping, "--admin", "http://127.0.0.1:9"], /is the gate running/],
  ])("%s: exit 2", async (_why, file, more, says) => {
    write("a.csv", [rowOf("13900000001")]);
    expect(await yumen(file, ...more)).toBe(2);
    expect(printed.at(-1)).toMatch(says);
  });

  const told = () => JSON.parse(printed.at(-1)!) as Record<string, unknown>;
  const rejectsOf = (name: string) => readFileSync(join(folder, `${name}.rejects.ndjson`), "utf8");

  describe("files as they should not be", () => {
    test.each([
      ["empty", "", 2, /no record/],
      ["two columns of one name", `${HEADER},用途\n`, 2, /two columns/],
      ["a quote that nothing closes", `${HEADER}\n"${"x,\n".repeat(40_000)}`, 2, /line 2 begins/],
      ["a cell of a megabyte", `${HEADER}\n${"9".repeat(1_048_576)},客服\n`, 2, /line 2 begins.*longer than/],
      ["a header alone", `${HEADER}\n`, 0, /^0 lines/],
      ["half of a character at its end", `${HEADER}\n\xff`, 2, /not utf-8/],
    ])("%s", async (_what, text, code, says) => {
      writeFileSync(join(folder, "g.csv"), text.endsWith("\xff") ? Buffer.from(text, "latin1") : text);
      expect(await yumen("g.csv", ...mapping)).toBe(code);
      expect(printed.join("\n")).toMatch(says);
    });

    test("a NUL, a lone quote, a formula, a row too long: each is refused alone, and what stands there is not told", async () => {
      const odd = ["139\u000000000012", '"13900000012""', "=HYPERLINK(1)", "13900000012,x"];
      write("h.csv", [...odd.map((mobile) => rowOf(mobile)), rowOf("13900000013")]);
      expect(await yumen("h.csv", ...mapping, "--json")).toBe(2);
      write("h.csv", [...odd.filter((text) => !text.startsWith('"')).map((text) => rowOf(text)), rowOf("13900000013")]);
      expect(await yumen("h.csv", ...mapping, "--json")).toBe(1);
      expect(told()).toMatchObject({ lines: 4, added: 1, rejected: 3 });
      expect(stateOf("13900000013")?.granted).toBe(true);
      expect(rejectsOf("h.csv")).not.toMatch(/139|HYPERLINK/);
    });

    test("a clock far ahead: the grant is refused, the withdrawal holds from now", async () => {
      write("i.csv", [rowOf("13900000014"), rowOf("13900000015")]);
      expect(await yumen("i.csv", ...mapping)).toBe(0);
      const at = "2999-01-01 00:00";
      write("i.csv", [rowOf("13900000016", { at }), rowOf("13900000015", { at, status: "否" })]);
      expect(await yumen("i.csv", ...mapping)).toBe(1);
      expect(rejectsOf("i.csv")).toMatch(/"line":2.*lies in the future/);
      expect([stateOf("13900000016"), stateOf("13900000015")?.granted]).toEqual([null, false]);
      expect(Date.parse(stateOf("13900000015")!.withdrawnAt!)).toBeLessThanOrEqual(Date.now());
    });

    test("an id that is another event's is refused; the same one again is known", async () => {
      writeFileSync(join(folder, "ids.yaml"), JSON.stringify({ ...MAPPING, aliases: [], event: { at: "openid" } }));
      const ids = ["--mapping", join(folder, "ids.yaml"), "--json"];
      write("j.csv", [`${rowOf("13900000017")}e-1`, `${rowOf("13900000018")}e-2`]);
      expect(await yumen("j.csv", ...ids)).toBe(0);
      write("j.csv", [`${rowOf("13900000017")}e-1`, `${rowOf("13900000019")}e-2`, `${rowOf("13900000017")}e-2`]);
      expect(await yumen("j.csv", ...ids)).toBe(1);
      expect(told()).toMatchObject({ lines: 3, known: 1, added: 0, rejected: 2 });
      expect(rejectsOf("j.csv").match(/event_known/g)).toHaveLength(2);
      expect(stateOf("13900000019")).toBeNull();
    });
  });

  describe("a run that was cut off", () => {
    const rows = [rowOf("13900000021"), rowOf("13900000022")];
    const cutOff = async () => {
      write("k.csv", rows);
      const bytes = readFileSync(join(folder, "k.csv"));
      const digest = createHash("sha256").update(bytes.subarray(0, 150)).digest("hex");
      await createUnfinished(join(folder, "k.csv")).mark({ bytes: 150, digest });
    };

    test.each([
      ["is the same", rows, false, /cut off at \d+ %/],
      ["has grown", [...rows, rowOf("13900000023")], false, /cut off/],
      ["has another line before", [rowOf("13900000024"), ...rows], true, /has changed/],
      ["is shorter", [], true, /has changed/],
    ])("the file %s: told, and every line is sent", async (_what, now, changed, says) => {
      await cutOff();
      write("k.csv", now);
      expect(await yumen("k.csv", ...mapping, "--json")).toBe(0);
      expect(told()).toMatchObject({ lines: now.length, changed, done: true });
      expect(printed[0]).toMatch(says);
      expect(existsSync(join(folder, "k.csv.unfinished.json"))).toBe(false);
      await yumen("k.csv", ...mapping, "--json");
      expect(told()).not.toHaveProperty("changed");
    });

    test("what is left of it holds no line; a damaged one is as none", async () => {
      await cutOff();
      expect(readFileSync(join(folder, "k.csv.unfinished.json"), "utf8")).not.toMatch(/139|openai/);
      writeFileSync(join(folder, "k.csv.unfinished.json"), '{"bytes":"x"');
      expect(await yumen("k.csv", ...mapping, "--json")).toBe(0);
      expect(told()).not.toHaveProperty("changed");
    });
  });

  describe("--lang zh", () => {
    test("progress, reasons and what could not run", async () => {
      write("l.csv", [rowOf("13900000025"), rowOf("2"), rowOf("13900000026", { use: "不知道", at: "昨天" }), "a,b"]);
      expect(await yumen("l.csv", ...mapping, "--lang", "zh")).toBe(1);
      expect(printed.join("\n")).toMatch(/共 4 行：新记录 1，早已记录 0，未接受 3/);
      const rejects = rejectsOf("l.csv");
      for (const says of ["不是所写类型的标识", "映射里没有说这个值是什么意思", "不是 YYYY-MM-DD HH:mm 格式的时间"])
        expect(rejects).toContain(says);
      expect(await yumen("l.csv", ...mapping, "--lang", "zh", "--dry-run")).toBe(1);
      expect(printed.join("\n")).toContain("第 2 行");
      expect(await yumen("none.csv", ...mapping, "--lang", "zh")).toBe(2);
      expect(printed.at(-1)).toMatch(/^yumen consent: 读不了这个文件/);
    });

    test("a mistake in the mapping", async () => {
      writeFileSync(join(folder, "bad-zh.yaml"), "subject: 5\ngivenAt: { at: t, format: DD }\n");
      expect(await yumen("a.csv", "--mapping", join(folder, "bad-zh.yaml"), "--lang", "zh")).toBe(2);
      expect(printed.at(-1)).toMatch(/givenAt\.format: 应为 iso/);
      expect(printed.at(-1)).toMatch(/subject: 无效输入/);
    });

    test("every reason of the gate and of a mapping has its words", () => {
      const sources = ["src/io/admin/schema.ts", "src/io/admin/problem.ts", "src/io/admin/consents/incoming.ts"];
      const more = ["src/io/admin/consents/recorded.ts", "src/io/admin/consents/mapping/apply.ts"];
      const reasons = [...sources, ...more]
        .map((path) => readFileSync(path, "utf8"))
        .flatMap((text) => [
          ...text.matchAll(
            /(?:error|detail|event_known|events_full|identifiers_full): "([^"]+)"|fault\(pointer, "([^"]+)"/g,
          ),
        ])
        .map(([, one, other]) => one ?? other!);
      expect(reasons.length).toBeGreaterThan(15);
      const not = reasons.filter((reason) => !/\p{Script=Han}/u.test(inLanguage(reason, "zh")));
      // of orders, of the path of a PUT, and of requests: no line is told so
      expect(not.filter((reason) => !/in the path|letter and 7|request/i.test(reason))).toEqual([]);
      expect(reasons.map((reason) => inLanguage(reason, "en"))).toEqual(reasons);
    });
  });

  test("a mistake in the mapping is told with its place", async () => {
    writeFileSync(join(folder, "bad.yaml"), "subject: { at: tel, type: cn-mobile }\ngivenAt: { at: t, format: DD }\n");
    expect(await yumen("a.csv", "--mapping", join(folder, "bad.yaml"))).toBe(2);
    expect(printed.at(-1)).toMatch(/bad\.yaml:2:\d+ {2}givenAt\.format: must be iso/);
  });
});

/** Node decodes GB18030 and writes none: each character found by decoding. */
const GB18030 = new Map<string, Buffer>();
for (let high = 0x81; high <= 0xfe; high++) {
  for (let low = 0x40; low <= 0xfe; low++) {
    const bytes = Buffer.of(high, low);
    const text = new TextDecoder("gb18030").decode(bytes);
    if ([...text].length === 1) GB18030.set(text, bytes);
  }
}
