// What the scanner does not see as it passes: `wechat`, which names an account that may hold no digit at all, and `(at`
// of an address. Law: two, because they are looked for in the whole document; WeChat, 微信, vx and [at] it does see.

const ACCOUNT = Buffer.from("wechat");
const SIGN = Buffer.from("(at");

/** @returns byte offsets, in order; null where there are none. */
export function wordsIn(bytes: Uint8Array): number[] | null {
  const accounts = placesOf(bytes, ACCOUNT);
  const signs = placesOf(bytes, SIGN);
  if (accounts === null || signs === null) return accounts ?? signs;
  return [...accounts, ...signs].sort((a, b) => a - b);
}

/** A Buffer's search reads any bytes: a view of them costs more than a short search. */
const indexOf = Buffer.prototype.indexOf;

function placesOf(bytes: Uint8Array, word: Buffer): number[] | null {
  let at = indexOf.call(bytes, word);
  if (at < 0) return null;
  const found: number[] = [];
  for (; at >= 0; at = indexOf.call(bytes, word, at + word.length)) found.push(at);
  return found;
}
