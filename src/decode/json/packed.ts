// gzip and zip in base64 in the middle of a text: the letters that their first bytes make are rare. Law: a string that
// is a file as a whole is another's business (carried.ts); what lies in a text is opened by nobody, and refuses it.

import type { Doc, Tokens } from "../../words.ts";
import { KEY, KIND, STRING } from "./classes.ts";

const STARTS = ["H4sIA", "UEsDB"];
/** Nine bytes, as far as the heads of both say something. */
const HEAD_UNITS = 12;
const HEAD = /^[A-Za-z0-9+/_-]{12}$/;
const BEFORE = /[A-Za-z0-9+/_=-]$|base64,$/i;
const ZIP = 0x50;

/** @param isFile whether a string is a file from end to end. @returns the byte where one begins in a text, or -1. */
export function packedAt({ bytes, tokens }: Doc, isFile: (token: number) => boolean): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const start of STARTS) {
    let near = 0;
    for (let at = buffer.indexOf(start); at >= 0; at = buffer.indexOf(start, at + 1)) {
      if (BEFORE.test(buffer.toString("latin1", Math.max(0, at - 7), at))) continue;
      const head = buffer.toString("latin1", at, at + HEAD_UNITS);
      if (!HEAD.test(head) || !isPackedHead(Buffer.from(head, "base64"))) continue;
      near = textAt(tokens, at, near);
      if (near < tokens.count && tokens.start[near]! <= at && !isFile(near)) return at;
    }
  }
  return -1;
}

/** The version that a zip needs is below 6.4; gzip has five flags, and extra ones of three values (RFC 1952 §2.3.1). */
function isPackedHead(head: Buffer): boolean {
  return head[0] === ZIP ? head[4]! < 64 && head[5] === 0 : head[3]! < 32 && [0, 2, 4].includes(head[8]!);
}

/** @returns the first text from `near` on that ends behind `at`: places come in order, so do texts. */
function textAt({ count, kind, end }: Tokens, at: number, near: number): number {
  let token = near;
  while (token < count && (end[token]! <= at || !isText(kind[token]!))) token++;
  return token;
}

function isText(flags: number): boolean {
  return (flags & KIND) === STRING || (flags & KIND) === KEY;
}
