// GB 11643-1999: the check character and the parts of an 18-character citizen number, and ISO 7064's mod 11-2 beneath
// it.

import { digitOf } from "./compact.ts";

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = "10X98765432";
/** GB/T 2260 provinces, and 81–83 for the residence permits of people from Hong Kong, Macau and Taiwan (2018). */
const PROVINCES: ReadonlySet<string> = new Set(
  "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split(" "),
);
const YEAR_MIN = 1900;
/** Stages have no clock: a bound that no living person's number passes for long. */
const YEAR_MAX = 2049;
const MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export function isProvince(twoDigits: string): boolean {
  return PROVINCES.has(twoDigits);
}

/** @param yyyymmdd eight digits. */
export function isBirthDate(yyyymmdd: string): boolean {
  const year = pairOf(yyyymmdd, 0) * 100 + pairOf(yyyymmdd, 2);
  const month = pairOf(yyyymmdd, 4);
  const day = pairOf(yyyymmdd, 6);
  if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12 || day < 1) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return day <= (month === 2 && !leap ? 28 : MONTH_DAYS[month - 1]!);
}

function pairOf(digits: string, at: number): number {
  return digitOf(digits, at) * 10 + digitOf(digits, at + 1);
}

/** @param id 17 digits and a digit or X. */
export function isChecked(id: string): boolean {
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += (id.charCodeAt(i) - 48) * WEIGHTS[i]!;
  return CHECKS[sum % 11] === id[17];
}
