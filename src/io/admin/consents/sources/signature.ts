// Whether a body comes from whom it says. Law: over the bytes as they came, in constant time, and not much older than
// now where the sender says when it was sent. What comes again changes nothing: an event is known by what it says.

import { createHmac, timingSafeEqual } from "node:crypto";

/** `sha1` is what some senders offer: as an HMAC it still holds. */
export interface Signing {
  readonly algorithm: "sha256" | "sha1";
  /** Lower case. Its value: hex, with or without `sha256=` before it. */
  readonly header: string;
  /** Lower case; seconds since the epoch, signed before the body with a point between; null: the body alone is. */
  readonly timestampHeader: string | null;
  readonly windowSeconds: number;
}

export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

export function isSigned(signing: Signing, secret: string, headers: Headers, body: Uint8Array, nowMs: number): boolean {
  const mac = createHmac(signing.algorithm, secret);
  if (signing.timestampHeader !== null) {
    const sentAt = textOf(headers, signing.timestampHeader);
    if (!/^\d{9,11}$/.test(sentAt)) return false;
    if (Math.abs(nowMs - Number(sentAt) * 1_000) > signing.windowSeconds * 1_000) return false;
    mac.update(`${sentAt}.`);
  }
  const expected = mac.update(body).digest();
  const given = Buffer.from(textOf(headers, signing.header).replace(/^sha(?:1|256)=/, ""), "hex");
  // of equal length always: how long a wrong one is tells nothing
  const padded = Buffer.alloc(expected.length);
  given.copy(padded);
  return timingSafeEqual(expected, padded) && given.length === expected.length;
}

function textOf(headers: Headers, name: string): string {
  const value = headers[name];
  return typeof value === "string" ? value : "";
}
