// One layer of writing taken off a text: escapes of any language, percent, references, base64, hexadecimal.

import { isUtf8 } from "node:buffer";

/** @returns what the text says when one layer is undone: a text where it stays one, bytes where any charset may follow. */
export function oneLayerUndone(text: string): (Buffer | string)[] {
  const found = tokensUndone(text);
  for (const undo of UNDO) {
    const other = undo(text);
    if (other !== text) found.push(other);
  }
  if (/%[0-9a-f]{2}/i.test(text)) found.push(percentUndone(text));
  return found;
}

const UNDO: readonly ((text: string) => string)[] = [
  // of JSON, JavaScript, YAML, C
  (text) => text.replace(/\\+u(?:\{([0-9a-f]+)\}|([0-9a-f]{4}))/gi, (_, a, b) => character(a ?? b, 16)),
  (text) => text.replace(/\\+x([0-9a-f]{2})/gi, (_, hex) => character(hex, 16)),
  (text) => text.replace(/\\+[nrtbf"/]/g, ""),
  (text) => text.replace(/%u([0-9a-f]{4})/gi, (_, hex) => character(hex, 16)),
  // of HTML and XML, and what lies between two tags
  (text) => text.replace(/&#(x?)([0-9a-f]+);?/gi, (_, x, digits) => character(digits, x === "" ? 10 : 16)),
  (text) => text.replace(/<[^<>]{0,80}>/g, ""),
  // of mail
  (text) => text.replace(/=\r?\n/g, "").replace(/=([0-9A-F]{2})/gi, (_, hex) => character(hex, 16)),
  (text) => text.replace(/\+([A-Za-z0-9+/]{6,})-?/g, (_, base64) => fromUtf16(base64)),
  (text) => text.replace(/~\{((?:[!-}][!-~])+)~?\}?/g, (_, pairs) => fromHz(pairs)),
  (text) => text.replace(/\?=\s+=\?/g, "?==?").replace(/=\?[^?\s]+\?([bq])\?([^?\s]*)\?=/gi, encodedWord),
  // a number with a point or an exponent, and pieces under names with numbers
  (text) => text.replace(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?/g, asWhole),
  (text) => text.replace(/"?[A-Za-z_][\w-]*\*?\d{0,2}\*?"?[:=]/g, ""),
  (text) => text.replace(/"[^"]*[A-Za-z][^"]*":?|name="\w+"|--\w+/g, ""),
];

function encodedWord(_: string, kind: string, text: string): string {
  if (kind.toLowerCase() === "b") return Buffer.from(text, "base64").toString("utf8");
  return text.replace(/=([0-9a-f]{2})/gi, (_, hex) => character(hex, 16));
}

function character(digits: string, base: number): string {
  const point = Number.parseInt(digits, base);
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : "";
}

/** As often as there is anything to undo. To bytes: they may be of any charset. */
function percentUndone(text: string): Buffer {
  let latin1 = Buffer.from(text).toString("latin1");
  for (let round = 0; round < 8; round++) {
    const next = latin1.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
    if (next === latin1) break;
    latin1 = next;
  }
  return Buffer.from(latin1, "latin1");
}

function fromUtf16(base64: string): string {
  const bytes = Buffer.from(base64, "base64");
  return bytes
    .subarray(0, bytes.length & ~1)
    .swap16()
    .toString("utf16le");
}

function fromHz(pairs: string): string {
  return new TextDecoder("gb18030").decode(Buffer.from(pairs, "latin1").map((byte) => byte | 0x80));
}

/** 1.3712345679e10 → 13712345679 */
function asWhole(number: string): string {
  const value = Number(number);
  return Number.isFinite(value) && Math.abs(value) > 1e6 && Math.abs(value) < 1e21 ? exact(number) : number;
}

/** Its digits, shifted by its exponent. */
function exact(number: string): string {
  const [, whole, fraction = "", exponent = "0"] = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(number)!;
  const shift = Number(exponent) - fraction.length;
  const digits = whole + fraction;
  return shift >= 0 ? digits + "0".repeat(shift) : digits.slice(0, shift);
}

/** Base64 (also over lines, also of a data URL) and hexadecimal; what was chance is left out. */
function tokensUndone(text: string): (Buffer | string)[] {
  const found: (Buffer | string)[] = [];
  const oneLine = text.replace(/([A-Za-z0-9+/]{20})(?:\\r|\\n|\r|\n)+(?=[A-Za-z0-9+/=])/g, "$1").replaceAll("\\/", "/");
  for (const tokens of [/[A-Za-z0-9+/_-]{8,}/g, /[A-Za-z0-9+_-]{8,}/g, /(?:[0-9A-Fa-f]{2}){6,}/g])
    for (const [token] of oneLine.matchAll(tokens)) {
      const bytes = Buffer.from(
        token,
        /^[0-9A-Fa-f]+$/.test(token) && tokens.source.startsWith("(") ? "hex" : "base64",
      );
      if (says(bytes)) found.push(bytes);
    }
  return found;
}

/** Text, or of a kind that holds text. */
function says(bytes: Buffer): boolean {
  if (bytes.length < 6) return false;
  const head = bytes.toString("latin1", 0, 4);
  if (/^(?:\x1f\x8b|\x78[\x01\x5e\x9c\xda]|PK\x03|%PDF|\x89PNG|\xff\xd8|SQLi|[\xff\xfe]{2})/.test(head)) return true;
  const zeros = bytes.filter((byte) => byte === 0).length;
  return zeros * 4 > bytes.length || isUtf8(bytes) || /^[\u4e00-\u9fff\uff00-\uffef]+$/.test(bytes.toString("utf16le"));
}
