// Section 6: duties that bind whatever the route, wherever personal information leaves. One duty is one function.
import { categoriesLeaving, isSensitive, isWithin } from "./classes.ts";
import { dayOf } from "./days.ts";
import type { Consent, Facts } from "./facts.ts";
import { isBasisMadeOut } from "./routes.ts";

/** D1: the notice is complete; in an emergency (E4) it may follow. */
function notice(facts: Facts, rule: string): readonly string[] {
  return facts.notice.missing.length > 0 && rule !== "E4" ? ["NOTICE_INCOMPLETE"] : [];
}

/** Note (c) of section 3: a basis that is claimed and does not hold. */
function basis(facts: Facts): readonly string[] {
  return isBasisMadeOut(facts) === false ? ["BASIS_NOT_MADE_OUT"] : [];
}

function isAfter(instant: string, other: string): boolean {
  return Date.parse(instant) > Date.parse(other);
}

/** A consent ends with a Beijing day, which is still included, or at an instant, which (as in a withdrawal) is not. */
function isOver(until: string | null, at: string): boolean {
  if (until === null) return false;
  return until.length === 10 ? dayOf(at) > until : !isAfter(until, at);
}

/** Which of the categories count as sensitive: of a child all, and all where nobody knows. */
function sensitiveOnes({ data }: Facts): readonly string[] {
  if (data.subjectsUnder14 || data.sensitive === "unknown") return data.categories;
  return data.categories.filter((category) => data.sensitive.includes(category));
}

/** Every category is named; where the consent names sensitive ones apart (PIPL Art. 29), the sensitive ones there. */
function isCategoryMissing(consent: Consent, facts: Facts): boolean {
  const [named, namedSensitive] = [consent.categories, consent.sensitiveCategories];
  if (namedSensitive !== null && !isWithin(sensitiveOnes(facts), namedSensitive)) return true;
  return named !== null && !isWithin(facts.data.categories, [...named, ...(namedSensitive ?? [])]);
}

const CONSENT: readonly (readonly [reason: string, fails: (consent: Consent, facts: Facts) => boolean])[] = [
  ["CONSENT_NOT_SEPARATE", (c) => !c.separate],
  ["CONSENT_WITHDRAWN", (c, f) => c.withdrawnAt !== null && !isAfter(c.withdrawnAt, f.at)],
  ["CONSENT_EXPIRED", (c, f) => isOver(c.validUntil, f.at)],
  ["CONSENT_RECIPIENT", (c, f) => !c.recipients.includes(f.flow.recipient)],
  ["CONSENT_PURPOSE", (c, f) => !c.purposes.includes(f.flow.purpose)],
  ["CONSENT_CATEGORY", isCategoryMissing],
  ["GUARDIAN_CONSENT_MISSING", (c, f) => f.data.subjectsUnder14 && !c.guardian],
  ["SENSITIVE_NOTICE_MISSING", (c, f) => isSensitive(f) && !c.sensitiveNotice],
];

/** D2: separate consent where consent is the basis, or where nothing else is; everywhere under the literal reading. */
function consent(facts: Facts): readonly string[] {
  const isAsked = isBasisMadeOut(facts) !== true || facts.policy.strictSeparateConsent;
  if (!isAsked) return [];
  const record = facts.consent;
  const isGiven = record !== null && (record.givenAt === null || !isAfter(record.givenAt, facts.at));
  if (!isGiven) return ["CONSENT_MISSING"];
  return CONSENT.filter(([, fails]) => fails(record, facts)).map(([reason]) => reason);
}

/** D3: an impact assessment exists and is about this scenario. */
function pipia(facts: Facts): readonly string[] {
  if (!facts.pipia.done) return ["PIPIA_MISSING"];
  return facts.pipia.coversScenario ? [] : ["PIPIA_NOT_COVERING"];
}

/** D5: nothing leaves that the purpose does not need. */
function necessity(facts: Facts): readonly string[] {
  const needed = facts.data.neededForPurpose;
  if (needed === null) return [];
  return isWithin(categoriesLeaving(facts), needed) ? [] : ["NOT_NECESSARY"];
}

/** D7: a processor exports only as the handler told it. */
function processor(facts: Facts): readonly string[] {
  const { role, authorisedByHandler } = facts.exporter;
  return role === "entrusted_processor" && !authorisedByHandler ? ["PROCESSOR_NOT_AUTHORISED"] : [];
}

/**
 * U-8: towards people abroad whose data only pass through (E1), D1 to D3 may be left unchecked.
 * @returns the reasons of all duties that are not met; D4, D6, D8 and D9 are no question of one transfer
 */
export function dutyReasons(facts: Facts, rule: string): readonly string[] {
  const isChecked = rule !== "E1" || facts.policy.transitDutiesChecked;
  const toPeople = [...notice(facts, rule), ...consent(facts), ...pipia(facts)];
  return [...(isChecked ? toPeople : []), ...basis(facts), ...necessity(facts), ...processor(facts)];
}
