// `yumen law` as another tool calls it: lines in, lines out, exit codes.

import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { Readable } from "node:stream";
import { Command } from "commander";
import { describe, expect, test } from "vitest";
import { register } from "../src/cli/law.ts";
import { loadLawData } from "../src/io/law-data.ts";

const CASES = new URL("law/cases.jsonl", import.meta.url);

/** Runs the command in this process, on a file. */
async function run(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const { stdout, stderr } = process;
  const [write, complain] = [stdout.write, stderr.write];
  stdout.write = ((text: string) => out.push(text) > 0) as typeof stdout.write;
  stderr.write = ((text: string) => err.push(text) > 0) as typeof stderr.write;
  const before = process.exitCode;
  try {
    const program = new Command().exitOverride();
    register(program);
    await program.parseAsync(["node", "yumen", "law", ...args]);
    return { code: process.exitCode, out: out.join(""), err: err.join("") };
  } finally {
    [stdout.write, stderr.write] = [write, complain];
    process.exitCode = before;
  }
}

describe("yumen law", () => {
  test("--expect over all cases agrees", async () => {
    const { code, out, err } = await run("--expect", CASES.pathname);
    expect({ code, err }).toEqual({ code: 0, err: "115 agree, 0 differ\n" });
    const lines = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as object);
    expect(lines).toHaveLength(115);
    const members = "id outcome decision mechanismsAllowed rule basis reasons warnings counts".split(" ");
    expect(Object.keys(lines[0]!)).toEqual(members);
  });
  test("a case that differs is named; exit 1", async () => {
    const file = `${mkdtempSync("/tmp/law-")}/cases.jsonl`;
    const [first] = readFileSync(CASES, "utf8").split("\n");
    writeFileSync(file, `${first!.replace('"rule":"E7"', '"rule":"E9"')}\n\n${first}\n`);
    const { code, err } = await run("--expect", file);
    expect(code).toBe(1);
    expect(err).toBe(`${file}:1: rule: expected "E9", got "E7"\n1 agree, 1 differ\n`);
  });
  test("a bad line is named without its text; the others are answered; exit 2", async () => {
    const file = `${mkdtempSync("/tmp/law-")}/bad.jsonl`;
    const good = '{"id":"ok","facts":{"at":"2026-05-12T10:00:00+08:00"}}';
    const lines = [
      "13800138000 {",
      "[]",
      '{"id":"a"}',
      '{"facts":{}}',
      '{"id":"b","facts":{"at":"2026-02-30T00:00:00Z"}}',
      good,
    ];
    writeFileSync(file, lines.join("\n"));
    const { code, out, err } = await run(file);
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ id: "ok", rule: "E7" });
    expect(
      err
        .trim()
        .split("\n")
        .map((line) => line.slice(file.length, file.length + 2)),
    ).toEqual([":1", ":2", ":3", ":4", ":5"]);
    expect(err).not.toContain("138");
  });
  test("a file that is not there: exit 2", async () => {
    expect(await run("/nowhere/cases.jsonl")).toMatchObject({ code: 2, out: "" });
  });
  test("standard input", async () => {
    const stdin = Object.getOwnPropertyDescriptor(process, "stdin")!;
    const line = `{"id":7,"facts":{"at":"2026-05-12T10:00:00+08:00","exporter":{"ciio":true}}}`;
    Object.defineProperty(process, "stdin", { value: Readable.from([line]), configurable: true });
    try {
      const { code, out } = await run("-");
      expect({ code, ...(JSON.parse(out) as object) }).toMatchObject({ code: 0, id: 7, rule: "S1", decision: "BLOCK" });
    } finally {
      Object.defineProperty(process, "stdin", stdin);
    }
  });
  test("--sources names every revision, its source, and how far the calendar is known", async () => {
    const { code, out } = await run("--sources");
    const { revisions, calendarKnownUntil } = JSON.parse(out) as { revisions: object[]; calendarKnownUntil: string };
    expect(code).toBe(0);
    expect(revisions).toHaveLength(4);
    for (const revision of revisions)
      expect(revision).toMatchObject({ source: expect.stringMatching(/Art/) as string });
    expect(calendarKnownUntil).toMatch(/^\d{4}-12-31$/);
  });
});

describe("law data", () => {
  const good = "id: RS-2022\nfrom: 2022-09-01\nreviewedUntil: 2024-03-21\nsource: Art. 4\nnumbers: {}\n";
  test.each([
    ["a member that is missing", good.replace("source: Art. 4\n", ""), /source/],
    ["a member that is unknown", `${good}more: 1\n`, /more/],
    ["a number that is none", good.replace("{}", "{a: ten}"), /numbers/],
    ["a date that does not exist", good.replace("2022-09-01", "2022-02-30"), /from/],
    ["a key given twice", `${good}id: RS-2024\n`, /unique/],
    ["no YAML", "a: [", /flow/i],
  ])("%s is refused, and the file named", (_, text, what) => {
    const dir = mkdtempSync("/tmp/law-");
    writeFileSync(`${dir}/x.yaml`, text);
    expect(() => loadLawData(dir)).toThrow(what);
    expect(() => loadLawData(dir)).toThrow(`${dir}/x.yaml`);
  });
  test("a revision given twice, and an empty folder", () => {
    const dir = mkdtempSync("/tmp/law-");
    expect(() => loadLawData(dir)).toThrow("no law data");
    writeFileSync(`${dir}/a.yaml`, good);
    writeFileSync(`${dir}/b.yaml`, good.replace("RS-2022", "RS-2024"));
    expect(() => loadLawData(dir)).toThrow("from 2022-09-01 is given twice");
  });
});
