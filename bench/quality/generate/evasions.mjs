// Ways to write a number so that a pattern misses it and a person (or a model) still reads it.
// Law of this file: a disguise takes the value's characters and gives the text that stands for them, whole.

const spread = (text, joiner) => [...text].join(joiner);
const each = (map) => (text) => [...text].map((one) => map[one] ?? one).join("");
const table = (characters) => Object.fromEntries([...characters].map((one, digit) => [String(digit), one]));
const shifted = (base) => (text) => text.replace(/\d/g, (digit) => String.fromCodePoint(base + Number(digit)));
const percent = (text) => [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");

/** Of numbers. `text`: the words around it that a reader needs, `{}` where the value stands. */
export const DISGUISES = {
  "full-width": { of: (text) => text.replace(/[!-~]/g, (one) => String.fromCodePoint(one.codePointAt(0) + 0xfee0)) },
  "zero-width space": { of: (text) => spread(text, "\u200b") },
  "zero-width mixed": {
    of: (text) => [...text].map((one, i) => one + ["\u200b", "\u200d", "\u2060", "\ufeff", ""][i % 5]).join(""),
  },
  "soft hyphens": { of: (text) => spread(text, "\u00ad") },
  combining: { of: (text) => spread(text, "\u0332") },
  circled: { of: each({ ...table("⓪①②③④⑤⑥⑦⑧⑨"), X: "Ⓧ" }) },
  "negative circled": { of: each({ ...table("⓿❶❷❸❹❺❻❼❽❾"), X: "🅧" }) },
  keycaps: { of: (text) => text.replace(/\d/g, (digit) => `${digit}\ufe0f\u20e3`) },
  "mathematical bold": { of: shifted(0x1d7ce) },
  "mathematical monospace": { of: shifted(0x1d7f6) },
  "arabic-indic": { of: shifted(0x660) },
  "persian digits": { of: shifted(0x6f0) },
  superscripts: { of: each(table("⁰¹²³⁴⁵⁶⁷⁸⁹")) },
  subscripts: { of: shifted(0x2080) },
  "letters for digits": { of: each({ 0: "O", 1: "l" }), needs: /[01]/ },
  "chinese 零": { of: each(table("零一二三四五六七八九")) },
  "chinese 〇": { of: each(table("〇一二三四五六七八九")) },
  "chinese 幺两": { of: each(table("零幺两三四五六七八九")) },
  financial: { of: each(table("零壹贰叁肆伍陆柒捌玖")) },
  "chinese mixed": { of: (text) => text.replace(/[2468]/g, (digit) => "零一二三四五六七八九"[Number(digit)]) },
  spaces: { of: (text) => spread(text, " ") },
  dashes: { of: (text) => spread(text, "-") },
  dots: { of: (text) => spread(text, ".") },
  commas: { of: (text) => spread(text, ",") },
  underscores: { of: (text) => spread(text, "_") },
  "line breaks": { of: (text) => text.replace(/(.{3,4})(?=.)/g, "$1\n") },
  "+86 and spaces": {
    of: (text) => `+86 ${text.slice(0, 3)} ${text.slice(3, 7)} ${text.slice(7)}`,
    only: ["CN_MOBILE"],
  },
  "html decimal": { of: (text) => text.replace(/./g, (one) => `&#${one.codePointAt(0)};`) },
  "html hexadecimal": { of: (text) => text.replace(/./g, (one) => `&#x${one.codePointAt(0).toString(16)};`) },
  percent: { of: percent },
  "percent twice": { of: (text) => percent(percent(text).slice(0, 12)) + percent(text).slice(12) },
  "\\u written out": {
    of: (text) => text.replace(/./g, (one) => `\\u${one.codePointAt(0).toString(16).padStart(4, "0")}`),
  },
  base64: { of: (text) => Buffer.from(text).toString("base64") },
  base64url: { of: (text) => Buffer.from(`手机?>${text}`).toString("base64url") },
  "base64 twice": { of: (text) => Buffer.from(Buffer.from(text).toString("base64")).toString("base64") },
  hexadecimal: { of: (text) => Buffer.from(text).toString("hex") },
  reversed: { of: (text) => [...text].reverse().join("") },
};

/** Of names. */
export const NAME_DISGUISES = {
  "name, spaces": (name) => spread(name, " "),
  "name, zero-width": (name) => spread(name, "\u200b"),
  "name, dots": (name) => spread(name, "·"),
};

/** Where a disguised number stands. `{}` is the number, `{zh}` its kind by name. */
export const PLACES = [
  "{zh}：{}",
  "请记一下{zh} {} 谢谢",
  "联系 {}，尽快。",
  "我的{zh}是{}\n帮我存一下",
  "ID {}。",
  "{}\n这个{zh}还能用吗？",
];

export const NAME_PLACES = ["姓名：{}，请处理。", "患者{}，门诊。", "联系人：{}\n尽快回复", "收件人{}，自提。"];

/** Of bodies: the value in pieces. @returns {{ body: unknown, pieces: [string, string][] }} JSON Pointer and piece */
export const SPLITS = {
  "split over fields": (value) => {
    const [a, b, c] = [value.slice(0, 4), value.slice(4, 9), value.slice(9)];
    return {
      body: { form: { part1: a, part2: b, part3: c }, action: "join" },
      pieces: [
        ["/form/part1", a],
        ["/form/part2", b],
        ["/form/part3", c],
      ],
    };
  },
  "split over messages": (value) => {
    const [a, b] = [value.slice(0, 7), value.slice(7)];
    return {
      body: {
        messages: [
          { role: "user", content: a },
          { role: "user", content: b },
        ],
      },
      pieces: [
        ["/messages/0/content", a],
        ["/messages/1/content", b],
      ],
    };
  },
  "split over an array": (value) => {
    const parts = value.match(/.{1,4}/g);
    return { body: { number: parts }, pieces: parts.map((part, i) => [`/number/${i}`, part]) };
  },
  "one digit an item": (value) => ({
    body: { digits: [...value].map((one) => (/\d/.test(one) ? Number(one) : one)) },
    pieces: [...value].map((one, i) => [`/digits/${i}`, one]),
  }),
};
