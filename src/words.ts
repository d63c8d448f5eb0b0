// Every value that crosses a stage border. Types only: no logic, no imports.
// Law of this file: nothing here is mutable after its stage returned it, and nothing but an Original holds payload
// text.

// ── Identity ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** `dec_` + 26 characters (ULID). One crossing, its entries, its headers, its log line. */
export type CrossingId = string & { readonly brand: "CrossingId" };

/**
 * First 16 bytes of HMAC-SHA-256(exporter secret, type ‖ 0x1F ‖ canonical value), base64url: 22 characters. Lasts
 * across years.
 */
export type PersonKey = string & { readonly brand: "PersonKey" };

/** First 16 bytes of HMAC-SHA-256(year secret, PersonKey), base64url. All that the ledger and the yearly set hold. */
export type CountKey = string & { readonly brand: "CountKey" };

/** A kind of personal information, e.g. `cn-mobile`: the folder name under find/. */
export type PiType = string;

/**
 * Text found in a payload. The only value that may hold it. It prints, serialises and inspects as "[original]",
 * so that a forgotten log statement cannot leak it; `reveal` is called only by act, restore and keys.
 */
export interface Original {
  reveal(): string;
}

/** The keyed one-way functions. Pure: the same input gives the same key. The secrets stay inside (ledger.md §4). */
export interface Keys {
  /** @param type a PI type id, or `id` for the caller's own user id. @param canonical normalised per type. */
  person(exporter: string, type: string, canonical: string): PersonKey;
  count(exporter: string, year: number, person: PersonKey): CountKey;
  /**
   * HMAC-SHA-256 of bytes under the digest key, hex. For bodies and strings: a bare digest of a short prompt can be
   * guessed.
   */
  digest(bytes: Uint8Array | string): string;
  /** 35 bits of HMAC under the pseudonym key, as 7 base32 characters. */
  pseudonym(scope: string, type: PiType, canonical: string): string;
}

// ── Arrival: what io/serve hands to the gate ────────────────────────────────────────────────────────────────────────

/** name, value, name, value … as on the wire, hop-by-hop and X-Yumen-* already taken out, names in lower case. */
export type HeaderPairs = readonly string[];

/** A well-formed request, whole, from an authenticated caller. */
export interface Arrival {
  readonly id: CrossingId;
  /** ms since the epoch, from the guarded clock: the only "now" that the pure stages know. */
  readonly atMs: number;
  readonly method: string;
  /** Origin-form without the destination segment: `/v1/chat/completions?x=1`. */
  readonly target: string;
  readonly destination: string;
  readonly headers: HeaderPairs;
  /** As received: content-encoding still on. */
  readonly body: Uint8Array;
  readonly contentType: string;
  readonly contentEncoding: string;
  /** The id of a caller in policy. */
  readonly caller: string;
  /** What the caller asserted in X-Yumen-* headers, unchecked. */
  readonly asserted: Asserted;
  readonly language: Language;
}

export interface Asserted {
  readonly subject: string | null;
  readonly purpose: string | null;
  readonly conversation: string | null;
  readonly exporter: string | null;
}

export type Language = "zh" | "en";

// ── decode: bytes → Doc ─────────────────────────────────────────────────────────────────────────────────────────────

/** Token kinds. The low nibble of Tokens.kind; ESCAPED (0x10) is set when the raw text holds a backslash. */
export type TokenKind = 0 | 1 | 2 | 3 | 4 | 5;

/** A flat index over the bytes of a JSON document, in document order. Duplicated members are all here. */
export interface Tokens {
  readonly count: number;
  /** 0 object · 1 array · 2 key · 3 string · 4 number · 5 literal; | 0x10 when escaped. */
  readonly kind: Uint8Array;
  /**
   * Byte offsets into Doc.bytes; for keys and strings the quotes are left out. For containers: the brackets, `end`
   * exclusive.
   */
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** Token index of the container; -1 at the root. */
  readonly parent: Int32Array;
  /** For an array's item its ordinal; for an object's value the token index of its key; for a key -1. */
  readonly slot: Int32Array;
}

