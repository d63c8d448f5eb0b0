// Answers → the route and what it asks for. Law: the law itself is asked (src/law), never retold; numbers, documents
// and clocks are those of policies/law.

import type { Papers } from "../../io/law-papers.ts";
import { evaluate, type LawJudgement } from "../../law/evaluate.ts";
import { withDefaults } from "../../law/facts.ts";
import { inForceOn, type Lines } from "../../law/thresholds.ts";
import type { CountLimit, LawData, MechanismType, Outcome } from "../../words.ts";
import { CannotRun } from "../shown/cannot-run.ts";
import { type Answers, CONDITIONS, factsOf } from "./answers.ts";
import { earliestGolive, type Milestone, milestones, missedByLaw } from "./milestones.ts";

export interface Route {
  readonly outcome: Outcome;
  /** Personal information leaves: the duties bind. */
  readonly bound: boolean;
  readonly rule: string;
  readonly basis: string;
  readonly revision: string;
  readonly mechanismsAllowed: readonly MechanismType[];
  /** The one that the documents and milestones are of; null: none is needed, or none helps. */
  readonly mechanism: Papers | null;
  readonly alternatives: readonly Papers[];
  /** Documents of the mechanism and of the duties, without those that another one contains. */
  readonly documents: readonly Papers["documents"][number][];
  readonly milestones: readonly Milestone[];
  /** Null: no go-live day was given. */
  readonly feasible: boolean | null;
  /** The first go-live day that no statutory step forbids; null when not asked, or feasible. */
  readonly earliestGolive: string | null;
  readonly consentNeeded: boolean;
  readonly counted: boolean;
  readonly limit: CountLimit;
  readonly lines: Lines;
  readonly warnings: readonly string[];
  /** Conditions of the claimed basis that were not said to hold. */
  readonly basisLacks: readonly string[];
  readonly switches: LawJudgement["switches"];
  readonly sources: readonly { readonly id: string; readonly source: string; readonly reviewedUntil: string }[];
}

/** Outcomes under which duties bind: personal information leaves. */
const BINDS: ReadonlySet<Outcome> = new Set(["EXEMPT", "SC_OR_CERT", "ASSESSMENT"]);

/** @param wanted the mechanism to show, in the policy's spelling (`standard-contract`); else the first allowed. */
export function judge(
  answers: Answers,
  law: LawData,
  papers: ReadonlyMap<string, Papers>,
  wanted: string | undefined,
): Route {
  const judgement = evaluate(withDefaults(factsOf(answers)), law);
  const allowed = judgement.mechanismsAllowed.map((type) => papersOf(papers, type));
  const mechanism = choose(allowed, wanted);
  const bound = BINDS.has(judgement.outcome) && answers.pi;
  const duties = bound ? papersOf(papers, "DUTIES") : null;
  const holds = conditionsOf(answers, judgement, mechanism);
  const asked = [mechanism, duties].filter((one) => one !== null);
  const datesFor = (golive: string): Milestone[] =>
    asked
      .flatMap((one) => milestones(one, golive, answers.at, law.calendar, holds))
      .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  const dates = answers.golive === null ? [] : datesFor(answers.golive);
  const feasible = feasibleOf(answers, judgement.outcome, dates);
  const { outcome, rule, basis, revision, mechanismsAllowed, consentNeeded, counted, limit, switches } = judgement;
  return {
    ...{ outcome, rule, basis, revision, mechanismsAllowed, consentNeeded, counted, limit, switches, mechanism, bound },
    alternatives: allowed.filter((one) => one !== mechanism),
    documents: documentsOf(asked, holds),
    milestones: dates,
    feasible,
    earliestGolive: feasible === false && outcome !== "PROHIBITED" ? earliestGolive(datesFor, answers.at) : null,
    lines: inForceOn(law, answers.golive ?? answers.at).lines,
    warnings: [...judgement.warnings, ...(dates.some((one) => !one.calendarKnown) ? ["CALENDAR_UNKNOWN"] : [])],
    basisLacks: CONDITIONS[answers.basis].filter((name) => !answers.holds.includes(name)),
    sources: [...law.revisions.filter(({ id }) => revision.split("+").includes(id)), ...asked].map(
      ({ id, source, reviewedUntil }) => ({ id, source, reviewedUntil }),
    ),
  };
}

function papersOf(papers: ReadonlyMap<string, Papers>, id: string): Papers {
  const found = papers.get(id);
  if (found === undefined) throw new Error(`policies/law/papers holds no ${id}`);
  return found;
}

/** The policy's spelling of a type: `standard-contract`. */
export function spelled(type: string): string {
  return type.toLowerCase().replaceAll("_", "-");
}

function choose(allowed: readonly Papers[], wanted: string | undefined): Papers | null {
  if (wanted === undefined) return allowed[0] ?? null;
  const found = allowed.find(({ id }) => spelled(id) === wanted);
  if (found !== undefined) return found;
  const names = allowed.map(({ id }) => spelled(id)).join(", ");
  throw new CannotRun(
    names === "" ? "--mechanism：这条路不需要，或没有机制可用" : `--mechanism：这条路可用的是 ${names}`,
    names === "" ? "--mechanism: this route takes none" : `--mechanism: this route takes ${names}`,
  );
}

/** What the lines' `when` may ask. */
function conditionsOf(a: Answers, judgement: LawJudgement, mechanism: Papers | null): (name: string) => boolean {
  const holding = new Set([
    judgement.rule,
    ...(judgement.consentNeeded ? ["consent"] : []),
    ...(a.sensitive === "unknown" || a.sensitive > 0 || a.under14 ? ["sensitive"] : []),
    ...(a.under14 ? [judgement.consentNeeded ? "consent-under-14" : "under-14-without-consent"] : []),
    ...(judgement.counted ? ["counted"] : []),
    ...(mechanism === null ? ["no-mechanism"] : []),
    // an emergency: notice may follow (PIPL Art. 18)
    ...(judgement.rule === "E4" ? [] : ["notice-first"]),
  ]);
  return (name) => holding.has(name);
}

/** The mechanism's own come first; its PIPIA report is the duty's. */
function documentsOf(asked: readonly Papers[], holds: (name: string) => boolean): Papers["documents"] {
  const all = asked.flatMap(({ documents }) => documents).filter(({ when }) => when === undefined || when.some(holds));
  const hasReport = all.some(({ id }) => id === "pipia-report");
  const hasContract = all.some(({ id }) => ["signed-contract", "legal-document", "agreement"].includes(id));
  return all.filter(({ id }) => !(id === "pipia" && hasReport) && !(id === "contract" && hasContract));
}

function feasibleOf(a: Answers, outcome: Outcome, dates: readonly Milestone[]): boolean | null {
  if (a.golive === null) return null;
  if (outcome === "PROHIBITED") return false;
  return !dates.some(missedByLaw);
}
