// Percent-encoding, quoted-printable, character references and \u escapes inside a text, undone; and whole numbers
// that a program wrote as floating ones. Law: what is no well-formed escape stays; each round undoes one layer, two at
// most.

import { through, type View, ViewBuilder } from "./view.ts";

const ROUNDS_MAX = 2;
const PERCENT = "(?:%[0-9a-f]{2})+";
const REFERENCE = "&#(?:x[0-9a-f]{1,6}|[0-9]{1,7});?";
/** As HTML writes the signs of an address. */
const NAMED: ReadonlyMap<string, string> = new Map([
  ["&commat;", "@"],
  ["&period;", "."],
]);
/** A line of quoted-printable goes on after it (RFC 2045, 6.7). */
const SOFT_BREAK = "(?<=[a-z0-9._@-])=\\r?\\n(?=[a-z0-9._@-])";
const UNICODE = String.raw`\\+u(?:\{[0-9a-f]{1,6}\}|[0-9a-f]{4})|\\+x[0-9a-f]{2}`;
/** Three in a row: one is an assignment. */
const PRINTABLE = "(?:=[0-9a-f]{2}){3,}";
/** As Java and pandas write what a spreadsheet took for a number: `1.3812345678E10`, `13812345678.0`. */
const FLOATING = String.raw`(?<![\w.])(?:\d\.\d{1,17}e\+?0*\d{1,2}|\d{11,19}\.0)(?!\w|\.\w)`;
const ESCAPES = new RegExp(
  `${PERCENT}|${REFERENCE}|${[...NAMED.keys()].join("|")}|${SOFT_BREAK}|${UNICODE}|${PRINTABLE}|${FLOATING}`,
  "gi",
);
const DIGIT = /\d/;
const WHOLE_DIGITS_MAX = 19;

/** @returns null when it holds no escape. */
export function unescaped(text: string): View | null {
  let view: View | null = null;
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const next = once(view?.text ?? text);
    if (next === null) break;
    view = view === null ? next : through(next, view);
  }
  return view;
}

function once(text: string): View | null {
  ESCAPES.lastIndex = 0;
  let found = ESCAPES.exec(text);
  if (found === null) return null;
  const builder = new ViewBuilder();
  let at = 0;
  for (; found !== null; found = ESCAPES.exec(text)) {
    for (; at < found.index; at++) builder.add(text[at]!, at);
    if (DIGIT.test(found[0][0]!)) addWhole(found[0], at, builder);
    else if (NAMED.has(found[0].toLowerCase())) builder.add(NAMED.get(found[0].toLowerCase())!, at);
    else if (found[0].endsWith("\n")) builder.add("", at);
    else if (found[0][0] === "%" || found[0][0] === "=") addBytes(found[0], at, builder);
    else builder.add(characterOf(found[0]), at);
    at = found.index + found[0].length;
  }
  for (; at < text.length; at++) builder.add(text[at]!, at);
  return builder.done(text.length);
}

function addBytes(escapes: string, from: number, builder: ViewBuilder): void {
  const bytes = Buffer.from(escapes.replace(/[%=]/g, ""), "hex");
  for (let i = 0; i < bytes.length; ) {
    const width = widthOf(bytes[i]!);
    builder.add(bytes.subarray(i, i + width).toString("utf8"), from + i * 3);
    i += width;
  }
}

/** Digits about where they stand; the noughts that an exponent stands for, at the exponent. */
function addWhole(written: string, from: number, builder: ViewBuilder): void {
  const digits = wholeOf(written);
  if (digits === null) return addPlain(written, from, builder);
  const point = written.indexOf(".");
  const last = written.search(/e|\.0$/i);
  for (let i = 0; i < digits.length; i++) builder.add(digits[i]!, from + Math.min(i < point ? i : i + 1, last));
}

/** @returns the digits of a number with a point; null: it is no whole one, or longer than any that identifies. */
function wholeOf(written: string): string | null {
  const [, whole, fraction, exponent] = /^(\d+)\.(\d+)(?:e\+?(\d+))?$/i.exec(written)!;
  if (exponent === undefined) return whole!;
  const noughts = Number(exponent) - fraction!.length;
  return noughts < 0 || noughts > WHOLE_DIGITS_MAX ? null : whole! + fraction! + "0".repeat(noughts);
}

function addPlain(text: string, from: number, builder: ViewBuilder): void {
  for (let i = 0; i < text.length; i++) builder.add(text[i]!, from + i);
}

function widthOf(lead: number): number {
  return lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

function characterOf(written: string): string {
  const digits = written.replace(/^(?:&#|\\+[ux]\{?)/i, "").replace(/[;}]$/, "");
  const isHex = written[0] === "\\" || /^x/i.test(digits);
  const point = Number.parseInt(digits.replace(/^x/i, ""), isHex ? 16 : 10);
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : "\ufffd";
}
