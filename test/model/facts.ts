// The decision model, section 2: the facts of one transfer, and what is assumed where a case says nothing.
// Written from law.md alone: this folder shares no line with src/law, which is what makes comparing the two worth it.

/** Whether something is so, or nobody found out. */
export type MaybeUnknown = boolean | "unknown";
/** Inclusive range of numbered people, or a number of people whom nobody can tell apart. */
export type People = readonly [from: number, to: number] | { readonly unknown: number };

export interface Transfer {
  readonly at: string;
  readonly handlerId?: string;
  readonly subjects: People;
  readonly classes: readonly ("NS" | "S")[];
  readonly status?: string;
  readonly route?: string;
  readonly recipient?: string;
}

/** People whom some recipients, taken together, were sent. */
export interface Reached {
  readonly recipients: readonly string[];
  readonly nonSensitive: number;
  readonly sensitive: number;
}

/** What a document covers. What it does not speak of it does not limit, onward recipients apart. */
export interface Scope {
  readonly recipients?: readonly string[];
  readonly purposes?: readonly string[];
  readonly categories?: readonly string[];
  readonly onward?: readonly string[];
  readonly maxNonSensitive?: number;
  readonly maxSensitive?: number;
}

export interface Mechanism {
  readonly type: string;
  readonly status?: string;
  readonly issueDate?: string | null;
  readonly validFrom?: string | null;
  readonly validUntil?: string | null;
  readonly extendedUntil?: string | null;
  readonly filedDate?: string | null;
  readonly filingRejected?: boolean;
  readonly templateModified?: boolean;
  readonly changeNotRefiled?: boolean;
  readonly scope: Scope;
}

export interface Consent {
  readonly separate: boolean;
  readonly recipients: readonly string[];
  readonly purposes: readonly string[];
  readonly categories: readonly string[] | null;
  readonly sensitiveCategories: readonly string[] | null;
  readonly givenAt: string | null;
  readonly validUntil: string | null;
  readonly withdrawnAt: string | null;
  readonly guardian: boolean;
  readonly sensitiveNotice: boolean;
}

type Conditions = Readonly<Record<string, boolean | undefined>>;

export interface Facts {
  readonly at: string;
  readonly exporter: {
    readonly role: string;
    readonly handlerId: string;
    readonly ciio: MaybeUnknown;
    readonly stateOrgan: boolean;
    readonly processedTotal: number;
    readonly authorisedByHandler: boolean;
    readonly sector: string;
  };
  readonly flow: {
    readonly destination: string;
    readonly kind: string;
    readonly recipient: string;
    readonly purpose: string;
    readonly onwardTo: readonly string[];
    readonly recipientRestricted: boolean;
    readonly foreignAuthorityRequest: boolean;
    readonly prcAuthorityApproval: boolean;
    readonly regulatorStopOrder: boolean;
  };
  readonly data: {
    readonly containsPI: boolean;
    readonly form: string;
    readonly anonymisationProven: boolean;
    readonly pseudonymisedCategories: readonly string[];
    readonly importance: string;
    readonly origin: string;
    readonly domesticMixedIn: boolean;
    readonly categories: readonly string[];
    readonly sensitive: readonly string[] | "unknown";
    readonly subjectsUnder14: boolean;
    readonly neededForPurpose: readonly string[] | null;
  };
  readonly basis: {
    readonly legalBasis: string;
    readonly contract?: Conditions;
    readonly hr?: Conditions;
    readonly emergency?: Conditions;
    readonly statutory?: Conditions;
  };
  readonly ftz: { readonly registered: boolean; readonly activityInZone: boolean; readonly result: string };
  readonly gba: { readonly bothRegistered: boolean };
  readonly counts: { readonly nonSensitive: number; readonly sensitive: number } | null;
  readonly history: readonly Transfer[] | null;
  readonly subjects: People | null;
  readonly reached: readonly Reached[];
  readonly mechanisms: readonly Mechanism[];
  readonly consent: Consent | null;
  readonly notice: { readonly missing: readonly string[] };
  readonly pipia: { readonly done: boolean; readonly coversScenario: boolean };
  readonly policy: Switches;
}

/**
 * Section 11: the points that are not settled. U-6 and U-15 say how facts come about, and nothing about given facts;
 * U-9 has no effect either way.
 */
export interface Switches {
  /** U-1 */
  readonly countExemptTransfers: boolean;
  /** U-2 */
  readonly hrRequireBoth: boolean;
  /** U-3 */
  readonly countBothKinds: boolean;
  /** U-4 */
  readonly volumeExemptionNeedsNoSensitive: boolean;
  /** U-5 */
  readonly ftzOpenToCiio: boolean;
  /** U-8 */
  readonly transitDutiesChecked: boolean;
  /** U-10 */
  readonly automotiveVolumeImportant: boolean;
  /** U-11 */
  readonly assessmentRunsThreeYears: boolean;
  /** U-12 */
  readonly unfiledContractBlocks: boolean;
  /** U-13 */
  readonly gbaAboveLines: boolean;
  /** Section 6, the consent nuance */
  readonly strictSeparateConsent: boolean;
}

const DEFAULTS: Omit<Facts, "at"> = {
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
    separate: true,
    recipients: ["R1"],
    purposes: ["customer_support"],
    categories: null,
    sensitiveCategories: null,
    givenAt: null,
    validUntil: null,
    withdrawnAt: null,
    guardian: false,
    sensitiveNotice: true,
  },
  notice: { missing: [] },
  pipia: { done: true, coversScenario: true },
  policy: {
    countExemptTransfers: false,
    hrRequireBoth: true,
    countBothKinds: true,
    volumeExemptionNeedsNoSensitive: false,
    ftzOpenToCiio: false,
    transitDutiesChecked: true,
    automotiveVolumeImportant: false,
    assessmentRunsThreeYears: false,
    unfiledContractBlocks: true,
    gbaAboveLines: false,
    strictSeparateConsent: false,
  },
};

type Json = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Objects merge member by member; anything else, arrays and null among it, replaces. */
function merge(under: unknown, over: unknown): unknown {
  if (!isObject(under) || !isObject(over)) return over;
  const merged: Record<string, unknown> = { ...under };
  for (const [name, value] of Object.entries(over)) merged[name] = merge(under[name], value);
  return merged;
}

/** @returns the facts as a case states them, completed with the defaults of section 2. */
export function complete(given: object): Facts {
  return merge(DEFAULTS, given) as Facts;
}
