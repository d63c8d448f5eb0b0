// `yumen find` as other tools call it: formats and exit codes are fixed.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { register } from "../src/cli/find.ts";
import { ranCommand } from "./command.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "yumen-find-"));
});
afterEach(() => {
  rmSync(dir, { recursive: true });
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

async function run(lines: string | null) {
  const file = join(dir, "in.jsonl");
  if (lines !== null) writeFileSync(file, lines);
  const { out, err, code } = await ranCommand(register, ["find", file]);
  const said = out.split("\n").filter((line) => line !== "");
  return { out: said.map((line) => JSON.parse(line)), err: err.replaceAll(file, "FILE"), code };
}

test("text and json, offsets in UTF-16 units", async () => {
  const json = '{"m":[{"t":"😀 \\u0031\\u0033812345678"}]}';
  const lines = [
    { id: "a", text: "😀 13812345678" },
    { id: 2, json },
    { id: "c", text: "无" },
  ];
  const { out, err, code } = await run(lines.map((line) => JSON.stringify(line)).join("\n\n"));
  expect(out).toEqual([
    { id: "a", spans: [{ start: 3, end: 14, type: "cn-mobile" }] },
    { id: 2, spans: [{ start: 3, end: 14, type: "cn-mobile", path: "/m/0/t" }] },
    { id: "c", spans: [] },
  ]);
  expect([err, code]).toEqual(["", 0]);
});

test("a bad line is named, not quoted, and does not silence the others", async () => {
  const hidden = "13812345678";
  const lines = [
    `${hidden}{`,
    "[]",
    "{}",
    '{"id":1}',
    `{"id":1,"text":"${hidden}","json":"{}"}`,
    `{"id":1,"json":"{${hidden}"}`,
    '{"id":9,"text":""}',
  ];
  const { out, err, code } = await run(lines.join("\n"));
  expect(out).toEqual([{ id: 9, spans: [] }]);
  expect(err.split("\n").map((line) => line.split(" ")[0])).toEqual(
    [1, 2, 3, 4, 5, 6].map((n) => `FILE:${n}:`).concat(""),
  );
  expect(err).not.toContain(hidden);
  expect(code).toBe(2);
});

test("no such file", async () => {
  const { err, code } = await run(null);
  expect(err).toMatch(/^yumen find: ENOENT/);
  expect(code).toBe(2);
});

test("files: every text in them, by its place; what is none is named, and the exit code says so", async () => {
  const out: string[] = [];
  const err: string[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((chunk) => out.push(String(chunk)) > 0);
  vi.spyOn(process.stderr, "write").mockImplementation((chunk) => err.push(String(chunk)) > 0);
  const find = async (...args: string[]) => {
    const program = new Command();
    register(program);
    await program.parseAsync(["node", "yumen", "find", ...args]);
    return process.exitCode;
  };
  const made = (name: string) => join(import.meta.dirname, "files", name);
  expect(await find(made("openpyxl.xlsx"), "--json")).toBe(0);
  expect(JSON.parse(out.pop()!).spans).toContainEqual({
    ...{ type: "cn-mobile", path: "!xl/worksheets/sheet1.xml/1/手机号", start: 0, end: 11 },
  });
  expect(await find(made("python-docx.docx"))).toBe(2);
  expect(out.pop()).toContain("!word/document.xml");
  expect(err.join("")).toMatch(/python-docx\.docx!docProps\/thumbnail\.jpeg: not read \(image: jpeg\)\n$/);
  expect(await find(made("text.pdf"), "--json", "--explain")).toBe(0);
  expect(JSON.parse(out.pop()!).spans[0]).toMatchObject({
    type: "cn-mobile",
    path: "!page-1",
    certainty: expect.any(String),
  });
  expect(await find(made("locked.pdf"))).toBe(2);
  expect(err.join("")).toContain("locked.pdf: not read (document: an encrypted pdf)");
});
