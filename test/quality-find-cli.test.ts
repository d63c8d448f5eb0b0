// `yumen find` for people: text and documents, the view, reasons. Law: no value is printed unless it was asked for.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { view } from "../src/cli/find/view.ts";
import { whyOf, wordsOf } from "../src/cli/find/why.ts";
import { register } from "../src/cli/find.ts";
import { ranCommand } from "./command.ts";

const ID = "11010519491231002X";
const WRONG = "110105194912310021";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "yumen-find-"));
});
afterEach(() => {
  rmSync(dir, { recursive: true });
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.exitCode = undefined;
});

async function run(name: string, content: string, ...options: string[]) {
  const file = join(dir, name);
  writeFileSync(file, content);
  vi.stubEnv("LC_ALL", "C");
  const { out, err, code } = await ranCommand(register, ["find", file, ...options]);
  return { out: out.replaceAll(file, "FILE"), err: err.replaceAll(file, "FILE"), code };
}

test("text: a line a finding, the kind in place of the value", async () => {
  const { out, code } = await run("a.txt", `你好\n证件${ID}，谢谢\n完`);
  expect(out).toBe("FILE  1 finding\n  2:3  证件⟦resident ID number⟧，谢谢\n");
  expect(code).toBe(0);
});

test("values only when asked for, and no control character of theirs", async () => {
  expect((await run("a.txt", `\u001b[2J证件${ID}`)).out).not.toContain("\u001b");
  const { out } = await run("a.txt", `\u001b[2J证件${ID}`, "--show");
  expect(out).toContain(`⟦${ID}⟧`);
  expect(out).not.toContain("\u001b");
});

test("a document: by pointer, with reasons", async () => {
  const { out } = await run("a.json", `{"user":{"sfzh":"${WRONG}","n":1}}`, "--explain");
  expect(out).toBe(
    [
      "FILE  1 finding",
      "  /user/sfzh  ⟦resident ID number⟧",
      "      cn-id  resident ID number / 身份证号, sensitive  suspect: its check digit is wrong; the name “sfzh”",
      "",
    ].join("\n"),
  );
});

test("--json: the format of lines, the file's name as id", async () => {
  const { out } = await run("a.txt", `证件${ID}`, "--json");
  expect(JSON.parse(out)).toEqual({ id: "FILE", spans: [{ start: 2, end: 20, type: "cn-id" }] });
});

test("--as overrules the name; lines take --explain too", async () => {
  const line = JSON.stringify({ id: 1, text: `身份证：${WRONG}` });
  expect((await run("a.txt", line, "--as", "lines")).out).toBe(
    '{"id":1,"spans":[{"start":4,"end":22,"type":"cn-id"}]}\n',
  );
  const { out } = await run("a.in", line, "--explain");
  expect(JSON.parse(out).spans).toEqual([
    { start: 4, end: 22, type: "cn-id", certainty: "suspect", sensitive: true, why: { by: "before", word: "身份证" } },
  ]);
});

test.each([
  ["a.json", `{"a":"${ID}`, /^yumen find: json_invalid/],
  ["a.in", `${ID}`, /^FILE:1: not a line of JSON|^FILE:1: not a JSON object/],
])("%s that cannot be read: an error without its words", async (name, content, message) => {
  const { out, err, code } = await run(name, content);
  expect(err).toMatch(message);
  expect(`${out}${err}`).not.toContain(ID);
  expect(code).toBe(2);
});

describe("view", () => {
  const place = { start: 2, end: 5, type: "cn-id", sensitive: true };
  const strings = [{ text: "一二abc三四", places: [place] }];
  const plain = { colours: false, values: false, why: false, language: "zh" } as const;

  test("colours when asked for, none otherwise", () => {
    expect(view("x", strings, plain)).toBe("x  1 处\n  1:3  一二⟦身份证号⟧三四\n");
    expect(view("x", strings, { ...plain, colours: true })).toContain("\u001b[31m⟦身份证号⟧\u001b[0m");
  });

  test("two values on one line are one line; a value over a line break is one value", () => {
    const text = "a 123 b 456\nc 7\n8 d";
    const places = [
      { start: 2, end: 5, type: "x" },
      { start: 8, end: 11, type: "y" },
      { start: 14, end: 17, type: "z" },
    ];
    expect(view("x", [{ text, places }], plain)).toBe("x  3 处\n  1:3  a ⟦x⟧ b ⟦y⟧\n  2:3  c ⟦z⟧ d\n");
  });

  test("long lines are cut around what was found", () => {
    const text = `${"甲".repeat(500)}123${"乙".repeat(500)}`;
    const line = view("x", [{ text, places: [{ start: 500, end: 503, type: "x" }] }], plain).split("\n")[1]!;
    expect(line.length).toBeLessThan(160);
    expect(line).toMatch(/…甲+⟦x⟧乙+…$/);
  });
});

describe("why: what a finding needs", () => {
  /** Finds 123 after “tel”, before “号”, or under the name “sjh”. */
  const ask = (text: string, key: string) => {
    const start = text.indexOf("123");
    const near = text.slice(Math.max(0, start - 9), start);
    const holds =
      near.includes("tel") || text.includes("号", start) || key === "sjh" || (near.includes("(") && text.includes(")"));
    return start >= 0 && holds ? [{ start, end: start + 3, type: "x" }] : [];
  };
  test.each([
    ["my tel is 123", "", { by: "before", word: "tel" }],
    ["123 is my 号 ok", "", { by: "after", word: "号" }],
    ["123", "sjh", { by: "key", word: "sjh" }],
    ["(a 123 b)", "", { by: "around" }],
  ])("%s", (text, key, why) => {
    const start = text.indexOf("123");
    expect(whyOf(ask, text, { start, end: start + 3, type: "x" }, key)).toEqual(why);
  });
  test("the value alone", () => {
    const all = (text: string) => [{ start: text.indexOf("123"), end: text.indexOf("123") + 3, type: "x" }];
    expect(whyOf(all, "tel 123", { start: 4, end: 7, type: "x" }, "sjh")).toEqual({ by: "form" });
  });
  test("in words, in both languages", () => {
    expect(wordsOf("checksum", { by: "form" }, "zh")).toBe("校验位成立");
    expect(wordsOf("format+context", { by: "before", word: "tel" }, "en")).toBe("its form; before it “tel”");
  });
});
