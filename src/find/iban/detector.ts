// IBAN (ISO 13616). Law: a country of the registry, that country's length, and ISO 7064 mod 97-10; in one piece or by
// fours.

import type { Detector, Span } from "../detector.ts";
import { CODE, DIGITS } from "../scan/bits.ts";
import { digitAt } from "../shared/bytes.ts";
import { isDigit } from "../shared/compact.ts";
import { beginning, startsOf } from "../shared/pattern.ts";
import { IBAN_LENGTHS } from "./lengths.ts";

const HEAD = "[A-Z]{2}\\d{2}[A-Z0-9]{0,60}(?:[ -][A-Z0-9])?";
const STARTS = startsOf(HEAD, "i");
const GROUP = 4;

export const iban: Detector = {
  type: "iban",
  triggers: DIGITS | CODE,
  clauses: [{ shape: beginning(HEAD, "i"), may }],
  identifies: "strong",
  sensitivity: { strict: true, gbt45574: true },
  find(text) {
    const spans: Span[] = [];
    for (const start of STARTS(text)) {
      const end = isDigit(text.charCodeAt(start + 2)) && isDigit(text.charCodeAt(start + 3)) ? endOf(text, start) : -1;
      const canonical = end < 0 ? "" : compact(text.slice(start, end));
      if (canonical !== "" && isChecked(canonical)) spans.push({ start, end, certainty: "checksum", canonical });
    }
    return spans;
  },
  canonical(text) {
    const trimmed = text.trim();
    return endOf(trimmed, 0) === trimmed.length && isChecked(compact(trimmed)) ? compact(trimmed) : null;
  },
};

/** @returns where the country's number of characters ends, separators only after each fourth; -1 where it does not. */
function endOf(text: string, start: number): number {
  const length = IBAN_LENGTHS.get(text.slice(start, start + 2).toUpperCase());
  if (length === undefined) return -1;
  let at = start;
  for (let count = 0; count < length; count++, at++) {
    if (count > 0 && count % GROUP === 0 && (text[at] === " " || text[at] === "-")) at++;
    if (!isAlphanumeric(text.charCodeAt(at))) return -1;
  }
  return isAlphanumeric(text.charCodeAt(at)) ? -1 : at;
}

function isAlphanumeric(code: number): boolean {
  const lower = code | 0x20;
  return (code >= 0x30 && code <= 0x39) || (lower >= 0x61 && lower <= 0x7a);
}

function compact(text: string): string {
  return text.replace(/[ -]/g, "").toUpperCase();
}

/** The first four to the end, letters as 10…35: the number leaves 1 when divided by 97. */
function isChecked(code: string): boolean {
  let rest = 0;
  for (let i = 0; i < code.length; i++) {
    const value = Number.parseInt(code[(i + GROUP) % code.length]!, 36);
    rest = (rest * (value < 10 ? 10 : 100) + value) % 97;
  }
  return rest === 1;
}

/** A country of the registry, then two digits. */
function may(bytes: Uint8Array, start: number): boolean {
  if (digitAt(bytes, start + 2) > 9 || digitAt(bytes, start + 3) > 9) return false;
  return IBAN_LENGTHS.has(String.fromCharCode(bytes[start]!, bytes[start + 1]!).toUpperCase());
}
