// Files that lie in a document's strings, as base64 or data URLs. Law: what a string stands for is opened in its place;
// what two decoders could read differently is not opened; a file that lies anywhere else is not read.

import { isUtf8 } from "node:buffer";
import type { Doc, Enclosed, Opaque, Tokens, Unreadable } from "../words.ts";
import { isPlainText } from "./codecs/text/plain.ts";
import { ESCAPES, textIn } from "./escapes.ts";
import { KEY, KIND, OBJECT, STRING } from "./json/classes.ts";
import { TRIES_MAX, type Tries } from "./json/file-starts.ts";
import { dataUrlAt, isCarried, packedInText } from "./json/opaque.ts";
import { pointerOf } from "./json/pointer.ts";
import { readString } from "./json/read.ts";
import type { RoleOf } from "./json/sealed.ts";
import { magicOf } from "./magic.ts";
import { typeByName } from "./media-type.ts";

const LINES = String.raw`((?:[\w+/-]+\r?\n(?=[\w+/-]))*[\w+/-]*={0,2})`;
/** What follows the data may be more of it, to somebody else: `(%)` and the like. */
const DATA_URL = new RegExp(String.raw`data:([^,\s"]{0,256});base64,${LINES}([%\w+/=-]?)`, "gi");
const STRICT = /^[A-Za-z0-9+/_-]*={0,2}$/;
/** MIME parts lines at 76. */
const LINE_UNITS_MIN = 40;
const HEXADECIMAL = /^(?:[0-9a-f]{2})+$/i;
const AMBIGUOUS: Opaque = { class: "unknown", kind: "base64 that may be read in two ways" };
const NOTHING = Buffer.alloc(0);
/** Members beside a file that say what it is: Anthropic's, Gemini's and OpenAI's words for it. */
const LABELS: ReadonlySet<string> = new Set(["media_type", "mime_type", "mimeType", "mediaType", "content_type"]);
const NAMES: ReadonlySet<string> = new Set(["filename", "file_name", "fileName", "name"]);
/** A segment without room for anybody's name or number: others are not shown. */
const PLAIN = /^(?:\d{1,6}|(?!.*\d{4})[A-Za-z_][\w.-]{0,31})$/;

/** More files than anybody sends at once. */
const FILES_MAX = 256;

/**
 * The files in a document's strings, in document order. A string that is a file from end to end is emptied in
 * `tokens`: nobody looks for text in base64.
 * @param parts parts of the body that are files themselves. @param roleOf knows what the recipient sealed.
 */
export function carriedIn(doc: Doc, parts: readonly Enclosed[], roleOf: RoleOf | undefined): Enclosed[] | Unreadable {
  const packed = packedInText(doc, roleOf);
  if (packed >= 0) return { code: "content_opaque", detail: `packed, in a text, at byte ${packed}` };
  const found: Enclosed[] = [];
  const ranges = parts.map(({ raw }) => rangeOf(raw, doc.bytes));
  const { count, kind, start, end } = doc.tokens;
  const tries = { left: TRIES_MAX };
  for (let token = 0; token < count; token++) {
    if ((kind[token]! & KIND) === KEY && isCarried(doc, token, roleOf, tries))
      return { code: "content_opaque", detail: `a member's name at byte ${start[token]!} that is a file` };
    if ((kind[token]! & KIND) !== STRING) continue;
    const [from, to] = [start[token]!, end[token]!];
    const files = filesIn(doc, token, roleOf, tries);
    if (files.length === 0) continue;
    const path = plainPath(pointerOf(doc, token));
    for (const { all, ...file } of files) {
      found.push({ path, raw: doc.bytes.subarray(from, to), ...file });
      if (all) end[token] = from;
    }
    ranges.push([from, to]);
    if (found.length > FILES_MAX) return { code: "body_too_large", detail: `more than ${FILES_MAX} files` };
  }
  for (let at = dataUrlAt(doc.bytes, 0); at >= 0; at = dataUrlAt(doc.bytes, at + 1))
    if (!ranges.some(([from, to]) => from <= at && at < to))
      return { code: "content_opaque", detail: `a data URL at byte ${at} in no text` };
  return found;
}

