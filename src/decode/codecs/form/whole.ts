// A body that calls itself a form and is something else, read as whoever believes the label reads it. Law: nothing is
// refused here: what is not text once decoded is read with marks in its place.

import { PERCENT_DEEP, unescapeInto } from "../../escapes.ts";

const SIGN = 0x25;

/** @returns null: nothing in it is percent-encoded. */
export function wholeFormText(bytes: Uint8Array): string | null {
  if (!bytes.includes(SIGN)) return null;
  const out = Buffer.allocUnsafe(bytes.length);
  const length = unescapeInto(bytes, 0, bytes.length, out, PERCENT_DEEP);
  return length === bytes.length ? null : out.subarray(0, length).toString("utf8");
}
