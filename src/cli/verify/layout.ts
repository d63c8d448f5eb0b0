// Names and framing of the files in a ledger folder, as docs/ledger-format.md gives them.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** All files below `dir`, as paths relative to it, sorted. */
export function filesOf(dir: string): string[] {
  const all = readdirSync(dir, { recursive: true, withFileTypes: true });
  const files = all.filter((each) => !each.isDirectory());
  return files.map((each) => join(each.parentPath, each.name).slice(join(dir, "/").length)).sort();
}

export function readFileOrNull(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}

export interface TileName {
  readonly level: number | "entries";
  readonly index: number;
  readonly width: number;
}

export function nameOf({ level, index, width }: TileName): string {
  const digits = String(index).padStart(Math.ceil(String(index).length / 3) * 3, "0");
  const groups = digits.match(/.{3}/g) ?? [];
  const path = groups.map((group, nth) => (nth < groups.length - 1 ? `x${group}` : group)).join("/");
  return `tile/${level}/${path}${width < 256 ? `.p/${width}` : ""}`;
}

/** The inverse of `nameOf`; null for every other text. */
export function parseName(path: string): TileName | null {
  const match = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path);
  if (match === null) return null;
  const name: TileName = {
    level: match[1] === "entries" ? "entries" : Number(match[1]),
    index: Number(match[2]!.replace(/[x/]/g, "")),
    width: match[3] === undefined ? 256 : Number(match[3]),
  };
  return name.width >= 1 && nameOf(name) === path ? name : null;
}

/** Entries behind uint16 lengths. Null when the lengths do not add up to the bytes, or one is 0. */
export function splitBundle(bytes: Buffer): Buffer[] | null {
  const entries: Buffer[] = [];
  let rest = bytes;
  while (rest.length > 0) {
    const length = rest.length < 2 ? 0 : rest.readUInt16BE();
    if (length === 0 || rest.length < 2 + length) return null;
    entries.push(rest.subarray(2, 2 + length));
    rest = rest.subarray(2 + length);
  }
  return entries;
}

/** The inverse of `splitBundle`. */
export function joinBundle(entries: readonly Buffer[]): Buffer {
  return Buffer.concat(entries.flatMap((entry) => [Buffer.of(entry.length >> 8, entry.length & 0xff), entry]));
}

export interface Commit {
  readonly first: number;
  readonly entries: readonly Buffer[];
  readonly end: number;
}

/** True when no byte from `at` on is anything but zero: a segment's part that was never written. */
export function isZeroFrom(bytes: Buffer, at: number): boolean {
  const last = bytes.length - 1;
  // All equal to their neighbour, and one of them zero.
  return at > last || (bytes[at] === 0 && bytes.subarray(at, last).equals(bytes.subarray(at + 1)));
}

/** True when `bytes` are the first ones of `whole`, or zeros in their place: what a power cut leaves of a file. */
export function isTorn(bytes: Buffer, whole: Buffer): boolean {
  return bytes.length <= whole.length && bytes.every((byte, at) => byte === 0 || byte === whole[at]);
}

/** The commit at byte `at` of a segment: "yml1", u32 bytes, u64 first, u64 synced, 8 bytes of SHA-256, the entries. */
export function commitAt(segment: Buffer, at: number): Commit | null {
  const head = segment.subarray(at, at + 32);
  if (head.length < 32 || head.toString("latin1", 0, 4) !== "yml1") return null;
  const end = at + 32 + head.readUInt32BE(4);
  if (end > segment.length) return null;
  const payload = segment.subarray(at + 32, end);
  const digest = createHash("sha256").update(head.subarray(0, 24)).update(payload).digest();
  const entries = splitBundle(payload);
  const isValid = digest.subarray(0, 8).equals(head.subarray(24)) && entries !== null && entries.length > 0;
  if (!isValid || head.readBigUInt64BE(16) > BigInt(at)) return null;
  return { first: Number(head.readBigUInt64BE(8)), entries, end };
}
