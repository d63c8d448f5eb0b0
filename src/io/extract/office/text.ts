// The text of Word's, PowerPoint's and OpenDocument's parts, and of their attributes. Law: a paragraph is one line,
// however many runs it is cut into: a number may change its font in the middle.

import { type Attribute, readMarkup } from "./markup.ts";

/** Ends of these end a line. */
const LINES: ReadonlySet<string> = new Set([
  "p",
  "h",
  "br",
  "cr",
  "tr",
  "si",
  "comment",
  "row",
  "table-row",
  "line-break",
]);
const CELLS: ReadonlySet<string> = new Set(["tc", "tab", "table-cell"]);
/** Whose text runs on in the same line. Any other element's text is a line of its own. */
const RUNS: ReadonlySet<string> = new Set(["t", "delText", "instrText", "delInstrText", "p", "h", "span", "a", "s"]);
/** Sizes, colours, revision ids: nobody's number is as short, and kinds that are shorter need a name. */
const QUIET = /^(?:[-+]?[\d.,%]{0,8}|#?[0-9A-Fa-f]{6}|[0-9A-F]{8})$/;
/** Names of formats, not text. */
const NAMESPACES = [
  /^http:\/\/schemas\.(?:openxmlformats|microsoft)\.(?:org|com)\/[\w/.-]{0,90}$/,
  /^http:\/\/(?:purl\.org|www\.w3\.org|purl\.oclc\.org)\/[\w/.-]{0,90}$/,
  /^urn:(?:schemas-microsoft-com|oasis):[\w:.-]{0,60}$/,
];

export interface PartText {
  readonly text: string;
  /** Values of attributes, each once, by the attribute's name. */
  readonly attributes: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Throws Broken. */
export function partText(xml: Buffer): PartText {
  const pieces: string[] = [];
  const attributes = new Attributes();
  const names: string[] = [];
  readMarkup(xml, {
    open(name, found) {
      names.push(name);
      attributes.add(found);
      if (name === "tab" || name === "tc") pieces.push("\t");
    },
    text(text) {
      if (text === "") return;
      if (RUNS.has(names.at(-1)!)) pieces.push(text);
      else if (text.trim() !== "" && !QUIET.test(text)) pieces.push("\n", text, "\n");
    },
    close(name) {
      names.pop();
      if (LINES.has(name)) pieces.push("\n");
      else if (CELLS.has(name)) pieces.push("\t");
    },
  });
  return { text: pieces.join("").replace(/\n\s*\n+/g, "\n"), attributes: attributes.found };
}

/** Collects values that could mean somebody. */
export class Attributes {
  readonly found = new Map<string, Set<string>>();

  add(attributes: readonly Attribute[]): void {
    for (const { name, value } of attributes) {
      if (QUIET.test(value) || NAMESPACES.some((known) => known.test(value))) continue;
      const values = this.found.get(name);
      if (values === undefined) this.found.set(name, new Set([value]));
      else values.add(value);
    }
  }
}

/** As JSON: what a value means, its name says. */
export function attributesJson(attributes: PartText["attributes"]): string {
  return JSON.stringify([...attributes].flatMap(([name, values]) => [...values].map((value) => ({ [name]: value }))));
}

/** A number, an address, a sentence: more than what a font or a style is called. */
const TELLING = /\d{4}|@|:\/\/|.{48}/;

/** Of fonts and styles: half of them have names that people have. What more than a name stands there is kept. */
export function tellingOnly({ text, attributes }: PartText): PartText {
  const kept = [...attributes].map(([name, values]) => [name, new Set([...values].filter(isTelling))] as const);
  return {
    text: text.split("\n").filter(isTelling).join("\n"),
    attributes: new Map(kept.filter(([, values]) => values.size > 0)),
  };
}

function isTelling(value: string): boolean {
  return TELLING.test(value);
}
