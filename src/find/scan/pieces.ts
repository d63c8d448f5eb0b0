// Whether digits in pieces can be one number. Law: true of every run in which views/joined.ts finds one; a table of
// figures is none, and most of logs are tables.

import { isLuhnBytes } from "../shared/bytes.ts";

const DIGITS_MIN = 11;
const DIGITS_MAX = 19;
const MOBILE_DIGITS = 11;
const IDENTITY_DIGITS = 18;
const LUHN_DIGITS_MIN = 12;
const UNIONPAY_DIGITS_MIN = 16;
const AMEX_DIGITS = 15;
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1];
const BACKWARDS_DIGITS_MIN = 15;
const UNDERSCORE = 0x5f;
const GAP_UNITS_MAX = 3;
/** Two separators of three bytes. */
const X_BYTES_MAX = 7;
/** What views/joined.ts reads between two digits, of ASCII; what is escaped is left to it. */
const GAPS = new Uint8Array(256);
for (const separator of " \n\r\t\v\f.,/_*|~+()-") GAPS[separator.charCodeAt(0)] = 1;

/** Reads one run after another, piece by piece as it grows: no byte twice. */
export class Pieces {
  /** The digits of the stretch that is looked at: pieces with the same between them. One more than a number has. */
  readonly #digits = new Uint8Array(DIGITS_MAX + 1);
  #count = 0;
  #at = 0;
  #gap = -1;
  #gapBytes = 0;

  /** A new run. */
  begin(start: number): void {
    this.#at = start;
    this.#count = 0;
    this.#gap = -1;
  }

