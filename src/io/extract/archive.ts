// Archives and what is in them → parts. Law: the names of entries are text that leaves, and are never used as paths;
// each entry is read as any file is, as deep as the budget says.

import { isUtf8 } from "node:buffer";
import { gunzipSync } from "node:zlib";
import { typeByName } from "../../decode/media-type.ts";
import { opaqueOf } from "../../decode/opaque-class.ts";
import type { Opaque, OpenedPart } from "../../words.ts";
import { Broken, broken } from "./broken.ts";
import { type Budget, DEPTH_MAX } from "./budget.ts";
import { isOffice, officeParts, type Piece } from "./office/package.ts";
import { kindOf } from "./plain.ts";
import { directoryOf, type Entry } from "./zip/directory.ts";
import { unpack } from "./zip/unpack.ts";

/** Places that every office file has. Other names are the caller's text, and shown as a number. */
const KNOWN_NAMES = [
  /^(?:word|xl|ppt|docProps|customXml|_rels)\/(?:[A-Za-z_]{1,24}\/){0,3}[A-Za-z_]{1,24}\d{0,3}(?:\.[a-z]{1,5}){1,2}$/,
  /^(?:(?:word|xl|ppt|customXml)\/)?_rels\/\.rels$/,
  /^(?:content|styles|meta|settings)\.xml$/,
];
const EXTENSION = /\.[a-z0-9]{1,5}$/i;
const TORCH: Opaque = { class: "model-weights", kind: "model weights: torch" };
const TORCH_ENTRY = /(?:^|\/)data\.pkl$/;

/** A file, whatever it is. @param name of the file, "" for none. Throws Refused over the budget. */
export function filePartsOf(bytes: Buffer, path: string, name: string, depth: number, budget: Budget): OpenedPart[] {
  if (bytes.length === 0) return [];
  const kind = kindOf(bytes);
  if (kind === null) {
    budget.text(bytes.length);
    return [{ path, bytes, contentType: typeByName(name) ?? "", opaque: null }];
  }
  const open = kind.startsWith("zip") ? zipParts : kind === "gzip" ? gzipParts : null;
  if (open === null) return closed(path, bytes, opaqueOf(bytes));
  if (depth > DEPTH_MAX) return closed(path, bytes, { class: "archive", kind: `deeper than ${DEPTH_MAX} files` });
  try {
    return open(bytes, path, name, depth, budget);
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    return closed(path, bytes, { class: "archive", kind: error.message });
  }
}

function closed(path: string, bytes: Uint8Array, opaque: Opaque): OpenedPart[] {
  return [{ path, bytes, contentType: "", opaque }];
}

function zipParts(file: Buffer, path: string, _name: string, depth: number, budget: Budget): OpenedPart[] {
  const { entries, comment } = directoryOf(file, (count) => budget.entries(count));
  const names = entries.map(nameOf);
  if (names.some((name) => TORCH_ENTRY.test(name))) return closed(path, file, TORCH);
  const parts = namesPart(
    `${path}!names`,
    [...names, ...entries.flatMap(({ notes }) => notes.map(textOf)), textOf(comment)],
    budget,
  );
  const pieces: Piece[] = [];
  for (const [i, entry] of entries.entries()) {
    const name = names[i]!;
    const bytes = unpack(entry, budget);
    const at = `${path}!${shownName(name, i)}`;
    if (bytes === null) {
      const kind = entry.encrypted ? "an encrypted zip" : `a zip packed by method ${entry.method}`;
      parts.push(...closed(at, entry.packed, { class: "archive", kind }));
    } else pieces.push({ name, path: at, bytes });
  }
  const rest = ({ bytes, path: at, name }: Piece) => filePartsOf(bytes, at, name, depth + 1, budget);
  const inside = isOffice(pieces) ? officeParts(pieces, rest).map((part) => paid(part, budget)) : pieces.flatMap(rest);
  return [...parts, ...inside];
}

function shownName(name: string, i: number): string {
  if (KNOWN_NAMES.some((known) => known.test(name))) return name;
  return `entry-${i + 1}${EXTENSION.exec(name)?.[0].toLowerCase() ?? ""}`;
}

/** What the package wrote itself has not been paid for. */
function paid(part: OpenedPart, budget: Budget): OpenedPart {
  if (part.opaque === null) budget.text(part.bytes.length);
  return part;
}

function nameOf({ name, nameIsUtf8 }: Entry): string {
  return nameIsUtf8 ? name.toString("utf8") : textOf(name);
}

/** Zips made on Windows in China name their entries in GBK and do not say so. */
function textOf(bytes: Buffer): string {
  return isUtf8(bytes) ? bytes.toString("utf8") : new TextDecoder("gb18030").decode(bytes);
}

function namesPart(path: string, texts: readonly string[], budget: Budget): OpenedPart[] {
  const bytes = Buffer.from(
    texts
      .filter((text) => text !== "")
      .join("\n")
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, " "),
  );
  if (bytes.length === 0) return [];
  budget.text(bytes.length);
  return [{ path, bytes, contentType: "text/plain", opaque: null }];
}

/** RFC 1952 §2.3: a name and a comment may stand in front; other fields nobody reads. */
const HAS = { extra: 4, name: 8, comment: 16 } as const;
const HEAD_BYTES = 10;

function gzipParts(file: Buffer, path: string, name: string, depth: number, budget: Budget): OpenedPart[] {
  const flags = file[3]!;
  if ((flags & HAS.extra) !== 0) broken("gzip with an extra field");
  let at = HEAD_BYTES;
  const texts: string[] = [];
  for (const has of [HAS.name, HAS.comment]) {
    if ((flags & has) === 0) continue;
    const end = file.indexOf(0, at);
    if (end < 0) broken("gzip that is cut off");
    texts.push(textOf(file.subarray(at, end)));
    at = end + 1;
  }
  const inner = texts[0] ?? name.replace(/\.gz$/i, "");
  const inside = gunzipped(file, budget);
  budget.inflated(inside.length);
  return [
    ...namesPart(`${path}!names`, texts, budget),
    ...filePartsOf(inside, `${path}!unpacked`, inner, depth + 1, budget),
  ];
}

function gunzipped(file: Buffer, budget: Budget): Buffer {
  try {
    const maxOutputLength = Math.max(1, budget.inflatedLeft);
    const { buffer, engine } = gunzipSync(file, { maxOutputLength, info: true }) as unknown as {
      buffer: Buffer;
      engine: { bytesWritten: number };
    };
    if (engine.bytesWritten !== file.length) broken("gzip with bytes behind its end");
    return buffer;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE")
      return budget.tooLarge("it unpacks to more than the limits allow");
    if (error instanceof Error && "code" in error) return broken("gzip that does not unpack");
    throw error;
  }
}
