// A corpus: JSON lines of {id, part, source, lang, scope, text | json, spans, decoys?, recall_only?, evasion?}.
// Law of this file: a line that is not one is an error that names the line, never a line less.

import { readFileSync } from "node:fs";

const PARTS = "abcd";

/** @param {string} path @returns {object[]} throws Error with a sentence for the user */
export function readCorpus(path) {
  let text;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new Error(`--corpus: ${error.message}`);
  }
  const docs = text.split("\n").flatMap((line, i) => (line.trim() === "" ? [] : [parsed(line, `${path}:${i + 1}`)]));
  if (docs.length === 0) throw new Error(`--corpus: ${path} holds no line`);
  return docs;
}

function parsed(line, place) {
  let doc;
  try {
    doc = JSON.parse(line);
  } catch {
    throw new Error(`${place}: not a line of JSON`);
  }
  const complain = (what) => {
    throw new Error(`${place}: ${what}`);
  };
  if (typeof doc !== "object" || doc === null || doc.id === undefined) complain('no "id"');
  if ((typeof doc.text === "string") === (typeof doc.json === "string"))
    complain('one of "text" and "json" must be there');
  if (!PARTS.includes(doc.part ?? "?")) complain('"part" must be a, b, c or d');
  if (!Array.isArray(doc.spans)) complain('no "spans"');
  for (const { start, end, type } of doc.spans)
    if (!(start >= 0 && end > start) || typeof type !== "string") complain("a span needs start < end and a type");
  return doc;
}

/** The string that a span of a document lies in. @returns {string} */
export function stringOf(doc, path) {
  if (doc.text !== undefined) return doc.text;
  let value = JSON.parse(doc.json);
  for (const step of (path ?? "").split("/").slice(1))
    value = value?.[step.replaceAll("~1", "/").replaceAll("~0", "~")];
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
