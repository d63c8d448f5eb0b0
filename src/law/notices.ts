// Which versions of a notice no longer carry a consent (PIPL Art. 14 para 2: where purpose, manner or kinds change,
// consent is obtained anew). Law: a material change voids the version that it replaced and all before it.

import type { Notice } from "../words.ts";

/** @param supersedes the oldest first. */
export function voidedVersions(supersedes: NonNullable<Notice["supersedes"]>): readonly string[] {
  const last = supersedes.map(({ material }) => material).lastIndexOf(true);
  return supersedes.slice(0, last + 1).map(({ version }) => version);
}

/** The day from which consents on a version no longer cover; null: they still do. */
export function voidedOn({ supersedes = [] }: Pick<Notice, "supersedes">, version: string): string | null {
  const at = supersedes.findIndex((one) => one.version === version);
  return at < 0 ? null : (supersedes.slice(at).find(({ material }) => material)?.on ?? null);
}
