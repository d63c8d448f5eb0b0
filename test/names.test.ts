// Names and addresses: what keys, labels, grammar and the shipped model find; spaced names; linear time; hostile models.

import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { keySays } from "../src/find/names/keys.ts";
import { createTagger } from "../src/find/names/tagger.ts";
import { cpuMs } from "./cpu.ts";

const MODEL = readFileSync(new URL("../models/names.bin", import.meta.url));
const ENGLISH = readFileSync(new URL("../models/names-en.bin", import.meta.url));
const tagger = createTagger(MODEL, ENGLISH);
const found = (text: string, key = "") =>
  tagger.read(text, key).map((span) => `${span.type} ${text.slice(span.start, span.end)}`);

describe("keys", () => {
  test.each([
    ["姓名", "person"],
    ["xm", "person"],
    ["xingming", "person"],
    ["realName", "person"],
    ["real_name", "person"],
    ["receiver-name", "person"],
    ["lxr", "person"],
    ["紧急联系人姓名", "person"],
    ["name", "person?"],
    ["dz", "address"],
    ["zz", "address"],
    ["shippingAddress", "address"],
    ["addressLine2", "address"],
    ["户籍地址", "address"],
    ["fileName", null],
    ["modelName", null],
    ["functionName", null],
    ["tool_name", null],
    ["ipAddress", null],
    ["邮箱地址", null],
    ["ip地址", null],
    ["", null],
  ])("%s says %s", (key, says) => {
    expect(keySays(key)).toBe(says);
  });

  test.each([
    ["name", "沈立新", ["person 沈立新"]],
    ["xm", "欧阳海涛", ["person 欧阳海涛"]],
    ["realName", "Helen Foster", ["person Helen Foster"]],
    ["name", "Helen Foster", ["person Helen Foster"]],
    ["联系人", " 温立群 ", ["person 温立群"]],
    ["name", "get_weather", []],
    ["name", "gpt-4o-mini", []],
    ["name", "高级会员", []],
    ["dz", "昌平区龙泽苑8-3-501", ["address 昌平区龙泽苑8-3-501"]],
    ["address", "0x52908400098527886E0F7030069857D2E4169EE7", []],
    ["address", "ming@example.com", []],
  ])("a value under %s: %s", (key, value, expected) => {
    expect(found(value, key)).toEqual(expected);
  });

  test("is certain, and canonical without blanks or invisible characters", () => {
    const [span] = tagger.read("温 立\u200b 群", "姓名");
    expect(span).toMatchObject({ type: "person", start: 0, end: 6, certainty: "key", canonical: "温立群" });
  });
});

describe("people", () => {
  test.each([
    ["联系人：罗志诚，电话13800001111", "罗志诚"],
    ["罗志诚,11010519491231002X,13800002222", "罗志诚"],
    ["值班表：汪秀兰 13800003333，邓建新 13800004444", "汪秀兰", "邓建新"],
    ["患者欧阳晓明，男，45岁，因胸痛入院", "欧阳晓明"],
    ["帮我写一封邮件给周文斌，告诉他会议改期", "周文斌"],
    ["我叫王建国，今年三十岁", "王建国"],
    ["尊敬的刘志强先生：您好", "刘志强"],
    ["I met Peter Lawson at the office yesterday", "Peter Lawson"],
    ["the tenant, Helen Foster, moved out", "Helen Foster"],
    ["Dr. Jun Luo said the results were normal.", "Jun Luo"],
    ["请转告赵丽萍女士，货已到", "赵丽萍"],
  ])("%s", (text, ...names) => {
    const people = found(text).filter((span) => span.startsWith("person"));
    expect(people).toEqual(names.map((name) => `person ${name}`));
  });

  test.each(["温 立 群", "温　立　群", "温\u200b立\u200d群", "温\ufeff立群"])("spaced: 联系人：%j", (name) => {
    const text = `联系人：${name}，电话13800001111`;
    const [span] = tagger.read(text, "");
    expect(text.slice(span!.start, span!.end)).toBe(name);
    expect(span!.canonical).toBe("温立群");
  });

  test.each([
    "我很高兴，马上就到，白天注意安全，方便的话请带上王国地图。",
    "高速公路周期性维护，任何单位不得收费。",
    "如何使用Python编写快速排序算法？",
    "The quick brown fox jumps over the lazy dog in New York on Monday.",
    "java.lang.NullPointerException at com.Example.Main",
    "姓名：",
  ])("nobody: %s", (text) => {
    expect(found(text)).toEqual([]);
  });
});

