// The shape of a pseudonym: `<LABEL_CODE>`. Law: two codes differ in at least two characters, so that no altered form
// that restore accepts maps to two pseudonyms.

import { KINDS, kindOfType } from "./kinds.ts";

/** Base32 without look-alikes (Crockford): no I, L, O, U. What `Keys.pseudonym` must speak. */
export const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Seven characters of HMAC and one check character. Always eight: its length must not depend on its neighbours. */
export const CODE_UNITS = 8;

/** Labels of kinds that no table knows are cut here. */
export const LABEL_UNITS_MAX = 16;

/** Longest pseudonym that we mint, in UTF-16 units: `<` label `_` code `>`. Bounds what a restorer may hold back. */
export const PSEUDONYM_UNITS_MAX = 1 + LABEL_UNITS_MAX + 1 + CODE_UNITS + 1;

const HAN = /\p{Script=Han}/u;
const SHAPE = /^<(.{1,16})_([0-9A-HJKMNP-TV-Z]{8})>$/u;

/**
 * The check character of seven: their sum weighted by α … α⁷ over GF(2⁵), x⁵ + x² + 1. The weights differ and none is
 * zero, so every single substitution and every swap of two characters shows.
 * @throws RangeError when a character is not of ALPHABET: the keys and the shape disagree, a bug.
 */
export function checkCharacter(seven: string): string {
  let sum = 0;
  for (const character of seven) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) throw new RangeError("pseudonym code outside its alphabet");
    sum = timesAlpha(sum ^ value);
  }
  return ALPHABET.charAt(sum);
}

function timesAlpha(value: number): number {
  const doubled = value << 1;
  return doubled & 0x20 ? doubled ^ 0x25 : doubled;
}

/** Whether eight upper-case characters are a code that somebody minted, rather than a word that looks like one. */
export function isCode(eight: string): boolean {
  if (eight.length !== CODE_UNITS) return false;
  for (const character of eight) if (!ALPHABET.includes(character)) return false;
  return checkCharacter(eight.slice(0, 7)) === eight.charAt(7);
}

/** `<CN_ID_7K2QW9X4>`, or `<身份证_7K2QW9X4>` where the text around it is Chinese. */
export function pseudonymOf(type: string, seven: string, chinese: boolean): string {
  return `<${labelOf(type, chinese)}_${seven}${checkCharacter(seven)}>`;
}

/** Label and code of a pseudonym in its minted form; null for anything else. */
export function partsOf(pseudonym: string): { readonly label: string; readonly code: string } | null {
  const match = SHAPE.exec(pseudonym);
  return match === null ? null : { label: match[1]!, code: match[2]! };
}

export function labelOf(type: string, chinese: boolean): string {
  if (chinese) {
    const kind = kindOfType(type);
    if (kind !== undefined) return kind.label;
  }
  const plain = type.toUpperCase().replace(/[^A-Z0-9]+/g, "_");
  return plain.replace(/^_+/, "").slice(0, LABEL_UNITS_MAX).replace(/_+$/, "") || "PI";
}

/** Whether a string's language asks for Chinese labels. */
export function isChinese(text: string): boolean {
  return HAN.test(text);
}

/** The label itself and its translation: models translate `<姓名_…>` to `<PERSON_…>` when they change language. */
export function labelsLike(label: string): readonly string[] {
  return LABELS.get(label) ?? [label];
}

/** Every label that the table knows, in both languages. */
export const LABELS: ReadonlyMap<string, readonly string[]> = labelTable();

function labelTable(): Map<string, readonly string[]> {
  const table = new Map<string, readonly string[]>();
  for (const type of Object.keys(KINDS)) {
    const both = [labelOf(type, false), labelOf(type, true)];
    for (const label of both) table.set(label, both);
  }
  return table;
}
