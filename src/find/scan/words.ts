// A word that names an account which may hold no digit at all: wechat. Law: two spellings, because each is looked for
// in the whole document; 微信 and vx are seen by the scanner as it passes.

const WORDS = ["echat", "eChat"].map((word) => Buffer.from(word));

/** @returns byte offsets, in order; null where there are none. */
export function wordsIn(bytes: Uint8Array): number[] | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let found: number[] | null = null;
  for (const word of WORDS)
    for (let at = buffer.indexOf(word); at >= 0; at = buffer.indexOf(word, at + word.length)) {
      found ??= [];
      found.push(at);
    }
  return found === null || found.length === 1 ? found : found.sort((a, b) => a - b);
}
