// Names in the columns of a table inside a text: under 姓名, in CSV, TSV, or between bars. Law: the heading says what
// the cells are, a cell must still look like a name; one look at each line.

import type { Stretch } from "./address.ts";

/** A heading and what parts it from the next, or from the one before. */
const HEADING = new RegExp(
  [
    String.raw`(?:^|[\n\t,，|;；])[ \t"]{0,8}(?:`,
    "(?:员工|客户|学生|患者|真实|会员|用户|中文)?姓名|名字|联系人|收件人|收货人|寄件人|发件人|申请人|收款人|户主|户名|车主|司机|患者|旅客|乘客|学生|家长|监护人|紧急联系人|经办人|负责人",
    "|(?:full|real|customer|user|employee|patient|student|contact|guest|passenger)?[_ ]?name|xm|xingming",
    String.raw`)[ \t"]{0,8}(?=[\t,，|;；\r\n])`,
  ].join(""),
  "giu",
);
const DELIMITERS = "\t|,，;；";
/** 姓名, 联系人 and their like, whole, with what parts cells behind them: what a table of people has at least one of. */
const ENDED: ReadonlySet<string> = new Set([
  "姓名",
  "户名",
  "联系人",
  "收件人",
  "收货人",
  "寄件人",
  "收款人",
  "申请人",
]);

/** Whether such a heading begins at text[start]. */
export function isHeading(text: string, start: number): boolean {
  const end = text[start + 2] === "人" ? start + 3 : start + 2;
  let after = end;
  while (after - end < PADDING_UNITS_MAX && (text[after] === " " || text[after] === '"')) after++;
  return DELIMITERS.includes(text[after] ?? "\n") && ENDED.has(text.slice(start, end));
}
const LINES_MAX = 5000;
const PADDING_UNITS_MAX = 8;
const CELL_UNITS_MAX = 40;
const LATIN = /^\p{Lu}[\p{L}'’.-]{1,20}(?:,? \p{Lu}[\p{L}'’.-]{0,20}){1,3}$/u;
const DOTTED = /^[\u3400-\u9fff]{1,8}(?:[·•][\u3400-\u9fff]{1,8}){1,3}$/u;

/** @param isName whether two to four Chinese characters can be a name. @returns cells, in order. */
export function namesInColumns(text: string, isName: (cell: string) => boolean): Stretch[] {
  const found: Stretch[] = [];
  let until = 0;
  for (const match of text.matchAll(HEADING)) {
    const at = text[match.index] === "\n" ? match.index + 1 : match.index;
    // in a line that was looked at: looking for its beginning once a heading would be slow
    if (at < until) continue;
    const line = text.lastIndexOf("\n", at - 1) + 1;
    const end = lineEnd(text, line);
    const delimiter = [...DELIMITERS].find((one) => text.slice(line, end).includes(one));
    if (delimiter === undefined) continue;
    until = inRows(text, end + 1, columnsOf(text, line, end, delimiter), delimiter, isName, found);
  }
  return found;
}

/** Which columns of the line have such a heading. */
function columnsOf(text: string, line: number, end: number, delimiter: string): ReadonlySet<number> {
  const columns = new Set<number>();
  let column = 0;
  let at = line;
  for (const match of text.slice(line, end + 1).matchAll(HEADING)) {
    const until = line + match.index + match[0].length;
    for (; at < until; at++) if (text[at] === delimiter) column++;
    columns.add(column);
  }
  return columns;
}

/** @returns where the table ends. */
function inRows(
  text: string,
  from: number,
  columns: ReadonlySet<number>,
  delimiter: string,
  isName: (cell: string) => boolean,
  found: Stretch[],
): number {
  let line = from;
  for (let rows = 0; line < text.length && rows < LINES_MAX; rows++) {
    const end = lineEnd(text, line);
    if (!text.slice(line, end).includes(delimiter)) break;
    let start = line;
    for (let column = 0; start <= end; column++) {
      const next = text.indexOf(delimiter, start);
      const stop = next < 0 || next > end ? end : next;
      if (columns.has(column)) addCell(text, start, stop, isName, found);
      start = stop + 1;
    }
    line = end + 1;
  }
  return line;
}

function addCell(text: string, from: number, to: number, isName: (cell: string) => boolean, found: Stretch[]): void {
  if (to - from > CELL_UNITS_MAX) return;
  const cell = text.slice(from, to);
  const bare = cell.replace(/^[\s"]+|[\s"]+$/g, "");
  if (bare.length < 2 || !(isName(bare) || DOTTED.test(bare) || LATIN.test(bare))) return;
  const start = from + cell.indexOf(bare);
  found.push({ start, end: start + bare.length });
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}
