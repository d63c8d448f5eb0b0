// The policy, compiled once and read once a crossing. Types only.

import type { Language } from "./arrival.ts";
import type { OpaqueClass, Operation } from "./doc.ts";
import type { NameReader } from "./finding.ts";
import type { Original, PiType } from "./identity.ts";

export interface Policy {
  /** `sha256:` + 64 hex of the canonical policy. */
  readonly hash: string;
  readonly profile: "strict" | "gbt45574";
  /** Reads names and addresses as far as this policy wants them read; null: not at all. */
  readonly names: NameReader | null;
  readonly switches: Readonly<Record<string, string | boolean>>;
  readonly language: Language;
  readonly exporters: ReadonlyMap<string, Exporter>;
  readonly recipients: ReadonlyMap<string, Recipient>;
  readonly destinations: ReadonlyMap<string, Destination>;
  readonly purposes: ReadonlyMap<string, Purpose>;
  readonly mechanisms: readonly Mechanism[];
  readonly notices: readonly Notice[];
  readonly pipias: readonly Pipia[];
  readonly callers: ReadonlyMap<string, Caller>;
  readonly rules: readonly PolicyRule[];
  readonly law: LawData;
}

export interface Exporter {
  readonly id: string;
  readonly name: string;
  readonly role: "handler" | "entrusted_processor";
  /** The PI handler whose count applies (CNT-1, CNT-7): the exporter itself unless entrusted. */
  readonly handler: string;
  readonly ciio: boolean | "unknown";
  readonly stateOrgan: boolean;
  readonly authorisedByHandler: boolean;
}

export interface Recipient {
  readonly id: string;
  readonly name: string;
  /** ISO 3166-1 alpha-2; CN is the mainland, HK MO TW are outside it. */
  readonly country: string;
  readonly contact: string;
  readonly restricted: boolean;
  readonly onwardTo: readonly string[];
}

export interface Destination {
  readonly id: string;
  readonly recipient: string;
  /** Origin with optional base path: `https://api.openai.com`. */
  readonly url: string;
  /** Provider ids tried in order; `any-json` last. */
  readonly providers: readonly string[];
  readonly operations: readonly Operation[];
  readonly leaves: "request" | "response";
  readonly flowKind: "push" | "remote_access" | "logging" | "in_country_access";
  readonly exporter: string | null;
  readonly purpose: string | null;
  /** JSON Pointers into the body that name the subject, with the type of the value there. */
  readonly subjectAt: readonly { readonly pointer: string; readonly type: string }[];
  readonly purposeAt: string | null;
  /** Lower-case names of caller headers that leave, besides the always allowed ones. */
  readonly headers: readonly string[];
  readonly credentials: Credentials;
  readonly tls: { readonly ca: string | null; readonly min: "TLSv1.2" | "TLSv1.3" };
  readonly via: { readonly proxy: string | null; readonly localAddress: string | null };
  readonly limits: {
    readonly bodyBytesMax: number;
    readonly headersTimeoutMs: number;
    readonly bodyTimeoutMs: number;
    readonly connectTimeoutMs: number;
  };
  readonly mode: "enforce";
  /** Classes of unread content that leave all the same, each signed for. Absent: none. */
  readonly opaque?: ReadonlyMap<OpaqueClass, Signed>;
}

/** Who answers for more than the default, and why. */
export interface Signed {
  readonly approvedBy: string;
  readonly reason: string;
}

/** Headers that carry the destination's own credential: exempt from the credential rule, hashed into nothing. */
export interface Credentials {
  readonly mode: "passthrough" | "inject";
  readonly headers: readonly string[];
  /** inject: header → the secret, already read by reference. Held as an Original so that it cannot print. */
  readonly inject: ReadonlyMap<string, Original>;
}

export interface Purpose {
  readonly id: string;
  readonly label: Readonly<Record<Language, string>>;
  /** law.md §2: consent | contract | hr | emergency | statutory, with its details. */
  readonly basis: LegalBasis;
  readonly neededTypes: readonly PiType[] | null;
}

