// CSV (RFC 4180) and TSV: an array of objects by the names in the first row, or of arrays where that row is no header.
// Law: quotes are exact or the table is refused; every cell is a string, numbers too, so that it is rewritten in place.

import { DOUBLED } from "../../escapes.ts";
import { type Media, parameterOf } from "../../media-type.ts";
import { orRefused, Refused } from "../../refused.ts";
import type { BodyCodec } from "../codec.ts";
import { markedBytes } from "../mark.ts";
import { Shape } from "../shape.ts";

const TAB = 0x09;
const NEWLINE = 0x0a;
const RETURN = 0x0d;
const QUOTE = 0x22;
const COMMA = 0x2c;
/** What spreadsheets put between cells where the comma is a decimal sign. */
const OTHERS = [0x3b, 0x7c, TAB];
/** A name of a column: not a number, not an address, not empty. */
const NAME = /^(?!.*\d{4})[^@]{1,64}$/s;

interface Cell {
  readonly start: number;
  readonly end: number;
  readonly escapes: number;
}

export const csv: BodyCodec = {
  id: "csv",
  media: ["text/csv", "application/csv", "text/tab-separated-values", "text/tsv", "text/comma-separated-values"],
  read: (bytes, media) => orRefused(() => ({ tokens: table(bytes, media) })),
};

function table(bytes: Uint8Array, media: Media) {
  const begin = markedBytes(bytes);
  const rows = new Rows(bytes, begin, separatorOf(bytes, begin, media.type));
  const shape = new Shape();
  shape.array(begin);
  const first = rows.next();
  const second = first === null ? null : rows.next();
  let names: readonly number[] | null = null;
  if (first !== null && second !== null && isHeader(bytes, first, media)) names = header(shape, first);
  else if (first !== null) row(shape, first, null);
  for (let cells = second; cells !== null; cells = rows.next()) row(shape, cells, names);
  shape.close(bytes.length);
  return shape.done();
}

function header(shape: Shape, cells: readonly Cell[]): readonly number[] {
  shape.object(cells[0]!.start);
  const names = cells.map(({ start, end, escapes }) => shape.key(start, end, escapes));
  shape.close(cells.at(-1)!.end);
  return names;
}

/** @param names key tokens of the columns; null, or a row of another length: an array. */
function row(shape: Shape, cells: readonly Cell[], names: readonly number[] | null): void {
  const named = names !== null && names.length === cells.length ? names : null;
  if (named === null) shape.array(cells[0]!.start);
  else shape.object(cells[0]!.start);
  cells.forEach(({ start, end, escapes }, i) => {
    if (named !== null) shape.as(named[i]!);
    shape.string(start, end, escapes);
  });
  shape.close(cells.at(-1)!.end);
}

function isHeader(bytes: Uint8Array, cells: readonly Cell[], media: Media): boolean {
  const said = parameterOf(media, "header");
  if (said !== null) return said === "present";
  return cells.every(({ start, end }) => NAME.test(Buffer.from(bytes.subarray(start, end)).toString("utf8")));
}

/** The comma, unless the first line has none and another separator. */
function separatorOf(bytes: Uint8Array, begin: number, type: string): number {
  if (type.startsWith("text/t")) return TAB;
  const found = bytes.indexOf(NEWLINE, begin);
  const line = bytes.subarray(begin, found < 0 ? bytes.length : found);
  if (line.includes(COMMA)) return COMMA;
  return OTHERS.find((other) => line.includes(other)) ?? COMMA;
}

class Rows {
  readonly #bytes: Uint8Array;
  readonly #separator: number;
  #at: number;

  constructor(bytes: Uint8Array, begin: number, separator: number) {
    this.#bytes = bytes;
    this.#at = begin;
    this.#separator = separator;
  }

  /** @returns the cells of the next row that has any, null at the end. */
  next(): readonly Cell[] | null {
    while (this.#atLineEnd() && this.#at < this.#bytes.length) this.#at++;
    if (this.#at >= this.#bytes.length) return null;
    const cells = [this.#cell()];
    while (this.#bytes[this.#at] === this.#separator) {
      this.#at++;
      cells.push(this.#cell());
    }
    return cells;
  }

  #cell(): Cell {
    if (this.#bytes[this.#at] === QUOTE) return this.#quoted();
    const start = this.#at;
    while (!this.#atCellEnd()) this.#at++;
    return { start, end: this.#at, escapes: 0 };
  }

  #quoted(): Cell {
    const bytes = this.#bytes;
    const start = this.#at + 1;
    let end = start;
    for (;;) {
      end = bytes.indexOf(QUOTE, end);
      if (end < 0) throw new Refused("body_invalid", `csv: a quote at byte ${start - 1} that never ends`);
      if (bytes[end + 1] !== QUOTE) break;
      end += 2;
    }
    this.#at = end + 1;
    if (!this.#atCellEnd()) throw new Refused("body_invalid", `csv: text after a quoted cell at byte ${this.#at}`);
    return { start, end, escapes: DOUBLED };
  }

  #atCellEnd(): boolean {
    return this.#bytes[this.#at] === this.#separator || this.#atLineEnd();
  }

  #atLineEnd(): boolean {
    const byte = this.#bytes[this.#at];
    return byte === undefined || byte === NEWLINE || byte === RETURN;
  }
}
