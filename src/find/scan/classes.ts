// One lookup a byte: what a byte is to the trigger scanner. Law: every byte that can start or carry a trigger has a
// class; all of those lie between `0` and `\` or are not ASCII, so that eight bytes outside are passed over at once.

export const PLAIN = 0;
export const DIGIT = 1;
export const UPPER = 2;
export const AT_SIGN = 3;
export const ESCAPE = 4;
export const COLON = 5;
/** Not ASCII. */
export const HIGH = 6;
export const BRACKET = 7;

/** Classes that stop the scanner. */
export const CLASSES = new Uint8Array(256);
CLASSES.fill(DIGIT, 0x30, 0x3a);
CLASSES.fill(UPPER, 0x41, 0x5b);
CLASSES[0x40] = AT_SIGN;
CLASSES[0x5c] = ESCAPE;
CLASSES[0x3a] = COLON;
CLASSES[0x5b] = BRACKET;
CLASSES.fill(HIGH, 0x80);

/**
 * Whether a text holds any byte that can start a trigger. A backslash cannot: it only says what the next letter
 * belongs to.
 */
export const MARKED = /[0-9@A-Z:[\x80-\uffff]|vx|wxid_|echat|\(at/;

const table = (characters: string) => {
  const bytes = new Uint8Array(256);
  for (const character of characters) bytes[character.charCodeAt(0)] = 1;
  return bytes;
};

const DIGITS = "0123456789";
const UPPERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const LOWERS = UPPERS.toLowerCase();

/** May stand alone between two digits of one number. */
export const SEPARATORS = table(" -.");
/** Letters, digits and what joins them into one token: a window never cuts one. */
export const TOKEN = table(`${DIGITS}${UPPERS}${LOWERS}_-.+%@`);
/** What may stand before the first capital or digit of a credential's prefix. */
export const PREFIX = table(`${LOWERS}_-`);
export const ALPHANUMERIC = table(DIGITS + UPPERS + LOWERS);
export const LETTERS = table(UPPERS + LOWERS);
