// Chinese in ASCII's clothes: HZ (RFC 1843) and UTF-7 (RFC 2152), which nobody has to name. Law: the bytes leave as the
// ASCII they are; what a reader of those charsets would see is read beside, and a finding there can only block.

import type { HeadText } from "../../words.ts";
import { HZ, UTF7 as UTF7_SIGN } from "../signs/signs.ts";

const NONE: readonly HeadText[] = [];
const HZ_MARK = "~{";
const NEWLINE = 0x0a;
/** What is no character is read as one that nobody looks for. */
const GB = new TextDecoder("gb18030");
/** How a run of digits or letters begins in UTF-7: their high byte is zero. */
const UTF7_MARK = "+A";
/** ASCII without spaces and quotes. */
const STRETCH = /[!#-~]+/g;
const UTF7 = /\+([A-Za-z0-9+/]{3,})-?/g;

/** @param bytes of UTF-8. @param signs that it may hold. */
export function sevenBitReadings(bytes: Uint8Array, signs: number): readonly HeadText[] {
  if ((signs & (HZ | UTF7_SIGN)) === 0) return NONE;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const readings: HeadText[] = [];
  if ((signs & HZ) !== 0 && buffer.includes(HZ_MARK)) add(readings, "hz", HZ_MARK, buffer, hzUndone);
  if ((signs & UTF7_SIGN) !== 0 && buffer.includes(UTF7_MARK)) add(readings, "utf-7", UTF7_MARK, buffer, utf7Undone);
  return readings;
}

/** Only the stretches that hold the mark: what stands beside them is plain, and was read as that. */
function add(readings: HeadText[], name: string, mark: string, buffer: Buffer, undo: (text: string) => string): void {
  const marked = (buffer.toString("utf8").match(STRETCH) ?? []).filter((stretch) => stretch.includes(mark));
  const text = marked.join("\n");
  const read = undo(text);
  if (read !== text) readings.push({ where: "reading", name, text: read });
}

function utf7Undone(text: string): string {
  return text.replace(UTF7, (all, units) => fromUtf7(units) ?? all);
}

/** No pair begins with a tilde: a run ends where it says so, or where no pair is; nothing is read twice. */
function hzUndone(text: string): string {
  const runs: (readonly [start: number, end: number])[] = [];
  for (let open = text.indexOf(HZ_MARK); open >= 0; ) {
    const start = open + HZ_MARK.length;
    let end = start;
    while (isPair(text, end)) end += 2;
    if (end > start) runs.push([start, end]);
    open = text.indexOf(HZ_MARK, end);
  }
  // all in one decoding: a decoder for each of a million costs seconds
  const pairs = Buffer.from(runs.map(([start, end]) => text.slice(start, end)).join("\n"), "latin1");
  const read = GB.decode(pairs.map((byte) => (byte === NEWLINE ? byte : byte | 0x80))).split("\n");
  let at = 0;
  const pieces = runs.map(([start, end], i) => {
    const before = text.slice(at, start - HZ_MARK.length);
    at = text.startsWith("~}", end) ? end + 2 : end;
    return before + read[i];
  });
  return pieces.join("") + text.slice(at);
}

function isPair(text: string, at: number): boolean {
  const [first, second] = [text.charCodeAt(at), text.charCodeAt(at + 1)];
  return first >= 0x21 && first <= 0x7d && second >= 0x21 && second <= 0x7e;
}

function fromUtf7(units: string): string | null {
  const bytes = Buffer.from(units, "base64");
  return bytes.length < 2
    ? null
    : bytes
        .subarray(0, bytes.length & ~1)
        .swap16()
        .toString("utf16le");
}
