// A word that names an account which may hold no digit at all: wechat. Law: one, because it is looked for in the whole
// document; WeChat, 微信 and vx are seen by the scanner as it passes.

const WORD = Buffer.from("wechat");

/** @returns byte offsets, in order; null where there are none. */
export function wordsIn(bytes: Uint8Array): number[] | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let found: number[] | null = null;
  for (let at = buffer.indexOf(WORD); at >= 0; at = buffer.indexOf(WORD, at + WORD.length)) {
    found ??= [];
    found.push(at);
  }
  return found;
}
