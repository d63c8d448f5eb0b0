// The entries of a zip file (APPNOTE 6.3.10). Law: the central directory and the local headers say the same, and every
// byte belongs to one of them: what one reader shows and another hides is not opened.

import { broken } from "../broken.ts";

const END = 0x06054b50;
const END_BYTES = 22;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const LOCATOR_BYTES = 20;
const CENTRAL = 0x02014b50;
const CENTRAL_BYTES = 46;
const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
const DESCRIPTOR = 0x08074b50;
const HAS_DESCRIPTOR = 8;
const NAME_IS_UTF8 = 0x800;
const ENCRYPTED = 0x2041;
const IN_64 = 0xffffffff;
const EXTRA_64 = 1;
/** Times, owners, padding, alignment: numbers. What other fields hold is nobody's to guess. */
const SILENT_EXTRAS: ReadonlySet<number> = new Set([0x5455, 0x7875, 0x7855, 0x5855, 0x000a, 0xcafe]);
const SILENT_BYTES_MAX = 64;
/** Name and comment once more, in UTF-8 (Info-ZIP), behind a version and a checksum. */
const UNICODE_EXTRAS: ReadonlySet<number> = new Set([0x7075, 0x6375]);
const UNICODE_HEAD_BYTES = 5;
/** Room to grow that Office leaves: a signature and zeros. */
const GROWTH = 0xa220;
const GROWTH_HEAD_BYTES = 4;

export interface Entry {
  /** As bytes: which charset they are in is said by nobody, or wrongly. */
  readonly name: Buffer;
  readonly nameIsUtf8: boolean;
  /** Text besides the name: its comment, its name in other words. */
  readonly notes: readonly Buffer[];
  readonly method: number;
  readonly encrypted: boolean;
  readonly crc: number;
  /** Of what it unpacks to. */
  readonly bytes: number;
  readonly packed: Buffer;
}

export interface Directory {
  readonly entries: readonly Entry[];
  readonly comment: Buffer;
}

interface Listed extends Omit<Entry, "packed"> {
  readonly flags: number;
  readonly packedBytes: number;
  readonly offset: number;
}

/** @param file the whole of it. @param entriesMax checked before any is read. Throws Broken. */
export function directoryOf(file: Buffer, entriesMax: (count: number) => void): Directory {
  const end = endOf(file);
  const start = file.readUInt32LE(end + 16);
  const bytes = file.readUInt32LE(end + 12);
  const count = file.readUInt16LE(end + 10);
  if (file.readUInt32LE(end + 4) !== 0 || file.readUInt16LE(end + 8) !== count) broken("a zip in several volumes");
  const directoryEnd = beforeEnd(file, end);
  if (start + bytes !== directoryEnd) broken("a zip whose directory is elsewhere");
  entriesMax(count);
  const listed: Listed[] = [];
  let at = start;
  for (let i = 0; i < count; i++) at = readCentral(file, at, directoryEnd, listed);
  if (at !== directoryEnd) broken("a zip with more in its directory");
  const inOrder = listed.toSorted((a, b) => a.offset - b.offset);
  if ((inOrder[0]?.offset ?? start) !== 0) broken("a zip behind something else");
  const entries = inOrder.map((entry, i) => withPacked(file, entry, inOrder[i + 1]?.offset ?? start));
  return { entries, comment: file.subarray(end + END_BYTES) };
}

/** The last record: its comment reaches exactly to the end of the file. */
function endOf(file: Buffer): number {
  const lowest = Math.max(0, file.length - END_BYTES - 0xffff);
  for (let at = file.length - END_BYTES; at >= lowest; at--)
    if (file.readUInt32LE(at) === END && file.readUInt16LE(at + 20) === file.length - at - END_BYTES) return at;
  return broken("a zip without its end");
}

/** Where the central directory ends: before the records of the 64-bit form, if they are there. */
function beforeEnd(file: Buffer, end: number): number {
  const locator = end - LOCATOR_BYTES;
  if (locator < 0 || file.readUInt32LE(locator) !== LOCATOR_64) return end;
  const at = Number(file.readBigUInt64LE(locator + 8));
  if (at + 56 !== locator || file.readUInt32LE(at) !== END_64) broken("a zip whose directory is elsewhere");
  return at;
}

