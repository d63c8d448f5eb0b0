// Chinese in ASCII's clothes: HZ (RFC 1843) and UTF-7 (RFC 2152), which nobody has to name. Law: the bytes leave as the
// ASCII they are; what a reader of those charsets would see is read beside, and a finding there can only block.

import type { HeadText } from "../../words.ts";
import { decodeAs } from "./decoders.ts";

const HZ_MARK = "~{";
const HZ = /~\{((?:[!-}][!-~])+)(?:~\}|$|(?=[\r\n]))/g;
/** How a run of digits or letters begins in UTF-7: their high byte is zero. */
const UTF7_MARK = "+A";
const UTF7 = /\+([A-Za-z0-9+/]{3,})-?/g;

/** @param bytes of UTF-8. */
export function sevenBitReadings(bytes: Uint8Array): HeadText[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const readings: HeadText[] = [];
  if (buffer.includes(HZ_MARK))
    add(readings, "hz", buffer, (text) => text.replace(HZ, (all, pairs) => fromHz(pairs) ?? all));
  if (buffer.includes(UTF7_MARK))
    add(readings, "utf-7", buffer, (text) => text.replace(UTF7, (all, units) => fromUtf7(units) ?? all));
  return readings;
}

function add(readings: HeadText[], name: string, buffer: Buffer, undo: (text: string) => string): void {
  const text = buffer.toString("utf8");
  const read = undo(text);
  if (read !== text) readings.push({ where: "reading", name, text: read });
}

function fromHz(pairs: string): string | null {
  return decodeAs(
    Buffer.from(pairs, "latin1").map((byte) => byte | 0x80),
    "gb18030",
  );
}

function fromUtf7(units: string): string | null {
  const bytes = Buffer.from(units, "base64");
  return bytes.length < 2 ? null : decodeAs(bytes.subarray(0, bytes.length & ~1), "utf-16be");
}
