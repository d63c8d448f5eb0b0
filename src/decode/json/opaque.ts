// Bytes inside a document: images, audio and files travel as base64 in JSON strings. Law 2: what is inside has not been
// read, so it does not leave; what the recipient itself sealed and wants back (signatures) is no content of ours.

import type { Doc } from "../../words.ts";
import { ESCAPES, PERCENT, textIn } from "../escapes.ts";
import { DATA_URL, GZIP, ZIP } from "../signs/signs.ts";
import { ESCAPED, KEY, KIND, STRING } from "./classes.ts";
import { beginsAsFile, FILE_UNITS_MIN, TRIES_MAX, type Tries } from "./file-starts.ts";
import { packedAt } from "./packed.ts";
import { isSealed, type RoleOf } from "./sealed.ts";

/** 768 bytes: longer than identifiers, keys and hashes, shorter than any picture or sound that says something. */
const BASE64_UNITS_MIN = 1024;
/** Shorter lines are a list of words. */
const LINE_BYTES_MIN = 40;
const PLUS = 0x2b;
/** `+ / =` and line ends, as a form encodes them. */
const BASE64_BYTES: ReadonlySet<string> = new Set(["2b", "2f", "3d", "0d", "0a"]);
const NEWLINE = 0x0a;
const RETURN = 0x0d;
const LABEL_BYTES_MAX = 128;
/** Fewer different characters than hexadecimal's are a filler or a ruler, not content. */
const DIFFERENT_MIN = 12;
const BASE64 = new Uint8Array(256);
for (const character of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-=")
  BASE64[character.charCodeAt(0)] = 1;

/**
 * @param roleOf of the API's shape: it knows what the recipient sealed. @param signs that the body may hold.
 * @returns the byte at which carried bytes begin, or -1. Linear; a string that is no base64 costs its first bytes.
 */
export function opaqueAt(doc: Doc, roleOf: RoleOf | undefined, signs: number): number {
  const url = (signs & DATA_URL) === 0 ? -1 : dataUrlAt(doc.bytes, 0);
  if (url >= 0) return url;
  const carried = base64At(doc, roleOf);
  return carried >= 0 || (signs & (GZIP | ZIP)) === 0 ? carried : packedInText(doc, roleOf);
}

/** In the middle of a text, where nobody opens it. */
export function packedInText(doc: Doc, roleOf: RoleOf | undefined): number {
  const tries = { left: TRIES_MAX };
  return packedAt(doc, (token) => isCarried(doc, token, roleOf, tries));
}

function base64At(doc: Doc, roleOf: RoleOf | undefined): number {
  const { bytes, tokens } = doc;
  const { count, kind, start, end } = tokens;
  const tries = { left: TRIES_MAX };
  for (let token = 0; token < count; token++) {
    const from = start[token]!;
    const to = end[token]!;
    if (to - from < FILE_UNITS_MIN) continue;
    const flags = kind[token]!;
    if ((flags & KIND) !== STRING && (flags & KIND) !== KEY) continue;
    const long = to - from >= BASE64_UNITS_MIN;
    if (long && (flags & PERCENT) !== 0 && isDataUrl(bytes, from, to, flags & ESCAPES)) return from;
    if (isCarried(doc, token, roleOf, tries)) return from;
  }
  return -1;
}

/** Whether the string is base64, from end to end, of what nobody has read: long, or beginning as a file does. */
export function isCarried(doc: Doc, token: number, roleOf: RoleOf | undefined, tries: Tries): boolean {
  const { bytes, tokens } = doc;
  const from = tokens.start[token]!;
  const to = tokens.end[token]!;
  if (to - from < BASE64_UNITS_MIN) return beginsAsFile(bytes, from, to, tries);
  return isBase64(bytes, from, to, tokens.kind[token]! & ESCAPES) && !isSealed(doc, token, roleOf);
}

const END_OF_LABEL = Buffer.from("64,");
const LABEL = /data:[^,\s"]*;base64,$/i;

/** RFC 2397, base64 only, anywhere in a text: a data URL in plain text is read like any text. @returns -1: none. */
export function dataUrlAt(body: Uint8Array, from: number): number {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  for (let at = bytes.indexOf(END_OF_LABEL, from); at >= 0; at = bytes.indexOf(END_OF_LABEL, at + 1)) {
    if ((bytes[at - 1]! | 0x20) !== 0x65) continue;
    const label = bytes.toString("latin1", Math.max(0, at - LABEL_BYTES_MAX), at + END_OF_LABEL.length);
    if (LABEL.test(label)) return at;
  }
  return -1;
}

/** In a form its colon and commas are encoded: the search over the bytes does not see it. */
function isDataUrl(bytes: Uint8Array, from: number, to: number, escapes: number): boolean {
  const head = textIn(bytes, from, Math.min(to, from + 3 * LABEL_BYTES_MAX), escapes);
  return /^data:[^,]*;base64,/i.test(head);
}

/** The characters of the string that is looked at. */
const seen = new Uint8Array(256);

/** MIME's line ends may part the lines: as escapes, or as they are where every line is as long as the first. */
function isBase64(bytes: Uint8Array, from: number, to: number, escapes: number): boolean {
  seen.fill(0);
  let different = 0;
  let line = 0;
  let lineAt = from;
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    // In a form it is a space.
    if (byte === PLUS && (escapes & PERCENT) !== 0) return false;
    if (BASE64[byte] === 1) {
      different += 1 - seen[byte]!;
      seen[byte] = 1;
      continue;
    }
    const taken = escapeBytes(bytes, at, escapes);
    if (taken > 0) at += taken - 1;
    else if (byte === RETURN && bytes[at + 1] === NEWLINE) continue;
    else if (byte !== NEWLINE) return false;
    else if (at + 1 < to) {
      const length = at - lineAt;
      if (length < LINE_BYTES_MIN || (line > 0 && length !== line)) return false;
      line = length;
      lineAt = at + 1;
    }
  }
  return different >= DIFFERENT_MIN;
}

/** @returns how many bytes the escape at `at` takes, if it may stand in base64; else 0. */
function escapeBytes(bytes: Uint8Array, at: number, escapes: number): number {
  const [byte, next] = [bytes[at], bytes[at + 1]];
  if (escapes === ESCAPED && byte === 0x5c) return next === 0x6e || next === 0x72 || next === 0x2f ? 2 : 0;
  if ((escapes & PERCENT) === 0 || byte !== 0x25) return 0;
  return BASE64_BYTES.has(String.fromCharCode(next!, bytes[at + 2]!).toLowerCase()) ? 3 : 0;
}
