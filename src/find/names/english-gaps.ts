// What stands between two words of Latin letters, as one of fifteen kinds. Law: of several signs the strongest counts.

export const SPACE = 0;
export const HYPHEN = 1;
export const COMMA = 2;
/** The end of a sentence. */
export const STOP = 3;
/** The point after an initial or a shortened word. */
export const DOT = 4;
export const LINE = 5;
export const COLON = 6;
export const OPEN = 7;
export const CLOSE = 8;
/** @ or #, right before the word. */
export const SIGN = 9;
/** Nothing at all, or what ties the parts of an identifier. */
export const GLUE = 10;
export const AND = 11;
export const HAN = 12;
export const OTHER = 13;
/** A slash and nothing else. */
export const SLASH = 14;
export const GAPS = 15;

/** From the weakest to the strongest. */
const BY_STRENGTH = [SPACE, HYPHEN, OTHER, DOT, COMMA, AND, OPEN, CLOSE, COLON, HAN, SLASH, GLUE, SIGN, STOP, LINE];
const STRENGTH: Uint8Array = Uint8Array.from({ length: GAPS }, (_, gap) => BY_STRENGTH.indexOf(gap));
/** By ASCII unit: the gap of a sign that means the same wherever it stands. */
const PLAIN: Uint8Array = plainTable([
  [" \t\r", SPACE],
  ["\n", LINE],
  ["!?", STOP],
  [",;", COMMA],
  [":", COLON],
  ["&+", AND],
  ["([{<*`", OPEN],
  [")]}>", CLOSE],
  ["_/\\=|$^", GLUE],
]);
const WIDE: ReadonlyMap<string, number> = new Map([
  ...[..."‘“"].map((char) => [char, OPEN] as const),
  ...[..."’”"].map((char) => [char, CLOSE] as const),
  ...[..."…。！？"].map((char) => [char, STOP] as const),
  ...[..."，、；"].map((char) => [char, COMMA] as const),
  ["：", COLON],
  ["\u00a0", SPACE],
  ["\u3000", SPACE],
]);

function plainTable(rows: readonly (readonly [chars: string, gap: number])[]): Uint8Array {
  const table = new Uint8Array(128).fill(OTHER);
  for (const [chars, gap] of rows) for (const char of chars) table[char.charCodeAt(0)] = gap;
  return table;
}

/** What stands in [from, to), not empty. @param short whether the word before it is an initial or shortened. */
export function gapIn(text: string, from: number, to: number, short: boolean): number {
  let strongest = SPACE;
  for (let i = from; i < to; i++) {
    const unit = text.charCodeAt(i);
    const gap = unit < 128 ? gapOf(unit, i === from, i === to - 1, short) : wideGap(unit);
    if (STRENGTH[gap]! > STRENGTH[strongest]!) strongest = gap;
  }
  return strongest;
}

function gapOf(unit: number, first: boolean, last: boolean, short: boolean): number {
  if (unit === 0x2e) return first && short ? DOT : last ? GLUE : STOP;
  if (unit === 0x2d) return first && last ? HYPHEN : OTHER;
  if (unit === 0x2f && first && last) return SLASH;
  if (unit === 0x22 || unit === 0x27) return last ? OPEN : CLOSE;
  if (unit === 0x40 || unit === 0x23) return last ? SIGN : OTHER;
  return PLAIN[unit]!;
}

function wideGap(unit: number): number {
  if (unit >= 0x3040 && unit <= 0x9fff) return HAN;
  return WIDE.get(String.fromCharCode(unit)) ?? OTHER;
}
