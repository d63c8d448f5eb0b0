// A counted person on disk. Key: exporter (UTF-8) ‖ 0x00 ‖ year (uint16, big-endian) ‖ 16 bytes; value: the class bits.
// Keys of one exporter and year stand together, so that a year can be read, or dropped, as one range.

import type { CountKey } from "../../../words.ts";
import type { CountedRow } from "../embedded/people.ts";

const KEY_BYTES = 16;
const YEAR_BYTES = 2;

export function encodeKey({ exporter, year, key }: CountedRow): Buffer {
  const name = Buffer.from(exporter, "utf8");
  if (name.includes(0)) throw new TypeError("an exporter's id holds no NUL");
  const bytes = Buffer.alloc(name.length + 1 + YEAR_BYTES + KEY_BYTES);
  name.copy(bytes);
  bytes.writeUInt16BE(year, name.length + 1);
  bytes.write(key, name.length + 1 + YEAR_BYTES, "base64url");
  return bytes;
}

export function decodeRow(key: Buffer, value: Buffer): CountedRow {
  const keyAt = key.length - KEY_BYTES;
  const yearAt = keyAt - YEAR_BYTES;
  return {
    exporter: key.toString("utf8", 0, yearAt - 1),
    year: key.readUInt16BE(yearAt),
    key: key.toString("base64url", keyAt) as CountKey,
    bits: value[0]!,
  };
}
