// One spelling per value. Law: what a caller declares and what is found in a body meet in the same canonical form.

import type { PiType } from "../words.ts";
import { DETECTORS } from "./all.ts";
import { NAMED } from "./named.ts";

const ID_UNITS_MAX = 128;
const BY_TYPE = new Map([...DETECTORS, ...Object.values(NAMED)].map((detector) => [detector.type, detector]));

/** @param type a PI type id, or `id` for the caller's own user id. @returns null: malformed, or a type nobody knows. */
export function canonicalise(type: PiType, text: string): string | null {
  if (type !== "id") return BY_TYPE.get(type)?.canonical(text) ?? null;
  const id = text.trim();
  return id === "" || id.length > ID_UNITS_MAX ? null : id;
}
