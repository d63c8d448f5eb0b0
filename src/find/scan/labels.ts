// Names of passwords right before a value, in bytes. Law: as wide as secret/passwords.ts; every look is bounded, and
// most end at the first byte.

const VALUE_BYTES_MAX = 48;
const QUOTES_MAX = 4;
const SPACES_MAX = 2;
const SPACE = 0x20;
const SMALL = 0x20;
const LETTER_I = 0x69;
const LETTER_S = 0x73;

const signs = (text: string) => Uint8Array.from({ length: 256 }, (_, byte) => Number(text.includes(chr(byte))));
const chr = (byte: number) => (byte === 0 ? "none" : String.fromCharCode(byte));
const QUOTES = signs("\"'`\\");
const LINKS = signs(":=>");
/** What no value that is not quoted holds. */
const BEFORE_VALUE = signs(" \n\r\t\"'`\\:=>");
/** Right before a value: a quote, a link, a space, the end of a character that is not ASCII. */
const MAY_LINK = signs(" \"'`\\:=>").fill(1, 0x80);
/** They link a name to its value, too. */
const WIDE: readonly Buffer[] = [..."：是为成了"].map((one) => Buffer.from(one));
const OPENING = Buffer.from("“");
const NAMES: readonly Buffer[] = [
  ..."password passwd passphrase passcode pwd accountkey 密码 口令".split(" ").map((one) => Buffer.from(one)),
];
/** By last byte, letters in both cases. */
const BY_LAST: readonly (readonly Buffer[])[] = Array.from({ length: 256 }, (_, byte) =>
  NAMES.filter((name) => name.at(-1) === (byte >= 0x41 && byte <= 0x5a ? byte | SMALL : byte)),
);

/** @param at in a value. @returns where the value begins whose name stands right before it, -1 where none does. */
export function namedStart(bytes: Uint8Array, from: number, at: number): number {
  let start = at;
  const floor = Math.max(from, at - VALUE_BYTES_MAX);
  while (start > floor && bytes[start - 1]! < 0x80 && BEFORE_VALUE[bytes[start - 1]!] === 0) start--;
  return start === floor && floor > from ? -1 : isNamedAt(bytes, from, start) ? start : -1;
}

/** Whether such a name, and what links it, ends right before `start`. */
export function isNamedAt(bytes: Uint8Array, from: number, start: number): boolean {
  if (start === from || MAY_LINK[bytes[start - 1]!] === 0) return false;
  const value = bytes[start - 1]! >= 0x80 && endsWith(bytes, from, start, OPENING) ? start - OPENING.length : start;
  const linked = beforeLink(bytes, from, beforeSigns(bytes, from, value));
  return endsName(bytes, from, beforeSigns(bytes, from, linked));
}

/** Before spaces and quotes. */
function beforeSigns(bytes: Uint8Array, from: number, end: number): number {
  let at = end;
  const quotes = Math.max(from, at - QUOTES_MAX);
  while (at > quotes && QUOTES[bytes[at - 1]!] === 1) at--;
  const spaces = Math.max(from, at - SPACES_MAX);
  while (at > spaces && bytes[at - 1] === SPACE) at--;
  return at === end || bytes[at] !== SPACE ? at : beforeQuote(bytes, from, at);
}

function beforeQuote(bytes: Uint8Array, from: number, end: number): number {
  let at = end;
  const quotes = Math.max(from, at - QUOTES_MAX);
  while (at > quotes && QUOTES[bytes[at - 1]!] === 1) at--;
  return at;
}

/** Before `:`, `=>`, `is`, `改成了`; `end` where none stands. */
function beforeLink(bytes: Uint8Array, from: number, end: number): number {
  let at = end;
  while (at > from && at > end - 2 && LINKS[bytes[at - 1]!] === 1) at--;
  if (at < end) return at;
  if (at - 3 >= from && bytes[at - 1] === LETTER_S && bytes[at - 2] === LETTER_I && bytes[at - 3] === SPACE)
    return at - 3;
  for (let nth = 0; nth < 3 && at > from && bytes[at - 1]! >= 0x80; nth++) {
    const wide = WIDE.find((one) => endsWith(bytes, from, at, one));
    if (wide === undefined) break;
    at -= wide.length;
    // 改成, 设为
    if (isChange(bytes, from, at)) at -= 3;
  }
  return at;
}

/** 改 E6 94 B9, 设 E8 AE BE. */
function isChange(bytes: Uint8Array, from: number, at: number): boolean {
  if (at - 3 < from) return false;
  if (bytes[at - 3] === 0xe6) return bytes[at - 2] === 0x94 && bytes[at - 1] === 0xb9;
  return bytes[at - 3] === 0xe8 && bytes[at - 2] === 0xae && bytes[at - 1] === 0xbe;
}

function endsName(bytes: Uint8Array, from: number, end: number): boolean {
  if (end <= from) return false;
  for (const name of BY_LAST[bytes[end - 1]!]!) if (endsWith(bytes, from, end, name)) return true;
  return false;
}

/** Letters of ASCII in any case. */
function endsWith(bytes: Uint8Array, from: number, end: number, name: Buffer): boolean {
  const start = end - name.length;
  if (start < from) return false;
  for (let i = 0; i < name.length; i++) {
    const byte = bytes[start + i]!;
    if (byte !== name[i] && (byte >= 0x80 || (byte | SMALL) !== name[i])) return false;
  }
  return true;
}
