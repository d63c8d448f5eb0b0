// What a file is by its first bytes. Law: a name for the refusal, never a reason to read: what is not named here is no
// more readable.

const ASCII = (text: string): readonly number[] => [...text].map((character) => character.charCodeAt(0));

/** Kind, bytes, and where they stand if not at the beginning. */
const MAGIC: readonly (readonly [kind: string, bytes: readonly number[], at?: number])[] = [
  ["zip (or docx, xlsx, pptx, jar, torch)", [0x50, 0x4b, 0x03, 0x04]],
  ["zip", [0x50, 0x4b, 0x05, 0x06]],
  ["gzip", [0x1f, 0x8b, 0x08]],
  ["bzip2", ASCII("BZh")],
  ["xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]],
  ["zstd", [0x28, 0xb5, 0x2f, 0xfd]],
  ["lz4", [0x04, 0x22, 0x4d, 0x18]],
  ["7z", [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ["rar", [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07]],
  ["tar", ASCII("ustar"), 257],
  ["pdf", ASCII("%PDF-")],
  ["office (doc, xls, ppt)", [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
  ["rtf", ASCII("{\\rtf")],
  ["png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["jpeg", [0xff, 0xd8, 0xff]],
  ["gif", ASCII("GIF8")],
  ["webp, wav or avi", ASCII("RIFF")],
  ["tiff", [0x49, 0x49, 0x2a, 0]],
  ["tiff", [0x4d, 0x4d, 0, 0x2a]],
  ["bmp", ASCII("BM")],
  ["icon", [0, 0, 1, 0]],
  ["mp4, mov or heic", ASCII("ftyp"), 4],
  ["mp3", ASCII("ID3")],
  ["mp3", [0xff, 0xfb]],
  ["aac", [0xff, 0xf1]],
  ["ogg", ASCII("OggS")],
  ["flac", ASCII("fLaC")],
  ["amr", ASCII("#!AMR")],
  ["webm or mkv", [0x1a, 0x45, 0xdf, 0xa3]],
  ["sqlite", ASCII("SQLite format 3\0")],
  ["parquet", ASCII("PAR1")],
  ["arrow", ASCII("ARROW1")],
  ["orc", ASCII("ORC")],
  ["avro", ASCII("Obj\u0001")],
  ["hdf5", [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["numpy", [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]],
  ["model weights: gguf", ASCII("GGUF")],
  ["model weights: ggml", ASCII("lmgg")],
  ["model weights: safetensors", ASCII('{"'), 8],
  ["pickle (torch)", [0x80, 0x02, 0x8a, 0x0a]],
  ["pickle", [0x80, 0x04, 0x95]],
  ["elf", [0x7f, 0x45, 0x4c, 0x46]],
  ["wasm", [0, 0x61, 0x73, 0x6d]],
  ["java class", [0xca, 0xfe, 0xba, 0xbe]],
  ["exe", ASCII("MZ")],
];
/** Printable files that are no text all the same. */
const PRINTABLE: ReadonlySet<string> = new Set(["pdf", "rtf", "amr"]);

/** The first two bytes of every kind that three name at the beginning. */
export const MAGIC_STARTS: readonly (readonly [first: number, second: number])[] = MAGIC.filter(
  ([, magic, at = 0]) => at === 0 && magic.length > 2,
).map(([, magic]) => [magic[0]!, magic[1]!]);

/**
 * @param isText the bytes would pass for text: then a name in letters is a word. @param bytesMin only kinds that so
 * many name: two may be chance. @returns null: no kind known.
 */
export function magicOf(bytes: Uint8Array, isText: boolean, bytesMin = 2): string | null {
  for (const [kind, magic, at = 0] of MAGIC) {
    if (magic.length < bytesMin) continue;
    if (!magic.every((byte, i) => bytes[at + i] === byte)) continue;
    if (!isText || PRINTABLE.has(kind) || !magic.every((byte) => byte > 0x20 && byte < 0x7f)) return kind;
  }
  return isText || !isOnnx(bytes) ? null : "model weights: onnx";
}

/** For a refusal. */
export function opaqueKind(bytes: Uint8Array): string {
  return magicOf(bytes, false) ?? "a binary of no known kind";
}

/** A ModelProto: field 1 the version of the format, field 2 the producer's name. */
function isOnnx(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x08 || bytes[1]! > 0x20 || bytes[2] !== 0x12 || bytes[3]! > 0x40) return false;
  const name = Buffer.from(bytes.subarray(4, 4 + bytes[3]!)).toString("latin1");
  return /^(?:pytorch|onnx|tf2onnx|keras|sk|caffe2|cntk|winml|paddle|mindspore)/i.test(name);
}
