// Patterns with the house's borders. Law: a match never is a part of a longer number, word, version or hash; and every
// pattern is of bounded length, so that matching stays linear.

/** A bordered match: UTF-16 units of the text. */
export interface Match {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const NONE: readonly Match[] = [];

/**
 * @param body an expression of bounded length. The borders are checked outside of it: an expression that opens with a
 * lookbehind is tried at every character, one that opens with its first letter or digit is not.
 */
export function bordered(body: string, flags = ""): (text: string) => readonly Match[] {
  const shape = new RegExp(body, `g${flags}`);
  return (text) => {
    shape.lastIndex = 0;
    let matches: Match[] | null = null;
    for (let found = shape.exec(text); found !== null; found = shape.exec(text)) {
      const start = found.index;
      const end = start + found[0].length;
      if (isBorderBefore(text, start) && isBorderAfter(text, end)) {
        matches ??= [];
        matches.push({ start, end, text: found[0] });
      } else shape.lastIndex = nextBorder(text, start + 1);
    }
    return matches ?? NONE;
  };
}

/** Where a match can begin next: not inside a word, or a long number would be tried at each of its digits. */
function nextBorder(text: string, from: number): number {
  let at = from;
  while (at < text.length && wordAt(text, at - 1) !== 0 && text.charCodeAt(at - 2) !== BACKSLASH) at++;
  return at;
}

/** The whole of a trimmed text, for `canonical`. */
export function whole(body: string, flags = ""): RegExp {
  return new RegExp(`^(?:${body})$`, flags);
}

const BACKSLASH = 0x5c;
const POINT = 0x2e;
/** 1: digit; 2: letter or underscore. */
const WORD = new Uint8Array(128);
for (let code = 0; code < 128; code++)
  WORD[code] = /\d/.test(String.fromCharCode(code)) ? 1 : /\w/.test(String.fromCharCode(code)) ? 2 : 0;

function wordAt(text: string, at: number): number {
  const code = at >= 0 && at < text.length ? text.charCodeAt(at) : BACKSLASH;
  return code < 128 ? WORD[code]! : 0;
}

/**
 * No letter, digit, underscore or decimal point before; but a `\n`, `\r` or `\t` written out, as JSON inside a JSON
 * string
 * has it, is a border although it ends in a letter.
 */
export function isBorderBefore(text: string, start: number): boolean {
  if (wordAt(text, start - 1) === 0) return text.charCodeAt(start - 1) !== POINT || wordAt(text, start - 2) !== 1;
  return text.charCodeAt(start - 2) === BACKSLASH && "nrt".includes(text[start - 1]!);
}

/** The same after; a full stop ends a sentence unless a digit follows it. */
function isBorderAfter(text: string, end: number): boolean {
  return wordAt(text, end) === 0 && (text.charCodeAt(end) !== POINT || wordAt(text, end + 1) !== 1);
}
