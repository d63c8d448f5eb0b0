// What the law looks at (law.md §2), and what it takes for granted where a fact is not given.
// Law of this file: a default is what a compliant ordinary export looks like, never a hidden permission.

import type { LegalBasis, MechanismType } from "../words.ts";
import { checkFacts } from "./check.ts";
import { SWITCH_DEFAULTS, type Switches } from "./switches.ts";

export interface LawFacts {
  /** ISO 8601 instant with offset. */
  readonly at: string;
  readonly exporter: ExporterFacts;
  readonly flow: FlowFacts;
  readonly data: DataFacts;
  readonly basis: LegalBasis;
  readonly ftz: FtzFacts;
  readonly gba: { readonly bothRegistered: boolean };
  /** Statutory-year counts after adding this transfer. null: computed from `history` and `subjects`. */
  readonly counts: YearCounts | null;
  readonly history: readonly PastTransfer[] | null;
  readonly subjects: Subjects | null;
  /** The same counts of the people of some recipients only, after adding this transfer. */
  readonly reached: readonly ReachedCounts[];
  readonly mechanisms: readonly LawMechanism[];
  readonly consent: LawConsent | null;
  readonly notice: { readonly missing: readonly string[] };
  readonly pipia: { readonly done: boolean; readonly coversScenario: boolean };
  /** Switches of the law, and the sensitivity profile that classified the data. */
  readonly policy: Switches & { readonly profile?: "strict" | "gbt45574" };
}

export interface ExporterFacts {
  readonly role: "handler" | "entrusted_processor";
  readonly handlerId: string;
  readonly ciio: boolean | "unknown";
  readonly stateOrgan: boolean;
  readonly processedTotal: number;
  readonly authorisedByHandler: boolean;
  readonly sector: "general" | "automotive";
}

export interface FlowFacts {
  readonly destination: "overseas" | "HK" | "MO" | "TW" | "mainland";
  readonly kind: "push" | "remote_access" | "logging" | "in_country_access";
  readonly recipient: string;
  readonly purpose: string;
  readonly onwardTo: readonly string[];
  readonly recipientRestricted: boolean;
  readonly foreignAuthorityRequest: boolean;
  readonly prcAuthorityApproval: boolean;
  readonly regulatorStopOrder: boolean;
}

export interface DataFacts {
  readonly containsPI: boolean;
  readonly form: "plain" | "pseudonymised" | "de_identified" | "encrypted" | "anonymised";
  readonly anonymisationProven: boolean;
  /** Categories that leave only as pseudonyms. */
  readonly pseudonymisedCategories: readonly string[];
  readonly importance: "none" | "self_identified" | "notified" | "published" | "unknown" | "core" | "state_secret";
  readonly origin: "domestic" | "overseas";
  readonly domesticMixedIn: boolean;
  readonly categories: readonly string[];
  /** Those of `categories` that are sensitive by their original class. */
  readonly sensitive: readonly string[] | "unknown";
  readonly subjectsUnder14: boolean;
  /** null: all are needed. */
  readonly neededForPurpose: readonly string[] | null;
}

export interface FtzFacts {
  readonly registered: boolean;
  readonly activityInZone: boolean;
  readonly result: "none" | "no_list" | "outside_list" | "listed_sc_or_cert" | "listed_assessment";
}

export interface YearCounts {
  readonly nonSensitive: number;
  readonly sensitive: number;
}

/** People whose data went to one of these recipients or more this statutory year, each once. */
export interface ReachedCounts extends YearCounts {
  readonly recipients: readonly string[];
}

/** An inclusive range of person numbers, or a number of records that cannot be linked to anybody. */
export type Subjects = readonly [number, number] | { readonly unknown: number };

export interface PastTransfer {
  readonly at: string;
  readonly handlerId?: string;
  readonly subjects: Subjects;
  readonly classes: readonly ("NS" | "S")[];
  readonly status?: "delivered" | "blocked";
  /** The rule it went under. */
  readonly route?: string;
  /** Absent: not known, so it may be anybody. */
  readonly recipient?: string;
}

/** A mechanism on file. Dates are Beijing dates, inclusive. Further members (numbers, links) are ignored. */
export interface LawMechanism {
  readonly id?: string;
  readonly type: MechanismType;
  readonly status?: "active" | "pending" | "suspended" | "revoked" | "terminated" | "failed";
  readonly issueDate?: string | null;
  readonly validFrom?: string | null;
  readonly validUntil?: string | null;
  readonly extendedUntil?: string | null;
  readonly filedDate?: string | null;
  readonly filingRejected?: boolean;
  readonly templateModified?: boolean;
  readonly changeNotRefiled?: boolean;
  readonly scope: MechanismScope;
}

