// Heads in which nothing was found: a client says the same one again and again. Law: what is not read again was read
// under the same policy, for the same destination and target, and held nothing; whatever varies is read.

import type { Destination, Finding, HeaderPairs, HeadText, Policy, Unreadable } from "../words.ts";
import { credentialTexts, forwardedHeaders } from "./headers.ts";
import { isOwnCredential } from "./marked.ts";
import { isBodySigned } from "./signed.ts";

/** What of a head leaves, and the texts of it that are to be read. */
export interface Head {
  readonly forwarded: HeaderPairs;
  readonly texts: readonly HeadText[];
  /** The caller has signed the body: nothing in it can be rewritten. */
  readonly signed: boolean;
}

interface Said {
  readonly headers: HeaderPairs;
  readonly target: string;
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

/**
 * @param own it is the caller's, with credentials; of an answer nothing but its headers leaves.
 * @param again the list is that of the request before. @param read decodes the texts of a head.
 */
export function headOf(
  { headers, target }: Said,
  own: boolean,
  again: boolean,
  destination: Destination,
  policy: Policy,
  read: (target: string, headers: HeaderPairs) => readonly HeadText[] | Unreadable,
): Head | Unreadable {
  const known = again ? quiet.get(headers) : undefined;
  if (known?.policy === policy && known.destination === destination && known.target === target) return known.head;
  const forwarded = forwardedHeaders(headers, destination);
  const credentials = own ? credentialTexts(headers, destination) : [];
  const texts = read(target, credentials.length === 0 ? forwarded : [...forwarded, ...credentials]);
  if ("code" in texts) return texts;
  const signed = destination.leaves === "request" && isBodySigned(headers, destination);
  return { forwarded, texts, signed };
}

/** Remembers a head in which nothing stands but the destination's own credential. @param findings of the document. */
export function learn(
  { headers, target }: Said,
  { forwarded, texts, signed }: Head,
  findings: readonly Finding[],
  destination: Destination,
  policy: Policy,
): void {
  if (texts.length === 0) return;
  if (findings.some((one) => HEAD.has(one.where) && !isOwnCredential(one, destination))) return;
  quiet.set(headers, { policy, destination, target, head: { forwarded, texts: NONE, signed } });
}
