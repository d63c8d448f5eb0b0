// A JSON answer, restored. Law: only strings that hold a pseudonym change, and in them only the pseudonym; every other
// byte is the upstream's.

import type { LaneShape, StreamEvent } from "../words.ts";
import { decodeString, type JsonString, jsonStrings, rawOffsets, readPointer } from "./json-strings.ts";
import type { StandIns } from "./stand-ins.ts";
import { apply, type Edit, inJson, type Tally, wholeEdits } from "./text.ts";

/** The inside of one JSON string: edits in units of the whole document. */
export function stringEdits(
  standIns: StandIns,
  tally: Tally,
  text: string,
  at: JsonString,
  nested: boolean,
): readonly Edit[] {
  const raw = text.slice(at.start, at.end);
  if (standIns.nextStart(raw, 0) < 0) return [];
  const edits = wholeEdits(standIns, tally, decodeString(raw), nested);
  if (edits.length === 0) return [];
  const offsets = rawOffsets(
    raw,
    edits.flatMap((edit) => [edit.start, edit.end]),
  );
  return edits.map((edit, i) => ({
    start: at.start + offsets[2 * i]!,
    end: at.start + offsets[2 * i + 1]!,
    text: inJson(edit.text),
  }));
}

/** Restores a whole body. Not JSON after all, or not UTF-8: treated as text, or left alone. */
export function restoreJson(standIns: StandIns, tally: Tally, lanes: LaneShape, body: Uint8Array): Uint8Array {
  if (!standIns.suspect(body)) return body;
  const text = decodeUtf8(body);
  if (text === null) return body;
  const parsed = parse(text.startsWith("\ufeff") ? text.slice(1) : text);
  const edits =
    parsed === null ? wholeEdits(standIns, tally, text, false) : documentEdits(standIns, tally, lanes, text, parsed);
  return edits.length === 0 ? body : encode(apply(text, edits, 0, text.length));
}

function documentEdits(
  standIns: StandIns,
  tally: Tally,
  lanes: LaneShape,
  text: string,
  parsed: { readonly value: unknown },
): readonly Edit[] {
  const event: StreamEvent = { read: (pointer) => readPointer(parsed.value, pointer) };
  return jsonStrings(text).flatMap((at) => {
    if (standIns.nextStart(text.slice(at.start, at.end), 0) < 0) return [];
    return stringEdits(standIns, tally, text, at, !at.isKey && isNested(lanes, event, at.pointer()));
  });
}

/** Whether the string at `pointer` is itself JSON text: originals in it are escaped twice. */
export function isNested(lanes: LaneShape, event: StreamEvent, pointer: string): boolean {
  return lanes.nested?.(event, pointer) ?? false;
}

/** Wrapped, because `null` is JSON too. */
export function parse(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return null;
  }
}

/** One for all, it keeps nothing between calls: making one costs more than decoding an event. */
const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** null: not UTF-8. The byte order mark stays, so that encoding gives the same bytes back. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return UTF8.decode(bytes);
  } catch {
    return null;
  }
}

export function encode(text: string): Uint8Array {
  return Buffer.from(text, "utf8");
}