/** Absent means any, except `onward`: absent means nobody (template Art. 3(8): only who is listed). */
export interface MechanismScope {
  readonly recipients?: readonly string[];
  readonly purposes?: readonly string[];
  readonly categories?: readonly string[];
  readonly maxNonSensitive?: number;
  readonly maxSensitive?: number;
  readonly onward?: readonly string[];
}

export interface LawConsent {
  readonly recipients: readonly string[];
  readonly purposes: readonly string[];
  /** null: all of them. */
  readonly categories: readonly string[] | null;
  /** Sensitive categories named in the consent (PIPL Art. 29). null: all of them. */
  readonly sensitiveCategories: readonly string[] | null;
  readonly separate: boolean;
  readonly guardian: boolean;
  readonly sensitiveNotice: boolean;
  readonly givenAt: string | null;
  readonly withdrawnAt: string | null;
  /** An instant, or a Beijing date that is still included. */
  readonly validUntil: string | null;
}

export const DEFAULTS: LawFacts = {
  at: "",
  exporter: {
    role: "handler",
    handlerId: "H1",
    ciio: false,
    stateOrgan: false,
    processedTotal: 0,
    authorisedByHandler: true,
    sector: "general",
  },
  flow: {
    destination: "overseas",
    kind: "push",
    recipient: "R1",
    purpose: "customer_support",
    onwardTo: [],
    recipientRestricted: false,
    foreignAuthorityRequest: false,
    prcAuthorityApproval: false,
    regulatorStopOrder: false,
  },
  data: {
    containsPI: true,
    form: "plain",
    anonymisationProven: false,
    pseudonymisedCategories: [],
    importance: "none",
    origin: "domestic",
    domesticMixedIn: false,
    categories: ["name", "phone"],
    sensitive: [],
    subjectsUnder14: false,
    neededForPurpose: null,
  },
  basis: { legalBasis: "consent" },
  ftz: { registered: false, activityInZone: true, result: "none" },
  gba: { bothRegistered: false },
  counts: null,
  history: null,
  subjects: null,
  reached: [],
  mechanisms: [],
  consent: {
    recipients: ["R1"],
    purposes: ["customer_support"],
    categories: null,
    sensitiveCategories: null,
    separate: true,
    guardian: false,
    sensitiveNotice: true,
    givenAt: null,
    withdrawnAt: null,
    validUntil: null,
  },
  notice: { missing: [] },
  pipia: { done: true, coversScenario: true },
  policy: SWITCH_DEFAULTS,
};

/**
 * Facts of a case over the defaults: objects merge deeply, arrays and null replace. Members with `_` first are notes.
 * @param partial unchecked, e.g. one line of JSON.
 * @throws TypeError naming the fact that is missing, misspelt or out of its values.
 */
export function withDefaults(partial: unknown): LawFacts {
  if (!isRecord(partial)) throw new TypeError("facts must be an object");
  const facts = merge(DEFAULTS as unknown as JsonRecord, partial, "") as unknown as LawFacts;
  checkFacts(facts);
  return facts;
}

type JsonRecord = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Members of a basis are absent by default: a claim that is not detailed is not made out. */
const OPTIONAL: Readonly<Record<string, readonly string[]>> = {
  basis: ["contract", "hr", "emergency", "statutory"],
  policy: ["profile"],
};

/** A name of the schema is letters; anything else is not repeated: it might be text that strayed into a key. */
function pathOf(group: string, name: string): string {
  const shown = /^[A-Za-z][A-Za-z0-9]{0,39}$/.test(name) ? name : "*";
  return group === "" ? shown : `${group}.${shown}`;
}

function merge(base: JsonRecord, over: JsonRecord, at: string): JsonRecord {
  const merged: Record<string, unknown> = { ...base };
  for (const [name, value] of Object.entries(over)) {
    if (name.startsWith("_") || value === undefined) continue;
    if (!Object.hasOwn(base, name) && !OPTIONAL[at]?.includes(name))
      throw new TypeError(`unknown fact ${pathOf(at, name)}`);
    const under = base[name];
    merged[name] = isRecord(value) && isRecord(under) ? merge(under, value, name) : value;
  }
  return merged;
}
