// The policy, compiled once and read once a crossing. Types only.

import type { AlarmPlace } from "./alarms.ts";
import type { Language } from "./arrival.ts";
import type { Group, OutsideFlow } from "./counting.ts";
import type { OpaqueClass, Operation } from "./doc.ts";
import type { InventoryRow } from "./drift.ts";
import type { OwnDuty } from "./duties.ts";
import type { NameReader } from "./finding.ts";
import type { Original, PiType } from "./identity.ts";
import type {
  Approval,
  Classification,
  Contract,
  Exemption,
  FtzList,
  FtzRegistration,
  LegalBasis,
  Mechanism,
  Notice,
  Order,
  PaperDocument,
  Pipia,
  Proof,
  Restricted,
} from "./papers.ts";

export interface Policy {
  /** `sha256:` + 64 hex of the canonical policy. */
  readonly hash: string;
  readonly profile: "strict" | "gbt45574";
  /** Reads names and addresses as far as this policy wants them read; null: not at all. */
  readonly names: NameReader | null;
  readonly switches: Readonly<Record<string, string | boolean>>;
  readonly language: Language;
  /** What data to a destination without a statement counts as (law.md I1). */
  readonly unclassified: "general" | "unknown";
  /** What is done where the gate lacks knowledge that the law does not ask of it; all else blocks. */
  readonly failures: FailureChoices;
  /** Shares of a line at which somebody is told: 0 to 1, ascending. */
  readonly warnAt: readonly number[];
  /** The volume exemption wants an opening balance of the year. Absent: where there is none, somebody is told. */
  readonly withoutOpening?: "block";
  readonly groups: ReadonlyMap<string, Group>;
  readonly exporters: ReadonlyMap<string, Exporter>;
  readonly recipients: ReadonlyMap<string, Recipient>;
  readonly destinations: ReadonlyMap<string, Destination>;
  readonly purposes: ReadonlyMap<string, Purpose>;
  readonly mechanisms: readonly Mechanism[];
  readonly notices: readonly Notice[];
  readonly pipias: readonly Pipia[];
  readonly exemptions: readonly Exemption[];
  readonly proofs: readonly Proof[];
  readonly approvals: readonly Approval[];
  readonly orders: readonly Order[];
  readonly restricted: readonly Restricted[];
  readonly ftzLists: ReadonlyMap<string, FtzList>;
  readonly ftz: readonly FtzRegistration[];
  readonly documents: ReadonlyMap<string, PaperDocument>;
  readonly callers: ReadonlyMap<string, Caller>;
  readonly rules: readonly PolicyRule[];
  /** What is sent past the gate, as declared. Absent: nothing. */
  readonly outsideFlows?: readonly OutsideFlow[];
  /** What the company has set itself to do. Absent: nothing. */
  readonly duties?: readonly OwnDuty[];
  /** What is known to leave. Absent: nobody wrote it down, and nothing is compared with it. */
  readonly inventory?: readonly InventoryRow[];
  /** What becomes of a crossing that the inventory does not know. Absent: an alarm. */
  readonly onDrift?: "alarm" | "block";
  /** Whom an alarm reaches besides the log. Absent: nobody. */
  readonly alarms?: readonly AlarmPlace[];
  readonly law: LawData;
}

/**
 * `warn` or `block`: nobody reviewed the law for this date; nobody knows the working days of a deadline; the word on
 * what the data are, the contract with the recipient, the look at it have ended (absent: block; warn; warn).
 */
export interface FailureChoices {
  readonly lawNotReviewed: "warn" | "block";
  readonly calendarUnknown: "warn" | "block";
  readonly classificationLapsed?: "warn" | "block";
  readonly contractLapsed?: "warn" | "block";
  readonly dueDiligenceLapsed?: "warn" | "block";
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
  /** People whose data it processes in all; only the rules before 2024-03-22 ask. */
  readonly processedTotal: number;
  /** Makers, dealers, repairers, platforms of cars and what belongs to them: only switch U-10 asks. Absent: general. */
  readonly sector?: "general" | "automotive";
  /** Registered in the Guangdong part of the Greater Bay Area. */
  readonly gba: boolean;
}

