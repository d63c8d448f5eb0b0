// What is on paper: mechanisms, exemptions, notices, assessments, proofs, orders. Types only.
// Dates are Beijing dates `YYYY-MM-DD` as on the paper, first and last day included.

import type { PiType } from "./identity.ts";

/** null: open on that side. */
export interface Term {
  readonly from: string | null;
  readonly until: string | null;
}

/** Which ways a paper is about: all members must hold the way's; an absent member is about any. */
export interface Ways {
  readonly exporters?: readonly string[];
  readonly destinations?: readonly string[];
  readonly recipients?: readonly string[];
  readonly purposes?: readonly string[];
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

/** PIPL Art. 38. */
export interface Mechanism {
  readonly id: string;
  readonly type: MechanismType;
  readonly exporters: readonly string[];
  readonly status?: "active" | "pending" | "suspended" | "revoked" | "terminated" | "failed";
  readonly issueDate?: string | null;
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
  /** The number on the paper, and the file that holds it. */
  readonly number?: string;
  readonly document?: string;
  /** The impact assessment that was filed with it. */
  readonly pipia?: string;
}

export type Ground = "transit" | "contract" | "hr" | "emergency" | "statutory";

/** A case of the Provisions, Arts. 4-5, that somebody claims and can show (E1-E5). E6 is a registration, E7 counted. */
export interface Exemption extends Ways, Term {
  readonly id: string;
  readonly ground: Ground;
  /** Ids of documents. */
  readonly evidence: readonly string[];
  readonly approvedBy: string | null;
}

/** PIPL Art. 39 items. */
export interface Notice {
  readonly id: string;
  readonly version: string;
  /** Whose it is. Absent: every exporter's. */
  readonly exporters?: readonly string[];
  readonly recipients: readonly string[];
  readonly purposes: readonly string[];
  /**
   * Items of Art. 39 and 17 that the text lacks: recipient_name, recipient_contact, purpose, method, categories,
   * rights, retention.
   */
  readonly missing: readonly string[];
  readonly sensitive: boolean;
  /** Kinds that it speaks of. Absent: its text says which. */
  readonly types?: readonly PiType[];
  /** Its items as written, by field. Absent: none. */
  readonly texts?: Readonly<Record<string, NoticeText>>;
  /** Of the rendered text, when it was published. */
  readonly sha256?: { readonly zh?: string; readonly en?: string };
  /** Versions before this one, the oldest first. */
  readonly supersedes?: readonly SupersededNotice[];
}

/** In one language for both, or in each. */
export type NoticeText = string | { readonly zh: string; readonly en: string };

/** A version that another one replaced on a day; `material`: consents given on it, or before it, no longer cover. */
export interface SupersededNotice {
  readonly version: string;
  readonly on: string;
  readonly material: boolean;
  /** Id of the document that holds its text. */
  readonly document?: string;
}

/** PIPL Arts. 55-56. Whether it covers a crossing is computed from the scenario it assessed. */
export interface Pipia {
  readonly id: string;
  readonly version: string | null;
  readonly done: boolean;
  /** Finished on; null: not said. */
  readonly doneOn: string | null;
  readonly approvedBy: string | null;
  /** Whose it is. Absent: every exporter's. */
  readonly exporters?: readonly string[];
  readonly recipients: readonly string[];
  readonly purposes: readonly string[];
  readonly types: readonly PiType[];
  /** Countries where the data lie; null: the recipient's own. */
  readonly storage: readonly string[] | null;
  /** Onward parties assessed. */
  readonly onward: readonly string[];
}

/** Written proof for a way: of anonymisation (PIPL Art. 73(4), PS-7), or that weights give nothing away (U-6). */
export interface Proof extends Ways, Term {
  readonly id: string;
  readonly of: "anonymisation" | "extraction-test";
  readonly method: string;
  /** Id of the report among the documents. */
  readonly report: string;
  /** Share of identifiers that the method takes out, as measured: 0 to 1. */
  readonly recall: number;
  readonly by: string;
}

/** The word of a PRC authority on a request from abroad (PIPL Art. 41, DSL Art. 36). */
export interface Approval extends Ways, Term {
  readonly id: string;
  readonly authority: string;
  readonly reference: string;
}

/** An authority ordered a stop (SA Measures Art. 17; Provisions Art. 12). */
export interface Order extends Ways, Term {
  readonly id: string;
  readonly authority: string;
  readonly reference: string;
}

/** Whom the CAC has put on the list of PIPL Art. 42: by our id, or by the names under which contracts may have it. */
export interface Restricted {
  readonly id: string;
  readonly names: readonly string[];
  readonly from: string | null;
  readonly source: string;
}

/** A free-trade zone's negative list (Provisions Art. 6). Contents change, so they are data. */
export interface FtzList extends Term {
  readonly id: string;
  readonly zone: string;
  readonly edition: string;
  readonly source: string;
  readonly sectors: readonly string[];
  readonly items: readonly FtzItem[];
}

export interface FtzItem {
  readonly sector: string;
  /** null: any personal information of the sector. */
  readonly types: readonly PiType[] | null;
  readonly result: "listed_sc_or_cert" | "listed_assessment";
}

/** An exporter registered in the zone, for what it does there. */
export interface FtzRegistration extends Ways, Term {
  readonly id: string;
  readonly list: string;
  readonly sector: string;
  readonly number: string;
  readonly activityInZone: boolean;
}

/** What sort of data goes to a destination (DSL Art. 21, NDSMR Art. 29): who said so, by which catalogue, when. */
export interface Classification {
  readonly level: "general" | "self-identified" | "important" | "core" | "state-secret" | "unknown";
  readonly catalogue: string;
  readonly by: string;
  readonly on: string;
  /** Beijing date, itself included; then somebody looks again. Absent: it stands until it is changed. */
  readonly until?: string;
}

export interface PaperDocument {
  readonly id: string;
  readonly kind: string;
  readonly path: string;
  readonly sha256: string;
  readonly version: string | null;
  readonly owner: string | null;
  readonly validUntil: string | null;
  readonly retainUntil: string | null;
}

/** What a contract with a recipient must settle (SC template Arts. 2-7; PIPL Art. 21): clause → where it stands. */
export interface Contract extends Term {
  readonly document: string | null;
  readonly clauses: Readonly<Record<string, string>>;
}
