// Percent-encoding, quoted-printable, character references and \u escapes inside a text, undone. Law: what is no
// well-formed escape stays; each round undoes one layer, two at most.

import { through, type View, ViewBuilder } from "./view.ts";

const ROUNDS_MAX = 2;
const PERCENT = "(?:%[0-9a-f]{2})+";
const REFERENCE = "&#(?:x[0-9a-f]{1,6}|[0-9]{1,7});?";
const UNICODE = String.raw`\\+u(?:\{[0-9a-f]{1,6}\}|[0-9a-f]{4})|\\+x[0-9a-f]{2}`;
/** Three in a row: one is an assignment. */
const PRINTABLE = "(?:=[0-9a-f]{2}){3,}";
const ESCAPES = new RegExp(`${PERCENT}|${REFERENCE}|${UNICODE}|${PRINTABLE}`, "gi");

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
    if (found[0][0] === "%" || found[0][0] === "=") addBytes(found[0], at, builder);
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

function widthOf(lead: number): number {
  return lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

function characterOf(written: string): string {
  const digits = written.replace(/^(?:&#|\\+[ux]\{?)/i, "").replace(/[;}]$/, "");
  const isHex = written[0] === "\\" || /^x/i.test(digits);
  const point = Number.parseInt(digits.replace(/^x/i, ""), isHex ? 16 : 10);
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : "\ufffd";
}
