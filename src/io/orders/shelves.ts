// What of the register holds orders. Law of this file: nothing is ever taken out: a hold is lifted, a release revoked,
// and both stay to be read.

import type { Hold, Release } from "../../words.ts";
import type { Register, Shelf } from "../ports.ts";

export interface StoredHold extends Hold {
  /** Open streams of the way were ended, too. */
  readonly hard: boolean;
  /** The file that ordered it: name and digest of what it held; null: the plane. */
  readonly file: string | null;
  /** Two people have taken it away. */
  readonly lifted: { readonly at: string; readonly by: readonly string[]; readonly proposal: string } | null;
}

export interface StoredRelease extends Release {
  readonly proposal: string;
  readonly revoked: { readonly at: string; readonly by: string } | null;
}

/** How often a release has lifted something: told every second; the ledger has each one. */
export interface ReleaseUse {
  readonly id: string;
  readonly uses: number;
  readonly lastAt: string;
}

export function releaseUses(register: Register): Shelf<ReleaseUse> {
  return register.shelf<ReleaseUse>("release-use");
}

export function holdShelf(register: Register): Shelf<StoredHold> {
  return register.shelf<StoredHold>("hold");
}

export function releaseShelf(register: Register): Shelf<StoredRelease> {
  return register.shelf<StoredRelease>("release");
}