function readCentral(file: Buffer, at: number, end: number, listed: Listed[]): number {
  if (at + CENTRAL_BYTES > end || file.readUInt32LE(at) !== CENTRAL) broken("a zip with a broken directory");
  const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((offset) => file.readUInt16LE(at + offset));
  const nameAt = at + CENTRAL_BYTES;
  const extraAt = nameAt + nameBytes!;
  const commentAt = extraAt + extraBytes!;
  const next = commentAt + commentBytes!;
  if (next > end) broken("a zip with a broken directory");
  const extras = extrasIn(file.subarray(extraAt, commentAt));
  const flags = file.readUInt16LE(at + 8);
  const wide = [file.readUInt32LE(at + 24), file.readUInt32LE(at + 20), file.readUInt32LE(at + 42)];
  const [bytes, packedBytes, offset] = widened(wide, extras.wide);
  const comment = file.subarray(commentAt, next);
  listed.push({
    name: file.subarray(nameAt, extraAt),
    nameIsUtf8: (flags & NAME_IS_UTF8) !== 0,
    notes: comment.length > 0 ? [comment, ...extras.notes] : extras.notes,
    method: file.readUInt16LE(at + 10),
    encrypted: (flags & ENCRYPTED) !== 0,
    crc: file.readUInt32LE(at + 16),
    flags,
    bytes: bytes!,
    packedBytes: packedBytes!,
    offset: offset!,
  });
  return next;
}

/** Each value that says so stands in the 64-bit field, in this order. */
function widened(values: readonly number[], wide: Buffer | null): number[] {
  let at = 0;
  return values.map((value) => {
    if (value !== IN_64) return value;
    if (wide === null || at + 8 > wide.length) broken("a zip with a broken directory");
    at += 8;
    return Number(wide!.readBigUInt64LE(at - 8));
  });
}

/** Throws Broken for a field that could hold anything. */
function extrasIn(extra: Buffer): { readonly wide: Buffer | null; readonly notes: Buffer[] } {
  let wide: Buffer | null = null;
  const notes: Buffer[] = [];
  for (let at = 0; at < extra.length; ) {
    const field = at + 4 <= extra.length ? extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2)) : null;
    if (field === null || at + 4 + extra.readUInt16LE(at + 2) > extra.length) {
      if (extra.subarray(at).every((byte) => byte === 0)) break; // alignment
      return broken("a zip with a broken extra field");
    }
    const id = extra.readUInt16LE(at);
    if (id === EXTRA_64) wide = field;
    else if (UNICODE_EXTRAS.has(id)) notes.push(field.subarray(UNICODE_HEAD_BYTES));
    else if (!isSilent(id, field)) broken("a zip with an extra field of no known kind");
    at += 4 + field.length;
  }
  return { wide, notes };
}

function isSilent(id: number, field: Buffer): boolean {
  if (id === GROWTH) return field.subarray(GROWTH_HEAD_BYTES).every((byte) => byte === 0);
  return SILENT_EXTRAS.has(id) ? field.length <= SILENT_BYTES_MAX : field.every((byte) => byte === 0);
}

/** @param end where the next entry begins. The local header must repeat the directory. */
function withPacked(file: Buffer, { flags, packedBytes, offset: at, ...entry }: Listed, end: number): Entry {
  if (at + LOCAL_BYTES > end || file.readUInt32LE(at) !== LOCAL) broken("a zip with entries that overlap");
  const nameBytes = file.readUInt16LE(at + 26);
  const nameAt = at + LOCAL_BYTES;
  const extraAt = nameAt + nameBytes;
  const start = extraAt + file.readUInt16LE(at + 28);
  const stop = start + packedBytes;
  if (stop > end) broken("a zip with entries that overlap");
  const extras = extrasIn(file.subarray(extraAt, start));
  const same =
    file.subarray(nameAt, extraAt).equals(entry.name) &&
    file.readUInt16LE(at + 6) === flags &&
    file.readUInt16LE(at + 8) === entry.method;
  const sizes = widened([file.readUInt32LE(at + 22), file.readUInt32LE(at + 18)], extras.wide);
  const said = [file.readUInt32LE(at + 14), ...sizes];
  const meant = [entry.crc, entry.bytes, packedBytes];
  const later = (flags & HAS_DESCRIPTOR) !== 0;
  if (!same || !said.every((value, i) => value === meant[i] || (later && value === 0)))
    broken("a zip whose headers differ");
  if (!later ? stop !== end : !isDescriptor(file.subarray(stop, end), meant)) broken("a zip with bytes of no entry");
  return { ...entry, notes: [...entry.notes, ...extras.notes], packed: file.subarray(start, stop) };
}

/** Checksum and sizes behind the data, with or without a signature, of 32 or 64 bits. */
function isDescriptor(bytes: Buffer, [crc, size, packed]: readonly number[]): boolean {
  const from = bytes.length % 8 === 0 && bytes.length >= 16 ? 4 : 0;
  if (from === 4 && bytes.readUInt32LE(0) !== DESCRIPTOR) return false;
  const wide = bytes.length - from === 20;
  if (!wide && bytes.length - from !== 12) return false;
  const number = (at: number) => (wide ? Number(bytes.readBigUInt64LE(at)) : bytes.readUInt32LE(at));
  return bytes.readUInt32LE(from) === crc! && number(from + 4) === packed! && number(from + (wide ? 12 : 8)) === size!;
}
