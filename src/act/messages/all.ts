// Every code a caller can be told. Law: codes are public and stable; docs/errors.md says the same (a test compares).

import type { Message } from "./entry.ts";
import { FAILURE_MESSAGES } from "./failures.ts";
import { LAW_MESSAGES } from "./law.ts";
import { POLICY_MESSAGES } from "./policy.ts";

/** Reasons in upper snake case, failures and refusals in lower: told to the caller in lower. */
export const CATALOGUE: Readonly<Record<string, Message>> = {
  ...LAW_MESSAGES,
  ...POLICY_MESSAGES,
  ...FAILURE_MESSAGES,
};