/** Text outside the body that would leave too. A finding here can only block: it cannot be rewritten safely. */
export interface HeadText {
  readonly where: "path" | "query" | "header";
  /** Which segment, parameter or header: for messages. Never a value. */
  readonly name: string;
  /** Percent-decoded to the fix-point (at most 3 times). */
  readonly text: string;
}

/** What will leave, readable. */
export interface Doc {
  readonly codec: "json" | "empty";
  /** Identity encoding. Law 7: bytes that need no change leave unchanged. */
  readonly bytes: Uint8Array;
  readonly tokens: Tokens;
  readonly head: readonly HeadText[];
}

/** What the gate cannot read, it does not let through. `detail` never holds payload text. */
export interface Unreadable {
  readonly code:
    | "body_too_large"
    | "encoding_unsupported"
    | "encoding_broken"
    | "media_type_unsupported"
    | "json_invalid"
    | "json_ambiguous"
    | "json_too_deep"
    | "charset_unsupported"
    | "content_opaque"
    | "target_ambiguous";
  readonly detail: string;
}

export type Operation =
  | "inference"
  | "embedding"
  | "storage"
  | "batch"
  | "training"
  | "evaluation"
  | "admin"
  | "unknown";

/** An API shape: one folder under decode/providers/. A plain object. */
export interface Provider {
  readonly id: string;
  /** @param path without destination, repeated `/v1` collapsed. null: not a request of this API. */
  operation(method: string, path: string): Operation | null;
  /** The path to dial: SDKs and people spell `/v1` in every way. */
  canonicalPath(path: string): string;
  /** JSON Pointer of the model name in the request, or null. */
  readonly modelAt: string | null;
  /** A block or a failure in the dialect that this API's SDKs read. Body text; application/json. */
  refusal(refusal: Refusal): string;
  /** The same as one event of a running stream, framing included. */
  streamRefusal(refusal: Refusal): string;
  /** Where text runs over several stream events. */
  readonly lanes: LaneShape;
}

/**
 * How streamed text is cut over events. `lane` names the run of text that a JSON string at `pointer` belongs to
 * (null: the string is whole within its event), given the event's own document; `ends` says which lanes an event ends.
 */
export interface LaneShape {
  lane(event: StreamEvent, pointer: string): string | null;
  /** A name here also ends the lanes below it: `0` ends `0/content`. */
  ends(event: StreamEvent): "none" | "all" | readonly string[];
  /**
   * true: the string at `pointer` is itself JSON text (tool arguments): what is put into it is escaped for its
   * strings.
   */
  nested?(event: StreamEvent, pointer: string): boolean;
}

/**
 * One SSE event's JSON, as the lane shapes look at it. `read` returns the value at a JSON Pointer, undefined where
 * absent.
 */
export interface StreamEvent {
  read(pointer: string): string | number | boolean | null | undefined;
}

// ── find: Doc → Finding[] ───────────────────────────────────────────────────────────────────────────────────────────

export type Certainty = "checksum" | "format+context" | "key" | "model" | "suspect";

/**
 * strong: identifies one individual. weak: belongs to somebody. none: not PI about a person (an organisation).
 * secret: a credential.
 */
export type Identifies = "strong" | "weak" | "none" | "secret";

export interface Finding {
  readonly type: PiType;
  readonly where: "body" | "path" | "query" | "header";
  /** Index into Doc.tokens, or into Doc.head when `where` is not body. */
  readonly token: number;
  /** JSON Pointer, or the name of the head's field. Segments of keys that hold PI themselves are cut to `*`. */
  readonly path: string;
  /** UTF-16 units in the decoded string. */
  readonly start: number;
  readonly end: number;
  /** Bytes in Doc.bytes that carry it, escapes included; 0,0 in the head. */
  readonly byteStart: number;
  readonly byteEnd: number;
  readonly certainty: Certainty;
  /** Under the sensitivity profile in force (taxonomy; law.md §3). */
  readonly sensitive: boolean;
  readonly identifies: Identifies;
  /** Normalised for its type (separators and +86 gone, upper case where case does not matter). */
  readonly original: Original;
}

