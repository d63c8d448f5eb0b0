// Whether a document tells of a person at all. Law: an illness, a faith, an income without anybody in the same document
// is knowledge about the world and no personal information; with somebody it is sensitive, and nothing is dropped then.

import type { Finding, PiType } from "../../words.ts";

/** What is personal only where a person is: said in words, not in numbers of its own. */
const TOPICS: ReadonlySet<PiType> = new Set([
  "health",
  "religion",
  "criminal",
  "sex-life",
  "credit",
  "disability",
  "income",
  "age",
]);
/** Kinds that are weak, and yet mean one individual: whose they are is written beside them. */
const PEOPLE: ReadonlySet<PiType> = new Set(["person", "dob", "plate", "address", "medical-record"]);

/**
 * @param subject whether the caller declared one: then the document is about somebody, named in it or not.
 * @returns the findings without those topics that nobody stands beside; the same array where none goes.
 */
export function aboutPeople(findings: readonly Finding[], subject: boolean): readonly Finding[] {
  if (subject || !findings.some(({ type }) => TOPICS.has(type)) || findings.some(isPerson)) return findings;
  return findings.filter(({ type }) => !TOPICS.has(type));
}

function isPerson({ type, identifies }: Finding): boolean {
  return identifies === "strong" || PEOPLE.has(type);
}
