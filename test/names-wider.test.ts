// Names that a model alone does not see: under a heading, in a signature, composed of words, of rare surnames, in
// documents inside a text, escaped. Law: a heading, a label or a list says so, and a word of the language is no name.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { decode } from "../src/decode/decode.ts";
import { find, findInText } from "../src/find/find.ts";
import { createTagger } from "../src/find/names/tagger.ts";

const names = createTagger(readFileSync("models/names.bin"), readFileSync("models/names-en.bin"));
const named = (text: string) =>
  findInText(text, "strict", "", names)
    .filter(({ type }) => type === "person")
    .map(({ start, end }) => text.slice(start, end));

test.each([
  ["a label, in a sentence without a sign of a name", "姓名：钱洋", ["钱洋"]],
  ["a surname that training lacked", "受益人：傅志强", ["傅志强"]],
  ["of Hong Kong and Taiwan", "聯絡人姓名：陳志明", ["陳志明"]],
  ["columns", "工号,姓名,部门\n1001,余洋,财务部\n1002,欧阳静,研发部", ["余洋", "欧阳静"]],
  ["columns between bars", "| 姓名 | 电话 |\n|---|---|\n| 常娟 | 无 |", ["常娟"]],
  ["Tibetan", "我是扎西顿珠，从拉萨来的", ["扎西顿珠"]],
  ["Mongolian", "请联系乌兰其其格办理", ["乌兰其其格"]],
  ["with a dot", "我是买买提·艾力，想咨询", ["买买提·艾力"]],
  ["surname, given name", "Passenger: CHEN, Min", ["CHEN, Min"]],
  ["signed", "The file is attached.\n\nBest regards,\nSong Wei\nMobile", ["Song Wei"]],
  ["a member inside a text", 'arguments: {"xm": "韩语凤", "n": 1}', ["韩语凤"]],
])("%s", (_, text, wanted) => expect(named(text)).toEqual(expect.arrayContaining(wanted)));

test.each([
  ["satisfied customers", "这种方式可使客户满意，提升客户满意度。"],
  ["a heading over no names", "姓名,部门\n合计,财务部\n备注,研发部"],
  ["a team signs", "Done.\n\nBest regards,\nCustomer Support Team"],
])("nobody: %s", (_, text) => expect(named(text)).toEqual([]));

describe("a body escaped as json.dumps escapes it", () => {
  test.each(["我叫张伟，住北京市朝阳区建国路88号院3号楼2单元101室", "请把合同发给王丽娜"])("%s", (content) => {
    const spans = [content, escaped(content)].map((text) => {
      const body = Buffer.from(`{"messages":[{"role":"user","content":"${text}"}]}`);
      const request = { method: "POST", target: "/", contentType: "application/json", contentEncoding: "", body };
      const doc = decode(request, [], { bodyBytesMax: 1 << 20 });
      if ("code" in doc) throw new Error(doc.code);
      return find(doc, "strict", names).map(({ type, start, end }) => ({ type, start, end }));
    });
    expect(spans[0]!.length).toBeGreaterThan(0);
    expect(spans[1]).toEqual(spans[0]);
  });
});

function escaped(text: string): string {
  return [...text].map((c) => (c < "\u0080" ? c : `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`)).join("");
}