describe("addresses", () => {
  test.each([
    ["我住在南山区科苑路15弄6号502室，请上门。", "南山区科苑路15弄6号502室"],
    ["发票寄到苏州市工业园区星湖街328号，谢谢。", "苏州市工业园区星湖街328号"],
    ["浙江省杭州市西湖区文三路478号华星时代广场A座1203室", "浙江省杭州市西湖区文三路478号华星时代广场A座1203室"],
    ["请寄到杭州市西湖区\n文三路478号", "杭州市西湖区\n文三路478号"],
    ["送到湖北省红安县文三大街与上地东路交叉口，谢谢", "湖北省红安县文三大街与上地东路交叉口"],
    [
      "He lives at 1600 Pennsylvania Avenue, Washington, DC 20500 now.",
      "1600 Pennsylvania Avenue, Washington, DC 20500",
    ],
    ["Send it to PO Box 1234, Springfield, IL 62704.", "PO Box 1234, Springfield, IL 62704"],
  ])("%s", (text, address) => {
    expect(found(text).filter((span) => span.startsWith("address"))).toEqual([`address ${address}`]);
  });

  test.each(["我在北京工作", "上海的天气", "第3号决议", "他住在杭州", "2024年5月3日，共12楼"])("none: %s", (text) => {
    expect(found(text).filter((span) => span.startsWith("address"))).toEqual([]);
  });
});

describe("laws", () => {
  const piece = fc.constantFrom(
    "王",
    "建国",
    "北京市",
    "朝阳区",
    "路",
    "12号",
    " ",
    "\u200b",
    "\n",
    "，",
    "Mary",
    "Chen",
    "1380000",
    "的",
  );
  test("spans are in order, disjoint, inside the text; reading twice says the same", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece, { maxLength: 40 }).map((parts) => parts.join("")),
          fc.string({ unit: "binary" }),
        ),
        (text) => {
          const spans = tagger.read(text, "");
          let end = 0;
          for (const span of spans) {
            expect(span.start).toBeGreaterThanOrEqual(end);
            expect(span.end).toBeGreaterThan(span.start);
            expect(span.end).toBeLessThanOrEqual(text.length);
            end = span.end;
          }
          expect(tagger.read(text, "")).toEqual(spans);
        },
      ),
      { numRuns: 300 },
    );
  });

  test.each([
    "王",
    "北京市",
    "号",
    "1",
    "A",
    "Ab ",
    "王 ",
    "省市",
    "路1",
    "·",
    "\u200b",
    "王建国",
    "P.O. Box 1",
    "中山路",
    "一",
  ])("eight times the text costs at most some twenty times: %j", (unit) => {
    const small = cost(unit.repeat(Math.ceil(20_000 / unit.length)));
    const large = cost(unit.repeat(Math.ceil(160_000 / unit.length)));
    expect(large).toBeLessThan(20 * Math.max(small, 5));
  });

  test.each([
    ["headings that stand in one line", "张伟", "|姓名"],
    ["digits and letters in one row behind words", "chael Johnson。", "13800138000Mi"],
  ])("regression: square time of %s", (_what, first, second) => {
    const text = (units: number) => first.repeat(units / first.length) + second.repeat(units / second.length);
    expect(cost(text(80_000))).toBeLessThan(20 * Math.max(cost(text(10_000)), 5));
  });

  test("a model cut short, or none, throws", () => {
    expect(() => createTagger(new Uint8Array(0), ENGLISH)).toThrow(RangeError);
    expect(() => createTagger(new Uint8Array(64), ENGLISH)).toThrow(RangeError);
    expect(() => createTagger(MODEL.subarray(0, MODEL.length - 1), ENGLISH)).toThrow(RangeError);
    expect(() => createTagger(MODEL.subarray(0, 100_000), ENGLISH)).toThrow(RangeError);
  });
});

/** Milliseconds of the best of two. */
function cost(text: string): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 2; round++) {
    const from = cpuMs();
    tagger.read(text, "");
    best = Math.min(best, cpuMs() - from);
  }
  return best;
}
