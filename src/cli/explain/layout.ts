// Lines for a terminal: wide characters count two columns, long lines are broken with a hanging indent, and no text can
// give the terminal orders. Law: without colours the same text is left.

export interface Screen {
  /** Columns; Infinity: never break. */
  readonly columns: number;
  readonly colours: boolean;
}

const CODES = { bold: 1, faint: 2, red: 31, green: 32, yellow: 33 } as const;
export type Paint = keyof typeof CODES;

const CJK = "\\u1100-\\u115f\\u2e80-\\ua4cf\\uac00-\\ud7a3\\uf900-\\ufaff\\ufe30-\\ufe6f\\uff00-\\uff60\\uffe0-\\uffe6";
const WIDE = new RegExp(`[${CJK}\\u{1f300}-\\u{1faff}\\u{20000}-\\u{3fffd}]`, "u");
/** A word; or a wide character with the marks that must not begin a line. */
const PIECES = new RegExp(`\\s+|${WIDE.source}[，。；：、）》！？”’]*|(?:(?!${WIDE.source})\\S)+`, "gu");
const COLUMNS_MIN = 40;

/** Of a condition, and of what became of a crossing: told by the mark, and once more by its colour. */
export const MARKS = { yes: ["✓", "green"], no: ["✗", "red"] } as const;

export function painted(text: string, paint: Paint, { colours }: Screen): string {
  return colours ? `\u001b[${CODES[paint]}m${text}\u001b[0m` : text;
}

/** A terminal must not take orders from what a caller wrote (a model's name, a path). */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, "·");
}

export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += WIDE.test(character) ? 2 : 1;
  return width;
}

/** @param columns display columns. */
export function padded(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - widthOf(text)));
}

/** Plain text (no colours yet) as lines; the first begins with `first`, the others with as many blanks as `hang`. */
export function wrapped(first: string, text: string, hang: number, { columns }: Screen): string[] {
  const room = Math.max(COLUMNS_MIN, columns);
  const lines: string[] = [];
  let line = first;
  let width = widthOf(first);
  for (const [piece] of printable(text).matchAll(PIECES)) {
    const wide = widthOf(piece);
    if (width + wide > room && width > hang) {
      lines.push(line.trimEnd());
      line = " ".repeat(hang);
      width = hang;
      if (/^\s/.test(piece)) continue;
    }
    line += piece;
    width += wide;
  }
  return [...lines, line.trimEnd()];
}
