// The printer settings that Office keeps in nearly every file that was printed (a Windows DEVMODE). Law: only what is
// one by its own size fields is read, and of it every run of letters; what else stands there is a binary.

/** MS-RPRN §2.2.2.1: 32 units of the printer's name, then versions and the sizes of what follows. */
const VERSION_AT = 64;
const SIZE_AT = 68;
const DRIVER_SIZE_AT = 70;
const HEAD_BYTES = 76;
const VERSIONS: ReadonlySet<number> = new Set([0x0320, 0x0400, 0x0401]);
const BYTES_MAX = 32 * 1024;
const RUN_UNITS_MIN = 4;

export const PRINTER_SETTINGS = /^(?:word|xl|ppt)\/printerSettings\/[^/]+\.bin$/;

/** @returns its texts, a line each; null: it is no DEVMODE. */
export function printerText(bytes: Buffer): string | null {
  if (bytes.length < HEAD_BYTES || bytes.length > BYTES_MAX) return null;
  const size = bytes.readUInt16LE(SIZE_AT) + bytes.readUInt16LE(DRIVER_SIZE_AT);
  if (!VERSIONS.has(bytes.readUInt16LE(VERSION_AT)) || size > bytes.length || bytes.length - size > 3) return null;
  return [bytes.toString("latin1"), ...[0, 1].map((offset) => bytes.subarray(offset).toString("utf16le"))]
    .flatMap((text) => text.match(RUN) ?? [])
    .join("\n");
}

const RUN = new RegExp(`[\\x20-\\x7e\\u00a0-\\u00ff\\u4e00-\\u9fff]{${RUN_UNITS_MIN},}`, "g");
