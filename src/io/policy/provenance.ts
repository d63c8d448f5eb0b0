// Who answers for a policy that was loaded: as its folder says, and as signatures show. Law of this file: it stands in
// the log and in the ledger beside the hash and never in it: another reason is not another policy.

import type { Loaded } from "./load.ts";

/** `signedBy`: names of the signers that counted. */
export type Provenance = {
  readonly release?: { readonly [name: string]: string };
  readonly signedBy?: readonly string[];
};

export type GoodLoad = Extract<Loaded, { readonly ok: true }>;

/** Nothing where nobody said anything. */
export function provenanceOf({ said, signedBy }: GoodLoad): Provenance {
  return {
    ...(said.release === null ? {} : { release: said.release as Readonly<Record<string, string>> }),
    ...(signedBy.length === 0 ? {} : { signedBy }),
  };
}
