// Large bodies for the heavy bench: what is said, what is full of people, what is meant to hurt.
// Law of this file: the same arguments give the same bytes; every value is made up.

import { gzipSync } from "node:zlib";
import { bodyOf } from "../find/bodies.mjs";

const chat = (content) => Buffer.from(JSON.stringify({ model: "bench", messages: [{ role: "user", content }] }));

/** Distinct mobile numbers, one after the other. */
function mobiles(bytes) {
  let text = "";
  for (let i = 0; text.length < bytes / 1.6; i++) text += `客户 ${i} 电话 138${String(10_000_000 + i * 7)}，`;
  return chat(text);
}

/** name → what it is, and what makes it. */
export const KINDS = {
  prose: { what: "Chinese prose with names", make: (bytes) => bodyOf("prose", bytes, 0) },
  personal: { what: "every sentence holds personal information", make: (bytes) => bodyOf("personal", bytes, 0) },
  people: { what: "hundreds of thousands of mobile numbers, each another person", make: mobiles },
  digits: { what: "nothing but digits and dashes", make: (bytes) => chat("1-3 8".repeat((bytes - 200) / 5)) },
  gzip: {
    what: "the second, compressed",
    make: (bytes) => gzipSync(bodyOf("personal", bytes, 0)),
    headers: { "content-encoding": "gzip" },
  },
};