export interface LegalBasis {
  readonly legalBasis: "consent" | "contract" | "hr" | "emergency" | "statutory";
  readonly contract?: { readonly individualIsParty: boolean; readonly necessary: boolean };
  readonly hr?: {
    readonly employee: boolean;
    readonly labourRules: boolean;
    readonly collectiveContract: boolean;
    readonly necessary: boolean;
  };
  readonly emergency?: { readonly imminent: boolean; readonly necessary: boolean };
  readonly statutory?: { readonly prcDuty: boolean; readonly necessary: boolean };
}

export type MechanismType = "SECURITY_ASSESSMENT" | "STANDARD_CONTRACT" | "CERTIFICATION" | "GBA_STANDARD_CONTRACT";

/** PIPL Art. 38. Dates are Beijing dates `YYYY-MM-DD`, inclusive, as on the paper. */
export interface Mechanism {
  readonly id: string;
  readonly type: MechanismType;
  readonly exporters: readonly string[];
  readonly status?: "active" | "pending" | "suspended" | "revoked";
  readonly validFrom: string | null;
  readonly validUntil: string | null;
  readonly extendedUntil?: string | null;
  readonly filedDate?: string | null;
  readonly filingRejected?: boolean;
  readonly templateModified?: boolean;
  readonly changeNotRefiled?: boolean;
  readonly scope: {
    readonly recipients?: readonly string[];
    readonly purposes?: readonly string[];
    readonly categories?: readonly PiType[];
    readonly maxNonSensitive?: number;
    readonly maxSensitive?: number;
    readonly onward?: readonly string[];
  };
}

/** PIPL Art. 39 items. */
export interface Notice {
  readonly id: string;
  readonly version: string;
  readonly recipients: readonly string[];
  readonly purposes: readonly string[];
  /**
   * Items of Art. 39 and 17 that the text lacks: recipient_name, recipient_contact, purpose, method, categories,
   * rights, retention.
   */
  readonly missing: readonly string[];
  readonly sensitive: boolean;
}

export interface Pipia {
  readonly id: string;
  readonly done: boolean;
  readonly recipients: readonly string[];
  readonly purposes: readonly string[];
  readonly types: readonly PiType[];
}

export interface Caller {
  readonly id: string;
  /** Hex SHA-256 of the key; empty: no key, only on loopback. */
  readonly keySha256: readonly string[];
  readonly exporters: readonly string[];
  readonly destinations: readonly string[];
  readonly purposes: readonly string[];
  readonly mayAssert: readonly ("subject" | "purpose" | "conversation" | "exporter")[];
}

/** AND inside a match, lists are OR. Absent means any. */
export interface PolicyRule {
  readonly id: string;
  readonly why: Readonly<Record<Language, string>>;
  readonly action: "forward" | "pseudonymize" | "block";
  readonly match: {
    readonly destination?: readonly string[];
    readonly purpose?: readonly string[];
    readonly operation?: readonly Operation[];
    readonly caller?: readonly string[];
    /** Any of these kinds found. */
    readonly piAny?: readonly PiType[];
    /** true: at least one finding; false: none. */
    readonly pi?: boolean;
  };
}

/** Numbers and dates of the law, from policies/law/*.yaml. Meaning is in src/law. */
export interface LawData {
  readonly revisions: readonly LawRevision[];
  /** Beijing dates of PRC holidays (off) and make-up working days (on), and until when they are known. */
  readonly calendar: {
    readonly off: ReadonlySet<string>;
    readonly on: ReadonlySet<string>;
    readonly knownUntil: string;
  };
}

export interface LawRevision {
  readonly id: string;
  /** Beijing date from which it is in force. */
  readonly from: string;
  readonly reviewedUntil: string;
  readonly source: string;
  readonly numbers: Readonly<Record<string, number>>;
}
