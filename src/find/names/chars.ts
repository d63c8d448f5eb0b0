// What a character is to the model. Law: the same folding serves training and reading; nothing here depends on the text
// around a character.

/** Digits fold to `0`, letters to `A`/`a`, full-width forms to ASCII, other blanks to a space. */
export const FOLD: Uint16Array = foldTable();
/** Han ideographs, `·` excluded. */
export const HAN_FIRST = 0x3400;
export const HAN_LAST = 0x9fff;

export function isHan(code: number): boolean {
  return code >= HAN_FIRST && code <= HAN_LAST;
}

/** By UTF-16 unit: 1 for each of `units`. */
export function tableOf(units: string): Uint8Array {
  const table = new Uint8Array(65536);
  for (let i = 0; i < units.length; i++) table[units.charCodeAt(i)] = 1;
  return table;
}

/** Folds `text` into `codes` from index `at`; the caller made room. */
export function foldInto(text: string, from: number, to: number, codes: Uint16Array, at: number): void {
  for (let i = from; i < to; i++) codes[at + i - from] = FOLD[text.charCodeAt(i)]!;
}

function foldTable(): Uint16Array {
  const table = new Uint16Array(65536);
  for (let code = 0; code < 65536; code++) table[code] = foldOne(code);
  return table;
}

function foldOne(code: number): number {
  const wide = code >= 0xff01 && code <= 0xff5e ? code - 0xfee0 : code;
  if (wide >= 0x30 && wide <= 0x39) return 0x30;
  if (wide >= 0x41 && wide <= 0x5a) return 0x41;
  if (wide >= 0x61 && wide <= 0x7a) return 0x61;
  if (code === 0x3000 || code === 0xa0 || code === 9) return 0x20;
  if (code === 0x0d) return 0x0a;
  if (code === 0x3002) return 0x2e;
  if (code === 0x2022 || code === 0x30fb || code === 0x2027 || code === 0xff65) return 0xb7;
  return wide;
}
