// An office file (docx, xlsx, pptx, odt …) → its texts. Law: every entry of the package is read: by what it is where
// that is known, as any file where not.

import type { OpenedPart } from "../../../words.ts";
import { Broken } from "../broken.ts";
import { PRINTER_SETTINGS, printerText } from "./printer.ts";
import { sharedStrings, sheetText } from "./sheet.ts";
import { attributesJson, type PartText, partText, tellingOnly } from "./text.ts";

/** An unpacked entry of the package. */
export interface Piece {
  readonly name: string;
  readonly path: string;
  readonly bytes: Buffer;
}

const SHARED = /^xl\/sharedStrings\.xml$/i;
const SHEET = /^xl\/(?:work|chart|dialog|macro)sheets\/[^/]+\.xml$/i;
/** Text in paragraphs. */
const TEXTS = [
  /^(?:word|ppt)\/.*\.xml$/i,
  /^xl\/(?:comments|threadedComments|drawings|charts|persons|diagrams)[^/]*\/?.*\.xml$/i,
  /^(?:content|styles)\.xml$/i,
];
/** Names of fonts, colours and styles. */
const LOOKS = /^(?:word|ppt|xl)\/(?:.*\/)?(?:theme\d*|styles|stylesWithEffects|fontTable|tableStyles)\.xml$/i;
/** Properties, relations, workbooks, settings: names and values. */
const VALUES = /\.(?:xml|rels|vml|rdf)$/i;
const OPEN_DOCUMENT = /^application\/vnd\.oasis\.opendocument/;

export function isOffice(pieces: readonly Piece[]): boolean {
  return pieces.some(
    ({ name, bytes }) =>
      name === "[Content_Types].xml" || (name === "mimetype" && OPEN_DOCUMENT.test(bytes.toString("latin1"))),
  );
}

/** @param rest takes the entries that are no markup of the package. */
export function officeParts(pieces: readonly Piece[], rest: (piece: Piece) => OpenedPart[]): OpenedPart[] {
  const strings = new Strings(pieces.find(({ name }) => SHARED.test(name)));
  const parts = pieces.flatMap((piece) => {
    try {
      if (SHARED.test(piece.name)) return [];
      if (SHEET.test(piece.name)) return sheetParts(piece, strings);
      if (LOOKS.test(piece.name)) return textParts(piece, tellingOnly(partText(piece.bytes)));
      if (TEXTS.some((known) => known.test(piece.name))) return textParts(piece, partText(piece.bytes));
      if (VALUES.test(piece.name)) return [part(piece.path, "application/xml", piece.bytes)];
      const printer = PRINTER_SETTINGS.test(piece.name) ? printerText(piece.bytes) : null;
      if (printer !== null) return plain(piece.path, printer);
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      return [{ ...part(piece.path, "", piece.bytes), opaque: { class: "document", kind: error.message } as const }];
    }
    return rest(piece);
  });
  return [...parts, ...strings.parts()];
}

/** The table of texts that cells name by number. What no cell names is read all the same. */
class Strings {
  readonly used = new Set<number>();
  readonly #piece: Piece | undefined;
  readonly #read: ReturnType<typeof sharedStrings> | null = null;
  readonly #fault: string = "";

  constructor(piece: Piece | undefined) {
    this.#piece = piece;
    if (piece === undefined) return;
    try {
      this.#read = sharedStrings(piece.bytes);
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      this.#fault = error.message;
    }
  }

  get items(): readonly string[] {
    return this.#read?.items ?? [];
  }

  parts(): OpenedPart[] {
    if (this.#piece === undefined) return [];
    const { path, bytes } = this.#piece;
    if (this.#read === null) return [{ ...part(path, "", bytes), opaque: { class: "document", kind: this.#fault } }];
    const unused = this.#read.items.filter((_, i) => !this.used.has(i));
    return plain(path, [...unused, this.#read.text].join("\n"));
  }
}

function sheetParts(piece: Piece, strings: Strings): OpenedPart[] {
  const sheet = sheetText(piece.bytes, strings.items, strings.used);
  const cells = sheet.csv === "" ? [] : [part(piece.path, "text/csv", encoded(sheet.csv))];
  return [...cells, ...textParts(piece, sheet)];
}

function textParts({ path }: Piece, { text, attributes }: PartText): OpenedPart[] {
  const values = attributes.size === 0 ? [] : [part(path, "application/json", encoded(attributesJson(attributes)))];
  return [...plain(path, text), ...values];
}

function plain(path: string, text: string): OpenedPart[] {
  return text.trim() === "" ? [] : [part(path, "text/plain", encoded(text))];
}

function part(path: string, contentType: string, bytes: Uint8Array): OpenedPart {
  return { path, bytes, contentType, opaque: null };
}

const encoder = new TextEncoder();

function encoded(text: string): Uint8Array {
  return encoder.encode(text);
}
