// What is put on the wire. Law: the body is the departure's; where it is unchanged, the very bytes that arrived (law
// 7).

import { credentialHeaders, headerOf } from "../flow/headers.ts";
import type { Inspected } from "../gate.ts";
import type { Departure } from "../words.ts";
import type { Dispatch } from "./ports.ts";

/** When originals must be restored the answer has to be readable: identity is asked for (and decoded if not obeyed). */
export function dispatchOf({ arrival, route, headers, doc }: Inspected, { body, minted }: Departure): Dispatch {
  const untouched = body === doc.bytes;
  const encoding = untouched ? arrival.contentEncoding : "";
  return {
    destination: route.destination.id,
    method: arrival.method,
    path: route.path,
    headers: [
      ...headers,
      ...credentialHeaders(arrival.headers, route.destination),
      ...(encoding === "" ? [] : ["content-encoding", encoding]),
      "accept-encoding",
      minted.size > 0 ? "identity" : acceptable(arrival.headers),
    ],
    body: untouched ? arrival.body : body,
  };
}

/** What the caller can decode, of what the gate could decode too. */
function acceptable(headers: readonly string[]): string {
  const named = headerOf(headers, "accept-encoding").toLowerCase();
  return ["gzip", "br"].filter((coding) => named.includes(coding)).join(", ") || "identity";
}
