// What findings mean together: rules over the whole document. Law: a rule may add and raise, and take away only a guess
// for what stands there; a document in which nothing was found costs one look at its arrays.

import type { Doc, Finding, Policy } from "../../words.ts";
import { aggregated } from "./aggregate.ts";
import { behaviourIn } from "./behaviour.ts";
import { byToken, topicsIn, withoutGuesses } from "./topics.ts";
import { tracked } from "./track.ts";
import { vectorsIn } from "./vectors.ts";

/**
 * @param findings in document order. @param behaving names of members whose value is what somebody did: their tokens.
 * @param texts of strings that were read already.
 * @returns them and what they are together: tracks, topics, behaviour.
 */
export function together(
  doc: Doc,
  findings: Finding[],
  profile: Policy["profile"],
  behaving: ReadonlySet<number>,
  texts: ReadonlyMap<number, string>,
): readonly Finding[] {
  const vectors = vectorsIn(doc);
  if (findings.length === 0) return vectors;
  const told = findings.length < 2 ? findings : tracked(doc, findings);
  const topics = topicsIn(doc, told, profile, texts);
  const known = topics.length === 0 ? told : [...besideTopics(told, topics), ...topics].sort(byPlace);
  const more = behaving.size === 0 ? vectors : [...vectors, ...behaviourIn(doc, known, profile, behaving)];
  const all = more.length === 0 ? known : [...known, ...more].sort(byPlace);
  return all.length < 2 ? all : aggregated(all, profile);
}

/** A guess at a name inside a word of illness is none: the word replaces it. */
function besideTopics(findings: readonly Finding[], topics: readonly Finding[]): readonly Finding[] {
  const words = byToken(topics);
  return findings.filter((one) => one.where !== "body" || withoutGuesses([one], words.get(one.token) ?? []).length > 0);
}

/** Findings outside the body stand after all of it, as they were found. */
function byPlace(a: Finding, b: Finding): number {
  return Number(a.where !== "body") - Number(b.where !== "body") || a.token - b.token || a.start - b.start;
}
