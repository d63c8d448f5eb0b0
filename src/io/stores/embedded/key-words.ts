// A key as the table takes it. Law: one text for one key: what is not the canonical spelling is refused.

import type { CountKey } from "../../../words.ts";
import type { Words } from "./key-table.ts";

const keyWords = new Uint32Array(4);
const keyBytes = Buffer.from(keyWords.buffer);

/** The 128 bits of a key, valid until the next call. @throws TypeError for all but canonical base64url of 128 bits. */
export function wordsOf(key: CountKey): Words {
  const canonical = key.length === 22 && "AQgw".includes(key.charAt(21)) && keyBytes.write(key, "base64url") === 16;
  if (!canonical) throw new TypeError("a CountKey has 128 bits");
  return keyWords;
}
