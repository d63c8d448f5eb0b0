// Any JSON API. It knows every path and claims nothing about what is done there: a destination that names its
// operations must name `unknown` to let these through.

import type { Provider, Refusal } from "../../../words.ts";

export const anyJson: Provider = {
  id: "any-json",
  modelAt: null,
  operation: () => "unknown",
  canonicalPath: (path) => path,
  refusal: (refusal) => JSON.stringify(errorOf(refusal)),
  streamRefusal: (refusal) => `data: ${JSON.stringify(errorOf(refusal))}\n\n`,
  lanes: { lane: () => null, ends: () => "none" },
};

function errorOf({ decision, code, message, param, reasons }: Refusal): object {
  return { error: { code, message, param, decision, reasons } };
}
