// From bytes to UTF-16 units and back to the raw bytes. Law: exact for every UTF-8 sequence and every JSON escape.

const BACKSLASH = 0x5c;
const LETTER_U = 0x75;

/** @returns the UTF-16 units of valid UTF-8 bytes [start, end). */
export function unitsOf(bytes: Uint8Array, start: number, end: number): number {
  let units = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1;
  }
  return units;
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

/**
 * Walks a raw string: @returns where it stands after `units` UTF-16 units from byte `start`, escapes counted as what
 * they mean.
 */
export function rawAfter(bytes: Uint8Array, start: number, units: number): number {
  let at = start;
  for (let left = units; left > 0; ) {
    const byte = bytes[at]!;
    if (byte === BACKSLASH) {
      at += bytes[at + 1] === LETTER_U ? 6 : 2;
      left -= 1;
    } else {
      at += byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
      left -= byte >= 0xf0 ? 2 : 1;
    }
  }
  return at;
}
