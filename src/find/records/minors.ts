// Children (PIPL Art. 31: under fourteen, everything about them is sensitive). Law: a child is one whose fourteenth
// birthday has not come on the given day; where the day of birth is not said, the later one counts.

import type { Finding, PiType } from "../../words.ts";

const AGE_OF_CONSENT = 14;
const NONE: readonly number[] = [];
const ISO_DAY = /^(\d{4})-(\d{2})-(\d{2})/;
/** Where the kinds write a day of birth, as yyyymmdd. */
const BIRTH: Readonly<Record<PiType, (canonical: string) => string | null>> = {
  "cn-id": (id) => id.slice(6, 14),
  "cn-id15": (id) => `19${id.slice(6, 12)}`,
  dob: (day) => (day.length === 6 ? `${day}31` : day),
  "cn-fpr": (id) => (id.length === 18 ? id.slice(6, 14) : null),
};

/**
 * @param todayIso the Beijing calendar day, `2026-11-22`: find has no clock.
 * @returns the indices of findings that say of somebody that he or she is under fourteen, in order.
 */
export function minorsOf(findings: readonly Finding[], todayIso: string): readonly number[] {
  if (!findings.some(tellsAge)) return NONE;
  const today = ISO_DAY.exec(todayIso);
  if (today === null) throw new RangeError("minorsOf: todayIso is not an ISO 8601 day");
  const limit = `${Number(today[1]) - AGE_OF_CONSENT}${today[2]}${today[3]}`;
  const minors: number[] = [];
  for (let i = 0; i < findings.length; i++) if (isMinor(findings[i]!, limit)) minors.push(i);
  return minors;
}

function tellsAge({ type }: Finding): boolean {
  return type === "age" || Object.hasOwn(BIRTH, type);
}

/** @param limit born on this day, yyyymmdd, one is fourteen today. */
function isMinor({ type, original, certainty }: Finding, limit: string): boolean {
  if (certainty === "suspect") return false;
  if (type === "age") return Number(original.reveal()) < AGE_OF_CONSENT;
  if (!Object.hasOwn(BIRTH, type)) return false;
  const born = BIRTH[type]!(original.reveal());
  return born !== null && /^\d{8}$/.test(born) && born > limit;
}
