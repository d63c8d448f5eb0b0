// Undoes what a recipient could undo, and looks for what was planted. Law: it shares nothing with src: it is a second
// opinion, and a test proves that it has one (every request is also sent without a gate, and must be seen through).

import { isUtf8 } from "node:buffer";
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from "node:zlib";
import type { Planted } from "./planted.ts";
import { oneLayerUndone } from "./undo-text.ts";
import { streamsOf } from "./undo-width.ts";

const DEPTH_MAX = 3;
const OUTPUT = { maxOutputLength: 1 << 27 };
/** What is larger is searched as it stands: all that was written small stands in small bodies. */
const DEEP_BYTES_MAX = 1 << 15;

/** @returns which of `planted` can be read out of `bytes`, each once: empty if nothing can. */
export function tracesIn(bytes: readonly Buffer[], planted: readonly Planted[]): string[] {
  const seen = new Set<string>();
  const found = new Set<string>();
  let layer: (Buffer | string)[] = [...bytes];
  for (let depth = 0; depth <= DEPTH_MAX && layer.length > 0; depth++) {
    const next: (Buffer | string)[] = [];
    for (const node of layer) {
      if (typeof node !== "string") {
        if (node.includes(ZSTD)) found.add("a zstd frame that nobody read");
        if (depth < DEPTH_MAX) next.push(...inflated(node));
      }
      for (const text of typeof node === "string" ? [node] : readings(node)) {
        if (text.length < 4 || seen.has(text)) continue;
        seen.add(text);
        for (const one of tracesInText(text, planted)) found.add(one);
        if (depth < DEPTH_MAX && text.length < DEEP_BYTES_MAX && isText(text)) next.push(...oneLayerUndone(text));
      }
    }
    layer = next;
  }
  return [...found];
}

const LIKELY = /[\t\n\r\u0020-\u007e\u200b-\u206f\u2460-\u27ff\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]/g;

/** Not bytes read in a charset that is not theirs. */
function isText(text: string): boolean {
  return (text.match(LIKELY)?.length ?? 0) > 0.8 * text.length;
}

function tracesInText(text: string, planted: readonly Planted[]): string[] {
  const holds = ({ stream, needles }: Planted) =>
    streamsOf(text, stream).some((one) => needles.some((needle) => one.includes(needle)));
  return planted.filter(holds).map(({ kind }) => kind);
}

// ── bytes as texts: of any charset, and as the numbers of a binary framing ──

const WIDE = ["utf-16le", "utf-16be"].map((charset) => new TextDecoder(charset));
const PAIRS = ["gb18030", "big5"].map((charset) => new TextDecoder(charset));

function readings(bytes: Buffer): string[] {
  const texts = [bytes.toString("utf8")];
  if (bytes.length >= DEEP_BYTES_MAX || (isUtf8(bytes) && bytes.every((byte) => byte >= 0x09))) return texts;
  const latin1 = bytes.toString("latin1");
  for (const decoder of WIDE) texts.push(decoder.decode(bytes), decoder.decode(bytes.subarray(1)));
  for (const decoder of PAIRS) texts.push(decoder.decode(bytes));
  texts.push(latin1.replaceAll("\0", ""), overlongUndone(latin1), numbersIn(bytes));
  texts.push(latin1.replace(/[^\xf0-\xf9]/g, "").replace(/./g, (one) => String(one.charCodeAt(0) & 15)));
  return texts;
}

/** C0 B1 and E0 80 B1 for `1`, as no decoder should read them. */
function overlongUndone(latin1: string): string {
  return latin1.replace(/(?:\xe0\x80|\xc0)([\x80-\xbf])/g, (_, low) => String.fromCharCode(low.charCodeAt(0) & 0x3f));
}

/** Wherever eight bytes, or a chain of sevens (protobuf), make a number as long as a telephone's. */
function numbersIn(bytes: Buffer): string {
  const found: bigint[] = [];
  for (let at = 0; at < bytes.length; at++) {
    if (at + 8 <= bytes.length) found.push(bytes.readBigUInt64BE(at), bytes.readBigUInt64LE(at));
    let value = 0n;
    for (let i = 0; i < 10 && at + i < bytes.length; i++) {
      value |= BigInt(bytes[at + i]! & 0x7f) << BigInt(7 * i);
      if (bytes[at + i]! < 0x80) break;
    }
    found.push(value);
  }
  return found.filter((value) => value > 1_000_000_000n).join("\n");
}

// ── bytes as what they were before they were made smaller ──

type Undo = (bytes: Buffer, options: typeof OUTPUT) => Buffer;

const ZSTD = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
const GZIP_HEAD_BYTES = 10;
const OPENED: readonly (readonly [head: Buffer, skip: number, undo: Undo])[] = [
  [Buffer.from([0x1f, 0x8b, 8]), 0, gunzipSync],
  [Buffer.from([0x1f, 0x8b, 8]), GZIP_HEAD_BYTES, inflateRawSync],
  ...[0x01, 0x5e, 0x9c, 0xda].map((level) => [Buffer.from([0x78, level]), 0, inflateSync] as const),
];
const ZIP_ENTRY = Buffer.from("PK\u0003\u0004");
const ATTEMPTS_MAX = 20;

/** From the first byte by every coding, and wherever one names itself: in a file, behind a head, in a frame. */
function inflated(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  const attempt = (undo: Undo, from: number) => {
    try {
      const out = undo(bytes.subarray(from), OUTPUT);
      if (out.length > 3) found.push(out);
    } catch {} // not in this coding
  };
  if (!isUtf8(bytes)) for (const undo of [inflateRawSync, brotliDecompressSync]) attempt(undo, 0);
  for (const [head, skip, undo] of OPENED) for (const at of placesOf(bytes, head)) attempt(undo, at + skip);
  for (const at of placesOf(bytes, ZIP_ENTRY))
    if (at + 30 < bytes.length)
      attempt(inflateRawSync, at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28));
  return found;
}

function placesOf(bytes: Buffer, wanted: Buffer): number[] {
  const places: number[] = [];
  for (let at = bytes.indexOf(wanted); at >= 0 && places.length < ATTEMPTS_MAX; at = bytes.indexOf(wanted, at + 1))
    places.push(at);
  return places;
}
