// The machine-readable zone of a travel document: passports and visas (ICAO 9303-4, 9303-7: TD3, MRV), identity cards
// of two lines and of three (9303-6, 9303-5: TD2, TD1). Law: its number, birth and expiry each carry a check digit,
// weights 7 3 1 modulo 10, all three of which must hold.

import type { Span } from "../detector.ts";
import { matchesOf } from "../shared/pattern.ts";

const NEXT = String.raw`(?:\r?\n|\\n| )?`;
/** Number, check, nationality, birth, check, sex, expiry, check; 8 or 16 of the state's own, checks among them. */
const SECOND =
  /(?<![a-z0-9_])([A-Z0-9<]{9})(\d)[A-Z<]{3}(\d{6})(\d)[MFX<](\d{6})(\d)[A-Z0-9<]{8}(?:[A-Z0-9<]{8})?(?![A-Z0-9<])/g;
const FIRST = new RegExp(`[PVACI][A-Z<][A-Z<]{3}[A-Z<]{31}(?:[A-Z<]{8})?${NEXT}$`);
const FIRST_UNITS_MAX = 46;
/** State, number, check or `<` where the number goes on, 15 of the state's own; birth to expiry, and the name. */
const CARD = new RegExp(
  String.raw`(?<![A-Za-z0-9_])[ACI][A-Z0-9<][A-Z<]{3}([A-Z0-9<]{9})([\d<])([A-Z0-9<]{15})${NEXT}` +
    String.raw`(\d{6})(\d)[MFX<](\d{6})(\d)[A-Z<]{3}[A-Z0-9<]{11}\d(?:${NEXT}[A-Z<]{30})?(?![A-Z0-9<])`,
  "g",
);
/** The rest of a long number, and its check digit. */
const GOES_ON = /^([A-Z0-9]{1,13})(\d)</;
const WEIGHTS = [7, 3, 1];

/** @returns the zones in a text, the line of the name included; the canonical form is the document's number. */
export function zonesIn(text: string): Span[] {
  if (!text.includes("<")) return [];
  return [...linesIn(text), ...cardsIn(text)].sort((one, other) => one.start - other.start);
}

function linesIn(text: string): Span[] {
  const spans: Span[] = [];
  for (const match of matchesOf(SECOND, text)) {
    const [line, number, numberCheck, birth, birthCheck, expiry, expiryCheck] = match as unknown as string[];
    if (!holds(number!, numberCheck!) || !holds(birth!, birthCheck!) || !holds(expiry!, expiryCheck!)) continue;
    const above = FIRST.exec(text.slice(Math.max(0, match.index - FIRST_UNITS_MAX), match.index));
    spans.push(spanOf(match.index - (above?.[0].length ?? 0), match.index + line!.length, number!));
  }
  return spans;
}

function cardsIn(text: string): Span[] {
  const spans: Span[] = [];
  for (const match of matchesOf(CARD, text)) {
    const [zone, begun, beginCheck, own, birth, birthCheck, expiry, expiryCheck] = match as unknown as string[];
    const rest = beginCheck === "<" ? GOES_ON.exec(own!) : null;
    const number = `${begun}${rest?.[1] ?? ""}`;
    if (!holds(number, rest?.[2] ?? beginCheck!) || !holds(birth!, birthCheck!) || !holds(expiry!, expiryCheck!))
      continue;
    spans.push(spanOf(match.index, match.index + zone!.length, number));
  }
  return spans;
}

function spanOf(start: number, end: number, number: string): Span {
  return { start, end, certainty: "checksum", canonical: number.replace(/</g, "") };
}

/** Digits as they are, A is 10, `<` is 0. */
function holds(field: string, digit: string): boolean {
  let sum = 0;
  for (let i = 0; i < field.length; i++) {
    const value = field[i] === "<" ? 0 : Number.parseInt(field[i]!, 36);
    sum += value * WEIGHTS[i % 3]!;
  }
  return String(sum % 10) === digit;
}
