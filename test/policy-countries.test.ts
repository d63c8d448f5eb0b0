// Codes of countries: an assigned one is told without Intl, and Intl would have said the same.

import { expect, test } from "vitest";
import { isCountry } from "../src/io/policy/countries.ts";

const NAMES = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });
const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const PAIRS = LETTERS.flatMap((one) => LETTERS.map((other) => one + other));

/** Not countries: user-assigned, and unions. */
const NONE = /^(?:AA|Q[M-Z]|X[A-Z]|ZZ|EU|EZ|UN|UK)$/;

test("of all pairs of letters those that Intl names, but for what is no country", () => {
  const named = PAIRS.filter((code) => !NONE.test(code) && NAMES.of(code) !== undefined);
  expect(PAIRS.filter(isCountry)).toEqual(named);
  expect(named.length).toBeGreaterThan(249);
});

test.each(["", "us", "U", "USA", "U1", "Us", " US", "US\n", "EU", "XX", "ZZ", "001"])("%j is none", (code) => {
  expect(isCountry(code)).toBe(false);
});
