// The gate's own words in what it has rewritten: they are not taken for what they stand for, and nothing else is
// excused with them.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { KINDS, kindName } from "../src/act/kinds.ts";
import { boundsOf, ownEnd, ownIn } from "../src/act/own-words.ts";
import { pseudonymize } from "../src/act/pseudonymize.ts";
import { unexpected } from "../src/act/residual.ts";
import { standing } from "../src/act/standing.ts";
import { canMake, chanceOf, madeUp } from "../src/cli/test/update/values.ts";
import { splice } from "../src/decode/json/splice.ts";
import { inspect, type Judged, judge } from "../src/gate.ts";
import { createFactsLoader, type EmbeddedFactsLoader } from "../src/io/facts.ts";
import { readNames } from "../src/io/names.ts";
import type { Finding, Keys, Policy } from "../src/words.ts";
import { docOf, findingAt, testKeys } from "./act-doc.ts";
import { arrivalOf, demoPolicy, demoStores, keysUnder } from "./sim/demo-world.ts";

const ACTIONS = ["redact", "pseudonymize"] as const;
const MODES = ["keys", "all"] as const;
const ZHANG = { subject: "id:zhang", purpose: null, conversation: "c-1", exporter: null };
const JSON_TYPE = "application/json";

let dir: string;
let keys: Keys;
let demo: Policy;
let facts: EmbeddedFactsLoader;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "yumen-own-"));
  [demo, keys] = [await demoPolicy(), await keysUnder(dir)];
  const stores = await demoStores(keys);
  facts = createFactsLoader(stores.consent, stores.people, keys);
});
afterAll(() => rmSync(dir, { recursive: true }));

/** Everything found is rewritten, and the law is on trial: only what the gate finds in its own text blocks. */
function policyOf(action: (typeof ACTIONS)[number], names: (typeof MODES)[number]): Policy {
  const trial = { covers: "law", from: "2026-11-01", until: "2026-11-30", approvedBy: "dpo", reason: "r" } as const;
  const openai = { ...demo.destinations.get("openai")!, observe: trial };
  const rules = [{ id: "all", action, match: {}, why: { zh: "试", en: "try" } }] as unknown as Policy["rules"];
  return {
    ...demo,
    destinations: new Map([...demo.destinations, ["openai", openai]]),
    rules,
    names: readNames(names),
  };
}

function judged(body: string, of: Policy, contentType = JSON_TYPE): Judged {
  const headers = ["content-type", contentType];
  const arrival = arrivalOf(1, "", { body: Buffer.from(body), contentType, headers, asserted: ZHANG });
  const seen = inspect(arrival, of, keys);
  if ("stopped" in seen) throw new Error(seen.stopped.code);
  return judge(seen, facts.load(seen.ask), keys);
}

const wire = ({ departure }: Judged): string => Buffer.from(departure!.body).toString();

const FIELDS =
  "姓名 xm name contact customerName address 地址 住址 手机 mobile sfzh 身份证号 wechat 病史 收入 faceFeature".split(
    " ",
  );
/** Credentials block whatever is to be done with them; an organisation's number is nobody's. */
const NOT_HIDDEN = ["secret", "uscc"];
/** Of no text, or told of records only. */
const NOT_TOLD = ["track", "behaviour", "embedding", "model-weights", "literal", ...NOT_HIDDEN];

