// Which class a file is of by its first bytes. Law: what is of no class named here is `unknown`, and policy is asked
// about that by its own name.

import type { Opaque, OpaqueClass } from "../words.ts";
import { magicOf } from "./magic.ts";

/** By the kind that magic.ts names. */
const CLASSES: readonly (readonly [OpaqueClass, readonly string[]])[] = [
  ["image", ["png", "jpeg", "gif", "tiff", "bmp", "icon"]],
  ["audio", ["mp3", "aac", "ogg", "flac", "amr"]],
  ["video", ["webm or mkv"]],
  ["archive", ["zip", "gzip", "bzip2", "xz", "zstd", "lz4", "7z", "rar", "tar"]],
  ["dataset", ["sqlite", "parquet", "arrow", "orc", "avro", "hdf5", "numpy"]],
  ["document", ["pdf", "office (doc, xls, ppt)", "rtf"]],
];
const BY_KIND = new Map(CLASSES.flatMap(([name, kinds]) => kinds.map((kind) => [kind, name] as const)));
/** Of ISO base media: the brand at byte 8. */
const PICTURES = /^(?:heic|heix|heim|mif1|msf1|avif|avis|crx )/;
const SOUNDS = /^(?:M4A|M4B|F4A)/;

/** Of bytes that are no text. */
export function opaqueOf(bytes: Uint8Array): Opaque {
  const kind = magicOf(bytes, false);
  return kind === null ? UNKNOWN : { class: classOf(kind, bytes), kind };
}

const UNKNOWN: Opaque = { class: "unknown", kind: "a binary of no known kind" };

function classOf(kind: string, bytes: Uint8Array): OpaqueClass {
  const brand = Buffer.from(bytes.subarray(8, 12)).toString("latin1");
  if (kind.startsWith("webp")) return brand === "WEBP" ? "image" : brand === "WAVE" ? "audio" : "video";
  if (kind.startsWith("mp4")) return PICTURES.test(brand) ? "image" : SOUNDS.test(brand) ? "audio" : "video";
  if (kind.startsWith("zip")) return "archive";
  if (kind.startsWith("model weights") || kind.startsWith("pickle")) return "model-weights";
  return BY_KIND.get(kind) ?? "unknown";
}
