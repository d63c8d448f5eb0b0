// A decision as the ledger tells it: its crossing entries, parts put together, and what came back. Law: what an entry
// lacks is null or empty here and never guessed; entries of older gates lack more.

import type { Entry, Json, Outcome, Reason } from "../../words.ts";

export interface RecordedFinding {
  /** null: counted by kind only. */
  readonly path: string | null;
  readonly type: string;
  readonly n: number;
  readonly sensitive: boolean;
  readonly certainty: string | null;
  readonly action: string | null;
  /** A place in `people`; null: nobody's, or of the one person. */
  readonly person: number | null;
}

export interface Recorded {
  readonly id: string;
  /** Index of its first entry in the ledger. */
  readonly index: number;
  readonly at: string;
  readonly action: string;
  readonly rule: string;
  readonly way: Readonly<Record<WayPart, string | null>>;
  readonly outcome: Outcome | null;
  readonly lawRule: string | null;
  readonly articles: string | null;
  readonly revision: string | null;
  readonly legalBasis: string | null;
  readonly mechanism: string | null;
  readonly mechanismType: string | null;
  readonly policy: string | null;
  readonly profile: string | null;
  readonly switches: Readonly<Record<string, string | boolean>>;
  readonly warnings: readonly string[];
  readonly findings: readonly RecordedFinding[];
  readonly people: { readonly n: number; readonly new: number; readonly minors: number };
  readonly consent: readonly { readonly receipt: string; readonly version: string | null }[];
  readonly counts: Readonly<Record<"nonSensitive" | "sensitive" | "gross", number>> | null;
  readonly reasons: readonly Reason[];
  readonly cures: readonly string[];
  /** Ids of papers and proofs that the way rests on. */
  readonly papers: readonly string[];
  /** On trial: who signed for what left although it was to be blocked; null: enforced. */
  readonly observedBy: string | null;
  /** What two people had lifted for it: which release, and what. */
  readonly lifted: readonly { readonly release: string; readonly of: string; readonly what: string }[];
  /** It only asked, and nothing left: the action that sending it would have met; null: it was no dry run. */
  readonly dryRun: string | null;
  readonly answer: { readonly result: string; readonly status: number | null } | null;
}

export const WAY = [
  "app",
  "exporter",
  "destination",
  "recipient",
  "country",
  "purpose",
  "operation",
  "model",
  "leaves",
] as const;
export type WayPart = (typeof WAY)[number];

export interface Found {
  readonly index: number;
  readonly entry: Entry;
}

/** @param found all entries of one decision, in the ledger's order. @returns null: none of them is its crossing. */
export function recordedFrom(found: readonly Found[]): Recorded | null {
  const crossings = found.filter(({ entry }) => entry.kind === "crossing");
  const [first] = crossings;
  if (first === undefined) return null;
  const { entry, index } = first;
  const text = (name: string) => textOf(entry[name]);
  const several = (name: string) => crossings.reduce((n, one) => n + listOf(one.entry[name]).length, 0);
  return {
    id: text("id") ?? "",
    index,
    at: entry.t,
    action: text("action") ?? "",
    rule: text("rule") ?? "",
    way: Object.fromEntries(WAY.map((name) => [name, text(name)])) as Recorded["way"],
    outcome: text("outcome") as Outcome | null,
    lawRule: text("lawRule"),
    articles: text("basis"),
    revision: text("revision"),
    legalBasis: text("legalBasis"),
    mechanism: text("mechanism"),
    mechanismType: text("mechanismType"),
    policy: text("policy"),
    profile: text("profile"),
    switches: objectOf(entry["switches"]) as Recorded["switches"],
    warnings: textsOf(entry["warnings"]),
    findings: listOf(entry["findings"]).map((one) => findingFrom(objectOf(one))),
    people: { n: several("people"), new: several("new"), minors: several("minors") },
    consent: listOf(entry["consent"]).map((one) => consentFrom(objectOf(one))),
    counts: (entry["counts"] ?? null) as Recorded["counts"],
    reasons: listOf(entry["reasons"]).map((one) => reasonFrom(objectOf(one))),
    cures: textsOf(entry["cures"]),
    papers: [...textsOf(entry["papers"]), ...textsOf([entry["proof"] ?? null])],
    observedBy: text("observedBy"),
    lifted: listOf(entry["lifted"]).map((one) => liftedFrom(objectOf(one))),
    dryRun: entry["dryRun"] === true ? (text("would") ?? text("action")) : null,
    answer: answerFrom(found),
  };
}

function findingFrom(one: Members): RecordedFinding {
  const { n, person } = one;
  return {
    path: textOf(one["path"]),
    type: textOf(one["type"]) ?? "",
    n: typeof n === "number" ? n : 1,
    sensitive: one["sensitive"] === true,
    certainty: textOf(one["certainty"]),
    action: textOf(one["action"]),
    person: typeof person === "number" ? person : null,
  };
}

function liftedFrom(one: Members): Recorded["lifted"][number] {
  return { release: textOf(one["release"]) ?? "", of: textOf(one["of"]) ?? "", what: textOf(one["what"]) ?? "" };
}

function consentFrom(one: Members): Recorded["consent"][number] {
  return { receipt: textOf(one["receipt"]) ?? "", version: textOf(one["version"]) };
}

function reasonFrom(one: Members): Reason {
  const optional = (["path", "type", "about", "via"] as const).flatMap((name) => {
    const text = textOf(one[name]);
    return text === null ? [] : [[name, text] as const];
  });
  const named = { code: textOf(one["code"]) ?? "", article: textOf(one["article"]) ?? "" };
  return { ...named, ...Object.fromEntries(optional) };
}

function answerFrom(found: readonly Found[]): Recorded["answer"] {
  const outcome = found.find(({ entry }) => entry.kind === "outcome")?.entry;
  if (outcome === undefined) return null;
  const { status = null } = outcome as { readonly status?: Json };
  return { result: textOf(outcome["result"]) ?? "", status: typeof status === "number" ? status : null };
}

type Members = Readonly<Record<string, Json>>;

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function textsOf(value: Json | undefined): readonly string[] {
  return listOf(value).filter((one) => typeof one === "string");
}

function objectOf(value: Json | undefined): Members {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Members) : {};
}

function textOf(value: Json | undefined): string | null {
  return typeof value === "string" ? value : null;
}
