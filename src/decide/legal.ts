// The law's word on a whole Case: each individual is judged with his or her own consent and findings; reasons are the
// union, one failure blocks, and the route told is the strictest.

import { evaluate, type LawJudgement } from "../law/evaluate.ts";
import type { Failure } from "../law/failure.ts";
import { REASONS } from "../law/reasons.ts";
import type { Case, Legal, Opinion, Outcome, Reason } from "../words.ts";
import { admissionsOf, type CountsAfter, countsAfter, type JudgedPerson, limitOf, nearing } from "./counts.ts";
import { heldBy, holdsOn } from "./holds.ts";
import { lapsing } from "./lapsed.ts";
import { factsOf, type Person, papersOf, peopleOf, zonesOf } from "./law-facts.ts";
import { lessOutside } from "./outside.ts";
import { HELD } from "./reasons.ts";
import { type RouteFacts, routeFactsOf } from "./route-facts.ts";

export interface Judged {
  readonly legal: Legal;
  /** A forbid, or null where the law stands in nobody's way. */
  readonly opinion: Opinion | null;
  readonly consentNeeded: boolean;
  /** Taking the sensitive fields out would make the crossing lawful (design.md §3: "without /bank_card E7 applies"). */
  readonly removable: boolean;
}

/** What a decision carries when the law could not be asked. It only ever stands beside a block. */
export const NO_LEGAL: Legal = {
  outcome: "PROHIBITED",
  rule: "law",
  basis: "",
  revision: "unknown",
  switches: {},
  mechanism: null,
  mechanismsAllowed: [],
  warnings: [],
  admissions: [],
  limit: { nonSensitive: 0, sensitive: 0 },
  papers: [],
};

/** A Case is immutable, and several rules ask about the same one: one place is enough, where a WeakMap costs 0.6 µs. */
let asked: { readonly case: Case; readonly judged: Judged } | null = null;

/** @throws TypeError when the Case cannot be put to the law (unknown ids, malformed dates): the caller forbids. */
export function legalOf(c: Case): Judged {
  if (asked?.case === c) return asked.judged;
  const judged = judgeAll(c);
  asked = { case: c, judged };
  return judged;
}

/** Lets go of the Case that was asked about last. */
export function forgetLegal(): void {
  asked = null;
}

function judgeAll(c: Case): Judged {
  const way = c.orders === undefined ? routeFactsOf(c) : heldFacts(c);
  const people = peopleOf(c, way);
  const counts = countsAfter(c, people, way.exporter.handlerId);
  const law = (person: Person | null) => lawOn(c, way, counts, person);
  const all: JudgedPerson[] =
    people.length === 0
      ? [{ person: null, judgement: law(null) }]
      : people.map((person) => ({ person, judgement: law(person) }));
  const blocked = all.filter(({ judgement }) => judgement.decision === "BLOCK");
  return {
    legal: admitting(
      c,
      way,
      nearing(c, counts, lapsing(way.lapses, legalFrom(c, all, papersOf(way, people), c.proof))),
    ),
    opinion: blocked.length === 0 ? null : opinionFrom(c, way, all, blocked),
    consentNeeded: all.some(({ judgement }) => judgement.consentNeeded),
    removable: blocked.length > 0 && isRemovable(c, way, counts, blocked),
  };
}

/** The limit as the store knows it: without the people that policy declares. */
function admitting({ policy }: Case, { exporter }: RouteFacts, legal: Legal): Legal {
  if (policy.outsideFlows === undefined) return legal;
  return { ...legal, limit: lessOutside(legal.limit, policy, exporter.handlerId) };
}

/** An order to stop is one whoever wrote it down: the policy's folder or the admin plane (X4). */
function heldFacts(c: Case): RouteFacts {
  const way = routeFactsOf(c);
  return holdsOn(c).length === 0 ? way : { ...way, flow: { ...way.flow, regulatorStopOrder: true } };
}

/** The law's word on one person: of several zones the strictest. */
function lawOn(c: Case, way: RouteFacts, counts: CountsAfter, person: Person | null): LawJudgement {
  const facts = factsOf(c, way, counts, person);
  if (person === null || way.zones.length === 0) return evaluate(facts, c.policy.law);
  return strictest(
    zonesOf(way, person).map((ftz) => ({ person, judgement: evaluate({ ...facts, ftz }, c.policy.law) })),
  );
}

const STRICTNESS: Readonly<Record<Outcome, number>> = {
  NOT_EXPORT: 0,
  NO_PI: 1,
  EXEMPT: 2,
  SC_OR_CERT: 3,
  ASSESSMENT: 4,
  PROHIBITED: 5,
};

function legalFrom(c: Case, all: readonly JudgedPerson[], papers: readonly string[], proof: string | undefined): Legal {
  const judgement = strictest(all);
  const legal: Legal = {
    outcome: judgement.outcome,
    rule: judgement.rule,
    basis: judgement.basis,
    revision: judgement.revision,
    switches: judgement.switches,
    mechanism: judgement.mechanism,
    mechanismsAllowed: judgement.mechanismsAllowed,
    warnings: warningsOf(all),
    admissions: admissionsOf(c, all),
    limit: limitOf(all),
    papers,
  };
  return proof === undefined || judgement.rule !== "A2" ? legal : { ...legal, proof };
}

