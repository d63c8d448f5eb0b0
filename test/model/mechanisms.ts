// Section 5: a mechanism is active when every check of the table holds. One row of the table is one row here.
import { categoriesLeaving, isPersonal, isWithin } from "./classes.ts";
import { type Counts, countPeopleSentTo } from "./counting.ts";
import { dayOf, lastOfThreeYears, workingDayAfter } from "./days.ts";
import type { Facts, Mechanism } from "./facts.ts";

interface Asked {
  readonly facts: Facts;
  readonly today: string;
  readonly allowed: readonly string[];
  readonly counts: Counts;
}
type Row = readonly [reason: string, fails: (m: Mechanism, asked: Asked) => boolean];

const isAssessment = (m: Mechanism) => m.type === "SECURITY_ASSESSMENT";
const isBayArea = (m: Mechanism) => m.type === "GBA_STANDARD_CONTRACT";
const isContract = (m: Mechanism) => m.type === "STANDARD_CONTRACT" || isBayArea(m);
const isPending = (m: Mechanism) => m.status === "pending";

function isRevoked(m: Mechanism): boolean {
  return ["failed", "terminated", "revoked"].includes(m.status ?? "active");
}

/** A result and a certificate begin when they are issued; a contract when it takes effect, which only it can say. */
function startOf(m: Mechanism): string | null {
  return m.validFrom ?? (isContract(m) ? null : (m.issueDate ?? null));
}

/** Without a start nothing has started; a declared assessment has no dates yet, it is only pending. */
function isNotStarted(m: Mechanism, today: string): boolean {
  const start = startOf(m);
  return start === null ? !isPending(m) : today < start;
}

/** U-11, switched on: what was issued when two years were the rule has three once Provisions Art.9 is in force. */
function isGivenThreeYears(m: Mechanism, issued: string, { facts, today }: Asked): boolean {
  const provisions = "2024-03-22";
  return facts.policy.assessmentRunsThreeYears && isAssessment(m) && issued < provisions && today >= provisions;
}

/** The day on the paper, or that of three years if there is none, or if they are more and given. */
function plainLastDay(m: Mechanism, asked: Asked): string | null {
  const issued = m.issueDate ?? m.validFrom ?? null;
  const paper = m.validUntil ?? null;
  if (issued === null) return paper;
  const three = lastOfThreeYears(issued);
  if (paper === null) return three;
  return isGivenThreeYears(m, issued, asked) && three > paper ? three : paper;
}

/** Only an assessment's end can be put off. */
function lastDay(m: Mechanism, asked: Asked): string | null {
  const stated = plainLastDay(m, asked);
  const extended = isAssessment(m) ? (m.extendedUntil ?? null) : null;
  return stated !== null && extended !== null && extended > stated ? extended : stated;
}

function isEnded(m: Mechanism, asked: Asked): boolean {
  const last = lastDay(m, asked);
  return last !== null && asked.today > last;
}

/** Filing: open until the tenth working day after effect, that day included. */
function isUnfiled(m: Mechanism, today: string): boolean {
  const start = startOf(m);
  if (!isContract(m) || start === null || today < start || m.filingRejected === true) return false;
  const filed = m.filedDate ?? null;
  return filed === null || filed > today;
}

function isFilingTimeOver(m: Mechanism, today: string): boolean {
  const start = startOf(m);
  return start !== null && today > workingDayAfter(start, 10);
}

function isOverdue(m: Mechanism, today: string): boolean {
  return isUnfiled(m, today) && isFilingTimeOver(m, today);
}

/** What a document does not speak of it does not limit. */
function isListed(asked: readonly string[], listed: readonly string[] | undefined): boolean {
  return listed === undefined || isWithin(asked, listed);
}

function isOverScale(m: Mechanism, { facts, counts: everybody }: Asked): boolean {
  const { maxNonSensitive, maxSensitive, recipients } = m.scope;
  const own = recipients === undefined ? null : countPeopleSentTo(recipients, facts, isPersonal(facts));
  const counts = own ?? everybody;
  return counts.nonSensitive > (maxNonSensitive ?? Infinity) || counts.sensitive > (maxSensitive ?? Infinity);
}

/** The Greater Bay Area contract leaves nobody outside the area; others only those whom they list. */
function isOnwardUnlisted(m: Mechanism, onwardTo: readonly string[]): boolean {
  if (isBayArea(m)) return onwardTo.length > 0;
  return !isWithin(onwardTo, m.scope.onward ?? []);
}

const TABLE: readonly Row[] = [
  ["MECH_NOT_ALLOWED_FOR_ROUTE", (m, { allowed }) => !allowed.includes(m.type)],
  ["MECH_PENDING", isPending],
  ["MECH_REVOKED", isRevoked],
  ["MECH_SUSPENDED", (m) => m.status === "suspended"],
  ["MECH_NOT_YET_EFFECTIVE", (m, { today }) => isNotStarted(m, today)],
  ["MECH_EXPIRED", isEnded],
  ["SC_FILING_OVERDUE", (m, { today, facts }) => facts.policy.unfiledContractBlocks && isOverdue(m, today)],
  ["SC_FILING_REJECTED", (m) => isContract(m) && m.filingRejected === true],
  ["SC_TEMPLATE_MODIFIED", (m) => isContract(m) && m.templateModified === true],
  ["MECH_CHANGE_NOT_REFILED", (m) => m.changeNotRefiled === true],
  ["SCOPE_RECIPIENT", (m, { facts }) => !isListed([facts.flow.recipient], m.scope.recipients)],
  ["SCOPE_PURPOSE", (m, { facts }) => !isListed([facts.flow.purpose], m.scope.purposes)],
  ["SCOPE_CATEGORY", (m, { facts }) => !isListed(categoriesLeaving(facts), m.scope.categories)],
  ["SCOPE_VOLUME", isOverScale],
  ["SCOPE_ONWARD", (m, { facts }) => isOnwardUnlisted(m, facts.flow.onwardTo)],
];

function failing(m: Mechanism, asked: Asked): readonly string[] {
  return TABLE.filter(([, fails]) => fails(m, asked)).map(([reason]) => reason);
}

function filingWarnings(m: Mechanism, today: string): readonly string[] {
  if (!isUnfiled(m, today)) return [];
  return [isFilingTimeOver(m, today) ? "SC_FILING_OVERDUE" : "SC_FILING_DUE"];
}

/**
 * One mechanism that passes every check is enough. The transfer rests on one that needs no warning if there is one.
 * @returns reasons: why none carries the transfer; warnings: of the one that does
 */
export function judgeMechanisms(facts: Facts, allowed: readonly string[], counts: Counts) {
  const today = dayOf(facts.at);
  const asked: Asked = { facts, today, allowed, counts };
  if (facts.mechanisms.length === 0) return { reasons: ["NO_MECHANISM"], warnings: [] };
  const active = facts.mechanisms.filter((m) => failing(m, asked).length === 0);
  if (active.length === 0) return { reasons: facts.mechanisms.flatMap((m) => failing(m, asked)), warnings: [] };
  const warnings = active.map((m) => filingWarnings(m, today));
  return { reasons: [], warnings: warnings.find((one) => one.length === 0) ?? warnings[0]! };
}
