// Whether bytes of UTF-8 are text. Law: no control character but white space and the colours of terminals: the others
// shift charsets (ISO 2022), hide characters or frame binaries.

const ESCAPE = 0x1b;
const BRACKET = 0x5b;
const REFUSED = new Uint8Array(256).fill(1, 0, 0x20);
for (const space of [0x09, 0x0a, 0x0c, 0x0d, ESCAPE]) REFUSED[space] = 0;
REFUSED[0x7f] = 1;

export function isPlainText(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (REFUSED[byte] === 1 || (byte === ESCAPE && bytes[at + 1] !== BRACKET)) return false;
  }
  return true;
}
