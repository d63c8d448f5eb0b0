// Short looks at digits as bytes, for `Clause.may`. Law: they read what the detectors read, before any text is made of
// it; where they cannot tell they say yes.

const ZERO = 0x30;

/** @returns the digit at a place, NaN-free: 10 and more for what is none. */
export function digitAt(bytes: Uint8Array, at: number): number {
  const digit = (bytes[at] ?? 0) - ZERO;
  return digit >= 0 && digit <= 9 ? digit : 10;
}

/** @returns how many digits stand in a row from `at`, at most `max`. */
export function digitsFrom(bytes: Uint8Array, at: number, max: number): number {
  let count = 0;
  while (count < max && digitAt(bytes, at + count) < 10) count++;
  return count;
}

/** The number that digits [start, end) write. */
export function numberOf(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) value = value * 10 + digitAt(bytes, at);
  return value;
}

/** ISO/IEC 7812-1 Annex B, over digits [start, end), as ASCII or as numbers. */
export function isLuhnBytes(bytes: Uint8Array, start: number, end: number): boolean {
  let sum = 0;
  for (let at = start; at < end; at++) {
    const digit = bytes[at]! & 0x0f;
    const doubled = (end - at) % 2 === 0 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Whether digits [start, start + 8) can be yyyymmdd of a person's birth. */
export function isBirthBytes(bytes: Uint8Array, start: number): boolean {
  const century = numberOf(bytes, start, start + 2);
  const month = numberOf(bytes, start + 4, start + 6);
  const day = numberOf(bytes, start + 6, start + 8);
  return century >= 18 && century <= 20 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}
