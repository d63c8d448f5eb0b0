// A value as somebody may write it so that it is not recognised, and its reader understands it all the same.

import { deflateSync, gzipSync } from "node:zlib";
import type { Kind, Planted } from "./planted.ts";

export interface Disguise {
  readonly name: string;
  readonly write: (text: string) => string;
  /** Absent: any. */
  readonly kinds?: readonly Kind[];
}

const NUMBERS: readonly Kind[] = ["mobile", "id", "card"];
const HAN: readonly Kind[] = ["name", "address"];
const NOT_SECRET: readonly Kind[] = ["mobile", "id", "card", "email"];

const each = (write: (character: string, nth: number) => string) => (text: string) =>
  [...text].map((character, nth) => write(character, nth)).join("");
const digits = (write: (digit: number, nth: number) => string) =>
  each((character, nth) => (/\d/.test(character) ? write(Number(character), nth) : character));
const from = (zero: number) => digits((digit) => String.fromCodePoint(zero + digit));
const numerals = (ten: string) => digits((digit) => [...ten][digit]!);
const chunks = (units: number, between: string) => (text: string) =>
  text.match(new RegExp(`.{1,${units}}`, "gu"))!.join(between);
const hex = (character: string, width: number) => character.codePointAt(0)!.toString(16).padStart(width, "0");
const wide = (character: string) =>
  character > " " && character < "\u007f" ? String.fromCharCode(character.charCodeAt(0) + 0xfee0) : character;
const base64 = (text: string) => Buffer.from(text).toString("base64");

export const PLAIN: Disguise = { name: "as it is", write: (text) => text };

/** Undone by any reader's software. */
export const CODED: readonly Disguise[] = [
  { name: "\\u in the text", write: each((c) => `\\u${hex(c, 4)}`) },
  { name: "\\u in the text, half of it", write: each((c, nth) => (nth % 2 ? `\\u${hex(c, 4)}` : c)) },
  { name: "\\x in the text", kinds: NOT_SECRET, write: each((c) => `\\x${hex(c, 2)}`) },
  { name: "percent", write: each((c) => Buffer.from(c).toString("hex").replace(/../g, "%$&")) },
  {
    name: "percent twice",
    write: each((c) => Buffer.from(c).toString("hex").replace(/../g, "%25$&")),
  },
  { name: "percent, half of it", kinds: NOT_SECRET, write: each((c, nth) => (nth % 2 ? `%${hex(c, 2)}` : c)) },
  { name: "decimal references", write: each((c) => `&#${c.codePointAt(0)};`) },
  { name: "hexadecimal references", write: each((c) => `&#x${hex(c, 1)};`) },
  { name: "references with zeros in front", write: each((c) => `&#${String(c.codePointAt(0)).padStart(7, "0")};`) },
  { name: "base64", write: base64 },
  { name: "base64url without padding", write: (text) => Buffer.from(text).toString("base64url") },
  { name: "base64 with a word before it", kinds: NOT_SECRET, write: (text) => base64(`联系方式: ${text}`) },
  { name: "base64 of base64", write: (text) => base64(base64(text)) },
  { name: "hexadecimal", write: (text) => Buffer.from(text).toString("hex") },
  { name: "hexadecimal in capitals", write: (text) => Buffer.from(text).toString("hex").toUpperCase() },
  { name: "base64 of hexadecimal", write: (text) => base64(Buffer.from(text).toString("hex")) },
  { name: "base64 of gzip", write: (text) => gzipSync(text).toString("base64") },
  { name: "base64 of deflate", write: (text) => deflateSync(text).toString("base64") },
  { name: "hexadecimal of gzip", write: (text) => gzipSync(text).toString("hex") },
  { name: "base64 of UTF-16", write: (text) => Buffer.from(text, "utf16le").toString("base64") },
  { name: "quoted-printable", kinds: NOT_SECRET, write: each((c) => `=${hex(c, 2).toUpperCase()}`) },
  { name: "UTF-7", kinds: NOT_SECRET, write: (text) => `+${utf16be(text).toString("base64").replace(/=+$/, "")}-` },
];

