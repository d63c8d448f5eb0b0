// Requests whose body the caller has signed. Law: rewritten they would be refused over there, or worse, accepted by one
// reader and not by another: what is found in them can only pass or block.

import type { Destination, HeaderPairs } from "../words.ts";
import { credentialHeaders, forwardedHeaders } from "./headers.ts";

/** AWS4-HMAC-SHA256, AWS4-ECDSA-P256-SHA256, TC3-, ACS3-, SDK-, GOOG4- and plain HMAC-SHA256: all name a signature. */
const SIGNATURE = /^[A-Z0-9]*-?(?:HMAC|RSA|ECDSA)-[A-Z0-9-]+ .*\bSignature=/i;
/** RFC 9530, RFC 3230, RFC 1864, RFC 9421; Amazon's own. */
const DIGESTS: ReadonlySet<string> = new Set([
  "content-digest",
  "repr-digest",
  "digest",
  "content-md5",
  "signature-input",
  "x-amz-content-sha256",
]);
const UNSIGNED = "UNSIGNED-PAYLOAD";

/** @param headers of the caller. A signature that the gate replaces by a credential of its own says nothing. */
export function isBodySigned(headers: HeaderPairs, destination: Destination): boolean {
  const leaving = forwardedHeaders(headers, destination);
  let signed = false;
  for (let i = 0; i + 1 < leaving.length; i += 2) {
    if (leaving[i + 1] === UNSIGNED) return false;
    signed ||= DIGESTS.has(leaving[i]!);
  }
  if (signed || destination.credentials.mode === "inject") return signed;
  return credentialHeaders(headers, destination).some((text, i) => i % 2 === 1 && SIGNATURE.test(text));
}
