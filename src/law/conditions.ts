// What the law asks of one crossing, line by line: the checks of law.md §5 and §6 by name, and which reason says that
// one is not met. Law: a reason belongs to one condition (a test compares with the catalogue), and a condition that the
// route did not ask for is never called met. It reads what was decided and judges nothing anew.

import type { Outcome, Reason } from "../words.ts";
import { REASONS } from "./reasons.ts";

/** What a decision, or its entry, says of the law's word. */
export interface Held {
  /** null: stopped before it was judged. */
  readonly outcome: Outcome | null;
  /** The law's rule (E7, C2 …); null: not recorded. */
  readonly lawRule: string | null;
  readonly reasons: readonly Reason[];
  readonly legalBasis: string | null;
  readonly switches: Readonly<Record<string, unknown>>;
  readonly mechanism: string | null;
  /** Of that mechanism, or of those that fail; empty: the record does not say. */
  readonly mechanismTypes: readonly string[];
  /** Personal information was found: important data alone bind no duty towards people. */
  readonly personal: boolean;
  /** Somebody in it is under fourteen; something sensitive was found. */
  readonly minors: boolean;
  readonly sensitive: boolean;
  /** Receipts of consent that were looked at. */
  readonly receipts: readonly string[];
  /** Ids of notices and impact assessments that the way rests on, as far as they are known. */
  readonly notices: readonly string[];
  readonly pipias: readonly string[];
}

export type Group = "prohibitions" | "mechanism" | "duties" | "gate";

export interface Condition {
  readonly id: string;
  readonly group: Group;
  readonly met: "yes" | "no" | "not_asked";
  readonly article: string;
  /** Ids of what shows it: mechanism, receipt, notice, assessment. */
  readonly evidence: readonly string[];
  readonly reasons: readonly Reason[];
}

/** A line of a table of conditions. */
export interface ConditionRow {
  readonly id: string;
  readonly group: Group;
  readonly article: string;
  /** Codes of reasons that say it is not met. */
  readonly codes: readonly string[];
  readonly asked: (held: Held) => boolean;
  /** false: the record cannot say whether it was asked, and the row is left out. Absent: it always can. */
  readonly told?: (held: Held) => boolean;
  readonly evidence?: (held: Held) => readonly string[];
}

type Says = (held: Held) => boolean;

const ORDER_OF_PROHIBITIONS = ["X1", "X2", "X3", "X4"];

/** The order of the law stops at the first that matches: what stands behind it was not asked. */
function prohibition(id: string, rule: string): ConditionRow {
  const code = `PROHIBITED_${rule}`;
  const asked: Says = ({ outcome, lawRule }) => {
    if (outcome === null || outcome === "NOT_EXPORT") return false;
    const hit = ORDER_OF_PROHIBITIONS.indexOf(lawRule ?? "");
    return hit < 0 || ORDER_OF_PROHIBITIONS.indexOf(rule) <= hit;
  };
  return { id, group: "prohibitions", article: REASONS[code]!.article, codes: [code], asked };
}

const needsMechanism: Says = ({ outcome }) => outcome === "SC_OR_CERT" || outcome === "ASSESSMENT";

/** None of the exporter's own is on file: then there is nothing to check further. */
const hasMechanism: Says = ({ mechanism, reasons }) =>
  mechanism !== null || reasons.some(({ code, about }) => about !== undefined && OF_A_MECHANISM.has(code));

function mechanism(id: string, codes: readonly string[], types: readonly string[] = []): ConditionRow {
  const isOfType: Says = (held) => types.length === 0 || held.mechanismTypes.some((type) => types.includes(type));
  const asked: Says = (held) => needsMechanism(held) && hasMechanism(held) && isOfType(held);
  const told: Says = (held) => types.length === 0 || held.mechanismTypes.length > 0 || !hasMechanism(held);
  return { id, group: "mechanism", article: REASONS[codes[0]!]!.article, codes, asked, told, evidence: mechanismsIn };
}

/** The one that carries it; without one, those on file, each of which fails something. */
function mechanismsIn({ mechanism: active, reasons }: Held): readonly string[] {
  if (active !== null) return [active];
  return idsIn(reasons.filter(({ code }) => OF_A_MECHANISM.has(code)));
}

const CONTRACTS = ["STANDARD_CONTRACT", "GBA_STANDARD_CONTRACT"];

const MECHANISM: readonly ConditionRow[] = [
  { ...mechanism("mechanism_on_file", ["NO_MECHANISM", "SCOPE_EXPORTER"]), asked: needsMechanism },
  mechanism("mechanism_serves_route", ["MECH_NOT_ALLOWED_FOR_ROUTE"]),
  mechanism("assessment_passed", ["MECH_PENDING"], ["SECURITY_ASSESSMENT"]),
  mechanism("mechanism_not_revoked", ["MECH_REVOKED"]),
  mechanism("certification_not_suspended", ["MECH_SUSPENDED"], ["CERTIFICATION"]),
  mechanism("mechanism_in_effect", ["MECH_NOT_YET_EFFECTIVE"]),
  mechanism("mechanism_not_expired", ["MECH_EXPIRED"]),
  mechanism("contract_filed", ["SC_FILING_OVERDUE", "SC_FILING_REJECTED"], CONTRACTS),
  mechanism("template_unchanged", ["SC_TEMPLATE_MODIFIED"], CONTRACTS),
  mechanism("no_unfiled_change", ["MECH_CHANGE_NOT_REFILED"]),
  mechanism("scope_recipient", ["SCOPE_RECIPIENT"]),
  mechanism("scope_purpose", ["SCOPE_PURPOSE"]),
  mechanism("scope_category", ["SCOPE_CATEGORY"]),
  mechanism("scope_volume", ["SCOPE_VOLUME"]),
  mechanism("scope_onward", ["SCOPE_ONWARD"]),
];