/** Undone by any reader's eyes. */
export const SEEN: readonly Disguise[] = [
  { name: "full width", write: each(wide) },
  { name: "every other one full width", write: each((c, nth) => (nth % 2 ? wide(c) : c)) },
  { name: "zero width between", write: each((c, nth) => (nth ? `\u200b${c}` : c)) },
  {
    name: "many kinds of nothing between",
    write: each((c, nth) => (nth ? "\ufeff\u200d\u00ad\u2060"[nth % 4] + c : c)),
  },
  { name: "NUL between", kinds: NUMBERS, write: each((c, nth) => (nth ? `\0${c}` : c)) },
  { name: "direction marks between", write: each((c, nth) => (nth ? `\u200e${c}` : c)) },
  { name: "combining marks", kinds: NUMBERS, write: each((c) => `${c}\u0332`) },
  { name: "variation selectors", kinds: NUMBERS, write: each((c) => `${c}\ufe0f`) },
  { name: "circled", kinds: NUMBERS, write: digits((d) => (d === 0 ? "⓪" : String.fromCodePoint(0x245f + d))) },
  {
    name: "circled, white on black",
    kinds: NUMBERS,
    write: digits((d) => (d === 0 ? "⓿" : String.fromCodePoint(0x2775 + d))),
  },
  { name: "keycaps", kinds: NUMBERS, write: digits((d) => `${d}\ufe0f\u20e3`) },
  { name: "mathematical bold", kinds: NUMBERS, write: from(0x1d7ce) },
  { name: "mathematical monospace", kinds: NUMBERS, write: from(0x1d7f6) },
  { name: "Arabic digits", kinds: NUMBERS, write: from(0x660) },
  { name: "Persian digits", kinds: NUMBERS, write: from(0x6f0) },
  { name: "Devanagari digits", kinds: NUMBERS, write: from(0x966) },
  { name: "Bengali digits", kinds: NUMBERS, write: from(0x9e6) },
  { name: "Thai digits", kinds: NUMBERS, write: from(0xe50) },
  { name: "subscript", kinds: NUMBERS, write: from(0x2080) },
  { name: "superscript", kinds: NUMBERS, write: numerals("⁰¹²³⁴⁵⁶⁷⁸⁹") },
  { name: "Chinese numerals", kinds: NUMBERS, write: numerals("〇一二三四五六七八九") },
  { name: "Chinese numerals as said on the phone", kinds: NUMBERS, write: numerals("零幺二三四五六七八九") },
  { name: "financial numerals", kinds: NUMBERS, write: numerals("零壹贰叁肆伍陆柒捌玖") },
  {
    name: "every other one Chinese",
    kinds: NUMBERS,
    write: digits((d, nth) => (nth % 2 ? "零一二三四五六七八九"[d]! : String(d))),
  },
  { name: "letters for digits", kinds: NUMBERS, write: (text) => text.replaceAll("0", "O").replaceAll("1", "l") },
  { name: "spaces between", kinds: [...NUMBERS, "name"], write: chunks(1, " ") },
  { name: "wide spaces between", kinds: [...NUMBERS, "name"], write: chunks(1, "\u3000") },
  { name: "commas between", kinds: NUMBERS, write: chunks(1, ",") },
  { name: "fours with dashes", kinds: NUMBERS, write: chunks(4, "-") },
  { name: "fours with points", kinds: NUMBERS, write: chunks(4, ".") },
  { name: "threes with spaces", kinds: NUMBERS, write: chunks(3, " ") },
  { name: "line by line", kinds: NUMBERS, write: chunks(6, "\n") },
  { name: "carriage returns between", kinds: NUMBERS, write: chunks(4, "\r\n") },
  { name: "backwards", kinds: NUMBERS, write: (text) => [...text].reverse().join("") },
  { name: "+86 before it", kinds: ["mobile"], write: (text) => `+86 ${text}` },
  { name: "0086 before it", kinds: ["mobile"], write: (text) => `0086${text}` },
  { name: "in brackets after +86", kinds: ["mobile"], write: (text) => `(+86)${chunks(4, " ")(text)}` },
  { name: "letters glued to it", kinds: NUMBERS, write: (text) => `tel${text}` },
  { name: "in capitals", kinds: ["email"], write: (text) => text.toUpperCase() },
  { name: "the at sign full width", kinds: ["email"], write: (text) => text.replace("@", "＠") },
  {
    name: "the at sign in words",
    kinds: ["email"],
    write: (text) => text.replace("@", "(at)").replace(".cn", "(dot)cn"),
  },
  { name: "a name before it", kinds: ["email"], write: (text) => `"=?utf-8?q?x?=" <${text}>` },
  { name: "traditional quotes around it", kinds: HAN, write: (text) => `「${text}」` },
];

/** Disguises over disguises. */
const FULL_WIDTH = SEEN[0]!;
const named = (name: string) => [...CODED, ...SEEN].find((one) => one.name === name)!;
const over = (outer: Disguise, inner: Disguise): Disguise => {
  const both = [outer.kinds, inner.kinds].filter((kinds) => kinds !== undefined);
  const kinds = both.length === 0 ? {} : { kinds: both.reduce((a, b) => a.filter((kind) => b.includes(kind))) };
  return { name: `${outer.name} of ${inner.name}`, write: (text) => outer.write(inner.write(text)), ...kinds };
};
export const STACKED: readonly Disguise[] = [
  over(named("base64"), FULL_WIDTH),
  over(named("base64"), named("Chinese numerals")),
  over(named("hexadecimal references"), FULL_WIDTH),
  over(named("percent"), FULL_WIDTH),
  over(named("\\u in the text"), FULL_WIDTH),
  over(named("\\u in the text"), named("Arabic digits")),
  over(named("decimal references"), named("spaces between")),
  over(FULL_WIDTH, named("spaces between")),
  over(FULL_WIDTH, named("fours with dashes")),
  over(named("zero width between"), named("Chinese numerals")),
  over(named("base64"), named("percent")),
  over(named("percent"), named("decimal references")),
  over(named("hexadecimal"), named("fours with dashes")),
];

export const EVERY: readonly Disguise[] = [PLAIN, ...CODED, ...SEEN, ...STACKED];

/** A few of each, for the carriers whose own disguise is the point. */
export const SOME: readonly Disguise[] = [
  PLAIN,
  FULL_WIDTH,
  named("Chinese numerals"),
  named("base64"),
  named("fours with dashes"),
];

export function applies({ kinds }: Disguise, { kind }: Planted): boolean {
  return kinds === undefined || kinds.includes(kind);
}

function utf16be(text: string): Buffer {
  return Buffer.from(text, "utf16le").swap16();
}
