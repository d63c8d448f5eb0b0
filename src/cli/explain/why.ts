// The whole why of a recorded decision as one value: what `--json` prints and the view shows. Law: it is a function of
// what was recorded, the law's numbers and the papers; texts stand in both languages, values of people nowhere.

import { CATALOGUE } from "../../act/messages/all.ts";
import { byEffort, CURES, type Cure } from "../../act/messages/cures.ts";
import { type Step, wayOut } from "../../act/nearest.ts";
import { type Condition, conditionsOf, type Held } from "../../law/conditions.ts";
import { beijingDate } from "../../law/year.ts";
import type { Language, LawData, Reason } from "../../words.ts";
import { allConditions } from "./gate-conditions.ts";
import { type Line, linesOn } from "./lines.ts";
import type { Papers } from "./papers.ts";
import type { Recorded, RecordedFinding } from "./recorded.ts";

type Both = Readonly<Record<Language, string>>;

export interface ReasonTold extends Reason {
  readonly says: Both;
  /** Below the documents' folder; null: a code that this version does not know. */
  readonly page: string | null;
}

export interface CureTold {
  readonly id: string;
  readonly says: Both;
  readonly who: Cure["who"] | null;
  readonly lead: Both | null;
}

/** What is to be done, and for whom and where: of each only what the cure is about. */
export interface StepTold extends CureTold {
  readonly lifts: readonly string[];
  readonly people: { readonly n: number; readonly exact: boolean } | null;
  readonly recipient: string | null;
  readonly purpose: string | null;
  readonly mechanism: string | null;
  readonly paths: readonly string[];
}

/** What would make it pass. */
export interface Nearest {
  /** All of them are needed, least effort first. Empty: nothing lifts it. */
  readonly steps: readonly StepTold[];
  /** Cures that suffice alone. */
  readonly alone: readonly CureTold[];
  /** passes: it does then. more: reasons may be missing, so at least these. judged_anew: the rest was not asked yet. */
  readonly afterwards: "passes" | "more" | "judged_anew";
}

export interface Why extends Omit<Recorded, "reasons" | "cures" | "counts" | "papers"> {
  /** Beijing time, `YYYY-MM-DD HH:MM:SS`. */
  readonly beijing: string;
  readonly counts: (NonNullable<Recorded["counts"]> & { readonly lines: readonly Line[] }) | null;
  readonly papers: Papers;
  readonly conditions: readonly Condition[];
  readonly reasons: readonly ReasonTold[];
  /** Reasons are listed up to twenty: then there may be more. */
  readonly reasonsMayBeCut: boolean;
  /** null: nothing stood in its way. Steps empty: nothing lifts it. */
  readonly nearest: Nearest | null;
  readonly cures: readonly CureTold[];
}

/** As many as an entry lists (record/crossing). */
const REASONS_LISTED_MAX = 20;
const BEIJING_MS = 8 * 3_600_000;

export function whyOf(recorded: Recorded, law: LawData, papers: Papers): Why {
  const { at, counts } = recorded;
  const reasons = recorded.reasons.map(known);
  const atMs = Date.parse(at);
  const cures =
    recorded.cures.length > 0 ? recorded.cures : reasons.flatMap(({ code }) => CATALOGUE[code]?.cures ?? []);
  const rewritten = ["pseudonymize", "redact", "coarsen"].includes(recorded.action);
  return {
    ...recorded,
    beijing: new Date(atMs + BEIJING_MS).toISOString().slice(0, 19).replace("T", " "),
    counts: counts === null ? null : { ...counts, lines: linesOn(law, beijingDate(atMs), counts) },
    papers,
    conditions: conditionsOf(heldBy({ ...recorded, reasons }, papers), allConditions(rewritten, recorded.warnings)),
    reasons: reasons.map(told),
    reasonsMayBeCut: reasons.length >= REASONS_LISTED_MAX,
    // on trial it left all the same: what stood in the way is told
    nearest: reasons.length === 0 ? null : nearestTo({ ...recorded, reasons }),
    cures: byEffort(cures).map(cureTold),
  };
}

/** Where reasons may be missing nothing suffices for sure, and what lifts the missing ones is not known. */
function nearestTo(recorded: Recorded): Nearest {
  const { reasons, cures } = recorded;
  const cut = reasons.length >= REASONS_LISTED_MAX;
  const { steps, alone, judgedAnew } = wayOut(reasons, cut ? [] : cures);
  const afterwards = judgedAnew ? "judged_anew" : cut ? "more" : "passes";
  const told = steps.map((step) => stepTold(step, recorded));
  return { steps: told.map((step) => withoutRemoved(step, told)), alone: cut ? [] : alone.map(cureTold), afterwards };
}

