// From bytes to UTF-16 units and back. Law: exact for every UTF-8 sequence.

/** @returns the UTF-16 units of valid UTF-8 bytes [start, end). */
export function unitsOf(bytes: Uint8Array, start: number, end: number): number {
  let units = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1;
  }
  return units;
}

/** @returns where it stands after so many UTF-16 units, whole characters of the basic plane, of UTF-8 from `start`. */
export function byteAfter(bytes: Uint8Array, start: number, units: number): number {
  let at = start;
  for (let left = units; left > 0; left--) at += bytes[at]! < 0x80 ? 1 : bytes[at]! < 0xe0 ? 2 : 3;
  return at;
}

const BACKSLASH = 0x5c;
const LETTER_U = 0x75;
const HEX = 16;

/** @returns where it stands after so many decoded bytes, whole characters, of raw JSON text from `start`. */
export function jsonAfter(bytes: Uint8Array, start: number, decoded: number): number {
  let at = start;
  for (let left = decoded; left > 0; ) {
    if (bytes[at] !== BACKSLASH) {
      at++;
      left--;
    } else if (bytes[at + 1] !== LETTER_U) {
      at += 2;
      left--;
    } else {
      const unit = Number.parseInt(String.fromCharCode(...bytes.subarray(at + 2, at + 6)), HEX);
      const isPair = (unit & 0xf800) === 0xd800;
      left -= isPair ? 4 : unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
      at += isPair ? 12 : 6;
    }
  }
  return at;
}

/** @returns the bytes of UTF-8 that the UTF-16 units [start, end) of `text` take; they hold whole characters. */
export function bytesOf(text: string, start: number, end: number): number {
  let bytes = 0;
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    // Each half of a surrogate pair is two of its four bytes.
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit & 0xf800) === 0xd800 ? 2 : 3;
  }
  return bytes;
}
