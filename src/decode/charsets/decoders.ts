// Charset by name → text. Law: a byte that means nothing in the charset refuses the whole; nothing is ever replaced.

/** Every name in use for a charset that the gate reads, lower case. Others (UTF-7, EBCDIC, ISO 2022) are refused. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  "utf-8": ["utf-8", "utf8", "us-ascii", "ascii"],
  "utf-16": ["utf-16", "utf16", "unicode"],
  "utf-16le": ["utf-16le"],
  "utf-16be": ["utf-16be"],
  "utf-32": ["utf-32", "utf32"],
  "utf-32le": ["utf-32le"],
  "utf-32be": ["utf-32be"],
  gb18030: ["gb18030", "gbk", "gb2312", "gb_2312-80", "x-gbk", "cp936", "ms936", "windows-936", "euc-cn"],
  big5: ["big5", "big5-hkscs", "cn-big5", "x-x-big5", "cp950", "windows-950"],
  "windows-1252": ["windows-1252", "cp1252", "iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "l1"],
};

export type Charset = string;

const CANONICAL: ReadonlyMap<string, Charset> = new Map(
  Object.entries(NAMES).flatMap(([charset, names]) => names.map((name) => [name, charset] as const)),
);

/** Windows-1252 from 0x80 to 0x9f; 0: undefined there. */
const WINDOWS = [
  0x20ac, 0, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0, 0x17d, 0, 0, 0x2018,
  0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0, 0x17e, 0x178,
];
const PIECE_UNITS = 4096;

/** @returns null: not a charset that the gate reads. */
export function charsetNamed(name: string): Charset | null {
  return CANONICAL.get(name.trim().toLowerCase()) ?? null;
}

/** @param charset canonical, byte order included. @returns null: some byte means nothing in it. */
export function decodeAs(bytes: Uint8Array, charset: Charset): string | null {
  if (charset === "windows-1252") return fromWindows(bytes);
  if (charset === "utf-32le" || charset === "utf-32be") return fromUtf32(bytes, charset === "utf-32le");
  try {
    return new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function fromWindows(bytes: Uint8Array): string | null {
  const pieces: string[] = [];
  for (let from = 0; from < bytes.length; from += PIECE_UNITS) {
    const units = Array.from(bytes.subarray(from, from + PIECE_UNITS), (byte) =>
      byte < 0x80 || byte > 0x9f ? byte : WINDOWS[byte - 0x80]!,
    );
    for (let i = 0; i < units.length; i++) if (units[i] === 0 && bytes[from + i] !== 0) return null;
    pieces.push(String.fromCharCode(...units));
  }
  return pieces.join("");
}

function fromUtf32(bytes: Uint8Array, little: boolean): string | null {
  if (bytes.length % 4 !== 0) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const points: number[] = [];
    for (; at < bytes.length && points.length < PIECE_UNITS; at += 4) {
      const point = view.getUint32(at, little);
      if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return null;
      points.push(point);
    }
    pieces.push(String.fromCodePoint(...points));
  }
  return pieces.join("");
}
