// What the scanner may have seen in a window. Law: a detector is called where one of its bits was seen, and only there.

/** Six digits or more, single separators between them allowed. */
export const DIGITS = 1;
/** Eleven digits or more. */
export const LONG_DIGITS = 2;
export const AT = 4;
export const PLATE = 8;
export const SECRET = 16;
/** Fifteen digits or more. */
export const CARD_DIGITS = 32;
/** DIGITS with a letter right before or after them. */
export const LETTERED = 64;
/** Digits with three or more single points between them: `1.2.3.4`. */
export const DOTTED = 128;
/** Pairs of hexadecimal digits or groups of them, joined by `:`, or pairs by `-`. */
export const COLONS = 256;
/** Nine or more letters and digits in one token, at least four of them digits. */
export const CODE = 512;
/** Four digits and 年. */
export const DATE = 1024;
/** A word before what may hold no digit at all: an account, something about health. */
export const WORDED = 2048;
