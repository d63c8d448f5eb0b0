// An entry is one line of canonical JSON that fits a C2SP entry bundle: 1 to 65,535 bytes of UTF-8.

import type { Entry } from "../words.ts";
import { canonical } from "./canonical.ts";

/** A bundle's length prefix is a uint16 (C2SP tlog-tiles, "Log entries"). */
export const ENTRY_BYTES_MAX = 65_535;

/**
 * The text that is hashed, stored and shown.
 * @throws TypeError as `canonical`; RangeError over 65,535 bytes: split the people over several entries (ledger.md §1).
 */
export function canonicalEntry(entry: Entry): string {
  const text = canonical(entry);
  const bytes = Buffer.byteLength(text);
  if (bytes > ENTRY_BYTES_MAX) throw new RangeError(`entry: ${bytes} bytes, at most ${ENTRY_BYTES_MAX}`);
  return text;
}
