// Base64 and hexadecimal of text in UTF-8 or UTF-16, by trial; of anything else, if eleven digits show in it; and of
// what is packed, which nobody reads. Law: only what can be read, or is packed for certain, counts; a token is replaced
// whole: half of it would be no base64.

import { isPackedHead, PACKED_BYTES_MIN } from "../scan/tokens.ts";
import { matchesOf } from "../shared/pattern.ts";
import { isPacked } from "./inflate.ts";

const TOKENS = /[A-Za-z0-9+/_-]{8,}={0,2}/g;
/** Shorter ones are words, and hold no number; a name may be shorter. */
const UNITS_MIN = 12;
const HEX = /^(?:[0-9A-Fa-f]{2})+$/;
/** Control characters other than tab and line breaks, and what was no UTF-8. */
const UNREADABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd]/;
/** Controls, and what no UTF-8 holds. */
const UNREADABLE_BYTES = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++)
  UNREADABLE_BYTES[byte] = (byte < 0x20 && !"\t\n\r".includes(String.fromCharCode(byte))) || byte === 0x7f ? 1 : 0;
UNREADABLE_BYTES.fill(1, 0xf8);
const valuesOf = (alphabet: string) => {
  const values = new Uint8Array(128).fill(64);
  for (let i = 0; i < alphabet.length; i++) values[alphabet.charCodeAt(i)] = i;
  return values;
};
const SIXES = valuesOf("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
SIXES[0x2d] = 62;
SIXES[0x5f] = 63;
const FOURS = valuesOf("0123456789abcdef");
for (const letter of "ABCDEF") FOURS[letter.charCodeAt(0)] = FOURS[letter.toLowerCase().charCodeAt(0)]!;

export interface Coded {
  readonly start: number;
  readonly end: number;
  /** What it decodes to. */
  readonly text: string;
}

/** Where something packed stands in `text`, in base64 or hexadecimal. */
export function packedIn(text: string): Pick<Coded, "start" | "end">[] {
  const found: Pick<Coded, "start" | "end">[] = [];
  for (const { 0: token, index } of matchesOf(TOKENS, text)) {
    if (token.length < PACKED_BYTES_MIN) continue;
    if (!mayBePacked(token)) continue;
    const isThere = (HEX.test(token) && isPacked(Buffer.from(token, "hex"))) || isPacked(Buffer.from(token, "base64"));
    if (isThere) found.push({ start: index, end: index + token.length });
  }
  return found;
}

/** Whether it begins as what is packed does, in hexadecimal or in base64. */
function mayBePacked(token: string): boolean {
  const [a, b, c, d] = [0, 1, 2, 3].map((at) => token.charCodeAt(at)) as [number, number, number, number];
  if (isPackedHead((SIXES[a]! << 2) | (SIXES[b]! >> 4), ((SIXES[b]! & 0x0f) << 4) | (SIXES[c]! >> 2))) return true;
  return isPackedHead((FOURS[a]! << 4) | FOURS[b]!, (FOURS[c]! << 4) | FOURS[d]!);
}

/** Every token of `text` that decodes to readable text. @param unitsMin of a token, padding included. */
export function codedIn(text: string, unitsMin = UNITS_MIN): Coded[] {
  const found: Coded[] = [];
  for (const match of matchesOf(TOKENS, text)) {
    if (match[0].length < unitsMin) continue;
    for (const decoded of readings(match[0])) {
      if (UNREADABLE.test(decoded)) continue;
      found.push({ start: match.index, end: match.index + match[0].length, text: decoded });
      break;
    }
  }
  return found;
}

function readings(token: string): string[] {
  const found: string[] = [];
  if (mayRead(token, 4) && HEX.test(token)) found.push(Buffer.from(token, "hex").toString("utf8"));
  if (mayRead(token, 6)) found.push(Buffer.from(token, "base64").toString("utf8"));
  if (found.length === 0) found.push(...wideReadings(token));
  if (found.length === 0) found.push(...legibleReadings(token));
  return found;
}

const NOT_ASCII = /[^\u0020-\u007e]+/g;
const LEGIBLE = /\d{11}/;

/**
 * What shows of other charsets and of messages in binary framings, whatever stands before the base64. By chance one
 * token in billions.
 */
function legibleReadings(token: string): string[] {
  const decoded = HEX.test(token) ? [Buffer.from(token, "hex")] : [];
  for (let shift = 0; shift < 4; shift++) decoded.push(Buffer.from(token.slice(shift), "base64"));
  const texts = decoded.map((bytes) => bytes.toString("latin1")).filter((text) => LEGIBLE.test(text));
  return texts.slice(0, 1).map((text) => text.replace(NOT_ASCII, "\n"));
}

/** What UTF-16 read by chance does not keep to: ASCII, Chinese, its punctuation, full width. */
const WIDE_TEXT = /^\ufeff?[\t\n\r\u0020-\u007e\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]{3,}$/;

/** UTF-16, marked or of ASCII and Chinese throughout. */
function wideReadings(token: string): string[] {
  const encoding = HEX.test(token) ? "hex" : "base64";
  if (!mayBeWide(Buffer.from(token.slice(0, encoding === "hex" ? 12 : 8), encoding))) return [];
  const bytes = Buffer.from(token, encoding);
  if (bytes.length < 6 || bytes.length % 2 === 1) return [];
  const little = bytes.toString("utf16le");
  const big = Buffer.from(bytes).swap16().toString("utf16le");
  return [little, big].filter((text) => WIDE_TEXT.test(text)).map((text) => text.replace(/^\ufeff/, ""));
}

/** Whether the first three units, one way round or the other, are what WIDE_TEXT holds. */
function mayBeWide(bytes: Buffer): boolean {
  let [little, big] = [true, true];
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    little &&= isWide(bytes[at]! | (bytes[at + 1]! << 8), at);
    big &&= isWide((bytes[at]! << 8) | bytes[at + 1]!, at);
  }
  return little || big;
}

function isWide(unit: number, at: number): boolean {
  if (unit < 0x7f) return unit >= 0x20 || unit === 0x09 || unit === 0x0a || unit === 0x0d;
  if (unit < 0x4e00) return unit >= 0x3000 && unit <= 0x303f;
  return unit <= 0x9fff || (unit >= 0xff00 && unit <= 0xffef) || (unit === 0xfeff && at === 0);
}

/** Whether no byte of it is one that UNREADABLE refuses: most tokens show one before they are decoded. @param bits of a
 * character: 4 for hexadecimal, 6 for base64. */
function mayRead(token: string, bits: 4 | 6): boolean {
  const values = bits === 4 ? FOURS : SIXES;
  let held = 0;
  let count = 0;
  let following = 0;
  for (let at = 0; at < token.length; at++) {
    const value = values[token.charCodeAt(at)]!;
    if (value === 64) return bits === 6;
    held = ((held << bits) | value) & 0xffff;
    count += bits;
    if (count < 8) continue;
    count -= 8;
    const byte = (held >> count) & 0xff;
    if (UNREADABLE_BYTES[byte] === 1 || following > 0 !== ((byte & 0xc0) === 0x80)) return false;
    following = following > 0 ? following - 1 : byte < 0xc0 ? 0 : byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
  }
  return true;
}
