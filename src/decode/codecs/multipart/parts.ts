// The parts of a multipart body (RFC 2046 §5.1, strict). Law: every byte belongs to a boundary, a header or a content;
// a line that only looks like a boundary, an end of line that is not CRLF, a byte before or after: refused.

import { Refused } from "../../refused.ts";

export const PARTS_MAX = 1000;
const HEADERS_MAX = 32;
const HEADERS_BYTES_MAX = 16 * 1024;
const DASHES = "--";
const BLANK = Buffer.from("\r\n\r\n");
/** A name, a colon, a value without line ends or other control characters. One character a byte. */
const FIELD = /^([A-Za-z0-9!#$%&'*+.^_`|~-]+):[ \t]*([^\u0000-\u0008\u000a-\u001f\u007f]*)$/;

export interface Field {
  /** Lower case. */
  readonly name: string;
  /** One character a byte. */
  readonly value: string;
  /** Where the value stands. */
  readonly start: number;
  readonly end: number;
}

export interface Part {
  readonly fields: readonly Field[];
  readonly start: number;
  readonly end: number;
}

/** Throws Refused. @param boundary without its dashes. */
export function partsOf(bytes: Buffer, boundary: string): Part[] {
  const delimiter = Buffer.from(DASHES + boundary, "latin1");
  if (bytes.indexOf(delimiter) !== 0) broken("text before the first boundary, or no boundary", 0);
  const parts: Part[] = [];
  for (let at = 0; ; ) {
    const after = at + delimiter.length;
    const mark = bytes.toString("latin1", after, after + 2);
    if (mark === DASHES) {
      const rest = bytes.toString("latin1", after + 2, after + 6);
      if (rest !== "" && rest !== "\r\n") broken("text after the last boundary", after);
      return parts;
    }
    if (mark !== "\r\n") broken("a boundary that goes on", at);
    if (parts.length === PARTS_MAX) throw new Refused("body_too_large", `multipart: more than ${PARTS_MAX} parts`);
    const next = bytes.indexOf(delimiter, after);
    if (next < 0) broken("no last boundary", at);
    if (bytes.toString("latin1", next - 2, next) !== "\r\n") broken("a boundary inside a line", next);
    parts.push(partIn(bytes, after + 2, next - 2));
    at = next;
  }
}

/** @param end of the content, its CRLF left out; before `start` where there is not even an empty line. */
function partIn(bytes: Buffer, start: number, end: number): Part {
  if (bytes.toString("latin1", start, start + 2) === "\r\n") {
    if (end < start + 2) broken("a part without content", start);
    return { fields: [], start: start + 2, end };
  }
  const blank = bytes.indexOf(BLANK, start);
  if (blank < 0 || blank + BLANK.length > end) broken("a part without an empty line", start);
  if (blank - start > HEADERS_BYTES_MAX) broken("headers that are too long", start);
  return { fields: fieldsIn(bytes, start, blank), start: blank + BLANK.length, end };
}

function fieldsIn(bytes: Buffer, start: number, end: number): Field[] {
  const fields: Field[] = [];
  let at = start;
  for (const line of bytes.toString("latin1", start, end).split("\r\n")) {
    const match = FIELD.exec(line);
    if (match === null || fields.length === HEADERS_MAX) broken("a header that is none", at);
    const value = match![2]!;
    const stop = at + line.length;
    fields.push({ name: match![1]!.toLowerCase(), value: value.trimEnd(), start: stop - value.length, end: stop });
    at = stop + 2;
  }
  return fields;
}

export function broken(what: string, at: number): never {
  throw new Refused("body_invalid", `multipart: ${what} at byte ${at}`);
}