// ── flow: who sends, for whom, to whom, for what, about whom ────────────────────────────────────────────────────────

export interface Flow {
  readonly leaves: "request" | "response";
  readonly caller: string;
  readonly exporter: string;
  readonly destination: string;
  readonly recipient: string;
  readonly country: string;
  readonly purpose: string;
  readonly provider: string;
  readonly operation: Operation;
  readonly model: string | null;
  /** Pseudonym scope and unlinkable names: declared, or the crossing's own id. */
  readonly conversation: string;
  /** Beijing calendar year of the crossing. */
  readonly year: number;
  /** The declared subject and every identifier found: keys to ask the facts for. In order of first sight, each once. */
  readonly identifiers: readonly PersonKey[];
  /** Keys of the declared subject's aliases as asserted; empty: nobody declared. */
  readonly declared: readonly PersonKey[];
  /** Per finding (same index): the identifier's key, or null where it identifies nobody by itself. */
  readonly keyOf: readonly (PersonKey | null)[];
}

/** A request that policy does not know how to carry. Refused, recorded. */
export interface Misrouted {
  readonly code:
    | "destination_unknown"
    | "exporter_not_allowed"
    | "purpose_not_allowed"
    | "assertion_not_allowed"
    | "operation_not_allowed"
    | "subject_malformed"
    | "purpose_missing"
    | "destination_not_allowed";
  readonly detail: string;
}

// ── facts: the one load between the pure halves ─────────────────────────────────────────────────────────────────────

export interface FactsAsk {
  readonly exporter: string;
  readonly recipient: string;
  readonly purpose: string;
  readonly year: number;
  readonly identifiers: readonly PersonKey[];
}

/** Counts of distinct people, this exporter, this Beijing year, before the crossing. */
export interface Counts {
  readonly nonSensitive: number;
  readonly sensitive: number;
  readonly gross: number;
}

export interface Facts {
  /** By identifier key as asked. Aliases of one person give the same `person`. */
  readonly people: ReadonlyMap<PersonKey, PersonFacts>;
  readonly counts: Counts;
  /** Cursor of the consent feed that this was read at. */
  readonly asOf: string;
  /** true: the feed is older than allowed; everything that needs consent fails closed. */
  readonly stale: boolean;
}

export interface PersonFacts {
  readonly person: PersonKey;
  readonly counted: { readonly nonSensitive: boolean; readonly sensitive: boolean; readonly gross: boolean };
  /**
   * For the asked recipient and purpose, else the nearest of other scope (so that the reason can say which part is
   * missing), else null.
   */
  readonly consent: ConsentState | null;
}

/** Folded from events (ledger.md §5). Instants are ISO 8601 UTC. */
export interface ConsentState {
  readonly receipt: string;
  readonly recipient: string;
  readonly purpose: string;
  readonly granted: boolean;
  readonly separate: boolean;
  readonly guardian: boolean;
  readonly sensitiveNotice: boolean;
  readonly types: readonly PiType[];
  readonly sensitiveTypes: readonly PiType[];
  readonly notice: { readonly id: string; readonly version: string } | null;
  readonly givenAt: string;
  readonly withdrawnAt: string | null;
  readonly validUntil: string | null;
}

// ── decide: Case → Decision ─────────────────────────────────────────────────────────────────────────────────────────

/** Somebody the payload is about, after aliases are resolved. */
export interface Individual {
  /** null: cannot be linked to an identifier; `key` is then keyed by conversation, string and ordinal. */
  readonly person: PersonKey | null;
  readonly key: PersonKey;
  readonly countKey: CountKey;
  readonly declared: boolean;
  readonly counted: PersonFacts["counted"];
  readonly consent: ConsentState | null;
  /** Indexes into Case.findings. */
  readonly findings: readonly number[];
}

/** All that a decision is a function of (law 5). */
export interface Case {
  readonly at: string;
  readonly flow: Flow;
  readonly findings: readonly Finding[];
  readonly individuals: readonly Individual[];
  readonly counts: Counts;
  readonly stale: boolean;
  readonly policy: Policy;
  /** Indexes of findings that would leave only as pseudonyms. Empty at the first judging. */
  readonly hidden: ReadonlySet<number>;
}

