// What a token of letters and digits may be. Law: one pass over its bytes, no memory; a hit here is only a reason to
// look.

const OTHER = 0;
const DIGIT = 1;
const LETTER = 2;
/** `_` and `-`: of a token, and of base64url. */
const JOINER = 3;
/** `+` and `/`: of base64 alone. */
const BASE64 = 4;

const KINDS = new Uint8Array(256);
KINDS.fill(DIGIT, 0x30, 0x3a);
KINDS.fill(LETTER, 0x41, 0x5b);
KINDS.fill(LETTER, 0x61, 0x7b);
KINDS[0x5f] = KINDS[0x2d] = JOINER;
KINDS[0x2b] = KINDS[0x2f] = BASE64;

/** Read as a digit by whoever wants to: o O Q → 0, l I i → 1, and S Z B in the same way. */
const LOOKS = new Uint8Array(256);
for (const letter of "oOQlIi") LOOKS[letter.charCodeAt(0)] = 1;

const SIX = new Uint8Array(256).fill(64);
for (const [i, c] of [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"].entries())
  SIX[c.charCodeAt(0)] = i;
SIX[0x2d] = 62;
SIX[0x5f] = 63;

/** Of hexadecimal digits; more than 15 for what is none. */
const FOURS = new Uint8Array(256).fill(16);
for (let four = 0; four < 16; four++)
  for (const digit of [four.toString(16), four.toString(16).toUpperCase()]) FOURS[digit.charCodeAt(0)] = four;

const CODE_BYTES_MIN = 9;
const CODE_BYTES_MAX = 80;
const CODE_DIGITS_MIN = 4;
/** A token of so many is random, and one digit is enough. */
const CODE_BYTES_LONG = 20;
const LOOKALIKE_DIGITS_MIN = 4;
/** Base64 of `a@b.cn` and of seven digits is longer. */
const CODED_BYTES_MIN = 12;
const CODED_DIGITS_MIN = 7;
const BACK_BYTES_MAX = 64;
const FOUR = 4;
const LETTER_M = 0x4d;
const LETTER_O = 0x4f;
/** So many bytes are no text by chance: a number plate has nine, an account eight. */
const CODED_TEXT_MIN = 8;
/** zlib of seven digits. */
export const PACKED_BYTES_MIN = 20;
const NO_LEAD = 4;
/** By the first byte of a character: how many follow. */
const FOLLOWING = new Uint8Array(256).fill(NO_LEAD);
FOLLOWING.fill(1, 0xc2, 0xe0);
FOLLOWING.fill(2, 0xe0, 0xf0);
FOLLOWING.fill(3, 0xf0, 0xf5);

export interface TokenSeen {
  start: number;
  end: number;
  isCode: boolean;
  isLookalike: boolean;
  isCoded: boolean;
}

/** The token around `at`, what it may be. Fills and returns `seen`. @param floor where it cannot begin before. */
export function tokenAt(bytes: Uint8Array, floor: number, at: number, to: number, seen: TokenSeen): TokenSeen {
  let start = at;
  const back = Math.max(floor, at - BACK_BYTES_MAX);
  while (start > back && KINDS[bytes[start - 1]!] !== OTHER) start--;
  let digits = 0;
  let letters = 0;
  let looks = 0;
  let piece = start;
  let pieceDigits = 0;
  let isCode = false;
  let end = start;
  for (; end < to; end++) {
    const byte = bytes[end]!;
    const kind = KINDS[byte]!;
    if (kind === DIGIT) digits++;
    else if (kind === LETTER) {
      letters++;
      looks += LOOKS[byte]!;
    } else if (kind === OTHER) break;
    else if (kind === BASE64) {
      isCode ||= isCodeOf(end - piece, digits - pieceDigits);
      piece = end + 1;
      pieceDigits = digits;
    }
  }
  const bytesLong = end - start;
  seen.start = start;
  seen.end = end;
  seen.isCode = (isCode || isCodeOf(end - piece, digits - pieceDigits) || isOpenId(bytes, piece, end)) && letters > 0;
  seen.isLookalike = looks > 0 && letters - looks <= 1 && digits >= LOOKALIKE_DIGITS_MIN && bytesLong >= 11;
  seen.isCoded = mayBeCoded(bytes, start, end);
  return seen;
}

/** Whether a token may be a text in base64 or hexadecimal, or packed. */
export function mayBeCoded(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < CODED_BYTES_MIN) return false;
  return (
    isHexOfText(bytes, start, end) ||
    isBase64OfText(bytes, start, end) ||
    isPackedStart(bytes, start, end - start) ||
    isBase64OfDigits(bytes, start, end)
  );
}

/** `o` and 27 more: an OpenID may hold no digit. */
function isOpenId(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start === 28 && bytes[start] === 0x6f;
}

function isCodeOf(bytesLong: number, digits: number): boolean {
  if (bytesLong < CODE_BYTES_MIN || bytesLong > CODE_BYTES_MAX) return false;
  return digits >= CODE_DIGITS_MIN || (digits > 0 && bytesLong >= CODE_BYTES_LONG);
}

/** Of text: to its end, or as far as seven digits in a row (spaces, dashes, `%` and zeros among them) or an `@`. */
function isBase64OfText(bytes: Uint8Array, start: number, end: number): boolean {
  let held = 0;
  let bits = 0;
  let run = 0;
  let decoded = 0;
  let following = 0;
  let zeros = 0;
  for (let at = start; at < end; at++) {
    const six = SIX[bytes[at]!]!;
    held = ((held << 6) | six) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    const byte = (held >> bits) & 0xff;
    // UTF-16 of ASCII has a zero beside each letter
    if (byte === 0 && zeros <= decoded) {
      zeros++;
      continue;
    }
    if (byte < 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return false;
    decoded++;
    if (following > 0 !== ((byte & 0xc0) === 0x80)) return false;
    if (byte >= 0x80) {
      if (following > 0) following--;
      else following = FOLLOWING[byte]!;
      if (following === NO_LEAD) return false;
      continue;
    }
    if (byte >= 0x30 && byte <= 0x39) {
      if (++run >= CODED_DIGITS_MIN) return true;
    } else if (byte === 0x40) return true;
    else if (byte !== 0x20 && byte !== 0x2d && byte !== 0x25) run = 0;
  }
  return decoded >= CODED_TEXT_MIN;
}

/**
 * Of anything with eleven digits in it: three bytes of digits are four characters of which the first is M, N or O, and
 * wherever the digits begin there are three such fours. Whatever stands in front of the base64 may shift them.
 */
function isBase64OfDigits(bytes: Uint8Array, start: number, end: number): boolean {
  const last = end - 3 * FOUR;
  for (let at = start; at <= last; at++)
    if (isDigitsFour(bytes[at]!) && isDigitsFour(bytes[at + FOUR]!) && isDigitsFour(bytes[at + 2 * FOUR]!)) return true;
  return false;
}

function isDigitsFour(first: number): boolean {
  return first >= LETTER_M && first <= LETTER_O;
}

/** Of zlib (RFC 1950) or gzip, by the first two bytes. */
function isPackedStart(bytes: Uint8Array, at: number, bytesLong: number): boolean {
  if (bytesLong < PACKED_BYTES_MIN) return false;
  const [one, two, three] = [SIX[bytes[at]!]!, SIX[bytes[at + 1]!]!, SIX[bytes[at + 2]!]!];
  if (isPackedHead((one << 2) | (two >> 4), ((two & 0x0f) << 4) | (three >> 2))) return true;
  const [a, b, c, d] = [FOURS[bytes[at]!]!, FOURS[bytes[at + 1]!]!, FOURS[bytes[at + 2]!]!, FOURS[bytes[at + 3]!]!];
  return (a | b | c | d) < 16 && isPackedHead((a << 4) | b, (c << 4) | d);
}

/** Method 8 and a window up to 32 KiB, with the check and without a dictionary of its own; or gzip's two bytes. */
export function isPackedHead(one: number, two: number): boolean {
  if (one === 0x1f) return two === 0x8b;
  return (one & 0x8f) === 8 && (two & 0x20) === 0 && ((one << 8) | two) % 31 === 0;
}

function isHexOfText(bytes: Uint8Array, start: number, end: number): boolean {
  if ((end - start) % 2 === 1 || end - start < 2 * CODED_DIGITS_MIN) return false;
  let run = 0;
  let following = 0;
  let isText = end - start >= 2 * CODED_TEXT_MIN;
  for (let at = start; at < end; at += 2) {
    const high = FOURS[bytes[at]!]!;
    const low = FOURS[bytes[at + 1]!]!;
    if ((high | low) > 15) return false;
    const byte = (high << 4) | low;
    if (byte >= 0x30 && byte <= 0x39) {
      if (++run >= CODED_DIGITS_MIN) return true;
    } else if (byte === 0x40) return true;
    else if (byte !== 0x20 && byte !== 0x2d) run = 0;
    if (byte < 0x20 || byte === 0x7f || following > 0 !== ((byte & 0xc0) === 0x80)) isText = false;
    else if (byte >= 0x80) following = following > 0 ? following - 1 : FOLLOWING[byte]!;
    isText &&= following < NO_LEAD;
  }
  return isText;
}

export function isHex(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x66) || (byte >= 0x41 && byte <= 0x46);
}
