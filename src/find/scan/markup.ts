// Digits with markup between them, in bytes. Law: as wide as views/markup.ts; a look ends with the first thing that is
// neither a digit nor markup of a few words.

/** Elements of running text; a cell or a paragraph ends what was said. */
export const TAGS: ReadonlySet<string> = new Set(
  "a abbr b big br code data del em font i ins kbd mark o s small span strike strong sub sup tt u var wbr".split(" "),
);
export const TAG_UNITS_MAX = 120;
const NAME_BYTES_MAX = 6;
const BYTES_MAX = 1024;
const DIGITS_MIN = 7;
const OPEN = 0x3c;
const CLOSE = 0x3e;
const SLASH = 0x2f;
const BACKSLASH = 0x5c;
const BANG = 0x21;
const BACKTICK = 0x60;
/** Two of them are markup. */
const DOUBLED = new Uint8Array(256);
for (const mark of "*~_") DOUBLED[mark.charCodeAt(0)] = 1;

/** Whether such a byte, right behind a digit, can begin markup. */
export const MARKING: Uint8Array = DOUBLED.slice();
MARKING[OPEN] = MARKING[BACKTICK] = 1;

/** @param at behind a digit. @returns the end of digits and markup in turn, -1 where they are too few for a number. */
export function markedEnd(bytes: Uint8Array, at: number, to: number, digitsBefore: number): number {
  const limit = Math.min(to, at + BYTES_MAX);
  let digits = digitsBefore;
  let end = at;
  while (end < limit) {
    if (isDigit(bytes[end]!)) {
      digits++;
      end++;
      continue;
    }
    const next = markEnd(bytes, end, limit);
    if (next < 0) break;
    end = next;
  }
  return digits > digitsBefore && digits >= DIGITS_MIN ? end : -1;
}

function markEnd(bytes: Uint8Array, at: number, to: number): number {
  const byte = bytes[at]!;
  if (byte === BACKTICK) return at + 1;
  if (DOUBLED[byte] === 1) return bytes[at + 1] === byte ? at + 2 : -1;
  if (byte !== OPEN) return -1;
  let name = at + 1;
  while (name < to && (bytes[name] === SLASH || bytes[name] === BACKSLASH)) name++;
  let end = name;
  while (end < to && end - name < NAME_BYTES_MAX && (bytes[end]! | 0x20) >= 0x61 && (bytes[end]! | 0x20) <= 0x7a) end++;
  const isTag = bytes[name] === BANG || TAGS.has(String.fromCharCode(...bytes.subarray(name, end)).toLowerCase());
  if (!isTag) return -1;
  const most = Math.min(to, end + TAG_UNITS_MAX * 3);
  while (end < most && bytes[end] !== CLOSE) end++;
  return bytes[end] === CLOSE && end < to ? end + 1 : -1;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
