// One exchange's pseudonyms. Law: the same (type, canonical value) gets the same pseudonym, two values never share one,
// and what is minted depends on nothing but the scope, the key and the values in document order.

import type { Keys, Minted, Original, PiType } from "../words.ts";
import { pseudonymOf } from "./shape.ts";

/** Two values with one code are 2⁻³⁵ apart; that a salted code clashes again, and again, is a broken key. */
const SALTS_MAX = 8;

export interface Mint {
  /**
   * The stand-in for a value. The first sight decides the label's language and the spelling that comes back: one
   * pseudonym stands for "138 0013 8000" and "13800138000" alike, or the recipient would see two people.
   */
  stand(type: PiType, canonical: string, displayed: Original, chinese: boolean): string;
  readonly minted: Minted;
}

/** @throws RangeError when the keyed function gives one code to everything: a body must not leave with shared codes. */
export function createMint(scope: string, keys: Keys): Mint {
  const minted = new Map<string, Original>();
  const byValue = new Map<string, string>();
  const taken = new Set<string>();

  function freshCode(type: PiType, canonical: string): string {
    for (let salt = 0; salt < SALTS_MAX; salt++) {
      const seven = keys.pseudonym(scope, type, salt === 0 ? canonical : `${canonical}\u001f${salt}`);
      if (taken.has(seven)) continue;
      taken.add(seven);
      return seven;
    }
    throw new RangeError("pseudonym codes collide");
  }

  return {
    minted,
    stand(type, canonical, displayed, chinese) {
      const value = `${type}\u001f${canonical}`;
      const known = byValue.get(value);
      if (known !== undefined) return known;
      const pseudonym = pseudonymOf(type, freshCode(type, canonical), chinese);
      byValue.set(value, pseudonym);
      minted.set(pseudonym, displayed);
      return pseudonym;
    },
  };
}
