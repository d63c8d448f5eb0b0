// A worksheet as CSV. Law: every cell stands in its column, so that a header says what the numbers under it are; what
// is said outside cells (headers, prompts, formulas) is told beside.

import { readMarkup } from "./markup.ts";
import { Attributes, type PartText } from "./text.ts";

const COLUMNS_MAX = 16_384;
/** A sheet with its cells far apart is not filled up. */
const GAP_MAX = 256;
const PLACE = /^([A-Z]{1,3})[1-9]\d{0,6}$/;
const SCIENTIFIC = /^-?\d(?:\.\d+)?E\+?\d{1,2}$/i;

/** In what is printed on every page: left, centre, bold … stand before the text without a gap. */
const PAGE_CODES = /&(?:[A-Z]|"[^"]*")/g;

export interface Sheet extends PartText {
  /** RFC 4180. */
  readonly csv: string;
}

/** @param shared the shared strings. @param used their indexes that cells name are added. Throws Broken. */
export function sheetText(xml: Buffer, shared: readonly string[], used: Set<number>): Sheet {
  const rows: string[][] = [];
  const beside: string[] = [];
  const attributes = new Attributes();
  const names: string[] = [];
  let [kind, text, column] = ["", "", 0];
  readMarkup(xml, {
    open(name, found) {
      names.push(name);
      if (name === "row") rows.push([]);
      attributes.add(found);
      if (name !== "c") return;
      const row = rows.at(-1) ?? [];
      kind = found.find((one) => one.name === "t")?.value ?? "n";
      column = columnOf(found.find((one) => one.name === "r")?.value, row.length);
      text = "";
    },
    text(more) {
      const name = names.at(-1);
      if (name === "v" || (name === "t" && names.includes("is") && !names.includes("rPh"))) text += more;
      else if (more.trim() !== "") beside.push(more, more.replace(PAGE_CODES, " "));
    },
    close(name) {
      names.pop();
      if (name !== "c") return;
      const row = rows.at(-1);
      if (row === undefined) return void beside.push(text);
      for (let gap = Math.min(column - row.length, GAP_MAX); gap > 0; gap--) row.push("");
      row.push(kind === "s" ? sharedAt(shared, text, used) : number(text));
    },
  });
  return { csv: csvOf(rows), text: beside.join("\n"), attributes: attributes.found };
}

function sharedAt(shared: readonly string[], index: string, used: Set<number>): string {
  const at = Number(index);
  used.add(at);
  return shared[at] ?? index;
}

/** `AB12` → 27. */
function columnOf(place: string | undefined, next: number): number {
  const match = PLACE.exec(place ?? "");
  if (match === null) return next;
  let column = 0;
  for (const letter of match[1]!) column = column * 26 + letter.charCodeAt(0) - 64;
  return Math.min(column, COLUMNS_MAX) - 1;
}

/** 1.3800138E10 is a telephone number. */
function number(text: string): string {
  if (!SCIENTIFIC.test(text)) return text;
  const value = Number(text);
  return Number.isSafeInteger(value) ? String(value) : text;
}

/** Rows as long as the first: a row's last empty cells are not written down. */
function csvOf(rows: readonly (readonly string[])[]): string {
  const width = rows[0]?.length ?? 0;
  return rows
    .filter((row) => row.length > 0)
    .map((row) => [...row, ...Array<string>(Math.max(0, width - row.length)).fill("")].map(quoted).join(","))
    .join("\r\n");
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) || cell !== cell.trim() ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** The shared strings: one text each, its runs joined, its phonetic reading left to `text`. Throws Broken. */
export function sharedStrings(xml: Buffer): { readonly items: readonly string[]; readonly text: string } {
  const items: string[] = [];
  const beside: string[] = [];
  const names: string[] = [];
  let item = "";
  readMarkup(xml, {
    open(name) {
      names.push(name);
      if (name === "si") item = "";
    },
    text(more) {
      if (names.at(-1) === "t" && !names.includes("rPh")) item += more;
      else if (more.trim() !== "") beside.push(more);
    },
    close(name) {
      names.pop();
      if (name === "si") items.push(item);
    },
  });
  return { items, text: beside.join("\n") };
}
