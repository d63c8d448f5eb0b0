// A consent given on a text that a later, material change replaced is no consent to what is done now (PIPL Art. 14 para
// 2). Law of this file: where nobody recorded which text was shown, the day on which consent was given says it.

import { voidedOn } from "../../../law/notices.ts";
import { beijingDate, epochMs } from "../../../law/year.ts";
import type { Case, ConsentState, Notice, Policy, Rule } from "../../../words.ts";
import { legalOf } from "../../legal.ts";
import { forbid, own } from "../../opinions.ts";
import { isPersonal } from "../../personal.ts";

export const supersededNotice: Rule = {
  name: "superseded-notice",
  judge(c) {
    const changed = changedIn(c.policy);
    if (changed.length === 0 || !legalOf(c).consentNeeded) return null;
    const day = beijingDate(epochMs(c.at));
    const reasons = c.individuals.flatMap((one) => {
      const at = one.findings.find((i) => isPersonal(c.findings[i]!));
      const notice = at === undefined || one.consent === null ? null : voiding(changed, c, one.consent, day);
      if (notice === null) return [];
      const { path, type } = c.findings[at!]!;
      return [{ ...own("CONSENT_NOTICE_SUPERSEDED"), about: notice.id, path, type }];
    });
    return reasons.length === 0 ? null : forbid("superseded-notice", reasons);
  },
};

const made = new WeakMap<Policy, readonly Notice[]>();

/** Notices that were changed in what matters; nearly always there is none. */
function changedIn(policy: Policy): readonly Notice[] {
  const known = made.get(policy);
  if (known !== undefined) return known;
  const changed = policy.notices.filter(({ supersedes = [] }) => supersedes.some(({ material }) => material));
  made.set(policy, changed);
  return changed;
}

/** The notice whose change voids this consent, if one does. */
function voiding(changed: readonly Notice[], { flow }: Case, consent: ConsentState, day: string): Notice | null {
  const { notice: shown } = consent;
  const asked = changed.filter((notice) => (shown === null ? isOfWay(notice, flow) : notice.id === shown.id));
  return asked.find((notice) => isVoid(notice, consent, day)) ?? null;
}

/** @param day Beijing date of the crossing. */
export function isVoid(
  notice: Notice,
  { notice: shown, givenAt }: Pick<ConsentState, "notice" | "givenAt">,
  day: string,
) {
  const { supersedes = [], version } = notice;
  if (shown?.version === version) return false;
  if (shown !== null && supersedes.some((one) => one.version === shown.version)) {
    const on = voidedOn(notice, shown.version);
    return on !== null && on <= day;
  }
  // a version that nobody knows, or none: whatever was shown before the last change was not its text
  const last = supersedes.findLast(({ material, on }) => material && on <= day);
  return last !== undefined && beijingDate(epochMs(givenAt)) < last.on;
}

function isOfWay({ exporters, recipients, purposes }: Notice, flow: Case["flow"]): boolean {
  return (
    exporters?.includes(flow.exporter) !== false &&
    recipients.includes(flow.recipient) &&
    purposes.includes(flow.purpose)
  );
}
