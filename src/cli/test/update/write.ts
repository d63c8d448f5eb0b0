// A new case at the end of a test file. Law: what stands in the file stays as it is written, comments too; nothing is
// half written.

import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { Document, isCollection, parseDocument, visit, type YAMLMap, type YAMLSeq } from "yaml";
import type { Candidate } from "./rebuild.ts";

const YAML = { version: "1.2", merge: false } as const;
const AS_WRITTEN = { lineWidth: 0 } as const;

interface Read {
  readonly cases?: readonly unknown[];
  readonly fixtures?: Readonly<Record<string, unknown>>;
}

/**
 * @param before the file's text; null: there is none yet. @returns the text with the case.
 * @throws Error when the file is not well formed, has such fixtures already, or would not keep what it holds.
 */
export function appended(before: string | null, { fixtures, written }: Candidate, at: string): string {
  let text = before ?? fresh(at);
  const old = read(text);
  for (const [name, fixture] of Object.entries(fixtures)) {
    if (Object.hasOwn(old.fixtures ?? {}, name)) throw new Error(`the file has a fixture ${name} already`);
    text = put(text, "fixtures", { [name]: fixture });
  }
  text = put(text, "cases", [written]);
  const now = read(text);
  const kept = Object.entries(old.fixtures ?? {}).every(([name, one]) => isDeepStrictEqual(now.fixtures?.[name], one));
  if (!kept || !isDeepStrictEqual(now.cases?.slice(0, -1), old.cases ?? []))
    throw new Error("what stands in the file would have changed");
  return text;
}

function fresh(at: string): string {
  const doc = new Document({ suite: "recorded decisions", at, fixtures: {}, cases: [] }, { version: "1.2" });
  doc.commentBefore = " Recorded decisions with made-up values: yumen test DIR --update-from dec_…";
  return String(doc);
}

function read(text: string): Read {
  const doc = parseDocument(text, YAML);
  if (doc.errors.length > 0) throw new Error("the test file is not well formed");
  return (doc.toJS({ maxAliasCount: 100 }) ?? {}) as Read;
}

/**
 * Into the list or map of that name. One that is written in lines gets more lines, and no other byte changes; one that
 * is not there, is empty or is written in brackets is set through the document, which lays it out anew.
 */
function put(text: string, name: "fixtures" | "cases", more: object): string {
  const doc = parseDocument(text, YAML);
  const node = doc.get(name, true) as YAMLMap | YAMLSeq | undefined;
  if (isCollection(node) && node.flow !== true && node.items.length > 0 && node.range) {
    const [start, , end] = node.range;
    const indent = " ".repeat(start - (text.lastIndexOf("\n", start - 1) + 1));
    const head = text.slice(0, end);
    const lines = textOf(more).replace(/^(?=.)/gm, indent);
    const gap = name === "cases" ? "\n" : "";
    return `${head}${head.endsWith("\n") ? "" : "\n"}${gap}${lines}${text.slice(end)}`;
  }
  const made = nodeOf(doc, more);
  if (isCollection(node)) for (const item of made.items) node.items.push(item as never);
  else doc.set(name, made);
  if (isCollection(node)) node.flow = false;
  return doc.toString(AS_WRITTEN);
}

function textOf(more: object): string {
  const doc = new Document(null, { version: "1.2" });
  doc.contents = nodeOf(doc, more) as never;
  return doc.toString(AS_WRITTEN);
}

/** A person, and what a case asks and expects, each on one line, as people write them. */
function nodeOf(doc: Document, more: object): YAMLMap | YAMLSeq {
  const node = doc.createNode(more) as YAMLMap | YAMLSeq;
  visit(node as never, {
    Collection(_, one, path) {
      one.flow = path.filter(isCollection).length >= (Array.isArray(more) ? 2 : 1);
    },
  });
  return node;
}

/** Null: there is none. */
export async function fileText(file: string): Promise<string | null> {
  return readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
}

/** Whole or not at all. */
export async function replaceFile(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const beside = join(dirname(file), `.${basename(file)}.new`);
  await writeFile(beside, text);
  await rename(beside, file);
}
