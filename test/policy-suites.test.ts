// Test files of a policy: mistakes have places, bodies are sent as written, files lie beside the test.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { bodyOf } from "../src/cli/test/body.ts";
import { papersOf, restsOn } from "../src/cli/test/rests.ts";
import { readSuite, type Suite } from "../src/cli/test/suite.ts";
import type { Case, Policy } from "../src/words.ts";
import { CONTRACT, caseOf, finding, policyOf } from "./decide/cases.ts";

const dir = mkdtempSync(join(tmpdir(), "yumen-suites-"));
afterAll(() => rmSync(dir, { recursive: true }));
writeFileSync(join(dir, "order.txt"), "订单 1");

const HEAD = "suite: s\nat: 2026-11-22T10:00:00+08:00\nfixtures:\n  li: { exporter: e, aliases: [id:u-1] }\ncases:\n";
const read = (cases: string) => readSuite(join(dir, "a.test.yaml"), HEAD + cases);
const OK = "request: { destination: d }, expect: { action: block }";

describe("a mistake has its place and says what would do", () => {
  test.each([
    [
      "two bodies",
      "  - { name: a, request: { destination: d, json: {}, text: x }, expect: { action: block } }",
      6,
      "one of json, text, sse, form, file",
    ],
    [
      "a body and a file",
      "  - { name: a, request: { destination: d, form: {}, file: { text: x } }, expect: { action: block } }",
      6,
      "one of json",
    ],
    [
      "a file with path and text",
      "  - { name: a, request: { destination: d, file: { path: a, text: x } }, expect: { action: block } }",
      6,
      "either path or text",
    ],
    [
      "a file that is not there",
      "  - { name: a, request: { destination: d, file: { path: none.txt } }, expect: { action: block } }",
      6,
      "unreadable",
    ],
    [
      "a counted person nobody knows",
      `  - { name: a, ${OK} }\n  - { name: b, counted: [li, lo], ${OK} }`,
      7,
      "no fixture named lo: did you mean li?",
    ],
    ["a subject nobody knows", `  - { name: a, subject: ly, ${OK} }`, 6, "did you mean li?"],
    [
      "an unknown outcome",
      "  - { name: a, request: { destination: d }, expect: { action: block, outcome: EXEMT } }",
      6,
      "did you mean EXEMPT?",
    ],
    ["an unknown field of a response", `  - { name: a, response: { jsn: {} }, ${OK} }`, 6, "did you mean json?"],
    ["a negative count", `  - { name: a, volume: { sensitive: -1 }, ${OK} }`, 6, "at least 0"],
    ["a local time", `  - { name: a, at: 2026-11-22T10:00:00, ${OK} }`, 6, ""],
  ])("%s", async (_, cases, line, says) => {
    const problems = await read(cases);
    if (!Array.isArray(problems)) throw new Error("it was taken");
    expect(problems.map((one) => one.line)).toContain(line);
    expect(problems.map(({ message }) => message.en).join("\n")).toContain(says);
  });

  test("a case knows where it begins", async () => {
    const suite = (await read(
      `  # one\n  - name: a\n    ${OK.replace(", expect", "\n    expect")}\n  - { name: b, ${OK} }`,
    )) as Suite;
    expect(suite.cases.map(({ name, line }) => [name, line])).toEqual([
      ["a", 7],
      ["b", 10],
    ]);
  });
});

describe("a body", () => {
  const sent = async (written: Parameters<typeof bodyOf>[0]) => {
    const { bytes, contentType } = await bodyOf(written, dir);
    return [Buffer.from(bytes).toString(), contentType];
  };
  const file = { type: "text/plain", field: "file", fields: {} };

  test.each([
    [undefined, "", ""],
    [{}, "", ""],
    [{ json: { a: 1 } }, '{"a":1}', "application/json"],
    [{ json: null }, "null", "application/json"],
    [{ text: "x" }, "x", "application/json"],
    [
      { sse: ["[DONE]", { a: 1 }, "b\nc"] },
      'data: [DONE]\n\ndata: {"a":1}\n\ndata: b\ndata: c\n\n',
      "text/event-stream",
    ],
    [{ form: { "a b": "1&2" } }, "a+b=1%262", "application/x-www-form-urlencoded"],
  ])("%j", async (written, text, type) => {
    expect(await sent(written as never)).toEqual([text, type]);
  });

  test("a file is a part of a form, from beside the test or from the text; names cannot break out of it", async () => {
    const [text, type] = await sent({ file: { ...file, path: "order.txt", fields: { note: "n" } } });
    expect(type).toBe("multipart/form-data; boundary=yumen-test-9d1f");
    expect(text).toBe(
      '--yumen-test-9d1f\r\nContent-Disposition: form-data; name="note"\r\n\r\nn\r\n' +
        '--yumen-test-9d1f\r\nContent-Disposition: form-data; name="file"; filename="order.txt"\r\n' +
        "Content-Type: text/plain\r\n\r\n订单 1\r\n--yumen-test-9d1f--\r\n",
    );
    const [hostile] = await sent({ file: { ...file, text: "x", name: 'a"\r\nX: y' } });
    expect(hostile).toContain('filename="a%22%0D%0AX: y"\r\n');
  });
});

describe("what a decision rests on", () => {
  const rests = (it: Case) => restsOn(it, papersOf(it.policy)).map(({ list, id }) => `${list}/${id}`);
  const over = { counts: { nonSensitive: 200_000, sensitive: 0, gross: 200_000 } };

  test("the papers without which it would be decided otherwise, and no others", () => {
    const spare = { ...CONTRACT, id: "spare", status: "pending" as const };
    const policy: Policy = policyOf({ mechanisms: [CONTRACT, spare] });
    expect(rests(caseOf([finding("cn-mobile")], { policy, ...over }))).toContain(`mechanisms/${CONTRACT.id}`);
    expect(rests(caseOf([finding("cn-mobile")], { policy, ...over }))).not.toContain("mechanisms/spare");
    expect(rests(caseOf([finding("cn-mobile")], { policy }))).not.toContain(`mechanisms/${CONTRACT.id}`);
  });

  test("nothing found rests on nothing but what the way names", () => {
    const lists = rests(caseOf([], { policy: policyOf() })).map((name) => name.split("/")[0]);
    expect(lists).not.toContain("mechanisms");
    expect(lists).not.toContain("pipias");
  });
});
