// What is told of people in plain words: an illness, a faith, an offence, an income. Law: with somebody in the same
// clause, sentence or record it is theirs; general questions, institutions, the news and lists of words tell of nobody.

import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decode } from "../src/decode/decode.ts";
import { find, findInText } from "../src/find/find.ts";
import { createTagger } from "../src/find/names/tagger.ts";
import { alternatives, maySay, saidIn } from "../src/find/records/topics/index.ts";
import { DRUGS_EN, WORDS_EN } from "../src/find/records/topics/words-en.ts";
import { DRUGS_ZH, WORDS_ZH } from "../src/find/records/topics/words-zh.ts";

const names = createTagger(readFileSync("models/names.bin"), readFileSync("models/names-en.bin"));
const TOPICS = new Set(["health", "religion", "criminal", "sex-life", "credit", "disability", "income"]);

function toldIn(text: string): string[] {
  return findInText(text, "strict", "", names)
    .filter(({ type }) => TOPICS.has(type))
    .map(({ type, start, end }) => `${type} ${text.slice(start, end)}`);
}

function toldOf(value: unknown): string[] {
  const body = Buffer.from(JSON.stringify(value));
  const request = { method: "POST", target: "/", contentType: "application/json", contentEncoding: "", body };
  const doc = decode(request, [], { bodyBytesMax: 1 << 20 });
  if ("code" in doc) throw new Error(doc.code);
  const found = find(doc, "strict", names);
  for (const one of found)
    if (TOPICS.has(one.type) && one.certainty === "format+context")
      expect(body.subarray(one.byteStart, one.byteEnd).toString().length).toBeGreaterThan(0);
  return found.filter(({ type }) => TOPICS.has(type)).map(({ type, path }) => `${type} ${path}`);
}

/** The same kind, and one's words within the other's. */
function isOf(a: string, b: string): boolean {
  const [kind, words] = [a.slice(0, a.indexOf(" ")), a.slice(a.indexOf(" ") + 1)];
  const [other, wanted] = [b.slice(0, b.indexOf(" ")), b.slice(b.indexOf(" ") + 1)];
  return kind === other && (words.includes(wanted) || wanted.includes(words));
}

describe("somebody is told of", () => {
  test.each([
    ["我妈王桂芬，糖尿病十年了，平时要注意什么？", ["health 糖尿病"]],
    ["张伟因抑郁症请假两周", ["health 抑郁症"]],
    ["患者李秀兰，否认高血压病史", ["health 高血压病史"]],
    ["赵丽娜说自己对青霉素过敏，另外在吃舍曲林。", ["health 青霉素过敏", "health 舍曲林"]],
    ["糖尿病患者陈国强昨日复诊。", ["health 糖尿病"]],
    ["陈国强是白血病患者。", ["health 白血病"]],
    ["李建国今天没来。他昨晚心梗住进了重症监护室。", ["health 心梗"]],
    ["13912345678 这位客户有冠心病，回访时慢点说", ["health 冠心病"]],
    ["王主任您好，我是刘志强，我的甲亢要复查。", ["health 甲亢"]],
    ["孙丽得了包虫病", ["health 包虫病"]],
    ["刘志强每周日去教堂做礼拜", ["religion 去教堂", "religion 做礼拜"]],
    ["周建平有前科，2015年坐过牢", ["criminal 前科", "criminal 坐过牢"]],
    ["吴晓燕上个月向父母出柜了", ["sex-life 出柜"]],
    ["郑国华被列为失信被执行人", ["credit 失信被执行人"]],
    ["冯志远双目失明，请安排陪同", ["disability 双目失明"]],
    ["李建国月薪两万五", ["income 月薪两万五"]],
    ["Michael Johnson was diagnosed with breast cancer in May.", ["health breast cancer"]],
    ["Sarah Williams is on sick leave because of depression.", ["health sick leave", "health depression"]],
    ["Robert Thompson has a criminal record.", ["criminal criminal record"]],
    ["Emily Clarke uses a wheelchair.", ["disability wheelchair"]],
  ])("%s", (text, told) => {
    const found = toldIn(text);
    for (const one of told) expect(found.some((other) => isOf(other, one))).toBe(true);
    expect(found.length).toBeGreaterThan(0);
  });

  test("in the record whose subject another member names", () => {
    expect(toldOf({ name: "张伟", note: "因抑郁症请假两周" })).toEqual(["health /note"]);
    expect(toldOf({ xm: "张伟", sjh: "13912345678", tags: ["VIP", "高血压"] })).toEqual(["health /tags/1"]);
    expect(toldOf([{ name: "张伟" }, { note: "因抑郁症请假两周" }])).toEqual([]);
  });

  test("in escapes, and the bytes are those of the word", () => {
    const text = "张伟因抑郁症请假";
    const escaped = [...text].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
    const body = Buffer.from(`{"content":"${escaped}"}`);
    const request = { method: "POST", target: "/", contentType: "application/json", contentEncoding: "", body };
    const doc = decode(request, [], { bodyBytesMax: 1 << 20 });
    if ("code" in doc) throw new Error(doc.code);
    const told = find(doc, "strict", names).find(({ type }) => type === "health")!;
    expect(JSON.parse(`"${body.subarray(told.byteStart, told.byteEnd).toString()}"`)).toBe("抑郁症");
    expect([told.sensitive, told.identifies, told.start, told.end]).toEqual([true, "weak", 3, 6]);
  });
});

