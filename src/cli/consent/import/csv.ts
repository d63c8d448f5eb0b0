// CSV as it comes (RFC 4180): rows out as soon as they end. Law: memory holds one row; a quoted field may hold
// delimiters, quotes and line breaks; a row is known by the line that it begins on.

export interface Row {
  /** Of the file, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

/** A quote that nothing closes would swallow the rest of the file. */
const ROW_UNITS_MAX = 65_536;

/** The message names a line, and nothing that stands there. */
export class CsvFault extends Error {
  override readonly name = "CsvFault";
  readonly line: number;

  constructor(line: number) {
    super(`line ${line} begins a row that does not end`);
    this.line = line;
  }
}

export function createCsv(delimiter: string) {
  /** Of the line that has not ended. */
  let rest = "";
  /** Lines that have, of a row that has not. */
  let open = "";
  let line = 0;
  let begun = 1;

  /** @param text one line without its end. @returns null: a blank one, or the row goes on. */
  const take = (text: string): Row | null => {
    line += 1;
    if (open === "") begun = line;
    // reading it all again for each line would be slow
    if (open !== "" && staysOpen(text, delimiter)) return goOn(text);
    const row = open === "" ? text : `${open}\n${text}`;
    const ended = row.endsWith("\r") ? row.slice(0, -1) : row;
    const fields = fieldsOf(ended, delimiter);
    open = fields === null ? row : "";
    if (open.length > ROW_UNITS_MAX) throw new CsvFault(begun);
    return fields === null || ended === "" ? null : { line: begun, fields };
  };
  const goOn = (text: string): null => {
    open += `\n${text}`;
    if (open.length > ROW_UNITS_MAX) throw new CsvFault(begun);
    return null;
  };

  return {
    /** @throws CsvFault */
    *push(text: string): Generator<Row> {
      let from = 0;
      for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", from)) {
        const row = take(rest + text.slice(from, at));
        rest = "";
        from = at + 1;
        if (row !== null) yield row;
      }
      rest += text.slice(from);
      if (rest.length > ROW_UNITS_MAX) throw new CsvFault(line + 1);
    },
    /** The last row, if nothing ended it. @throws CsvFault: within quotes. */
    flush(): Row | null {
      const row = rest === "" ? null : take(rest);
      if (open !== "") throw new CsvFault(begun);
      return row;
    },
  };
}

/** @returns null: the text ends within quotes. A quote amid a field without quotes is itself. */
function fieldsOf(text: string, delimiter: string): readonly string[] | null {
  const fields: string[] = [];
  for (let at = 0; ; ) {
    let quoted = "";
    if (text[at] === '"') {
      const closed = closedAt(text, at + 1);
      if (closed < 0) return null;
      quoted = text.slice(at + 1, closed).replaceAll('""', '"');
      at = closed + 1;
    }
    const end = text.indexOf(delimiter, at);
    fields.push(quoted + text.slice(at, end < 0 ? text.length : end));
    if (end < 0) return fields;
    at = end + 1;
  }
}

/** Whether a line that begins within quotes ends within quotes. */
function staysOpen(text: string, delimiter: string): boolean {
  for (let at = 0; ; at += 1) {
    const closed = closedAt(text, at);
    if (closed < 0) return true;
    at = closed;
    // up to the next field that is in quotes
    do {
      const end = text.indexOf(delimiter, at);
      if (end < 0) return false;
      at = end + 1;
    } while (text[at] !== '"');
  }
}

/** Where the quote stands that is not one of two. @returns -1: nowhere. */
function closedAt(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) if (text[at + 1] !== '"') return at;
  return -1;
}
