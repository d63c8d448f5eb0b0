// As what somebody is counted, as a digit: 1 non-sensitive, 2 sensitive, 3 both, 0 gross only (CNT-3). Law: written and
// read here alone; one digit a person, in the order of the people.

/** Counted as non-sensitive, as sensitive. */
interface Classes {
  readonly nonSensitive: boolean;
  readonly sensitive: boolean;
}

export function classDigits(people: readonly Classes[]): string {
  let digits = "";
  for (const { nonSensitive, sensitive } of people) digits += (nonSensitive ? 1 : 0) + (sensitive ? 2 : 0);
  return digits;
}

/** @returns null: the text says nothing of it. */
export function classesAt(digits: string, at: number): Classes | null {
  const digit = "0123".indexOf(digits.charAt(at) || "-");
  return digit < 0 ? null : { nonSensitive: (digit & 1) !== 0, sensitive: (digit & 2) !== 0 };
}
