// What lies under the names model: the gate asks for the sums it was trained on, a clause is cut as its line is, words in
// Latin letters are words.

import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FOLD } from "../src/find/names/chars.ts";
import { Line, PAD } from "../src/find/names/features.ts";
import { GATE_BITS, GATE_FEATURES, Gate, gateSlots } from "../src/find/names/gate.ts";
import { readModel } from "../src/find/names/model.ts";
import { createTagger } from "../src/find/names/tagger.ts";

const bytesOf = (name: string) => readFileSync(new URL(`../models/${name}`, import.meta.url));
const model = readModel(bytesOf("names.bin"), bytesOf("names-en.bin"));
const tagger = createTagger(bytesOf("names.bin"), bytesOf("names-en.bin"));
const people = (text: string) =>
  tagger
    .read(text, "")
    .filter(({ type }) => type === "person")
    .map(({ start, end }) => text.slice(start, end));

const han = fc.constantFrom(
  ..."王李张刘陈欧阳司马国建华文明志高兴金融的在了说和是北京上海公司市长记者表示阿尔克林顿斯",
);
const unit = fc.oneof(
  { weight: 8, arbitrary: han },
  { weight: 1, arbitrary: fc.constantFrom(..."，。、：“”（）《》 1aBc.·-") },
);
const line = fc.array(unit, { maxLength: 60 }).map((units) => units.join(""));

describe("the gate", () => {
  test("finds the first character whose sum of gateSlots is high enough, and only Han", () => {
    const table = new Int8Array(1 << GATE_BITS).map((_, i) => ((i * 2654435761) >>> 24) - 128);
    const grades = model.traits.grades;
    fc.assert(
      fc.property(line, fc.integer({ min: -100, max: 300 }), (text, least) => {
        const codes = new Uint16Array(text.length + 2 * PAD).fill(1);
        for (let i = 0; i < text.length; i++) codes[i + PAD] = FOLD[text.charCodeAt(i)]!;
        const slots = new Int32Array(GATE_FEATURES);
        let expected = -1;
        for (let p = PAD; p < text.length + PAD && expected < 0; p++) {
          gateSlots(codes, grades, p, slots);
          const sum = slots.reduce((total, slot) => total + table[slot]!, 0);
          if (sum >= least && codes[p]! >= 0x3400 && codes[p]! <= 0x9fff) expected = p;
        }
        expect(new Gate(table, grades, least).next(codes, PAD, text.length + PAD)).toBe(expected);
      }),
    );
  });
});

describe("words", () => {
  const make = () => new Line(model.lexicon, model.traits, model.tableBits);
  const words = ({ words: { start, end, kind } }: Line, from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => [start[from + i], end[from + i], kind[from + i]]);

  test("a clause is cut by itself as it is within its line", () => {
    fc.assert(
      fc.property(line, (text) => {
        const whole = make();
        whole.take(text, 0, text.length);
        const piece = make();
        piece.fold(text, 0, text.length);
        for (let from = 0; from < text.length; ) {
          let to = from + 1;
          while (to < text.length && !piece.isBorder(to - 1)) to++;
          piece.cut(from, to);
          expect(words(piece, from, to)).toEqual(words(whole, from, to));
          from = to;
        }
      }),
      // once cut otherwise: costs were fractions, and what stood behind decided between equals
      { examples: [["阳表金，王"]] },
    );
  });

  test.each([
    ["歌手David Beckham说", "David Beckham"],
    ["用J.K. Rowling的书", "J.K. Rowling"],
    ["看NBA比赛", "NBA"],
    ["用iPhone6拍", "iPhone6"],
  ])("%s: one word in Latin letters", (text, word) => {
    const whole = make();
    whole.take(text, 0, text.length);
    const at = text.indexOf(word);
    expect([whole.words.start[at], whole.words.end[at]]).toEqual([at, at + word.length]);
  });
});

describe("people in sentences", () => {
  test.each([
    ["副总理马德全昨天在会上表示，改革要继续深入。", ["马德全"]],
    ["女演员沈玉婷凭借该片获得最佳女主角奖。", ["沈玉婷"]],
    ["主教练斯蒂芬尼斯赛后对裁判的判罚表示不满。", ["斯蒂芬尼斯"]],
    ["记者赵晓东报道，台风将于明天登陆。", ["赵晓东"]],
  ])("%s", (text, names) => {
    expect(people(text)).toEqual(names);
  });

  test.each([
    "大家都很高兴，白天参观了王国的金融中心。",
    "正大集团与华泰证券签署了合作协议。",
    "尤文图斯客场战胜桑普多利亚，继续领跑积分榜。",
    "从莫斯科到圣彼得堡的列车今天恢复通车。",
    "文明施工，安全生产，方便群众。",
    "诺基亚和摩托罗拉都推出了新机型。",
  ])("nobody: %s", (text) => {
    expect(people(text)).toEqual([]);
  });
});
