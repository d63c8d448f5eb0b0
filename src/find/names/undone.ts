// Names and addresses written in escapes, in base64, in quotation marks, under a member whose name says that one stands
// there. Law: what is coded is replaced whole; a reading of a reading is read, a third is not.

import type { NameReader, NameSpan } from "../../words.ts";
import { codedIn } from "../views/coded.ts";
import { unescaped } from "../views/escapes.ts";

const DEPTH_MAX = 2;
/** 欧阳 in base64. */
const UNITS_MIN = 8;
const QUOTED = /^[\s"'“”‘’「」『』《》【】<>[\]()（）]+|[\s"'“”‘’「」『』《》【】<>[\]()（）]+$/g;
/** Longer than any name or address in quotation marks. */
const QUOTED_UNITS_MAX = 256;
const NONE: readonly NameSpan[] = [];

/** @param key of the member, which names a person or an address. @returns spans in units of `text`, disjoint. */
export function readUndone(text: string, key: string, reader: NameReader, depth = DEPTH_MAX): readonly NameSpan[] {
  const plain = reader.read(text, key);
  if (plain.length > 0 || depth === 0) return plain;
  const escapes = unescaped(text);
  if (escapes !== null)
    return readUndone(escapes.text, key, reader, depth - 1).map((span) => ({
      ...span,
      start: escapes.at[span.start]!,
      end: escapes.at[span.end]!,
    }));
  const coded = codedSpans(text, key, reader, depth);
  return coded.length > 0 ? coded : unquoted(text, key, reader);
}

/** Every name in a token counts; together they cover it whole. */
function codedSpans(text: string, key: string, reader: NameReader, depth: number): readonly NameSpan[] {
  return codedIn(text, UNITS_MIN).flatMap(({ start, end, text: decoded }) => {
    const inside = readUndone(decoded, key, reader, depth - 1);
    const share = Math.floor((end - start) / Math.max(1, inside.length));
    if (share === 0) return NONE;
    return inside.map((span, nth) => {
      const from = start + nth * share;
      return { ...span, start: from, end: nth === inside.length - 1 ? end : from + share };
    });
  });
}

function unquoted(text: string, key: string, reader: NameReader): readonly NameSpan[] {
  if (text.length > QUOTED_UNITS_MAX) return NONE;
  const bare = text.replace(QUOTED, "");
  if (bare === "" || bare.length === text.length) return NONE;
  const at = text.indexOf(bare);
  return reader.read(bare, key).map((span) => ({ ...span, start: span.start + at, end: span.end + at }));
}