const OF_A_MECHANISM: ReadonlySet<string> = new Set(MECHANISM.flatMap(({ codes }) => codes));

/** Duties that no exemption lifts (Provisions Art. 10); they bind where personal information goes on a lawful route. */
const bound: Says = ({ outcome, lawRule, personal }) =>
  (outcome === "EXEMPT" || outcome === "SC_OR_CERT" || outcome === "ASSESSMENT") && (lawRule !== "I1" || personal);

/** D1–D3; for transit data only under U-8. */
const boundInTransit: Says = (held) =>
  bound(held) && (held.lawRule !== "E1" || held.switches["transitDutiesChecked"] !== false);

/** As law/duties.ts asks: on the basis of consent, where another basis fails, and under the literal Art. 39. */
export const consentNeeded: Says = (held) =>
  boundInTransit(held) &&
  (held.legalBasis === "consent" ||
    held.switches["strictSeparateConsent"] === true ||
    held.reasons.some(({ code }) => code === "BASIS_NOT_MADE_OUT"));

/** There is a consent to look into. */
const consentHeld: Says = (held) => consentNeeded(held) && held.receipts.length > 0;

function duty(id: string, codes: readonly string[], asked: Says, evidence?: ConditionRow["evidence"]): ConditionRow {
  const row = { id, group: "duties" as const, article: REASONS[codes[0]!]!.article, codes, asked };
  return evidence === undefined ? row : { ...row, evidence };
}

const receipts = (held: Held) => held.receipts;

const DUTIES: readonly ConditionRow[] = [
  duty("instruction", ["PROCESSOR_NOT_AUTHORISED"], bound),
  duty("legal_basis", ["BASIS_NOT_MADE_OUT"], bound, ({ legalBasis }) => (legalBasis === null ? [] : [legalBasis])),
  duty("separate_consent", ["CONSENT_MISSING", "CONSENT_NOT_SEPARATE"], consentNeeded, receipts),
  duty("consent_in_force", ["CONSENT_WITHDRAWN", "CONSENT_EXPIRED"], consentHeld, receipts),
  duty("consent_scope", ["CONSENT_RECIPIENT", "CONSENT_PURPOSE", "CONSENT_CATEGORY"], consentHeld, receipts),
  duty("guardian_consent", ["GUARDIAN_CONSENT_MISSING"], (held) => held.minors && consentHeld(held), receipts),
  duty("sensitive_notice", ["SENSITIVE_NOTICE_MISSING"], (held) => held.sensitive && consentHeld(held), receipts),
  // an emergency: notice may follow (PIPL Art. 18(2))
  duty(
    "notice",
    ["NOTICE_INCOMPLETE"],
    (held) => boundInTransit(held) && held.lawRule !== "E4",
    (held) => held.notices,
  ),
  duty("impact_assessment", ["PIPIA_MISSING", "PIPIA_NOT_COVERING"], boundInTransit, (held) => held.pipias),
  duty("necessity", ["NOT_NECESSARY"], bound),
];

/** The law's conditions, in the order in which they are asked. */
export const CONDITIONS: readonly ConditionRow[] = [
  prohibition("no_core_data", "X1"),
  prohibition("recipient_not_restricted", "X2"),
  prohibition("no_foreign_authority", "X3"),
  prohibition("no_stop_order", "X4"),
  ...MECHANISM,
  ...DUTIES,
];

/** @returns the rows: met, not met (with the reasons that say so), or not asked on this route. */
export function conditionsOf(held: Held, rows: readonly ConditionRow[] = CONDITIONS): readonly Condition[] {
  return rows.flatMap(({ id, group, article, codes, asked, told, evidence }) => {
    const reasons = held.reasons.filter(({ code }) => codes.includes(code));
    if (reasons.length === 0 && told?.(held) === false) return [];
    const met = reasons.length > 0 ? "no" : asked(held) ? "yes" : "not_asked";
    const shown = met === "no" ? idsIn(reasons) : [];
    if (met === "yes") shown.push(...(evidence?.(held) ?? []));
    return [{ id, group, met, article: reasons[0]?.article ?? article, evidence: [...new Set(shown)], reasons }];
  });
}

/** Ids of the mechanisms, recipients and purposes that the reasons are about. */
function idsIn(reasons: readonly Reason[]): string[] {
  return reasons.flatMap(({ about }) => (about === undefined ? [] : [about]));
}
