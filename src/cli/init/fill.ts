// A template with the answers in it. Law: an answer goes in as a value of the document and is written by the YAML
// package, which quotes what wants quoting: no text of a person is ever pasted into YAML.

import { type Document, isMap, isScalar, type ParsedNode, parseDocument, visit, type YAMLMap } from "yaml";
import type { Answers } from "./answers.ts";

/** Placeholder → what stands for it. A whole scalar and nothing less. */
type Values = Readonly<Record<string, string | boolean>>;

/**
 * @param text a file of a template. Items with `for: { ciio: […], basis: […] }` stay only where the answers are among
 * those. @param at ISO 8601: when the tests play. @throws Error on a placeholder that nobody knows.
 */
export function filled(text: string, answers: Answers, at: string): string {
  const doc = parseDocument(text, { version: "1.2", merge: false });
  if (doc.errors.length > 0) throw doc.errors[0]!;
  const values: Values = {
    $company: answers.exporter,
    $recipient: answers.recipient,
    $country: answers.country,
    $contact: answers.contact,
    $url: answers.url,
    $now: at,
    $ciio: answers.ciio === "unknown" ? "unknown" : answers.ciio === "yes",
  };
  choose(doc, answers);
  visit(doc, {
    Scalar(_, node) {
      if (typeof node.value !== "string" || !node.value.startsWith("$")) return;
      // in a policy a variable has braces; a placeholder of ours has none
      if (node.value.startsWith("${")) return;
      const value = values[node.value];
      if (value === undefined) throw new Error(`the template has a placeholder ${node.value} that nobody knows`);
      node.value = value;
    },
  });
  return doc.toString({ lineWidth: 0, flowCollectionPadding: true });
}

/** Keeps the items that are for these answers, and takes `for` out of them. */
function choose(doc: Document.Parsed<ParsedNode>, { ciio, basis }: Answers): void {
  visit(doc, {
    Map(key, node) {
      const wanted = node.get("for", true);
      if (wanted === undefined || !isMap(wanted)) return;
      if (!admits(wanted, "ciio", ciio) || !admits(wanted, "basis", basis)) return visit.REMOVE;
      node.delete("for");
      return typeof key === "number" ? undefined : visit.SKIP;
    },
  });
}

function admits(wanted: YAMLMap, name: string, answer: string): boolean {
  const list = wanted.get(name) as { items: unknown[] } | undefined;
  return list === undefined || list.items.some((one) => isScalar(one) && one.value === answer);
}