export interface Recipient {
  readonly id: string;
  readonly name: string;
  /** ISO 3166-1 alpha-2; CN is the mainland, HK MO TW are outside it. */
  readonly country: string;
  readonly contact: string;
  readonly role: RecipientRole;
  readonly restricted: boolean;
  /** Parties it passes data on to, its sub-processors among them. */
  readonly onwardTo: readonly string[];
  /** Countries where it keeps the data. */
  readonly storage: readonly string[];
  /** Registered in Hong Kong or Macao, in the Greater Bay Area. */
  readonly gba: boolean;
  readonly contract: Contract | null;
  readonly breachNoticeHours: number | null;
  readonly dueDiligence: {
    readonly on: string;
    readonly until: string | null;
    readonly document: string | null;
  } | null;
  /** The last day on which anything was sent to it. Absent: it is in use. */
  readonly closed?: string;
}

export type RecipientRole =
  | "model-provider"
  | "labelling-vendor"
  | "analytics"
  | "support"
  | "group-company"
  | "sub-processor"
  | "other";

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
  /**
   * JSON Pointers into the body that name the subject, with the type of the value there. What stands in the same object
   * is the subject's own; at the root only what the API says is, or, with `record`, the whole body but its lists.
   */
  readonly subjectAt: readonly { readonly pointer: string; readonly type: string; readonly record?: true }[];
  readonly purposeAt: string | null;
  /** Where the body names the conversation that it belongs to. Absent: nowhere. */
  readonly conversationAt?: string;
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
  /** On trial; null: enforced. */
  readonly observe: Observe | null;
  /** Another legal entity answers for some models or regions. Absent: never. */
  readonly recipientsBy?: readonly RecipientBy[];
  /** Values that bodies take on before they leave. Absent: none. */
  readonly force?: readonly Forced[];
  readonly classification: Classification | null;
  /** Classes of unread content that leave all the same, each signed for. Absent: none. */
  readonly opaque?: ReadonlyMap<OpaqueClass, Signed>;
}

/** A crossing that this names is sent to `recipient`. A pattern is literal but for `*`. */
export interface RecipientBy {
  readonly models: readonly string[] | null;
  readonly regions: readonly string[] | null;
  readonly recipient: string;
}

/** RFC 6901; the last token is a member's name. It is set in bodies of these operations, where they are JSON. */
export interface Forced {
  readonly pointer: string;
  readonly operations: readonly Operation[];
  readonly value: string | number | boolean | null;
}

/** A way on trial: what would be blocked leaves, and is written down as such. Never what no paper can make lawful. */
export interface Observe extends Signed {
  readonly covers: "policy" | "law";
  /** Beijing dates, both included: at most thirty days apart. */
  readonly from: string;
  readonly until: string;
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
  /** It answers a court or authority abroad (PIPL Art. 41). */
  readonly foreignAuthority: boolean;
  readonly neededTypes: readonly PiType[] | null;
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

/** Every rule is read; the strictest that matches wins. */
export interface PolicyRule {
  readonly id: string;
  readonly why: Readonly<Record<Language, string>>;
  readonly action: "forward" | "pseudonymize" | "redact" | "block";
  readonly match: Match;
  /** CEL, type-checked at load: it must hold too. What cannot be worked out counts towards closed. */
  readonly when?: string;
  /** Written proof that what leaves after the action is no longer about anybody (law.md PS-7). */
  readonly proof?: string;
}

/** AND over the members, OR inside a list; an absent member means any. */
export interface Match {
  readonly exporter?: readonly string[];
  readonly destination?: readonly string[];
  readonly recipient?: readonly string[];
  readonly country?: readonly string[];
  readonly purpose?: readonly string[];
  readonly operation?: readonly Operation[];
  readonly provider?: readonly string[];
  readonly caller?: readonly string[];
  /** Patterns: literal but for `*`. A request that names no model matches none. */
  readonly model?: readonly string[];
  /** Any of these kinds found. */
  readonly piAny?: readonly PiType[];
  /** true: at least one finding about somebody; false: none. */
  readonly pi?: boolean;
  /** true: some finding is sensitive under the profile in force. */
  readonly sensitive?: boolean;
  /** true: something says that somebody is under fourteen. */
  readonly minor?: boolean;
  /** true: the caller declared whose data it is. */
  readonly declared?: boolean;
  /** Individuals in the payload, both ends included. */
  readonly people?: { readonly min?: number; readonly max?: number };
  /** At least one of them holds. */
  readonly any?: readonly Match[];
  /** It does not hold. */
  readonly not?: Match;
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
