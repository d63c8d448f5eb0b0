// The admission of a gate, as it is configured. Law: without --policy-keys anybody who can write the folder decides.

import { join } from "node:path";
import type { Config } from "../../config.ts";
import { type Admission, createAdmission } from "./admission.ts";
import { readSigners } from "./signers.ts";

/** @throws ConfigError: the file of keys cannot be used. */
export function admissionOf({ policyKeys, data }: Config): { readonly admission?: Admission } {
  if (policyKeys === null) return {};
  return { admission: createAdmission(readSigners(policyKeys), join(data, "policy", "accepted.json")) };
}
