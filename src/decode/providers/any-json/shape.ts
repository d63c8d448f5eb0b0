// Any JSON API. It knows every path and claims nothing about what is done there: a destination that names its
// operations must name `unknown` to let these through. Every string is text.

import type { Provider, Refusal } from "../../../words.ts";
import { NO_LANES } from "../lanes.ts";
import { sseEvent } from "../refusals.ts";

export const anyJson: Provider = {
  id: "any-json",
  modelAt: null,
  operation: () => "unknown",
  canonicalPath: (path) => path,
  refusal: (refusal) => JSON.stringify(errorOf(refusal)),
  streamRefusal: (refusal) => sseEvent(errorOf(refusal)),
  lanes: NO_LANES,
};

function errorOf({ decision, code, message, param, reasons }: Refusal): object {
  return { error: { code, message, param, decision, reasons } };
}
