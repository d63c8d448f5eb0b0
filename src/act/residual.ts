// What is found in bytes that were rewritten. Law: nothing but what was meant to leave as it is, and the gate's own
// words: a word that says a name stood here is read as a name under a member called so.

import type { Finding } from "../words.ts";
import { type Bounds, ownEnd } from "./own-words.ts";

/**
 * @param again what is found in the rewritten bytes. @param findings what was found before. @param hidden indexes of
 * those that do not leave as they were. @param own where the gate's own words stand in the rewritten bytes.
 * @returns the first that was not meant to leave, null for none.
 */
export function unexpected(
  again: readonly Finding[],
  findings: readonly Finding[],
  hidden: ReadonlySet<number>,
  own: Bounds = [],
): Finding | null {
  const expected = new Set(findings.filter((_, i) => !hidden.has(i)).map(identity));
  return again.find((finding) => !expected.has(identity(finding)) && !isOwn(finding, own)) ?? null;
}

function identity({ type, original, where }: Finding): string {
  return `${where}\u001f${type}\u001f${original.reveal()}`;
}

/** It lies wholly in what the gate wrote. */
function isOwn({ where, byteStart, byteEnd }: Finding, own: Bounds): boolean {
  return where === "body" && byteEnd > byteStart && ownEnd(own, byteStart) >= byteEnd;
}
