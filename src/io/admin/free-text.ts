// Text that people of the plane write: reasons, tickets, references. Law: none of it holds personal information; the
// finder of the gate reads it, and what it finds is refused by its kind, and never told.

import { z } from "zod";
import { findInText } from "../../find/find.ts";
import type { PiType } from "../../words.ts";
import { readNames } from "../names.ts";

const UNITS_MAX = 500;

/** Whether the gate would find somebody, or a credential, in it. */
export function holdsPersonal(text: string): boolean {
  return personalIn(text).length > 0;
}

/** Names are read wherever they stand: nobody labels them in a reason. @returns the kinds, each once. */
function personalIn(text: string): readonly PiType[] {
  const found = findInText(text, "strict", "", readNames("all")).filter(({ identifies }) => identifies !== "none");
  return [...new Set(found.map(({ type }) => type))];
}

/** One line or several, trimmed, not empty. @param unitsMax UTF-16 units. */
export function freeText(unitsMax = UNITS_MAX): z.ZodType<string, string> {
  return z
    .string()
    .trim()
    .min(1)
    .max(unitsMax)
    .refine((text) => !/[\u0000-\u0009\u000b-\u001f\u007f\u2028\u2029]/.test(text), {
      error: "must not hold control characters",
    })
    .refine((text) => !/\p{Surrogate}/u.test(text), { error: "must be well-formed text" })
    .superRefine((text, { addIssue }) => {
      const kinds = personalIn(text);
      if (kinds.length === 0) return;
      const seen = kinds.join(", ");
      addIssue(`must not hold personal information, a name or a number of anybody (seen: ${seen}): say it without`);
    });
}
