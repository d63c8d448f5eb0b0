// Where text begins. Law: a UTF-8 byte order mark is no part of it.

/** @returns 3 where the bytes begin with the mark, else 0. */
export function markedBytes(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

const BRACE = 0x7b;
const BRACKET = 0x5b;
const QUOTE = 0x22;

/** The first byte that is not white space could begin JSON that is more than a word. */
export function looksLikeJson(bytes: Uint8Array): boolean {
  let at = markedBytes(bytes);
  while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09) at++;
  const first = bytes[at];
  return first === BRACE || first === BRACKET || first === QUOTE;
}
