// What findings mean together: rules over the whole document. Law: a rule may add and raise, none takes
// away, and a document in which nothing was found costs one look at its arrays.

import type { Doc, Finding, Policy } from "../../words.ts";
import { aggregated } from "./aggregate.ts";
import { behaviourIn } from "./behaviour.ts";
import { tracked } from "./track.ts";
import { vectorsIn } from "./vectors.ts";

/** @param findings in document order. @returns them with tracks, vectors, behaviour and what they are together. */
export function together(doc: Doc, findings: Finding[], profile: Policy["profile"]): readonly Finding[] {
  const vectors = vectorsIn(doc);
  if (findings.length === 0) return vectors;
  const told = findings.length < 2 ? findings : tracked(doc, findings);
  const more = [...vectors, ...behaviourIn(doc, told, profile)];
  const all = more.length === 0 ? told : [...told, ...more].sort(byPlace);
  return all.length < 2 ? all : aggregated(all, profile);
}

/** Findings outside the body stand after all of it, as they were found. */
function byPlace(a: Finding, b: Finding): number {
  return Number(a.where !== "body") - Number(b.where !== "body") || a.token - b.token || a.start - b.start;
}