function rangeOf(raw: Uint8Array, bytes: Uint8Array): [from: number, to: number] {
  const from = raw.byteOffset - bytes.byteOffset;
  return [from, from + raw.length];
}

type Carried = Omit<Enclosed, "path" | "raw"> & { readonly all: boolean };

const NONE: readonly Carried[] = [];

function filesIn(doc: Doc, token: number, roleOf: RoleOf | undefined, tries: Tries): readonly Carried[] {
  const { bytes, tokens } = doc;
  const [from, to, escapes] = [tokens.start[token]!, tokens.end[token]!, tokens.kind[token]! & ESCAPES];
  const whole = isCarried(doc, token, roleOf, tries);
  if (!whole && !Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).includes("64")) return NONE;
  const text = textIn(bytes, from, to, escapes);
  if (whole) {
    const file = decoded(text);
    return [{ ...file, contentType: labelBeside(doc, token), all: isFile(file) }];
  }
  return [...text.matchAll(DATA_URL)].map(([url, label, lines, more]) => {
    const data = joined(lines!);
    const file = more === "" ? decoded(data) : { bytes: NOTHING, opaque: AMBIGUOUS };
    const all = data.length === lines!.replace(/\s/g, "").length && url.length === text.length && isFile(file);
    return { ...file, contentType: label!.toLowerCase(), all };
  });
}

/** Where nothing says that it is a file or a text, it is looked at as it stands, too. */
function isFile({ bytes, opaque }: Pick<Enclosed, "bytes" | "opaque">): boolean {
  return opaque === undefined && (magicOf(bytes, false) !== null || (isUtf8(bytes) && isPlainText(bytes)));
}

/** Lines of one length are one run; else the first is, and what follows is text. */
function joined(lines: string): string {
  const [first, ...rest] = lines.split(/\r?\n/);
  const last = rest.pop();
  if (last === undefined) return first!;
  const even = first!.length >= LINE_UNITS_MIN && rest.every(({ length }) => length === first!.length);
  return even && last.length <= first!.length ? first + rest.join("") + last : first!;
}

/** Decoders differ on what follows a padding, and some read on. */
function decoded(text: string): Pick<Enclosed, "bytes" | "opaque"> {
  const plain = text.replace(/\s+/g, "");
  if (HEXADECIMAL.test(plain)) return { bytes: Buffer.from(plain, "hex") };
  if (!STRICT.test(plain)) return { bytes: Buffer.from(text), opaque: AMBIGUOUS };
  return { bytes: Buffer.from(plain, "base64") };
}

/** What the members beside it say: a media type, else the end of a file's name. */
function labelBeside(doc: Doc, token: number): string {
  const { tokens } = doc;
  const parent = tokens.parent[token]!;
  let byName = "";
  if (parent < 0 || (tokens.kind[parent]! & KIND) !== OBJECT) return byName;
  for (let at = parent + 1; at < tokens.count && tokens.start[at]! < tokens.end[parent]!; at++) {
    if (tokens.parent[at] !== parent || !isNamed(tokens, at)) continue;
    const name = readString(doc, tokens.slot[at]!);
    if (LABELS.has(name)) return readString(doc, at).toLowerCase();
    if (NAMES.has(name)) byName = typeByName(readString(doc, at)) ?? byName;
  }
  return byName;
}

function isNamed({ kind, slot }: Tokens, token: number): boolean {
  return (kind[token]! & KIND) === STRING && slot[token]! >= 0 && (kind[slot[token]!]! & KIND) === KEY;
}

/** Names of members are the caller's text. */
export function plainPath(pointer: string): string {
  return pointer
    .split("/")
    .map((segment) => (segment === "" || PLAIN.test(segment) ? segment : "*"))
    .join("/");
}
