// A PDF's texts as pdf.js reads them: pages, notes, fields, titles, properties. Law: it reads all of it or says which
// page it could not; it runs no script of the document, loads nothing, draws nothing.

import "./node20.ts";
import type { getDocumentProxy } from "unpdf";
import { broken } from "../broken.ts";
import { cmapsOf } from "./cmaps.ts";

export interface PdfText {
  readonly place: string;
  readonly contentType: string;
  readonly text: string;
}

export interface PdfContents {
  readonly texts: readonly PdfText[];
  readonly attachments: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** Pages whose text nobody can be sure of, and pages that are drawn. */
  readonly unmapped: readonly number[];
  readonly drawn: readonly number[];
}

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;
type Page = Awaited<ReturnType<Pdf["getPage"]>>;

const PAGES_MAX = 2_000;
/** What pdf.js says when a font's text cannot be known; it says so and goes on. */
const LOST_TEXT = /cMapUrl|translateFont failed|font loading|ignoring/;
/** Private use, controls, replacement: glyphs that no table maps. A few are bullets. */
const UNMAPPED = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ue000-\uf8ff\ufffd]/g;
const UNMAPPED_KINDS_MAX = 3;
/** Path operators that a blank or ruled page does without. */
const DRAWN_MIN = 1;

/** How a PDF is to be read. */
export interface PdfReading {
  /** Whether to look for pages that are only drawn. */
  readonly drawings: boolean;
  /** No font goes by the numbers of a collection of letters (cmaps.ts). */
  readonly unnumbered: boolean;
}

/** @param file is handed over. Throws Broken. */
export async function pdfContents(file: Uint8Array, { drawings, unnumbered }: PdfReading): Promise<PdfContents> {
  const { getResolvedPDFJS } = await import("unpdf");
  const pdfjs = await getResolvedPDFJS();
  const warnings = watchWarnings();
  const task = pdfjs.getDocument({
    data: file,
    ...{ stopAtErrors: true, isEvalSupported: false, enableXfa: false, disableFontFace: true },
    ...{ useSystemFonts: false, useWorkerFetch: false, isOffscreenCanvasSupported: false, verbosity: 1 },
    // the place is asked for and means nothing: what is read is made in cmaps.ts
    ...{ BinaryDataFactory: cmapsOf(unnumbered), cMapUrl: "none/", cMapPacked: false },
  });
  try {
    const pdf = (await task.promise) as Pdf;
    if (pdf.numPages > PAGES_MAX) broken(`a pdf with more than ${PAGES_MAX} pages`);
    return await readAll(pdf, pdfjs.OPS, drawings, warnings);
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    if (name === "Broken") throw error;
    return broken(name === "PasswordException" ? "an encrypted pdf" : "a broken pdf");
  } finally {
    warnings.done();
    await task.destroy();
  }
}

async function readAll(
  pdf: Pdf,
  ops: Readonly<Record<string, number>>,
  drawings: boolean,
  warnings: Warnings,
): Promise<PdfContents> {
  const texts: PdfText[] = [];
  const [unmapped, drawn]: [number[], number[]] = [[], []];
  const add = (place: string, contentType: string, text: string): void => {
    if (text.trim() !== "") texts.push({ place, contentType, text });
  };
  const json = (place: string, value: unknown): void => {
    if (value !== null && value !== undefined) add(place, "application/json", JSON.stringify(value, plainValue));
  };
  for (let number = 1; number <= pdf.numPages; number++) {
    warnings.take();
    const page = await pdf.getPage(number);
    const text = await pageText(page);
    const kinds = new Set(text.match(UNMAPPED) ?? []).size;
    if (warnings.take() || kinds > UNMAPPED_KINDS_MAX) unmapped.push(number);
    if (drawings && text.trim() === "" && (await isDrawn(page, ops))) drawn.push(number);
    add(`page-${number}`, "text/plain", text.replace(UNMAPPED, " "));
    const notes = (await page.getAnnotations()).map(noteOf).filter((note) => Object.keys(note).length > 0);
    if (notes.length > 0) json(`notes-${number}`, notes);
    page.cleanup();
  }
  const { info, metadata } = await pdf.getMetadata();
  json("properties", info);
  add("metadata", "text/plain", metadata?.getRaw() ?? "");
  json("outline", titlesOf((await pdf.getOutline()) ?? []));
  json("fields", fieldsOf(await pdf.getFieldObjects()));
  json("scripts", await pdf.getJSActions());
  const files: Record<string, { filename: string; content: Uint8Array }> = (await pdf.getAttachments()) ?? {};
  const attachments = Object.values(files).map(({ filename, content }) => ({ name: filename, bytes: content }));
  return { texts, attachments, unmapped, drawn };
}

async function pageText(page: Page): Promise<string> {
  const { items } = await page.getTextContent({ disableNormalization: true });
  return items.map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : "") : "")).join("");
}

/** Nothing but paths on it: letters, perhaps, as outlines. */
async function isDrawn(page: Page, ops: Readonly<Record<string, number>>): Promise<boolean> {
  const { fnArray } = await page.getOperatorList();
  const paths = new Set(["constructPath", "showText", "shadingFill"].map((name) => ops[name]!));
  return fnArray.filter((op) => paths.has(op)).length >= DRAWN_MIN;
}

interface Note {
  readonly [member: string]: unknown;
}

/** What a note says, by whom, and where a link leads. */
function noteOf(note: Note & { contentsObj?: { str: string }; titleObj?: { str: string } }): Note {
  const { url, unsafeUrl, fieldName, fieldValue, alternativeText, contentsObj, titleObj, richText } = note;
  const said = {
    url: unsafeUrl ?? url,
    fieldName,
    fieldValue,
    alternativeText,
    richText: richText ? String(richText) : "",
  };
  const all = { ...said, contents: contentsObj?.str, author: titleObj?.str };
  return Object.fromEntries(
    Object.entries(all).filter(([, value]) => value !== undefined && value !== "" && value !== null),
  );
}

interface Title {
  readonly title: string;
  readonly url?: string | null;
  readonly items: readonly Title[];
}

function titlesOf(outline: readonly Title[]): string[] | null {
  const titles = outline.flatMap(({ title, url, items }): string[] => [title, url ?? "", ...(titlesOf(items) ?? [])]);
  return titles.length === 0 ? null : titles.filter((title) => title !== "");
}

function fieldsOf(fields: unknown): unknown {
  if (fields === null || typeof fields !== "object") return null;
  return Object.entries(fields as Record<string, readonly Record<string, unknown>[]>).map(([name, all]) => ({
    name,
    values: all.map(({ value, defaultValue, tooltip }) => ({ value, defaultValue, tooltip })),
  }));
}

/** Maps and typed arrays of pdf.js. */
function plainValue(_: string, value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries(value);
  return ArrayBuffer.isView(value) ? undefined : value;
}

interface Warnings {
  /** Whether text was lost since the last question. */
  take(): boolean;
  done(): void;
}

/** pdf.js tells of what it skips only on the console, which nobody else uses in this thread. */
function watchWarnings(): Warnings {
  const { log, warn } = console;
  let lost = false;
  console.log = console.warn = (...said: unknown[]) => {
    lost ||= said.some((one) => typeof one === "string" && LOST_TEXT.test(one));
  };
  return {
    take() {
      const was = lost;
      lost = false;
      return was;
    },
    done() {
      Object.assign(console, { log, warn });
    },
  };
}