function strictest(all: readonly JudgedPerson[]): LawJudgement {
  return all.length === 1 ? all[0]!.judgement : all.reduce((a, b) => (isStricter(b, a) ? b : a)).judgement;
}

/** Each once, sorted; nearly always there is none. */
function warningsOf(all: readonly JudgedPerson[]): readonly string[] {
  const warnings: string[] = [];
  for (const { judgement } of all)
    for (const one of judgement.warnings) if (!warnings.includes(one)) warnings.push(one);
  return warnings.sort();
}

/** By route; of equal routes one that blocks, then by rule: the order of individuals never shows. */
function isStricter({ judgement: a }: JudgedPerson, { judgement: b }: JudgedPerson): boolean {
  if (a.outcome !== b.outcome) return STRICTNESS[a.outcome] > STRICTNESS[b.outcome];
  if (a.decision !== b.decision) return a.decision === "BLOCK";
  if (a.rule !== b.rule) return a.rule < b.rule;
  return (a.mechanism ?? "") < (b.mechanism ?? "");
}

/** A forbid; liftable if every blocked individual's reasons fall once some of his or her findings are hidden. */
function opinionFrom(
  c: Case,
  way: RouteFacts,
  all: readonly JudgedPerson[],
  blocked: readonly JudgedPerson[],
): Opinion {
  const curable = blocked.every(({ judgement }) => judgement.curedByHiding.length > 0);
  const hide = curable ? blocked.flatMap((one) => ofKinds(c, one, one.judgement.curedByHiding)) : [];
  return {
    rule: strictest(blocked.length > 0 ? blocked : all).rule,
    effect: "forbid",
    actions: curable ? ["pseudonymize"] : [],
    hide,
    reasons: blocked.flatMap((one) => one.judgement.failures.flatMap((failure) => reasonsOf(c, way, one, failure))),
  };
}

/** Indexes of the individual's findings of some kinds. */
function ofKinds(c: Case, { person }: JudgedPerson, kinds: readonly string[]): readonly number[] {
  return person?.findings.filter((i) => kinds.includes(c.findings[i]!.type)) ?? [];
}

/** A failure with its place: every offending finding for categories, the first of the individual for consent. */
function reasonsOf(c: Case, way: RouteFacts, one: JudgedPerson, failure: Failure): readonly Reason[] {
  const code = codeOf(way, one.judgement, failure);
  const entry = REASONS[code];
  if (entry === undefined) throw new TypeError(`reason ${code} has no entry in the catalogue`);
  const reason: Reason = { code, article: entry.article, ...(failure.about === null ? {} : { about: failure.about }) };
  // each hold by its id, as the rule `hold` has it: of equal reasons one is told
  if (code === HELD && holdsOn(c).length > 0) return heldBy(c).map((held) => ({ ...reason, ...held }));
  const places = placesOf(c, one, failure);
  if (places.length === 0) return [reason];
  return places.map((i) => ({ ...reason, path: c.findings[i]!.path, type: c.findings[i]!.type }));
}

function placesOf(c: Case, one: JudgedPerson, { code, categories }: Failure): readonly number[] {
  if (categories.length > 0)
    return ofKinds(c, one, categories).filter((i) => !c.hidden.has(i) || code === "CONSENT_CATEGORY");
  if (one.person === null || !PERSONAL.has(code)) return [];
  const { findings } = one.person;
  return [findings.find((i) => code === "SENSITIVE_NOTICE_MISSING" && c.findings[i]!.sensitive) ?? findings[0]!];
}

/** Reasons that are about one individual rather than about the way. */
const PERSONAL: ReadonlySet<string> = new Set([
  "CONSENT_MISSING",
  "CONSENT_NOT_SEPARATE",
  "CONSENT_WITHDRAWN",
  "CONSENT_EXPIRED",
  "CONSENT_RECIPIENT",
  "CONSENT_PURPOSE",
  "GUARDIAN_CONSENT_MISSING",
  "SENSITIVE_NOTICE_MISSING",
]);

/** A mechanism of the needed type is on file, but for another exporter. */
function codeOf(way: RouteFacts, judgement: LawJudgement, { code }: Failure): string {
  const needed = code === "NO_MECHANISM" || code === "MECH_NOT_ALLOWED_FOR_ROUTE";
  const hasOwn = way.mechanisms.some(({ type }) => judgement.mechanismsAllowed.includes(type));
  const elsewhere = judgement.mechanismsAllowed.some((type) => way.elsewhere.has(type));
  return needed && !hasOwn && elsewhere ? "SCOPE_EXPORTER" : code;
}

/** Judges the blocked individuals once more as if their sensitive fields had been taken out before. */
function isRemovable(c: Case, way: RouteFacts, counts: CountsAfter, blocked: readonly JudgedPerson[]): boolean {
  return blocked.every(({ person }) => {
    if (person === null) return false;
    const { categories, sensitive } = person.data;
    const ordinary = categories.filter((category) => !sensitive.includes(category));
    if (ordinary.length === categories.length || ordinary.length === 0) return false;
    const data = { ...person.data, categories: ordinary, sensitive: [] };
    return lawOn(c, way, counts, { ...person, data }).decision === "ALLOW";
  });
}
