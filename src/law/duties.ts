// Duties that no mechanism and no exemption lifts (law.md §6; Provisions Art. 10): authority, basis, consent, notice,
// impact assessment, necessity. They bind where personal information leaves.

import type { DataFacts, LawConsent } from "./facts.ts";
import { type Failure, failure } from "./failure.ts";
import type { Situation } from "./situation.ts";
import { epochMs } from "./year.ts";

/** Consent is asked for on the basis of consent, where another basis fails, and always under the literal Art. 39. */
export function isConsentNeeded(s: Situation): boolean {
  return s.facts.basis.legalBasis === "consent" || !s.basisMadeOut || s.facts.policy.strictSeparateConsent;
}

/** @param rule the route's rule. @param leaving categories that leave in the clear (PS-3). */
export function dutiesUnmet(s: Situation, rule: string, leaving: readonly string[]): readonly Failure[] {
  const { facts } = s;
  const unmet: Failure[] = [];
  if (facts.exporter.role === "entrusted_processor" && !facts.exporter.authorisedByHandler) {
    unmet.push(failure("PROCESSOR_NOT_AUTHORISED"));
  }
  if (!s.basisMadeOut) unmet.push(failure("BASIS_NOT_MADE_OUT", facts.flow.purpose));
  const bindsTransit = rule !== "E1" || facts.policy.transitDutiesChecked;
  if (bindsTransit && isConsentNeeded(s)) unmet.push(...consentUnmet(s, facts.consent));
  // An emergency: notice may follow (PIPL Art. 18(2)).
  if (bindsTransit && rule !== "E4" && facts.notice.missing.length > 0) unmet.push(failure("NOTICE_INCOMPLETE"));
  if (bindsTransit && !facts.pipia.done) unmet.push(failure("PIPIA_MISSING"));
  else if (bindsTransit && !facts.pipia.coversScenario) unmet.push(failure("PIPIA_NOT_COVERING"));
  const needed = facts.data.neededForPurpose;
  const extra = needed === null ? [] : leaving.filter((category) => !needed.includes(category));
  if (extra.length > 0) unmet.push(failure("NOT_NECESSARY", facts.flow.purpose, extra));
  return unmet;
}

/** D2. Categories are those of the original data: a pseudonym does not make up for consent (PS-4). */
function consentUnmet(s: Situation, consent: LawConsent | null): readonly Failure[] {
  const { flow, data } = s.facts;
  if (consent === null || (consent.givenAt !== null && epochMs(consent.givenAt) > s.atMs)) {
    return [failure("CONSENT_MISSING", flow.purpose)];
  }
  const unmet: Failure[] = [];
  if (!consent.separate) unmet.push(failure("CONSENT_NOT_SEPARATE"));
  // The instant of withdrawal already binds; it does not bind backwards (PIPL Art. 15).
  if (consent.withdrawnAt !== null && epochMs(consent.withdrawnAt) <= s.atMs) unmet.push(failure("CONSENT_WITHDRAWN"));
  if (isOver(consent.validUntil, s)) unmet.push(failure("CONSENT_EXPIRED"));
  if (!consent.recipients.includes(flow.recipient)) unmet.push(failure("CONSENT_RECIPIENT", flow.recipient));
  if (!consent.purposes.includes(flow.purpose)) unmet.push(failure("CONSENT_PURPOSE", flow.purpose));
  const outside = data.categories.filter((category) => !isConsented(category, consent, data));
  if (outside.length > 0) unmet.push(failure("CONSENT_CATEGORY", null, outside));
  if (data.subjectsUnder14 && !consent.guardian) unmet.push(failure("GUARDIAN_CONSENT_MISSING"));
  if (s.sensitive && !consent.sensitiveNotice) unmet.push(failure("SENSITIVE_NOTICE_MISSING"));
  return unmet;
}

/** A date is still included; an instant is not. */
function isOver(validUntil: string | null, s: Situation): boolean {
  if (validUntil === null) return false;
  return validUntil.length === 10 ? s.ymd > validUntil : s.atMs >= epochMs(validUntil);
}

/**
 * A sensitive category must be named as such (PIPL Art. 29), where the consent names any. All that is about a child is
 * sensitive (Art. 28), and so is what nobody classified.
 */
function isConsented(category: string, consent: LawConsent, { sensitive, subjectsUnder14 }: DataFacts): boolean {
  const { categories, sensitiveCategories } = consent;
  const isSensitive = subjectsUnder14 || sensitive === "unknown" || sensitive.includes(category);
  if (isSensitive && sensitiveCategories !== null) return sensitiveCategories.includes(category);
  return categories === null || categories.includes(category) || sensitiveCategories?.includes(category) === true;
}
