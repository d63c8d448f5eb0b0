// The counted as version 1 of the file kept them: one row a person with the class bits, nothing of how he or she was
// reached. Law: only read; what is not known stays unknown, and counts for whoever asks.
// Key: exporter (UTF-8) ‖ 0x00 ‖ year (uint16, big-endian) ‖ 16 bytes.

import type { Way } from "../../../words.ts";
import type { CountedRow } from "../embedded/people.ts";
import { classesOf } from "../embedded/reaches.ts";

const KEY_BYTES = 16;
const YEAR_BYTES = 2;

/** By number of the reach, from 1: class bits 0 to 3. */
export const FIRST_REACHES: readonly (readonly Way[])[] = [0, 1, 2, 3].map((bits) => [
  { recipient: null, by: null, ...classesOf(bits) },
]);

export function* firstRows(rows: { getRange(): Iterable<{ key: Buffer; value: Buffer }> }): Iterable<CountedRow> {
  for (const { key, value } of rows.getRange()) {
    const keyAt = key.length - KEY_BYTES;
    const yearAt = keyAt - YEAR_BYTES;
    yield {
      exporter: key.toString("utf8", 0, yearAt - 1),
      year: key.readUInt16BE(yearAt),
      day: 0,
      key: key.toString("base64url", keyAt) as CountedRow["key"],
      reach: value[0]! + 1,
    };
  }
}