describe("nobody is told of", () => {
  test.each([
    "糖尿病吃什么好？",
    "我叫张伟，想问一下高血压怎么预防？",
    "心脏病专家王建国教授将于下周举办讲座。",
    "糖尿病医院的张伟医生周三出诊。",
    "张伟主任擅长治疗白血病、淋巴瘤。",
    "据报道，张伟所在的医院收治了三百例肺炎。",
    "请把张伟写的《抑郁症防治指南》发我一份。",
    "电影中，张伟饰演一名渐冻症患者。",
    "张伟律师代理诈骗罪案件。",
    "张伟带团参观了清真寺。",
    "公司营业收入12000万元，董事长张伟出席。",
    "张伟负责支付逾期提醒功能。",
    "如何判断一个人是否患有糖尿病？",
    "Dr. Michael Johnson specializes in breast cancer.",
    "Sarah Williams works at the Boston Cancer Center.",
    "Hi, I'm Emily Clarke. What is a good diet for diabetes?",
    "Net income rose to $12,000,000, said Robert Thompson.",
  ])("%s", (text) => expect(toldIn(text)).toEqual([]));

  test("where an author writes and a doctor treats", () => {
    expect(toldOf({ author: "张伟", content: "糖尿病是一种慢性病，多年后会影响眼睛。" })).toEqual([]);
    expect(toldOf({ doctor: "张伟", dept: "肿瘤科" })).toEqual([]);
    expect(toldOf({ mobile: "13912345678", question: "高血压能吃人参吗？" })).toEqual([]);
  });
});

describe("words", () => {
  const all = [...WORDS_ZH, ["health", DRUGS_ZH] as const].flatMap(([, words]) => alternatives(words));

  test("every alternative begins with what it is found by", () => {
    for (const word of all) expect(word).toMatch(/^[\u3400-\u9fff]{2}/);
    for (const [, words] of [...WORDS_EN, ["health", DRUGS_EN] as const])
      for (const word of alternatives(words)) expect(word).toMatch(/^[a-z][a-z -]{2}/i);
  });

  test("what is found in a text is seen in its bytes", () => {
    const plain = all.filter((word) => /^[\u3400-\u9fff]+$/.test(word));
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 20 }),
        fc.constantFrom(...plain, " cancer", "胃癌"),
        (a, word) => {
          const text = a + word;
          const bytes = Buffer.from(text);
          if (saidIn(text).length > 0) expect(maySay(bytes, 0, bytes.length)).toBe(true);
        },
      ),
    );
  });

  test("a megabyte of them costs its length", () => {
    const text = "张伟糖尿病".repeat(30_000);
    const start = process.cpuUsage().user;
    toldIn(`联系人：张伟，13912345678，${text}`);
    expect(process.cpuUsage(undefined).user - start).toBeLessThan(4_000_000);
  });
});
