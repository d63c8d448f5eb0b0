// Values that a destination's bodies take on before they leave: `/store: false`. Law of this file: what leaves holds
// the value, or nothing leaves; every other byte stays, and what was set is told (minimisation, PIPL Art. 6).

import { readAt, tokenAt } from "../decode/json/read.ts";
import { splice } from "../decode/json/splice.ts";
import { hasTwin, rootOf } from "../decode/root.ts";
import type { Destination, Doc, Forced, Misrouted, Operation, Unreadable } from "../words.ts";

const OBJECT = 0;

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Where a body goes, and what for. */
interface Way {
  readonly destination: Pick<Destination, "force">;
  readonly operation: Operation;
  /** As the caller labelled it; "" for not at all. */
  readonly contentType: string;
}

/** Reads the body that takes the place of another. @param contentType what must leave; undefined: as it came. */
type Again = (body: Uint8Array, contentType: string | undefined) => Doc | Unreadable;

/**
 * @param sealed nothing in it can be rewritten. @returns the body with the values in it and `forced`, the same Doc
 * where it holds them already or policy sets none; or why it cannot.
 */
export function forced(doc: Doc | Unreadable, way: Way, sealed: boolean, again: Again): Doc | Unreadable | Misrouted {
  const { force } = way.destination;
  if (force === undefined || "code" in doc) return doc;
  let now: Doc | Unreadable | Misrouted = doc;
  for (const one of force) {
    if ("code" in now) return now;
    if (one.operations.includes(way.operation)) now = withValue(now, one, way, sealed, again);
  }
  return now;
}

function withValue(
  doc: Doc,
  { pointer, value }: Forced,
  way: Way,
  sealed: boolean,
  again: Again,
): Doc | Unreadable | Misrouted {
  const edit = editOf(doc, pointer, value, way);
  if (edit === null) return doc;
  if (edit === undefined || sealed)
    return { code: "force_impossible", detail: `${pointer} cannot be set in this body` };
  const read = again(splice(doc.bytes, [edit]), doc.contentType);
  if ("code" in read) return read;
  if (editOf(read, pointer, value, way) !== null)
    return { code: "force_impossible", detail: `${pointer} is ambiguous` };
  const { contentType, forced: before = [] } = doc;
  return { ...read, ...(contentType === undefined ? {} : { contentType }), forced: [...before, pointer] };
}

/**
 * null: it stands there already, or the body is of no kind that could hold it; undefined: it cannot be set. What asks
 * a model holds it or stops, whatever label it has: whoever receives it may read it by another (lines, events, lists).
 */
function editOf(doc: Doc, pointer: string, value: Forced["value"], way: Way): Edit | null | undefined {
  const { operation, contentType } = way;
  const root = rootOf(doc, contentType);
  if (root === "empty") return null;
  if (root !== "other" && hasTwin(doc, pointer)) return undefined;
  const token = tokenAt(doc, pointer);
  if (token >= 0 && readAt(doc, pointer) === value) return null;
  if (root === "object") return token >= 0 ? replaced(doc, token, value) : inserted(doc, pointer, value);
  const isCall = operation === "inference" || operation === "embedding";
  return token >= 0 || (root === "other" && isCall) ? undefined : null;
}

/** Offsets of a string leave its quotes out. */
function replaced({ tokens, bytes }: Doc, token: number, value: Forced["value"]): Edit {
  const [start, end] = [tokens.start[token]!, tokens.end[token]!];
  const quoted = bytes[start - 1] === 0x22 && bytes[end] === 0x22 && (tokens.kind[token]! & 0x0f) === 3;
  return { start: quoted ? start - 1 : start, end: quoted ? end + 1 : end, text: JSON.stringify(value) };
}

/** As the first member of the deepest object that is there: what it lacks on the way is made. */
function inserted(doc: Doc, pointer: string, value: Forced["value"]): Edit | undefined {
  const cut = pointer.lastIndexOf("/");
  const [parent, name] = [
    pointer.slice(0, cut),
    pointer
      .slice(cut + 1)
      .replaceAll("~1", "/")
      .replaceAll("~0", "~"),
  ];
  const token = tokenAt(doc, parent);
  const member = `${JSON.stringify(name)}:`;
  if (token < 0) {
    const made = inserted(doc, parent, null);
    return made === undefined ? undefined : { ...made, text: withInner(made.text, member + JSON.stringify(value)) };
  }
  if (doc.tokens.kind[token] !== OBJECT) return undefined;
  const start = doc.tokens.start[token]! + 1;
  const isEmpty = doc.tokens.end[token]! === endOfEmpty(doc.bytes, start);
  return { start, end: start, text: `${member}${JSON.stringify(value)}${isEmpty ? "" : ","}` };
}

/** `"a":null,` and `"b":1` → `"a":{"b":1},`. The `null` is ours, and the last one in the text. */
function withInner(text: string, inner: string): string {
  const at = text.lastIndexOf("null");
  return `${text.slice(0, at)}{${inner}}${text.slice(at + 4)}`;
}

/** Where the object would end if nothing stood in it but white space. */
function endOfEmpty(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09) at++;
  return bytes[at] === 0x7d ? at + 1 : -1;
}
