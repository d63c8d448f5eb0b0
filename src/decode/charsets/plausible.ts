// Which charsets unlabelled bytes may be in. Law: wide rather than narrow: every charset that some reader could take
// them for is said, with how well it fits; two that fit alike are for the caller to tell apart.

import { type Charset, decodeAs } from "./decoders.ts";

export interface Fit {
  readonly charset: Charset;
  readonly text: string;
  /** 0 … 1: the share of its characters that people write in that charset. */
  readonly share: number;
}

const SHARE_MIN = 0.5;
/** Every byte means something in Windows-1252: UTF-8 that was cut must not pass for it. */
const LETTERS_MIN = 0.8;
/** UTF-16 and UTF-32 take nearly anything for a character of some script: only plain ones count. */
const WIDE_SHARE_MIN = 0.9;
/** Fewer units than this are chance, unless half of them are ASCII. */
const WIDE_UNITS_MIN = 8;
/** Fewer accents than this are a slip of UTF-8. */
const ACCENTS_MIN = 3;
/** Neither text nor the space between: C0, C1, private use, replacement. */
const UNLIKELY = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f-\u009f\ue000-\uf8ff\ufff0-\uffff]/;

type Share = (bytes: Uint8Array, text: string) => number;

const CANDIDATES: readonly (readonly [Charset, Share, number])[] = [
  ["utf-32le", shareOfPlain, WIDE_SHARE_MIN],
  ["utf-32be", shareOfPlain, WIDE_SHARE_MIN],
  ["utf-16le", shareOfPlain, WIDE_SHARE_MIN],
  ["utf-16be", shareOfPlain, WIDE_SHARE_MIN],
  ["gb18030", (bytes) => shareOfPairs(bytes, isCommonInGb), SHARE_MIN],
  ["big5", (bytes) => shareOfPairs(bytes, isCommonInBig5), SHARE_MIN],
  ["windows-1252", shareOfLetters, LETTERS_MIN],
];

/** @returns the charsets that fit, the best first. Linear: each is tried once. */
export function plausible(bytes: Uint8Array): Fit[] {
  const fits: Fit[] = [];
  for (const [charset, shareOf, least] of CANDIDATES) {
    const text = decodeAs(bytes, charset);
    if (text === null || UNLIKELY.test(text)) continue;
    const share = shareOf(bytes, text);
    if (share >= least) fits.push({ charset, text, share });
  }
  return fits.sort((a, b) => b.share - a.share);
}

function shareOfPlain(_: Uint8Array, text: string): number {
  let plain = 0;
  let ascii = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) ascii++;
    if (isPlain(unit)) plain++;
  }
  const chance = text.length < WIDE_UNITS_MIN && (text.length < 2 || 2 * ascii < text.length);
  return chance ? 0 : plain / text.length;
}

/** ASCII, Latin letters, Chinese and its punctuation, kana, full width. */
function isPlain(unit: number): boolean {
  if (unit < 0x100) return true;
  if (unit >= 0x2000 && unit <= 0x206f) return true;
  if (unit >= 0x3000 && unit <= 0x30ff) return true;
  return (unit >= 0x4e00 && unit <= 0x9fff) || (unit >= 0xff00 && unit <= 0xffef);
}

/** Of the two-byte characters, the share that is common. */
function shareOfPairs(bytes: Uint8Array, common: (lead: number, trail: number) => boolean): number {
  let pairs = 0;
  let commons = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at]! < 0x80) continue;
    pairs++;
    if (common(bytes[at]!, bytes[++at] ?? 0)) commons++;
  }
  return pairs === 0 ? 0 : commons / pairs;
}

/** Level 1 of GB 2312, punctuation, full width. */
function isCommonInGb(lead: number, trail: number): boolean {
  return trail >= 0xa1 && ((lead >= 0xb0 && lead <= 0xd7) || (lead >= 0xa1 && lead <= 0xa3));
}

/** Frequently used characters of Big5, punctuation, full width. */
function isCommonInBig5(lead: number): boolean {
  return lead >= 0xa1 && lead <= 0xc6;
}

/** Of the bytes above ASCII, the share that are letters and stand one or two together, as accents do. */
function shareOfLetters(bytes: Uint8Array): number {
  let high = 0;
  let letters = 0;
  for (let at = 0; at < bytes.length; ) {
    let end = at;
    let accents = 0;
    for (; end < bytes.length && bytes[end]! >= 0x80; end++)
      if (bytes[end]! >= 0xc0 && bytes[end] !== 0xd7 && bytes[end] !== 0xf7) accents++;
    high += end - at;
    if (end - at <= 2) letters += accents;
    at = Math.max(end, at + 1);
  }
  return high < ACCENTS_MIN ? 0 : letters / high;
}
