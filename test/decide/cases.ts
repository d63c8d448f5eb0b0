// A policy and Cases to judge: made up, small, with every member that decide reads.

import { loadLawData } from "../../src/io/law-data.ts";
import type {
  Case,
  ConsentState,
  CountKey,
  Destination,
  Finding,
  Individual,
  Mechanism,
  PersonKey,
  Policy,
  PolicyRule,
} from "../../src/words.ts";
import { NO_PAPERS } from "../no-papers.ts";

export const AT = "2026-05-12T02:00:00.000Z";
const LAW = loadLawData("policies/law");
const TYPES = ["person", "cn-mobile", "address", "bank-card"];

export const CONTRACT: Mechanism = {
  id: "sc-1",
  type: "STANDARD_CONTRACT",
  exporters: ["shop"],
  validFrom: "2026-01-12",
  validUntil: "2028-12-31",
  filedDate: "2026-01-20",
  scope: { recipients: ["acme"], purposes: ["support"], categories: ["person", "cn-mobile", "bank-card"] },
};

export const FORWARD: PolicyRule = { id: "let-go", why: { zh: "放行", en: "go" }, action: "forward", match: {} };

const DESTINATION: Destination = {
  id: "acme-api",
  recipient: "acme",
  url: "https://api.example.invalid",
  providers: ["any-json"],
  operations: ["inference"],
  leaves: "request",
  flowKind: "push",
  exporter: null,
  purpose: null,
  subjectAt: [],
  purposeAt: null,
  headers: [],
  credentials: { mode: "passthrough", headers: [], inject: new Map() },
  tls: { ca: null, min: "TLSv1.2" },
  via: { proxy: null, localAddress: null },
  limits: { bodyBytesMax: 1, headersTimeoutMs: 1, bodyTimeoutMs: 1, connectTimeoutMs: 1 },
  observe: null,
  classification: null,
};

const RECIPIENT = {
  role: "model-provider",
  restricted: false,
  onwardTo: [],
  gba: false,
  contract: null,
  breachNoticeHours: null,
  dueDiligence: null,
} as const;

const PIPIA = { version: null, doneOn: null, approvedBy: null, storage: null, onward: [] };

export function policyOf(change: Partial<Policy> = {}): Policy {
  const exporter = { id: "shop", name: "Shop", role: "handler", handler: "shop", ciio: false } as const;
  const recipient = { ...RECIPIENT, id: "acme", name: "Acme", country: "US", contact: "x", storage: ["US"] };
  const purpose = { id: "support", label: { zh: "客服", en: "support" }, basis: { legalBasis: "consent" } } as const;
  return {
    hash: "sha256:0",
    profile: "strict",
    names: null,
    switches: {},
    language: "en",
    ...NO_PAPERS,
    exporters: new Map([
      ["shop", { ...exporter, stateOrgan: false, authorisedByHandler: true, processedTotal: 0, gba: false }],
    ]),
    recipients: new Map([["acme", recipient]]),
    destinations: new Map([["acme-api", DESTINATION]]),
    purposes: new Map([["support", { ...purpose, foreignAuthority: false, neededTypes: null }]]),
    mechanisms: [],
    notices: [{ id: "n", version: "1", recipients: ["acme"], purposes: ["support"], missing: [], sensitive: true }],
    pipias: [{ ...PIPIA, id: "p", done: true, recipients: ["acme"], purposes: ["support"], types: TYPES }],
    callers: new Map(),
    rules: [FORWARD],
    law: LAW,
    ...change,
  };
}

export function finding(type: string, change: Partial<Finding> = {}): Finding {
  return {
    type,
    where: "body",
    token: 0,
    path: `/${type}`,
    start: 0,
    end: 1,
    byteStart: 0,
    byteEnd: 1,
    certainty: "checksum",
    sensitive: type === "bank-card",
    identifies: type === "uscc" ? "none" : type === "api-key" ? "secret" : "strong",
    original: { reveal: () => "x" },
    ...change,
  };
}

export function consent(change: Partial<ConsentState> = {}): ConsentState {
  return {
    receipt: "r",
    recipient: "acme",
    purpose: "support",
    granted: true,
    separate: true,
    guardian: false,
    sensitiveNotice: true,
    types: TYPES,
    sensitiveTypes: TYPES,
    notice: null,
    givenAt: "2026-01-01T00:00:00.000Z",
    withdrawnAt: null,
    validUntil: null,
    ...change,
  };
}

export function individual(n: number, findings: readonly number[], change: Partial<Individual> = {}): Individual {
  return {
    person: `p${n}` as PersonKey,
    key: `p${n}` as PersonKey,
    countKey: `c${n}` as CountKey,
    declared: n === 0,
    counted: { nonSensitive: false, sensitive: false, gross: false },
    consent: consent(),
    findings,
    ...change,
  };
}

/** One consented individual whom all findings are about, unless told otherwise. */
export function caseOf(findings: readonly Finding[], change: Partial<Case> = {}): Case {
  return {
    at: AT,
    flow: {
      leaves: "request",
      caller: "app",
      exporter: "shop",
      destination: "acme-api",
      recipient: "acme",
      country: "US",
      purpose: "support",
      provider: "any-json",
      operation: "inference",
      model: null,
      conversation: "v",
      year: 2026,
      identifiers: [],
      declared: [],
      keyOf: [],
    },
    findings,
    individuals: [
      individual(
        0,
        findings.map((_, i) => i),
      ),
    ],
    counts: { nonSensitive: 0, sensitive: 0, gross: 0 },
    stale: false,
    policy: policyOf(),
    hidden: new Set(),
    ...change,
  };
}
