// A PDF → parts: its pages as they are read, then what else stands in its bytes. Law: pictures, scripts and what cannot
// be read are named; earlier revisions are read as documents of their own.

import type { Opaque, OpenedPart } from "../../../words.ts";
import { filePartsOf } from "../archive.ts";
import { Broken, broken } from "../broken.ts";
import { type Budget, DEPTH_MAX } from "../budget.ts";
import { type PdfContents, type PdfReading, pdfContents } from "./pages.ts";
import { hasPictures, plainNames, streamsIn } from "./streams.ts";
import { stringsIn } from "./strings.ts";

const ENCRYPTED = /\/Encrypt\s*(?:\d+\s+\d+\s+R|<<)/;
const FORM_IN_XML = /\/XFA\b/;
const LINEARIZED = /\/Linearized\b/;
const END = "%%EOF";
const REVISIONS_MAX = 4;
const FONT = /\/(?:Length1|FontFile|Subtype\s*\/(?:Type1C|CIDFontType0C|OpenType))/;
const NUMBERED = /\/Identity-[HV]\b/;
const INLINE_PICTURE = /(?:^|[\s\]>)])BI\s[\s\S]{2,400}?\sID\s/;

/** Throws Refused over the budget. */
export async function pdfParts(file: Buffer, path: string, depth: number, budget: Budget): Promise<OpenedPart[]> {
  if (depth > DEPTH_MAX) return [closed(path, file, { class: "document", kind: `deeper than ${DEPTH_MAX} files` })];
  try {
    return await opened(file, path, depth, budget);
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    return [closed(path, file, { class: "document", kind: error.message })];
  }
}

async function opened(file: Buffer, path: string, depth: number, budget: Budget): Promise<OpenedPart[]> {
  const text = file.toString("latin1");
  const names = plainNames(text);
  if (ENCRYPTED.test(names)) broken("an encrypted pdf");
  if (FORM_IN_XML.test(names)) broken("a pdf whose form is XML");
  // first: nothing is undone by pdf.js that would not fit
  const beside = besidePages(file, text, budget);
  const pictures = beside.pictures || hasPictures(text);
  const parts: OpenedPart[] = pictures ? [closed(`${path}!pictures`, file, PICTURE)] : [];
  const revisions = LINEARIZED.test(names) ? [file] : revisionsOf(file);
  for (const [i, revision] of revisions.entries()) {
    const isLast = i === revisions.length - 1;
    const place = isLast ? path : `${path}!revision-${i + 1}`;
    // a page without text and with a picture is drawn: that has been said
    const contents = await contentsOf(revision, { drawings: !pictures, unnumbered: !beside.numbered }, isLast);
    if (contents !== null) parts.push(...contentsParts(contents, revision, place, depth, budget));
  }
  const told = new Told(parts);
  const more = [...new Set(beside.strings)].filter((one) => !told.has(one));
  if (more.length > 0) parts.push(textPart(`${path}!strings`, "text/plain", more.join("\n"), budget));
  return parts;
}

const PICTURE: Opaque = { class: "image", kind: "a picture in a pdf" };

/** A file that was saved over and over holds all its pasts, each up to its own end. The last is the file itself. */
function revisionsOf(file: Buffer): Buffer[] {
  const ends: number[] = [];
  for (let at = file.indexOf(END); at >= 0; at = file.indexOf(END, at + 1)) ends.push(at + END.length);
  if (ends.length > REVISIONS_MAX) broken(`a pdf with more than ${REVISIONS_MAX} revisions`);
  return [...ends.slice(0, -1).map((end) => file.subarray(0, end)), file];
}

/** @returns null: a beginning of the file that never was a document of its own. */
async function contentsOf(file: Buffer, how: PdfReading, isLast: boolean): Promise<PdfContents | null> {
  try {
    return await pdfContents(Uint8Array.from(file), how);
  } catch (error) {
    if (error instanceof Broken && !isLast) return null;
    throw error;
  }
}

function contentsParts(
  { texts, attachments, unmapped, drawn }: PdfContents,
  file: Buffer,
  path: string,
  depth: number,
  budget: Budget,
): OpenedPart[] {
  const parts = texts.map(({ place, contentType, text }) => textPart(`${path}!${place}`, contentType, text, budget));
  for (const page of unmapped)
    parts.push(closed(`${path}!page-${page}`, file, { class: "document", kind: "pdf: letters that no table maps" }));
  for (const page of drawn) parts.push(closed(`${path}!page-${page}`, file, { class: "image", kind: "a drawn page" }));
  for (const [i, { name, bytes }] of attachments.entries()) {
    budget.inflated(bytes.length);
    const place = `${path}!attachment-${i + 1}`;
    parts.push(textPart(`${place}!names`, "text/plain", name, budget));
    parts.push(...filePartsOf(Buffer.from(bytes), place, name, depth + 1, budget));
  }
  return parts;
}

interface Beside {
  readonly strings: readonly string[];
  readonly pictures: boolean;
  /** A font goes by the numbers of its letters. */
  readonly numbered: boolean;
}

/** Strings and pictures in streams and objects, whether a page shows them or not. */
function besidePages(file: Buffer, text: string, budget: Budget): Beside {
  const strings = stringsIn(withoutStreams(text), true);
  let pictures = false;
  let numbered = NUMBERED.test(plainNames(text));
  for (const { head, data } of streamsIn(file, text, budget)) {
    if (FONT.test(head)) continue;
    const content = data.toString("latin1");
    pictures ||= INLINE_PICTURE.test(content);
    numbered ||= NUMBERED.test(plainNames(content));
    strings.push(
      ...(/^\s*(?:\u00ef\u00bb\u00bf)?</.test(content) ? [data.toString("utf8")] : stringsIn(content, false)),
    );
  }
  return { strings, pictures, numbered };
}

function withoutStreams(text: string): string {
  const pieces: string[] = [];
  for (let at = 0; at >= 0 && at < text.length; ) {
    const begin = text.indexOf("stream", at);
    const end = begin < 0 ? -1 : text.indexOf("endstream", begin + 6);
    pieces.push(text.slice(at, begin < 0 ? undefined : begin));
    at = end < 0 ? -1 : end + 9;
  }
  return pieces.join(" ");
}

const WORD = /[\w@.+-]{4,}/g;
/** Texts are searched for so many strings; what comes after is told once more. */
const SEARCHES_MAX = 2_000;

/** What the pages have told already. */
class Told {
  readonly #texts: readonly string[];
  readonly #words: ReadonlySet<string>;
  #searches = 0;

  constructor(parts: readonly OpenedPart[]) {
    const texts = parts.flatMap(({ bytes, opaque }) => (opaque === null ? [Buffer.from(bytes).toString()] : []));
    this.#words = new Set(texts.flatMap((text) => text.match(WORD) ?? []));
    this.#texts = texts.map(squeezed);
  }

  /** Letters may stand there in a code that only pages know: then what is ASCII in them says it. */
  has(one: string): boolean {
    const words = squeezed(one).match(WORD) ?? [squeezed(one)];
    return words.every((word) => this.#words.has(word) || this.#holds(word));
  }

  #holds(word: string): boolean {
    return ++this.#searches <= SEARCHES_MAX && this.#texts.some((text) => text.includes(word));
  }
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, "");
}

function textPart(path: string, contentType: string, text: string, budget: Budget): OpenedPart {
  const bytes = Buffer.from(text);
  budget.text(bytes.length);
  return { path, bytes, contentType, opaque: null };
}

function closed(path: string, bytes: Uint8Array, opaque: Opaque): OpenedPart {
  return { path, bytes, contentType: "", opaque };
}
