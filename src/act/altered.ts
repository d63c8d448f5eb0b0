// How pseudonyms come back altered: case, full width, 【】, dropped brackets, `\_`, spaces, zero width, `\u003c`.
// Law: `fold` only ever joins spellings of one character, so the folded form stays injective over codes.

/** What models and encoders put in the place of the brackets. */
export const OPENERS: ReadonlySet<string> = new Set(["<", "＜", "【"]);
export const CLOSERS: ReadonlySet<string> = new Set([">", "＞", "】"]);

/** Characters that may stand between the characters of a pseudonym; `_` too, because models drop and escape it. */
export const NOISE: ReadonlySet<string> = new Set(" \t\u00a0_\\*`-＿\u200b\u200c\u200d\u2060\ufeff\u00ad");

/** More noise than this, and it is no longer a pseudonym: bounds what is held back. */
export const NOISE_UNITS_MAX = 8;

/** Full width to ASCII, lower case to upper: one UTF-16 unit in, one out. */
export function fold(unit: string): string {
  const code = unit.charCodeAt(0);
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0).toUpperCase();
  return code < 0x80 ? unit.toUpperCase() : unit;
}

export interface Unit {
  readonly unit: string;
  readonly end: number;
}

/** The unit at `at`, a `\uXXXX` escape read as the unit it stands for; null where the text ends before it is known. */
export function unitAt(text: string, at: number): Unit | null {
  if (at >= text.length) return null;
  const unit = text.charAt(at);
  if (unit !== "\\") return { unit, end: at + 1 };
  if (at + 1 === text.length) return null;
  if (text.charAt(at + 1) !== "u") return { unit, end: at + 1 };
  const hex = text.slice(at + 2, at + 6);
  if (!/^[0-9a-f]*$/i.test(hex)) return { unit, end: at + 1 };
  if (hex.length < 4) return null;
  return { unit: String.fromCharCode(Number.parseInt(hex, 16)), end: at + 6 };
}

/** Letters, digits and Han only, folded: two spellings of one pseudonym become equal. */
export function canonical(text: string): string {
  let folded = "";
  for (let at = 0; ; ) {
    const next = unitAt(text, at);
    if (next === null) return folded;
    if (!NOISE.has(next.unit) && !OPENERS.has(next.unit) && !CLOSERS.has(next.unit)) folded += fold(next.unit);
    at = next.end;
  }
}
