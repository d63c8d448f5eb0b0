// Words in Latin letters within a Chinese line: each is one word, whose shape is all that is asked. Law: a word ends
// with its line.

/** Kinds of what stands in Latin letters: Word, Two Words, CAPITALS, small, with digits, a letter, mIxed. */
export const KIND_LATIN = 50;

export function isLatin(unit: number): boolean {
  return (unit >= 65 && unit <= 90) || (unit >= 97 && unit <= 122) || (unit >= 0xc0 && unit <= 0x24f);
}

function isCapital(unit: number): boolean {
  return (unit >= 65 && unit <= 90) || (unit >= 0xc0 && unit <= 0xde);
}

const isDigit = (unit: number): boolean => unit >= 48 && unit <= 57;

/** The end of the words in Latin letters at `at`: capitalised ones go together over a blank, a dot, a hyphen. */
export function latinEnd(units: Uint16Array, at: number, length: number): number {
  let i = at;
  for (;;) {
    while (i < length && (isLatin(units[i]!) || isDigit(units[i]!))) i++;
    let next = i;
    if (units[next] === 46) next++;
    if (next < length && (units[next] === 32 || units[next] === 45 || units[next] === 0xb7 || units[next] === 39))
      next++;
    if (next === i || next >= length || !isCapital(units[next]!) || !isCapital(units[at]!)) return i;
    i = next;
  }
}

export function latinKind(units: Uint16Array, at: number, end: number): number {
  let capitals = 0;
  let small = 0;
  let words = 0;
  for (let i = at; i < end; i++) {
    const unit = units[i]!;
    if (isDigit(unit)) return KIND_LATIN + 4;
    if (isCapital(unit)) capitals++;
    else if (isLatin(unit)) small++;
    if (isCapital(unit) && (i === at || !isLatin(units[i - 1]!))) words++;
  }
  if (end - at === 1) return KIND_LATIN + 5;
  if (small === 0) return KIND_LATIN + 2;
  if (capitals === 0) return KIND_LATIN + 3;
  return words >= 2 ? KIND_LATIN + 1 : capitals === 1 && words === 1 ? KIND_LATIN : KIND_LATIN + 6;
}