  /** @param end of the run so far, after a digit. @returns whether the stretch there may be one number. */
  goOn(bytes: Uint8Array, end: number): boolean {
    while (this.#at < end) {
      const byte = bytes[this.#at]!;
      if (!isDigit(byte)) {
        if (!this.#skip(bytes, end)) return true;
      } else {
        if (this.#count <= DIGITS_MAX) this.#digits[this.#count++] = byte - 0x30;
        this.#at++;
      }
    }
    const count = this.#count;
    return isNumber(this.#digits, count) || (count === IDENTITY_DIGITS - 1 && isBeforeX(bytes, end));
  }

  /** Past what stands between two digits. @returns false where it is not read here. */
  #skip(bytes: Uint8Array, end: number): boolean {
    const start = this.#at;
    let units = 0;
    let next = start;
    for (; next < end && !isDigit(bytes[next]!); next++) {
      if (bytes[next]! < 0x80 && GAPS[bytes[next]!] === 0) return false;
      if ((bytes[next]! & 0xc0) !== 0x80) units++;
    }
    this.#at = next;
    if (units > GAP_UNITS_MAX || (this.#gap >= 0 && !isSame(bytes, this.#gap, this.#gapBytes, start, next - start))) {
      this.#count = 0;
      this.#gap = -1;
    } else {
      this.#gap = start;
      this.#gapBytes = next - start;
    }
    return true;
  }
}

function isSame(bytes: Uint8Array, one: number, oneBytes: number, other: number, otherBytes: number): boolean {
  if (oneBytes !== otherBytes) return false;
  for (let i = 0; i < oneBytes; i++) if (bytes[one + i] !== bytes[other + i]) return false;
  return true;
}

/** A mobile number, with 86 or without; eighteen digits with a birth date; or a sum that Luhn's rule finds right. */
function isNumber(digits: Uint8Array, count: number): boolean {
  if (count < DIGITS_MIN || count > DIGITS_MAX) return false;
  if (count === MOBILE_DIGITS) return digits[0] === 1 && digits[1]! > 2;
  if (digits[0] === 8 && digits[1] === 6) return true;
  if (digits[0] === 0) return digits[1] === 0 && digits[2] === 8 && digits[3] === 6;
  if (count === IDENTITY_DIGITS && isBirth(digits)) return true;
  return count >= LUHN_DIGITS_MIN && isLuhnBytes(digits, 0, count);
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/**
 * The same of a number written backwards (views/reversed.ts). @param start @param end a run of digits without anything
 * between.
 */
export function mayBeBackwards(bytes: Uint8Array, start: number, end: number): boolean {
  const count = end - start;
  if (count === MOBILE_DIGITS)
    return bytes[end - 1] === 0x31 && bytes[end - 2]! > 0x32 && !isMobile(bytes[start]!, bytes[start + 1]!);
  if (count < BACKWARDS_DIGITS_MIN || count > DIGITS_MAX) return false;
  for (let i = 0; i < count; i++) turned[i] = bytes[end - 1 - i]! - 0x30;
  if (count === IDENTITY_DIGITS && isBirth(turned) && isChecked(turned)) return true;
  if (count === IDENTITY_DIGITS - 1 && start > 0 && (bytes[start - 1]! | 0x20) === 0x78) return isBirth(turned);
  return mayBeCard(turned, count) && isLuhnBytes(turned, 0, count) && !isUnionPay(bytes, start, end);
}

/** As bank-card/bins.ts has the first digits: 18 of fifteen alone; 81, 95; never 0 or 7. */
function mayBeCard(digits: Uint8Array, count: number): boolean {
  const first = digits[0]!;
  if (first === 0 || first === 7 || (first === 1 && count !== AMEX_DIGITS)) return false;
  return first < 8 || digits[1] === (first === 8 ? 1 : 5);
}

/**
 * Whether digits [start, end) may be an identity number that `_` joins to something before or behind, or a mobile
 * number that `_` or a letter joins to it (views/glued.ts).
 */
export function isUnderscored(bytes: Uint8Array, from: number, start: number, end: number): boolean {
  const count = end - start;
  if (count === MOBILE_DIGITS && bytes[start] === 0x31 && bytes[start + 1]! > 0x32)
    return bytes[end] === UNDERSCORE || (start > from && isNameBefore(bytes, start));
  if (count !== IDENTITY_DIGITS && count !== IDENTITY_DIGITS - 1) return false;
  const after = count === IDENTITY_DIGITS ? end : end + 1;
  return (start > from && bytes[start - 1] === UNDERSCORE) || bytes[after] === UNDERSCORE;
}

/** `_`, or a letter that is not one of a hash. */
function isNameBefore(bytes: Uint8Array, at: number): boolean {
  const byte = bytes[at - 1]!;
  return byte === UNDERSCORE || (isLetter(byte) && !isDigit(bytes[at - 2] ?? 0));
}

function isLetter(byte: number): boolean {
  return (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
}

/** What is a mobile number or a card as it stands is that: 13, 18; 62 and sixteen digits or more. */
function isMobile(one: number, two: number): boolean {
  return one === 0x31 && (two === 0x33 || two === 0x38);
}

function isUnionPay(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < UNIONPAY_DIGITS_MIN || bytes[start] !== 0x36 || bytes[start + 1] !== 0x32) return false;
  return isLuhnBytes(bytes, start, end);
}

/** GB 11643 over eighteen digits. */
function isChecked(digits: Uint8Array): boolean {
  let sum = 0;
  for (let i = 0; i < IDENTITY_DIGITS; i++) sum += digits[i]! * WEIGHTS[i]!;
  return sum % 11 === 1;
}

const turned = new Uint8Array(DIGITS_MAX);

/** The month and day of an identity number. */
function isBirth(digits: Uint8Array): boolean {
  return digits[10]! < 2 && digits[12]! < 4;
}

/** X closes an identity number, perhaps after two more separators. */
function isBeforeX(bytes: Uint8Array, at: number): boolean {
  for (let i = at; i < Math.min(bytes.length, at + X_BYTES_MAX); i++) {
    const byte = bytes[i]!;
    if (byte === 0x58 || byte === 0x78) return true;
    if (byte < 0x80 && GAPS[byte] === 0) return false;
  }
  return false;
}
