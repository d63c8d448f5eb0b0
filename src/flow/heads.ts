// Heads in which nothing was found: a client says the same one again and again. Law: what is not read again was read
// under the same policy, for the same destination and target, and held nothing; whatever varies is read.

import type { Destination, Finding, HeaderPairs, HeadText, Policy } from "../words.ts";
import { isOwnCredential } from "./marked.ts";

/** What of a head leaves, and the texts of it that are to be read. */
export interface Head {
  readonly forwarded: HeaderPairs;
  readonly texts: readonly HeadText[];
}

interface Read {
  readonly policy: Policy;
  readonly destination: Destination;
  readonly target: string;
  readonly head: Head;
}

/** By the list itself: it goes when its connection does. */
const quiet = new WeakMap<HeaderPairs, Read>();
const NONE: readonly HeadText[] = [];
const HEAD: ReadonlySet<Finding["where"]> = new Set(["header", "path", "query"]);

/** @returns the head without a text to read, or null: it is to be read. */
export function quietHead(headers: HeaderPairs, target: string, destination: Destination, policy: Policy): Head | null {
  const read = quiet.get(headers);
  if (read === undefined || read.policy !== policy || read.destination !== destination) return null;
  return read.target === target ? read.head : null;
}

/** Remembers a head in which nothing stands but the destination's own credential. @param findings of the document. */
export function learn(
  { headers, target }: { readonly headers: HeaderPairs; readonly target: string },
  { forwarded, texts }: Head,
  findings: readonly Finding[],
  destination: Destination,
  policy: Policy,
): void {
  if (texts.length === 0) return;
  if (findings.some((one) => HEAD.has(one.where) && !isOwnCredential(one, destination))) return;
  quiet.set(headers, { policy, destination, target, head: { forwarded, texts: NONE } });
}