test.each(MODES)("what is taken out or replaced leaves, of every kind and in every field (names: %s)", (names) => {
  const told = new Set<string>();
  const blocked: string[] = [];
  for (const action of ACTIONS) {
    const policy = policyOf(action, names);
    for (const type of Object.keys(KINDS).filter((one) => canMake(one) && !NOT_HIDDEN.includes(one))) {
      const value = madeUp(type, chanceOf("own"), 2026, false);
      const [zh, en] = [kindName(type, "zh"), kindName(type, "en")];
      const prose = [`${zh}：${value}`, `这位客户的${zh}是 ${value}，请处理。`, `The ${en} is ${value}.`];
      const bodies = [
        ...prose.map((text) => JSON.stringify({ text })),
        ...[zh, en, type, ...FIELDS].map((field) => JSON.stringify({ [field]: value })),
        ...FIELDS.map((field) => JSON.stringify({ people: [{ [field]: value, id: 1 }, { [field]: [value] }] })),
      ];
      for (const body of bodies) {
        const done = judged(body, policy);
        for (const finding of done.case.findings) told.add(finding.type);
        if (done.departure === null) blocked.push(`${action} ${body}`);
        else if (done.decision.hide.length > 0) expect(wire(done)).not.toContain(value);
      }
    }
  }
  // 二级 stands beside the marker, and all of it is read as an address: that reaches beyond the gate's own words
  expect(blocked.filter((one) => !/(address|地址|住址)":\[?"肢体残疾二级/.test(one))).toEqual([]);
  expect(
    Object.keys(KINDS)
      .filter((type) => !told.has(type))
      .sort(),
  ).toEqual([...NOT_TOLD].sort());
});

test.each<[string, string, string, string]>([
  ["a form", "application/x-www-form-urlencoded", "xm=%E5%BC%A0%E4%BC%9F&n=1", "xm=%5B%E5%A7%93"],
  ["XML", "application/xml", "<a><姓名>张伟</姓名></a>", "<姓名>[姓名已删除]</姓名>"],
  ["a table", "text/csv", '姓名,n\n"张伟",1', '姓名,n\n"[姓名已删除]",1'],
  ["escapes", JSON_TYPE, '{"\\u59d3名":"\\u5f20伟"}', '"[姓名已删除]"}'],
])("a name in %s is taken out", (_, contentType, body, left) => {
  expect(wire(judged(body, policyOf("redact", "keys"), contentType))).toContain(left);
});

test("a word of the marker was somebody's name: it may stand there again, and nowhere else", () => {
  const redact = (body: object) => judged(JSON.stringify(body), policyOf("redact", "keys")).decision.action;
  expect(redact({ xm: "已删除" })).toBe("redact");
  expect(redact({ xm: "已删除", text: "已删除" })).toBe("block");
  expect(redact({ xm: "已删除", 已删除: 1 })).toBe("block");
});

test("no value leaves beside what looks like the gate's own words", () => {
  const MOBILE = "13800138000";
  const like = fc.constantFrom(
    "[姓名已删除]",
    "[手机号已删除]",
    "[mobile number removed]",
    "<姓名_FN5MR2PD>",
    "已删除",
  );
  const part = fc.oneof(like, fc.constantFrom(MOBILE, "张伟", " ", "，", "]", "["));
  const text = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(""));
  const field = fc.constantFrom(...FIELDS);
  fc.assert(
    fc.property(field, text, field, text, fc.constantFrom(...ACTIONS), (one, a, other, b, action) => {
      const done = judged(JSON.stringify({ [one]: a, more: { [other]: b } }), policyOf(action, "keys"));
      if (done.departure === null || done.decision.hide.length === 0) return;
      for (const i of done.decision.hide)
        expect(wire(done).replaceAll(/\[[^[\]]*(?:已删除| removed)\]|<[^<>]*>/g, "")).not.toContain(
          done.case.findings[i]!.original.reveal(),
        );
      // what the second look excuses is the gate's: read as a new arrival, all of it is a kind's name and no more
      if (done.decision.hide.some((i) => done.case.findings[i]!.type === "cn-mobile"))
        expect(wire(done)).not.toContain(MOBILE);
    }),
    { numRuns: 400 },
  );
});

