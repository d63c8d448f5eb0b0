// What flow knows of a finding by where it stands. Law: the destination's declared credential, where it should stand,
// is the one secret that leaves; what cannot be rewritten where it stands is marked.

import type { Destination, Finding } from "../words.ts";
import type { Route } from "./route.ts";

/** @param fixed nothing in the body can be rewritten. @returns the same array where nothing is to be said. */
export function marked(
  findings: readonly Finding[],
  fixed: boolean,
  { provider, path, destination }: Route,
): readonly Finding[] {
  const whole = fixed || provider.unrestorable?.(path) === true;
  const mine = findings.some(isSecret) ? findings.filter((one) => !isOwnCredential(one, destination)) : findings;
  if (!whole && provider.roleOf === undefined) return mine;
  return mine.map((one) => (whole || provider.roleOf?.(one.path) === "fixed" ? { ...one, fixed: true } : one));
}

/** The destination's declared credential stands where it should. */
export function isOwnCredential(finding: Finding, { credentials }: Destination): boolean {
  return isSecret(finding) && finding.where === "header" && credentials.headers.includes(finding.path);
}

function isSecret({ identifies }: Finding): boolean {
  return identifies === "secret";
}
