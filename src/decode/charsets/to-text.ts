// Bytes of text in any charset → UTF-8. Law: what leaves is UTF-8 and was inspected as it leaves; where another charset
// fits the same bytes, that reading is inspected too; where two fit alike, or none, nothing leaves.

import { isUtf8 } from "node:buffer";
import type { HeadText, Unreadable } from "../../words.ts";
import { type Charset, charsetNamed, decodeAs } from "./decoders.ts";
import { plausible } from "./plausible.ts";

export interface Text {
  readonly bytes: Uint8Array;
  /** The bytes were transcoded: their label must leave changed. */
  readonly transcoded: boolean;
  /** The body in the other charsets that fit. */
  readonly readings: readonly HeadText[];
}

/** Longest first: UTF-32's begins with UTF-16's. */
const MARKS: readonly (readonly [Charset, readonly number[]])[] = [
  ["utf-32le", [0xff, 0xfe, 0, 0]],
  ["utf-32be", [0, 0, 0xfe, 0xff]],
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];
/** Two charsets whose shares differ by less fit alike. */
const CLEAR_LEAD = 0.2;

/** @param label the charset named outside (or by an XML declaration); null: none. */
export function toText(bytes: Uint8Array, label: string | null): Text | Unreadable {
  const mark = MARKS.find(([, mark]) => mark.every((byte, i) => bytes[i] === byte));
  const named = label === null ? null : charsetNamed(label);
  if (label !== null && named === null) return unsupported("a charset that the gate does not read");
  if (named !== null && mark !== undefined && mark[0] !== named && mark[0].slice(0, -2) !== named)
    return unsupported("the byte order mark is not of the charset named");
  const charset = mark?.[0] ?? named;
  if (charset === null) return unlabelled(bytes);
  if (charset === "utf-8") return isUtf8(bytes) ? asItIs(bytes) : unsupported("the body is not UTF-8");
  if (charset === "utf-16" || charset === "utf-32") return unlabelled(bytes, charset);
  const text = decodeAs(bytes.subarray(mark?.[1].length ?? 0), charset);
  if (text === null) return unsupported("the body is not in the charset named");
  return transcoded(text, lies(bytes, charset));
}

/** Whoever does not believe the label reads something else. */
function lies(bytes: Uint8Array, charset: Charset): HeadText[] {
  if (!isWide(charset) && !bytes.some((byte) => byte >= 0x80)) return [];
  const readings = isUtf8(bytes)
    ? [reading("utf-8", Buffer.from(bytes).toString("utf8"), charset)]
    : legible(bytes, charset);
  for (const fit of plausible(bytes))
    if (fit.charset !== charset) readings.push(reading(fit.charset, fit.text, charset));
  return readings;
}

const LEGIBLE = /[\u0020-\u007e]{8,}/g;

/** Rows of ASCII in what calls itself UTF-16 or UTF-32 are no characters of it: a mark in front of anything says so. */
function legible(bytes: Uint8Array, charset: Charset): HeadText[] {
  if (!isWide(charset)) return [];
  const rows = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1").match(LEGIBLE);
  return rows === null ? [] : [reading("ascii", rows.join("\n"), charset)];
}

/** @param family only charsets whose names begin so. */
function unlabelled(bytes: Uint8Array, family = ""): Text | Unreadable {
  if (family === "" && isUtf8(bytes) && !bytes.includes(0)) return asItIs(bytes);
  const [best, ...others] = plausible(bytes).filter(({ charset }) => charset.startsWith(family));
  // A NUL among ASCII is no charset's: whoever asks for text refuses it.
  if (best === undefined && family === "" && isUtf8(bytes)) return asItIs(bytes);
  if (best === undefined) return unsupported("the body is not UTF-8, and no charset is named");
  if (others.some(({ share }) => best.share - share < CLEAR_LEAD))
    return unsupported("no charset is named, and more than one fits");
  return transcoded(
    best.text,
    others.map(({ charset, text }) => reading(charset, text, best.charset)),
  );
}

/**
 * ASCII reads alike in nearly all charsets: a number that stands in the body as it leaves, where it can be rewritten,
 * must not block it here once more.
 */
function reading(name: Charset, text: string, leaves: Charset): HeadText {
  const alike = !isWide(name) && !isWide(leaves);
  return { where: "reading", name, text: alike ? text.replace(/[0-9@]/g, " ") : text };
}

function isWide(charset: Charset): boolean {
  return charset.startsWith("utf-16") || charset.startsWith("utf-32");
}

function asItIs(bytes: Uint8Array): Text {
  return { bytes, transcoded: false, readings: [] };
}

function transcoded(text: string, readings: readonly HeadText[]): Text {
  return { bytes: Buffer.from(text, "utf8"), transcoded: true, readings };
}

function unsupported(detail: string): Unreadable {
  return { code: "charset_unsupported", detail };
}
