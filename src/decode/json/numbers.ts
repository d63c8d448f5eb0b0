// Numbers that are not written as the digits they are: 1.3800138e10, 13800138000.0. Law: whoever parses them has the
// whole number, so it is read; it cannot be rewritten where it stands, so a finding in it can only block.

import type { HeadText, Tokens } from "../../words.ts";
import { NUMBER } from "./classes.ts";

/** `1.38e8`: nothing shorter makes a number that identifies. */
const BYTES_MIN = 6;
const DIGITS_MIN = 6;
const DIGITS_MAX = 40;
/** Zeros in front of an exponent say nothing, however many. */
const PARTS = /^-?(\d+)(?:\.(\d+))?(?:[eE]\+?(-?)0*(\d{1,15}))?$/;
const ZERO = 0x30;
const NINE = 0x39;
const MINUS = 0x2d;

/** The whole numbers of the document that are written with a fraction or an exponent, as digits. */
export function wholeNumbers(bytes: Uint8Array, { count, kind, start, end }: Tokens): HeadText[] {
  const found: HeadText[] = [];
  for (let token = 0; token < count; token++) {
    if (kind[token] !== NUMBER) continue;
    const [from, to] = [start[token]!, end[token]!];
    if (to - from < BYTES_MIN || isDigits(bytes, from, to)) continue;
    const digits = wholeOf(Buffer.from(bytes.subarray(from, to)).toString("latin1"));
    if (digits !== null) found.push({ where: "reading", name: "number", text: digits });
  }
  return found;
}

function isDigits(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = bytes[start] === MINUS ? start + 1 : start; at < end; at++)
    if (bytes[at]! < ZERO || bytes[at]! > NINE) return false;
  return true;
}

/** @returns its digits without a sign; null: no whole number, or none that identifies. */
export function wholeOf(number: string): string | null {
  const parts = PARTS.exec(number);
  if (parts === null) return null;
  const [, whole, fraction = "", sign = "", exponent = "0"] = parts;
  const shift = Number(sign + exponent) - fraction.length;
  const written = whole! + fraction;
  if (shift > DIGITS_MAX || -shift >= written.length) return null;
  const kept = shift >= 0 ? written + "0".repeat(shift) : written.slice(0, shift);
  if (shift < 0 && /[1-9]/.test(written.slice(shift))) return null;
  const digits = kept.replace(/^0+/, "");
  return digits.length >= DIGITS_MIN && digits.length <= DIGITS_MAX ? digits : null;
}
