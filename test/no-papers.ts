// What a policy that nobody wrote papers for holds of them.

import type { Policy } from "../src/words.ts";

export const NO_PAPERS = {
  unclassified: "general",
  failures: { lawNotReviewed: "warn", calendarUnknown: "warn" },
  warnAt: [0.8, 0.95],
  groups: new Map(),
  exemptions: [],
  proofs: [],
  approvals: [],
  orders: [],
  restricted: [],
  ftzLists: new Map(),
  ftz: [],
  documents: new Map(),
} as const satisfies Partial<Policy>;