export type Action = "forward" | "pseudonymize" | "coarsen" | "redact" | "reroute" | "block";

export type Outcome = "NOT_EXPORT" | "PROHIBITED" | "NO_PI" | "EXEMPT" | "SC_OR_CERT" | "ASSESSMENT";

/** Why. `code` is upper snake case and stands in docs/errors.md. Never holds a value. */
export interface Reason {
  readonly code: string;
  readonly article: string;
  /** JSON Pointer or head field it is about, where there is one. */
  readonly path?: string;
  readonly type?: PiType;
  /** Ids for the message: mechanism, purpose, recipient, rule. Never payload. */
  readonly about?: string;
}

/** One rule's word on a Case. A rule that has nothing to say returns null. */
export interface Opinion {
  readonly rule: string;
  readonly effect: "permit" | "forbid";
  /** permit: the mildest action it is content with. forbid: the actions that would lift it, if applied to `hide`. */
  readonly actions: readonly Action[];
  /** Indexes of findings that the action concerns; empty: all. */
  readonly hide: readonly number[];
  readonly reasons: readonly Reason[];
}

export interface Rule {
  readonly name: string;
  judge(c: Case): Opinion | null;
}

/** What the law asks of the crossing: the strictest of its individuals' routes. */
export interface Legal {
  readonly outcome: Outcome;
  readonly rule: string;
  readonly basis: string;
  readonly revision: string;
  readonly switches: Readonly<Record<string, string | boolean>>;
  readonly mechanism: string | null;
  readonly mechanismsAllowed: readonly string[];
  readonly warnings: readonly string[];
  /** Which individuals are counted where, if the crossing leaves. */
  readonly admissions: readonly Admission[];
  /** The counts after adding for which the decision holds: adding people past them must fail (null: no line above). */
  readonly limit: CountLimit;
}

export interface CountLimit {
  readonly nonSensitive: number | null;
  readonly sensitive: number | null;
}

export interface Admission {
  readonly key: CountKey;
  readonly nonSensitive: boolean;
  readonly sensitive: boolean;
}

export interface Decision {
  readonly action: Action;
  /** The rule that determined it: a law rule id (E7, C2 …), a policy rule's id, or a built-in rule's name. */
  readonly rule: string;
  readonly reasons: readonly Reason[];
  readonly cures: readonly string[];
  /** Indexes of findings to pseudonymize. */
  readonly hide: readonly number[];
  readonly legal: Legal;
  /** Observe mode: what enforcement would have done; the action is then what observe lets through. */
  readonly would: Action | null;
}

// ── act: Decision → what leaves ─────────────────────────────────────────────────────────────────────────────────────

/** Stand-in → the text it stands for, exactly as it stood in the string it was taken from. */
export type Minted = ReadonlyMap<string, Original>;

export interface Departure {
  readonly body: Uint8Array;
  readonly minted: Minted;
}

/** Everything the caller is told about a crossing that did not leave. */
export interface Refusal {
  readonly decision: CrossingId;
  /** HTTP status. */
  readonly status: number;
  /** First reason in lower snake case: `consent_missing`. */
  readonly code: string;
  readonly message: string;
  readonly param: string | null;
  readonly reasons: readonly Reason[];
}

// ── policy: compiled once, atomic per crossing ──────────────────────────────────────────────────────────────────────

export interface Policy {
  /** `sha256:` + 64 hex of the canonical policy. */
  readonly hash: string;
  readonly profile: "strict" | "gbt45574";
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

// ── record ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** One ledger entry before canonicalisation (ledger.md §2). Values are JSON; members absent rather than undefined. */
export type Entry = { readonly v: 1; readonly kind: EntryKind; readonly t: string } & Readonly<Record<string, Json>>;

export type EntryKind =
  | "crossing"
  | "outcome"
  | "policy_change"
  | "consent_change"
  | "start"
  | "seal"
  | "refused"
  | "residual"
  | "torn_tail";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json };
