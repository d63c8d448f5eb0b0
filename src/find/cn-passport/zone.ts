// The machine-readable zone of a passport (ICAO 9303-4, TD3). Law: its number, birth and expiry each carry a check
// digit, weights 7 3 1 modulo 10, all three of which must hold.

import type { Span } from "../detector.ts";

/** Number, check, nationality, birth, check, sex, expiry, check, personal number, two checks. */
const SECOND = /([A-Z0-9<]{9})(\d)[A-Z<]{3}(\d{6})(\d)[MFX<](\d{6})(\d)[A-Z0-9<]{14}[\d<]\d/g;
const FIRST = /P[A-Z<][A-Z<]{3}[A-Z<]{39}(?:\r?\n|\\n| )?$/;
const FIRST_UNITS_MAX = 46;
const WEIGHTS = [7, 3, 1];

/** @returns the zones in a text, the line of the name included; the canonical form is the passport's number. */
export function zonesIn(text: string): Span[] {
  const spans: Span[] = [];
  if (!text.includes("<")) return spans;
  for (const match of text.matchAll(SECOND)) {
    const [line, number, numberCheck, birth, birthCheck, expiry, expiryCheck] = match as unknown as string[];
    if (check(number!) !== numberCheck || check(birth!) !== birthCheck || check(expiry!) !== expiryCheck) continue;
    const above = FIRST.exec(text.slice(Math.max(0, match.index - FIRST_UNITS_MAX), match.index));
    const start = match.index - (above?.[0].length ?? 0);
    spans.push({ start, end: match.index + line!.length, certainty: "checksum", canonical: number!.replace(/</g, "") });
  }
  return spans;
}

/** Digits as they are, A is 10, `<` is 0. */
function check(field: string): string {
  let sum = 0;
  for (let i = 0; i < field.length; i++) {
    const value = field[i] === "<" ? 0 : Number.parseInt(field[i]!, 36);
    sum += value * WEIGHTS[i % 3]!;
  }
  return String(sum % 10);
}
