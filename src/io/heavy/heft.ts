// Which bodies are read by a thread of their own. Law: what the main thread reads itself is never more than
// LIGHT_BYTES, before and after its content-encoding is undone.

import { undoEncodings } from "../../decode/encodings.ts";

/**
 * The worst of so much, each number another person's, takes about as long as the loop may be kept from turning; most of
 * it takes less than to ask a thread.
 */
export const LIGHT_BYTES = 64 * 1024;

/** What one question to a thread may take: so much, and so much for each MiB that it is about. */
const LIMIT_MS = 10_000;
const LIMIT_MS_PER_MIB = 5_000;

export function limitMsOf(bytes: number): number {
  return LIMIT_MS + Math.ceil(bytes / 2 ** 20) * LIMIT_MS_PER_MIB;
}

/** How large a coded body is shows only when it is undone: that is tried, as far as it may go. */
export function isHeavy({ body, contentEncoding }: { readonly body: Uint8Array; readonly contentEncoding: string }) {
  if (body.byteLength > LIGHT_BYTES) return true;
  if (contentEncoding === "" || body.byteLength === 0) return false;
  const undone = undoEncodings(body, contentEncoding, LIGHT_BYTES);
  return "code" in undone && undone.code === "body_too_large";
}
