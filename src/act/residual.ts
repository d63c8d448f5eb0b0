// What is found in bytes that were rewritten. Law: nothing but what was meant to leave as it is.

import type { Finding } from "../words.ts";

/**
 * @param again what is found in the rewritten bytes. @param findings what was found before. @param hidden indexes of
 * those that leave as pseudonyms. @returns the first that was not meant to leave, null for none.
 */
export function unexpected(
  again: readonly Finding[],
  findings: readonly Finding[],
  hidden: ReadonlySet<number>,
): Finding | null {
  const expected = new Set(findings.filter((_, i) => !hidden.has(i)).map(identity));
  return again.find((finding) => !expected.has(identity(finding))) ?? null;
}

function identity({ type, original, where }: Finding): string {
  return `${where}\u001f${type}\u001f${original.reveal()}`;
}
