// Bytes inside a document: images, audio and files travel as base64 in JSON strings. Law 2: what is inside has not been
// read, so it does not leave; what the recipient itself sealed and wants back (signatures) is no content of ours.

import type { Tokens } from "../../words.ts";
import { ESCAPED, KEY, KIND, STRING } from "./classes.ts";

/** 768 bytes: longer than identifiers, keys and hashes, shorter than any picture or sound that says something. */
const BASE64_UNITS_MIN = 1024;
const LABEL_BYTES_MAX = 128;
/** Fewer different characters than hexadecimal's are a filler or a ruler, not content. */
const DIFFERENT_MIN = 12;
/** Sealed by the recipient (Anthropic thinking, OpenAI reasoning): opaque to everybody here, sent back as it came. */
const SEALED: ReadonlySet<string> = new Set([
  "signature",
  "encrypted_content",
  "thought_signature",
  "thoughtSignature",
]);

const BASE64 = new Uint8Array(256);
for (const character of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-=")
  BASE64[character.charCodeAt(0)] = 1;

/** @returns the byte at which carried bytes begin, or -1. Linear; a string that is no base64 costs its first bytes. */
export function opaqueAt(bytes: Uint8Array, tokens: Tokens): number {
  const url = dataUrlAt(bytes);
  return url >= 0 ? url : base64At(bytes, tokens);
}

function base64At(bytes: Uint8Array, { count, kind, start, end, slot }: Tokens): number {
  for (let token = 0; token < count; token++) {
    const [from, to] = [start[token]!, end[token]!];
    if (to - from < BASE64_UNITS_MIN || (kind[token]! & KIND) !== STRING) continue;
    if (!isBase64(bytes, from, to, (kind[token]! & ESCAPED) !== 0)) continue;
    const key = slot[token]!;
    const named = key >= 0 && (kind[key]! & KIND) === KEY;
    if (!named || !SEALED.has(Buffer.from(bytes.subarray(start[key]!, end[key]!)).toString("latin1"))) return from;
  }
  return -1;
}

const END_OF_LABEL = Buffer.from("64,");
const LABEL = /data:[^,\s"]*;base64,$/i;

/** RFC 2397, base64 only, anywhere in a text: a data URL in plain text is read like any text. */
function dataUrlAt(body: Uint8Array): number {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  for (let at = bytes.indexOf(END_OF_LABEL); at >= 0; at = bytes.indexOf(END_OF_LABEL, at + 1)) {
    if ((bytes[at - 1]! | 0x20) !== 0x65) continue;
    const label = bytes.toString("latin1", Math.max(0, at - LABEL_BYTES_MAX), at + END_OF_LABEL.length);
    if (LABEL.test(label)) return at;
  }
  return -1;
}

/** MIME's line ends, written as escapes, may part the lines. */
function isBase64(bytes: Uint8Array, from: number, to: number, escaped: boolean): boolean {
  const seen = new Uint8Array(256);
  let different = 0;
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    if (BASE64[byte] === 1) {
      different += 1 - seen[byte]!;
      seen[byte] = 1;
      continue;
    }
    const next = bytes[at + 1];
    if (!escaped || byte !== 0x5c || (next !== 0x6e && next !== 0x72 && next !== 0x2f)) return false;
    at++;
  }
  return different >= DIFFERENT_MIN;
}
