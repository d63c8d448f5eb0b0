// The decision on what was rewritten and still holds something. Law: a plain block: nothing leaves, so nothing is
// hidden, observed, unread or proven.

import type { Decision, Finding } from "../words.ts";

/** @param left what was found in what would have left. */
export function leftOver({ legal: { proof: _, ...legal } }: Decision, { path, type }: Finding): Decision {
  const reason = { code: "RESIDUAL_PI", article: "PIPL Art.51", path, type };
  return {
    action: "block",
    rule: "residual",
    reasons: [reason],
    cures: ["remove_field"],
    hide: [],
    legal,
    would: null,
  };
}
