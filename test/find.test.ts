// Detection: what holds for all kinds: places, overlaps, secrecy, linear time. Their own cases: quality-cases.test.ts.

import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decode } from "../src/decode/decode.ts";
import { canonicalise } from "../src/find/canonicalise.ts";
import { find, findInText } from "../src/find/find.ts";
import type { Doc, Finding } from "../src/words.ts";

function docOf(json: string | Buffer, target = "/", headers: readonly string[] = []): Doc {
  const leaving = { method: "POST", target, contentType: "application/json", contentEncoding: "" };
  const doc = decode({ ...leaving, body: Buffer.from(json) }, headers, { bodyBytesMax: 1 << 26 });
  if ("code" in doc) throw new Error(doc.code);
  return doc;
}

const findIn = (json: string, target?: string, headers?: readonly string[]): readonly Finding[] =>
  find(docOf(json, target, headers), "strict");
const brief = (findings: readonly Pick<Finding, "type" | "original">[]) =>
  findings.map(({ type, original }) => `${type} ${original.reveal()}`);

const ID = "11010519491231002X";
const MOBILE = "13812345678";

describe("the same text is found wherever and however it stands", () => {
  const text = `身份证${ID}，手机+86 ${MOBILE}，车牌京A12345`;
  const expected = [`cn-id ${ID}`, `cn-mobile ${MOBILE}`, "plate 京A12345"];
  const escaped = [...text].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");

  test.each([
    ["plain", JSON.stringify({ content: text })],
    ["after a line break", JSON.stringify({ content: `一\n二\t"三"\n${text}` })],
    ["every character escaped", `{"content":"${escaped}"}`],
    ["portkey-tool-arguments", JSON.stringify({ tool_calls: [{ function: { arguments: JSON.stringify({ text }) } }] })],
    ["in an array of parts", JSON.stringify([[{ type: "text", text }]])],
    ["after an emoji and a pair escaped", JSON.stringify({ c: `😀${text}` }).replace("😀", "\\ud83d\\ude00")],
    ["as a member's name", JSON.stringify({ [text]: 1 })],
  ])("%s", (_, json) => {
    const doc = docOf(json);
    const findings = find(doc, "strict");
    expect(brief(findings)).toEqual(expected);
    for (const { byteStart, byteEnd, token, start, end } of findings) {
      const whole = JSON.parse(`"${slice(doc, doc.tokens.start[token]!, doc.tokens.end[token]!)}"`) as string;
      expect(JSON.parse(`"${slice(doc, byteStart, byteEnd)}"`)).toBe(whole.slice(start, end));
    }
  });

  test("portkey-last-message-only: every message is read", () => {
    const messages = [`我的证件是${ID}`, "好的", "谢谢"].map((content) => ({ role: "user", content }));
    expect(findIn(JSON.stringify({ messages })).map(({ path }) => path)).toEqual(["/messages/0/content"]);
  });

  test("a number is text too", () => {
    expect(brief(findIn(`{"mobile":${MOBILE},"t":1775043301540,"x":[13812345678.5]}`))).toEqual([
      `cn-mobile ${MOBILE}`,
    ]);
  });

  test("the member's name reaches through arrays", () => {
    expect(findIn(`{"sjh":[["${MOBILE}"]]}`)[0]!.certainty).toBe("key");
  });

  const slice = (doc: Doc, start: number, end: number) => Buffer.from(doc.bytes.subarray(start, end)).toString();
});

describe("outside the body", () => {
  test.each([
    ["path", `/users/${MOBILE}/orders`, [], "segment 2"],
    ["path", `/users/%31%33812345678`, [], "segment 2"],
    ["path", `/users;tel=%2531%25333812345678`.replace("33812", "3812"), [], "segment 1"],
    ["query", `/x?tel=%2B86${MOBILE}`, [], "tel"],
    ["query", `/x?${MOBILE}`, [], "*"],
    ["header", "/x", ["x-note", `tel ${MOBILE}`], "x-note"],
  ])("%s %s", (where, target, headers, name) => {
    const findings = findIn("{}", target, headers);
    expect(findings.map((finding) => [finding.where, finding.path, finding.type, finding.byteEnd])).toEqual([
      [where, name, "cn-mobile", 0],
    ]);
  });
});

describe("overlaps", () => {
  test("higress-tail: the whole identity number, no tail of it", () => {
    const [only, ...others] = findInText(`证件${ID}`, "strict");
    expect([only!.start, only!.end, only!.type, others.length]).toEqual([2, 20, "cn-id", 0]);
  });
  test.each([
    ["an address made of a mobile number", `${MOBILE}@139.com`, "email"],
    ["an address made of a vouched identity number", `证件 ${ID}@qq.com`, "email"],
    ["a key that holds a mobile number", `sk-${MOBILE}-abcdefghijklmnopqrst`, "secret"],
  ])("the longest wins: %s", (_, text, type) => {
    expect(findInText(text, "strict").map((finding) => finding.type)).toEqual([type]);
  });
  test("litellm-42130: findings are disjoint and in order, whatever stands side by side", () => {
    const part = fc.constantFrom(
      ID,
      MOBILE,
      "6222021104991265",
      "a@b.cn",
      "@",
      "京A12345",
      " ",
      "-",
      ".",
      "0",
      "E12345678",
      "中",
      "😀",
      "(",
      "sk-",
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const text = parts.join("");
        let last = 0;
        for (const { start, end } of findInText(text, "strict")) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});

test("windows change nothing: any text around, the same finding at its place", () => {
  const around = fc.string({
    unit: fc.constantFrom("a", "Z", "0", "中", "😀", " ", "。", "-", "_", "/", "\\", "\n", '"'),
    maxLength: 300,
    size: "max",
  });
  fc.assert(
    fc.property(around, around, (before, after) => {
      const text = `${before} ，${ID}， ${after}`;
      const start = before.length + 2;
      for (const findings of [findInText(text, "strict"), findIn(JSON.stringify({ a: text }))])
        expect(
          findings.filter((one) => one.type === "cn-id" && one.start === start && one.end === start + 18),
        ).toHaveLength(1);
    }),
    { numRuns: 300 },
  );
});

test("sensitivity follows the profile: card under both, identity number under strict only", () => {
  const text = `${ID} 6222021104991265 ${MOBILE}`;
  const sensitive = (profile: "strict" | "gbt45574") => findInText(text, profile).map((one) => one.sensitive);
  expect(sensitive("strict")).toEqual([true, true, false]);
  expect(sensitive("gbt45574")).toEqual([false, true, false]);
});

describe("law 6: nothing prints what was found", () => {
  const findings = findIn(JSON.stringify({ [MOBILE]: { note: `电话${MOBILE}` } }), `/${MOBILE}`);
  test("findings", () => {
    expect(findings).toHaveLength(3);
    const printed = [
      JSON.stringify(findings),
      inspect(findings, { depth: 9, showHidden: true }),
      ...findings.map((f) => `${f.original}`),
    ];
    for (const text of printed) {
      expect(text).toContain("[original]");
      expect(text).not.toContain(MOBILE);
    }
  });
  test("paths through names that hold it are cut", () => {
    expect(findings.map(({ path }) => path)).toEqual(["/*", "/*/note", "segment 1"]);
  });
});

test("canonicalise: id is trimmed and bounded, unknown types are null", () => {
  expect(canonicalise("id", "  u-1 ")).toBe("u-1");
  expect(canonicalise("id", " ")).toBeNull();
  expect(canonicalise("id", "x".repeat(129))).toBeNull();
  expect(canonicalise("shoe-size", "42")).toBeNull();
});
