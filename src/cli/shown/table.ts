// Columns on a terminal. Law: a Chinese character is two columns wide, so that what stands below stands below.

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;

/** Columns that a text takes (Unicode TR 11, as far as our own texts go). */
export function widthOf(text: string): number {
  let width = 0;
  for (const c of text) width += WIDE.test(c) || c > "\uffff" ? 2 : 1;
  return width;
}

/** Rows with each column as wide as its widest cell, but for the last. Two blanks between, `indent` before. */
export function table(rows: readonly (readonly string[])[], indent = 2): string {
  const widths: number[] = [];
  for (const row of rows)
    for (const [i, cell] of row.entries()) if (i < row.length - 1) widths[i] = Math.max(widths[i] ?? 0, widthOf(cell));
  const line = (row: readonly string[]) =>
    row.map((cell, i) => (i === row.length - 1 ? cell : cell + " ".repeat(widths[i]! - widthOf(cell)))).join("  ");
  return rows.map((row) => `${" ".repeat(indent)}${line(row)}`.trimEnd()).join("\n");
}
