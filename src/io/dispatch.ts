// What is put on the wire. Law: the bytes that were read are the bytes that leave, unchanged where nothing was hidden
// (law 7). A content-encoding is undone for good: what a coding holds besides its text (a gzip member's name and
// comment, brotli's metadata) nobody has read.

import { credentialHeaders, headerOf } from "../flow/headers.ts";
import type { Departure } from "../words.ts";
import type { Asked } from "./perform.ts";
import type { Dispatch } from "./ports.ts";

/** When originals must be restored the answer has to be readable: identity is asked for (and decoded if not obeyed). */
export function dispatchOf({ arrival, route, headers }: Asked, { body, minted }: Departure): Dispatch {
  const sent = headers.concat(credentialHeaders(arrival.headers, route.destination));
  sent.push("accept-encoding", minted.size > 0 ? "identity" : acceptable(arrival.headers));
  return {
    destination: route.destination.id,
    judged: route.destination,
    method: arrival.method,
    path: route.path,
    headers: sent,
    body,
  };
}

/** What the caller can decode, of what the gate could decode too. */
function acceptable(headers: readonly string[]): string {
  const named = headerOf(headers, "accept-encoding").toLowerCase();
  if (named === "") return "identity";
  return ["gzip", "br"].filter((coding) => named.includes(coding)).join(", ") || "identity";
}