test("a finding is excused by where it lies, to the unit; a caller's look-alike is not", () => {
  const doc = docOf('{"xm":"张伟","ym":"[姓名已删除]","n":13800138000}');
  const name = findingAt(doc, 1, 0, 2, "person");
  const rewritten = pseudonymize(doc, [name], [0], "s", testKeys(), [0]);
  const body = Buffer.from(rewritten.body).toString();
  expect(body).toBe('{"xm":"[姓名已删除]","ym":"[姓名已删除]","n":13800138000}');
  const again = docOf(body);
  const own = ownIn(rewritten, again);
  const found = (token: number, start: number, end: number) => findingAt(again, token, start, end, "person");
  const left = (finding: Finding) => unexpected([finding], [name], new Set([0]), own);
  expect(left(found(1, 0, 7))).toBeNull();
  expect(left(found(1, 1, 3))).toBeNull();
  const byteBeyond = { ...found(1, 0, 7), byteEnd: found(1, 0, 7).byteEnd + 1 };
  const byteBefore = { ...found(1, 0, 7), byteStart: found(1, 0, 7).byteStart - 1 };
  const nowhere = { ...found(1, 0, 7), byteEnd: found(1, 0, 7).byteStart };
  const elsewhere = (["reading", "file", "header", "query", "path"] as const).map((where) => ({
    ...found(1, 0, 7),
    where,
  }));
  for (const finding of [byteBeyond, byteBefore, nowhere, found(3, 0, 7), found(3, 1, 3), ...elsewhere])
    expect(left(finding), `${finding.where} ${finding.byteStart}`).toBe(finding);
  // read as other bytes than those that leave, offsets mean nothing
  expect(ownIn(rewritten, docOf(` ${body}`))).toEqual([]);
  expect(ownIn(rewritten, docOf(body.replace("xm", "ym")))).toEqual([]);
});

test("a number that becomes a string: the digits that stay are the caller's", () => {
  const doc = docOf('{"phone":8613800138000.5}');
  const { body, own } = pseudonymize(doc, [findingAt(doc, 1, 2, 13, "cn-mobile")], [0], "s", testKeys());
  const shown = Buffer.from(body).subarray(own[0], own[1]).toString();
  expect(shown).toMatch(/^<CN_MOBILE_\w{8}>$/);
  expect(Buffer.from(body).toString()).toBe(`{"phone":"86${shown}.5"}`);
});

test("what was hidden and stands in the gate's own words is no leak; one unit beyond them it is", () => {
  const doc = docOf('{"xm":"ab"}');
  const hidden = [findingAt(doc, 1, 0, 2, "person")];
  const stands = (text: string, own: number[]) =>
    standing({ body: Buffer.from(text), minted: new Map(), own }, doc, hidden);
  expect(stands("..abxab..", [2, 7])).toBeNull();
  expect(stands("..abxab..", [2, 6])).toBe(hidden[0]);
  expect(stands("..abxab..", [3, 7])).toBe(hidden[0]);
  expect(stands("..abxab..ab", [2, 7])).toBe(hidden[0]);
  expect(stands("ab.ab.ab", [0, 2, 3, 5, 6, 8])).toBeNull();
  expect(stands("ab.ab.ab", [0, 2, 6, 8])).toBe(hidden[0]);
  expect(stands("abab", [])).toBe(hidden[0]);
});

test("where the own words stand is exact to the byte, and those that touch are one", () => {
  const piece = fc.record({
    before: fc.string({ maxLength: 4 }),
    taken: fc.string({ maxLength: 3 }),
    text: fc.string({ unit: "grapheme", minLength: 1, maxLength: 6 }),
  });
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), fc.string({ maxLength: 3 }), (pieces, tail) => {
      let [source, at] = ["", 0];
      const mine: boolean[] = [];
      const edits = pieces.map(({ before, taken, text }) => {
        mine.push(...Array<boolean>(Buffer.byteLength(before)).fill(false));
        mine.push(...Array<boolean>(Buffer.byteLength(text)).fill(true));
        const start = at + Buffer.byteLength(before);
        at = start + Buffer.byteLength(taken);
        source += before + taken;
        return { start, end: at, text };
      });
      mine.push(...Array<boolean>(Buffer.byteLength(tail)).fill(false));
      const own = boundsOf(edits);
      expect(splice(Buffer.from(source + tail), edits)).toHaveLength(mine.length);
      for (let byte = 0; byte <= mine.length; byte++) {
        const stretch = mine.indexOf(false, byte);
        const end = stretch < 0 ? mine.length : stretch;
        expect(ownEnd(own, byte)).toBe(mine[byte] === true ? end : -1);
      }
    }),
  );
});
