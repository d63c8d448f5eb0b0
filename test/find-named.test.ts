// Values under a member's name that says an address stands there, with something else in them. Law of this file: all of
// the value is hidden, each part as what it is, and the gate finds nothing left over in what it has rewritten.

import fc from "fast-check";
import { expect, test } from "vitest";
import { ownIn } from "../src/act/own-words.ts";
import { pseudonymize } from "../src/act/pseudonymize.ts";
import { unexpected } from "../src/act/residual.ts";
import { decode } from "../src/decode/decode.ts";
import { find } from "../src/find/find.ts";
import { readNames } from "../src/io/names.ts";
import type { Doc } from "../src/words.ts";
import { testKeys } from "./act-doc.ts";

const NAMES = { keys: readNames("keys"), all: readNames("all") };

function docOf(body: Uint8Array): Doc {
  const leaving = { method: "POST", target: "/", contentType: "application/json", contentEncoding: "", body };
  const doc = decode(leaving, [], { bodyBytesMax: 1 << 20 });
  if ("code" in doc) throw new Error(doc.code);
  return doc;
}
const docOfValue = (key: string, value: string) => docOf(Buffer.from(JSON.stringify({ [key]: value })));
const told = (value: string, key = "address", mode: keyof typeof NAMES = "all") =>
  find(docOfValue(key, value), "strict", NAMES[mode]).map(
    ({ type, start, end }) => `${type} ${value.slice(start, end)}`,
  );

test.each([
  ["张伟 13900006335", ["address 张伟 ", "cn-mobile 13900006335"]],
  ["13900006335 北京市海淀区中关村大街1号", ["cn-mobile 13900006335", "address  北京市海淀区中关村大街1号"]],
  [
    "北京市海淀区中关村大街1号，a.b@qq.com 13900006335 张伟收",
    ["address 北京市海淀区中关村大街1号，", "email a.b@qq.com", "cn-mobile 13900006335", "address  张伟收"],
  ],
  ["13900006335", ["cn-mobile 13900006335"]],
  ["北京市海淀区中关村大街1号", ["address 北京市海淀区中关村大街1号"]],
])("%s", (value, expected) => {
  for (const mode of ["keys", "all"] as const) expect(told(value, "address", mode)).toEqual(expected);
});

test("a rewritten address with a number in it holds nothing that was not meant to leave", () => {
  const part = fc.constantFrom("张伟", "上海市黄浦区南京东路1号", "5栋 1204室", "收件人", "Flat 3, 12 High Street");
  const other = fc.constantFrom("13900006335", "a.b@qq.com", "11010519491231002X");
  fc.assert(
    fc.property(
      part,
      other,
      fc.constantFrom(" ", "，", ""),
      fc.constantFrom("keys", "all"),
      (name, value, gap, mode) => {
        const doc = docOfValue("收货地址", `${name}${gap}${value}`);
        const findings = find(doc, "strict", NAMES[mode]);
        const hide = findings.map((_, i) => i);
        expect(findings.length).toBeGreaterThan(0);
        const rewritten = pseudonymize(doc, findings, hide, "s", testKeys());
        const again = docOf(rewritten.body);
        const all = find(again, "strict", NAMES[mode]);
        expect(unexpected(all, findings, new Set(hide), ownIn(rewritten, again))).toBe(null);
        expect(Buffer.from(rewritten.body).toString()).not.toContain(name);
      },
    ),
  );
});
