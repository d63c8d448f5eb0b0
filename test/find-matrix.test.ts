// Kinds × disguises. Law of this file: a value beside its label is covered whole however it is written; what is not is
// named here, and the list only shrinks.

import { expect, it } from "vitest";
import { findInText } from "../src/find/find.ts";

const VALUES: Readonly<Record<string, readonly [label: string, value: string]>> = {
  "cn-mobile": ["手机号", "13712345679"],
  "cn-id": ["身份证号", "11010519491231002X"],
  "bank-card": ["银行卡号", "6222021234567890128"],
  email: ["邮箱", "ouyang.jianguo@corp-mail.cn"],
  "cn-passport": ["护照号", "E12345678"],
  plate: ["车牌", "京A12345"],
  hkid: ["香港身份证", "A123456(3)"],
  uscc: ["统一社会信用代码", "91350100M000100Y43"],
  "cn-landline": ["座机", "010-62345678"],
  qq: ["QQ", "482093356"],
  "wechat-id": ["微信号", "xiaomei_wang88"],
  "bank-acct": ["银行账号", "110060149018010012345"],
  phone: ["电话", "+44 20 7946 0958"],
  imei: ["IMEI", "490154203237518"],
  ipv4: ["登录IP", "114.242.249.13"],
  dob: ["出生日期", "1990-05-17"],
  mac: ["MAC地址", "3C:22:FB:1A:9D:0E"],
};

const each = (text: string, as: (character: string) => string) => [...text].map(as).join("");
const digits = (text: string, as: (digit: number) => string) =>
  each(text, (one) => (/\d/.test(one) ? as(Number(one)) : one));
const base64 = (text: string) => Buffer.from(text).toString("base64");

const DISGUISES: Readonly<Record<string, (value: string, label: string) => string>> = {
  plain: (value) => value,
  "full width": (value) =>
    each(value, (one) => (/[!-~]/.test(one) ? String.fromCharCode(one.charCodeAt(0) + 0xfee0) : one)),
  "zero width": (value) => [...value].join("\u200b"),
  combining: (value) => each(value, (one) => `${one}\u0336`),
  circled: (value) => digits(value, (digit) => (digit === 0 ? "⓪" : String.fromCharCode(0x245f + digit))),
  mathematical: (value) => digits(value, (digit) => String.fromCodePoint(0x1d7ce + digit)),
  keycaps: (value) => digits(value, (digit) => `${digit}\ufe0f\u20e3`),
  "Arabic digits": (value) => digits(value, (digit) => String.fromCharCode(0x660 + digit)),
  "Chinese numerals": (value) => digits(value, (digit) => "〇一二三四五六七八九"[digit]!),
  spaces: (value) => [...value].join(" "),
  dashes: (value) => [...value].join("-"),
  "character references": (value) => each(value, (one) => `&#${one.codePointAt(0)};`),
  percent: (value) => [...Buffer.from(value)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join(""),
  "\\u": (value) => each(value, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`),
  base64,
  "base64 twice": (value) => base64(base64(value)),
  hexadecimal: (value) => Buffer.from(value).toString("hex"),
  "label and value in base64": (value, label) => base64(`${label}：${value}`),
};

/** Behind letters a Chinese numeral is a word first: `微信DIY一个`. */
const MISSED: Readonly<Record<string, string>> = {
  "wechat-id": "Chinese numerals",
};

const CELLS = Object.entries(VALUES).flatMap(([type, [label, value]]) =>
  Object.entries(DISGUISES).map(([name, disguise]) => [type, name, label, disguise(value, label)] as const),
);

it.each(CELLS)("%s: %s", (type, name, label, written) => {
  const text = `客户的${label}：${written}，请核实一下`;
  const start = text.indexOf(written);
  const end = start + written.length;
  const isCovered = findInText(text, "strict").some((found) => found.start <= start && found.end >= end);
  expect(isCovered).toBe(MISSED[type]?.split(",").includes(name) !== true);
});