/** Whose fields are taken out need not consent: how many are left is not known before it is done. */
function withoutRemoved(step: StepTold, steps: readonly StepTold[]): StepTold {
  if (step.people === null || !steps.some(({ id }) => id === "remove_field")) return step;
  return { ...step, people: { ...step.people, exact: false } };
}

function heldBy(recorded: Recorded, papers: Papers): Held {
  const { outcome, lawRule, reasons, legalBasis, switches, mechanism } = recorded;
  return {
    ...{ outcome, lawRule, reasons, legalBasis, switches, mechanism },
    mechanismTypes: papers.mechanismTypes,
    personal: recorded.people.n > 0,
    minors: recorded.people.minors > 0,
    sensitive: recorded.people.minors > 0 || recorded.findings.some(({ sensitive }) => sensitive),
    receipts: recorded.consent.map(({ receipt, version }) => (version === null ? receipt : `${receipt} (${version})`)),
    notices: papers.notices,
    pipias: papers.pipias,
  };
}

/** Failures stand in the ledger in upper case and in the catalogue in lower. */
function known(reason: Reason): Reason {
  const lower = reason.code.toLowerCase();
  if (Object.hasOwn(CATALOGUE, reason.code) || !Object.hasOwn(CATALOGUE, lower)) return reason;
  return { ...reason, code: lower, article: reason.article || CATALOGUE[lower]!.article };
}

function told(reason: Reason): ReasonTold {
  const entry = Object.hasOwn(CATALOGUE, reason.code) ? CATALOGUE[reason.code] : undefined;
  const page = entry === undefined ? null : `reasons/${reason.code.toLowerCase()}.md`;
  return { ...reason, says: entry?.says ?? { zh: reason.code, en: reason.code }, page };
}

function cureTold(id: string): CureTold {
  const cure = Object.hasOwn(CURES, id) ? CURES[id] : undefined;
  if (cure === undefined) return { id, says: { zh: id, en: id }, who: null, lead: null };
  return { id, says: { zh: cure.zh, en: cure.en }, who: cure.who, lead: cure.lead };
}

const OF_PEOPLE: ReadonlySet<string> = new Set(["obtain_separate_consent", "obtain_guardian_consent"]);
const OF_THE_WAY: ReadonlySet<string> = new Set(["complete_notice", "correct_basis", "record_pipia", "extend_pipia"]);
const OF_A_PLACE: ReadonlySet<string> = new Set(["remove_field", "pseudonymize", "move_to_body"]);

function stepTold({ cure, lifts }: Step, recorded: Recorded): StepTold {
  const { recipient, purpose } = recorded.way;
  const isOfWay = OF_PEOPLE.has(cure) || OF_THE_WAY.has(cure) || cure === "record_mechanism";
  const ofMechanism = lifts.find(({ code, about }) => about !== undefined && /^(?:MECH_|SC_|SCOPE_)/.test(code));
  return {
    ...cureTold(cure),
    lifts: [...new Set(lifts.map(({ code }) => code))],
    people: OF_PEOPLE.has(cure) ? peopleAt(lifts, recorded) : null,
    recipient: isOfWay ? recipient : null,
    purpose: isOfWay ? purpose : null,
    mechanism: OF_A_PLACE.has(cure) ? null : (ofMechanism?.about ?? null),
    paths: OF_A_PLACE.has(cure) ? pathsOf(lifts, recorded) : [],
  };
}

/** Where the reasons say no place, a way around the law's question is meant: the sensitive fields. */
function pathsOf(lifts: readonly Reason[], { findings }: Recorded): readonly string[] {
  const named = lifts.flatMap(({ path }) => (path === undefined ? [] : [path]));
  const sensitive = findings.flatMap((one) => (one.sensitive && one.path !== null ? [one.path] : []));
  return [...new Set(named.length > 0 ? named : sensitive)];
}

/**
 * Whose findings stand where the reasons point. Several people in one place: those who lack it are among them, and the
 * reasons do not say which. null: the findings are not listed one by one.
 */
function peopleAt(lifts: readonly Reason[], { findings, people }: Recorded): StepTold["people"] {
  if (people.n === 1) return { n: 1, exact: true };
  const places = new Set(lifts.map(({ path, type }) => placeOf({ path: path ?? null, type: type ?? "" })));
  const concerned = findings.filter((one) => one.person !== null && places.has(placeOf(one)));
  const persons = new Set(concerned.map(({ person }) => person));
  if (persons.size === 0) return null;
  const exact = [...places].every((place) => ownersAt(place, concerned) === 1);
  return { n: persons.size, exact };
}

function ownersAt(place: string, findings: readonly RecordedFinding[]): number {
  return new Set(findings.filter((one) => placeOf(one) === place).map(({ person }) => person)).size;
}

function placeOf({ path, type }: Pick<RecordedFinding, "path" | "type">): string {
  return `${path ?? ""}\u0000${type}`;
}
