// Whether a body comes from whom it says. Law: over the bytes as they came, in constant time, and not much older than
// now where the sender says when it was sent. What comes again changes nothing: an event is known by what it says.
// Segment: "The HMAC is a hex-encoded SHA1 hash generated using the shared secret and the request body", X-Signature;
// of a batch "Segment signs the first event in the batch rather than the whole batch", as JSON.stringify writes it
// (segment.com/docs/connections/destinations/catalog/actions-webhook and …/webhooks, read at commit 747b35d of
// segmentio/segment-docs, 2025-11-07). OneTrust documents no signature of its outbound calls: a header of its workflow
// can hold the secret itself, `bearer` (developer.onetrust.com/onetrust/docs/integrating-with-webhooks).

import { createHmac, timingSafeEqual } from "node:crypto";

/** `sha1` is what some senders offer: as an HMAC it still holds. `bearer`: the secret itself, by TLS. */
export interface Signing {
  readonly algorithm: "sha256" | "sha1" | "bearer";
  /** Lower case. Its value: hex, with or without `sha256=` before it; of a bearer the secret, after `Bearer `. */
  readonly header: string;
  /** Lower case; seconds since the epoch, signed before the body with a point between; null: the body alone is. */
  readonly timestampHeader: string | null;
  readonly windowSeconds: number;
  /** Where the body is a list, its first event alone is signed. */
  readonly firstOfBatch?: boolean;
}

export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What the signature vouches for: all of the body, the first of its events, nothing. */
export type Signed = "whole" | "first" | null;

export function signedOf(signing: Signing, secret: string, headers: Headers, body: Uint8Array, nowMs: number): Signed {
  if (signing.algorithm === "bearer") return isBearer(signing, secret, headers) ? "whole" : null;
  if (isSigned(signing.algorithm, signing, secret, headers, body, nowMs)) return "whole";
  const first = signing.firstOfBatch === true ? firstIn(body) : null;
  return first !== null && isSigned(signing.algorithm, signing, secret, headers, first, nowMs) ? "first" : null;
}

function isSigned(
  algorithm: "sha256" | "sha1",
  { header, timestampHeader, windowSeconds }: Signing,
  secret: string,
  headers: Headers,
  body: Uint8Array,
  nowMs: number,
): boolean {
  const mac = createHmac(algorithm, secret);
  if (timestampHeader !== null) {
    const sentAt = textOf(headers, timestampHeader);
    if (!/^\d{9,11}$/.test(sentAt)) return false;
    if (Math.abs(nowMs - Number(sentAt) * 1_000) > windowSeconds * 1_000) return false;
    mac.update(`${sentAt}.`);
  }
  const expected = mac.update(body).digest();
  const given = Buffer.from(textOf(headers, header).replace(/^sha(?:1|256)=/, ""), "hex");
  return isSame(expected, given);
}

/** By a keyed digest of both: how long a wrong one is tells nothing. */
function isBearer({ header }: Signing, secret: string, headers: Headers): boolean {
  const given = textOf(headers, header).replace(/^Bearer /i, "");
  const digest = (text: string) => createHmac("sha256", secret).update(text).digest();
  return isSame(digest(secret), digest(given));
}

function isSame(expected: Buffer, given: Buffer): boolean {
  // of equal length always
  const padded = Buffer.alloc(expected.length);
  given.copy(padded);
  return timingSafeEqual(expected, padded) && given.length === expected.length;
}

/** @returns the first event of a list as its sender wrote it to sign it, or null. */
function firstIn(body: Uint8Array): Buffer | null {
  if (body[0] !== 0x5b) return null;
  try {
    const [first] = JSON.parse(Buffer.from(body).toString("utf8")) as readonly unknown[];
    return first === undefined ? null : Buffer.from(JSON.stringify(first));
  } catch {
    return null;
  }
}

function textOf(headers: Headers, name: string): string {
  const value = headers[name];
  return typeof value === "string" ? value : "";
}
