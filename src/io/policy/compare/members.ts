// The table of what every part of a policy does to what may leave. Law of this file: a list or field that is not named
// here loosens whenever it changes, so that one which is added later is never overlooked. "Neutral" is what no decision
// reads: names for people, papers that are only shown. The reason of a direction stands where it is not plain.

import { voidedVersions } from "../../../law/notices.ts";
import { isTold } from "../notice-texts.ts";
import type { ListName } from "../schema.ts";
import * as d from "./directions.ts";

export interface Part {
  /** What one more of it does, and one less. */
  readonly added: d.Effect;
  readonly removed: d.Effect;
  readonly fields: Readonly<Record<string, d.Direction>>;
  /** Fields whose order matters. */
  readonly ordered?: readonly string[];
  /** As it is compared: fields that mean one thing become one. */
  view?(item: never): object;
}

const PERMITS = { added: "loosens", removed: "tightens" } as const;
const FORBIDS = { added: "tightens", removed: "loosens" } as const;
/** One more may close what another opens, and the other way round. */
const EITHER = { added: "loosens", removed: "loosens" } as const;
const SHOWN = { added: "neutral", removed: "neutral" } as const;

const WAYS = { exporters: d.fewer, destinations: d.fewer, recipients: d.fewer, purposes: d.fewer };
const TERM = { from: d.later, until: d.earlier };
const WAYS_FORBIDDEN = { exporters: d.more, destinations: d.more, recipients: d.more, purposes: d.more };
const TERM_FORBIDDEN = { from: d.forbiddenFrom, until: d.forbiddenUntil };
const PAPER = { document: d.nothing, number: d.nothing, authority: d.nothing, reference: d.nothing };
const upwards = d.towards([false], [true]);

/** Without an end, a mechanism's term runs from its begin: then a later begin is a later end. */
const validFrom: d.Direction = () => "loosens";

const exporters: Part = {
  ...PERMITS,
  // S1, S2: the assessment that is then asked for satisfies the lighter routes too
  fields: { name: d.nothing, ciio: d.towards([false], [true, "unknown"]), stateOrgan: upwards },
};

const recipients: Part = {
  ...PERMITS,
  // its name is compared with the restricted list: a new one is another
  fields: {
    ...{ contact: d.nothing, role: d.nothing, breachNoticeHours: d.nothing, closed: d.nothing },
    // their ends may shut the way (`failures`)
    contract: d.members({ until: d.earlier, from: d.nothing, document: d.nothing, clauses: d.nothing }),
    dueDiligence: d.members({ until: d.earlier, on: d.nothing, document: d.nothing }),
    ...{ restricted: upwards, onward: d.more, storage: d.more },
  },
  view: ({ onwardTo, subProcessors, storage, ...r }: Recipient) => ({
    ...r,
    onward: [...new Set([...onwardTo, ...subProcessors.map(({ name }) => name)])],
    storage: [...new Set([...(storage ?? [r.country]), ...subProcessors.map(({ country }) => country)])],
  }),
};

interface Recipient {
  readonly country: string;
  readonly onwardTo: readonly string[];
  readonly subProcessors: readonly { readonly name: string; readonly country: string }[];
  readonly storage?: readonly string[];
}

/** Law X1 before I1 before all others. */
const LEVELS = [
  ["general", "self-identified"],
  ["important", "unknown"],
  ["core", "state-secret"],
] as const;
const level = d.towards(...LEVELS);

const destinations: Part = {
  ...PERMITS,
  ordered: ["providers"],
  fields: {
    // not `headers`: one that no longer leaves is no longer looked at, and what it was blocked for is gone
    ...{ operations: d.fewer, passes: d.fewer, signed: d.nothing },
    limits: d.members({ body: d.lower, headersTimeout: d.nothing, bodyTimeout: d.nothing, connectTimeout: d.nothing }),
    tls: d.members({ min: d.towards(["TLSv1.2"], ["TLSv1.3"]) }),
    observe: observing,
    // none: as the policy reads silence, which may be either
    classification: d.members({
      ...{ level, until: d.earlier, catalogue: d.nothing, by: d.nothing, on: d.nothing, document: d.nothing },
    }),
  },
  view: ({
    opaque: { approvedBy, reason, ...classes },
    ...rest
  }: {
    readonly opaque: Readonly<Record<string, string>>;
  }) => ({
    ...rest,
    passes: Object.keys(classes).filter((name) => classes[name] === "pass"),
    signed: [approvedBy, reason],
  }),
};

/** Not said is enforced. */
function observing(a: unknown, b: unknown): d.Effect {
  if (a === undefined) return "loosens";
  if (b === undefined) return "tightens";
  const covers = d.towards(["law"], ["policy"]);
  return d.members({ covers, ...TERM, approvedBy: d.nothing, reason: d.nothing })(a, b);
}

const mechanisms: Part = {
  ...PERMITS,
  // one that passes all checks is enough: what narrows one narrows all
  fields: {
    ...PAPER,
    ...{ pipia: d.nothing, exporters: d.fewer, validFrom, extendedUntil: endsEarlier, validUntil: endsEarlier },
    status: d.towards(["active"], ["suspended", "revoked", "terminated", "failed"]),
    ...{ filingRejected: flagged, templateModified: flagged, changeNotRefiled: flagged },
    scope: scoped,
  },
};

/** Only where both say so: an end that is left out runs from the begin. */
function endsEarlier(a: unknown, b: unknown): d.Effect {
  return typeof a === "string" && typeof b === "string" ? d.earlier(a, b) : "loosens";
}

/** Not said is false. */
function flagged(a: unknown, b: unknown): d.Effect {
  return upwards(a ?? false, b ?? false);
}

/** A list that is not said is no limit, but for onward parties: they must be named. */
function scoped(a: unknown, b: unknown): d.Effect {
  const onward: d.Direction = (was, is) => d.fewer(was ?? [], is ?? []);
  const lists = { recipients: d.fewer, purposes: d.fewer, categories: d.fewer, onward };
  return d.members({ ...lists, maxNonSensitive: d.lower, maxSensitive: d.lower })(a, b);
}

const NOTICE_TEXTS = [
  ...["recipientName", "recipientContact", "purpose", "method", "categories", "rights", "retention"],
  ...["sensitiveNecessity", "sensitiveImpact"],
];

const notices: Part = {
  ...PERMITS,
  fields: {
    ...{ exporters: d.fewer, recipients: d.fewer, purposes: d.fewer, version: d.nothing, document: d.nothing },
    ...{ types: d.nothing, sha256: d.nothing, supersedes: superseding },
    ...Object.fromEntries(NOTICE_TEXTS.map((name) => [name, told])),
  },
};

/** A text in one language or in both. */
function told(a: unknown, b: unknown): d.Effect {
  const [was, is] = [a, b].map((text) => (isTold(text) ? "told" : ""));
  return d.filled(was, is);
}

/** A version that a material change replaced voids the consents given on it. */
function superseding(a: unknown, b: unknown): d.Effect {
  const [was, is] = [voidedOf(a), voidedOf(b)];
  return was.length === is.length && was.every((one) => is.includes(one)) ? "neutral" : d.more(was, is);
}

function voidedOf(supersedes: unknown): readonly string[] {
  return voidedVersions((supersedes ?? []) as Parameters<typeof voidedVersions>[0]);
}

/** Finished on a day that is not said is finished always. */
const doneOn: d.Direction = d.later;

const pipias: Part = {
  ...PERMITS,
  fields: {
    ...{ exporters: d.fewer, recipients: d.fewer, purposes: d.fewer, types: d.fewer, onward: d.fewer, doneOn },
    ...{ version: d.nothing, approvedBy: d.nothing, document: d.nothing, done: d.towards([true], [false]) },
    storage: (a, b) => (a === undefined || b === undefined ? "loosens" : d.fewer(a, b)),
  },
};

const callers: Part = {
  ...PERMITS,
  fields: {
    ...{ exporters: fewerExporters, destinations: d.fewer, purposes: d.fewer, mayAssert: d.fewer },
    keySha256: (a, b) => (a === undefined || b === undefined ? "loosens" : d.fewer(a, b)),
  },
};

/** Whose only exporter it is need not say so: with one left, what was refused for not saying goes on. */
function fewerExporters(a: unknown, b: unknown): d.Effect {
  return (b as readonly string[]).length === 1 ? "loosens" : d.fewer(a, b);
}

/** Rules have a file of their own. */
export const PARTS: Readonly<Record<Exclude<ListName, "rules">, Part>> = {
  exporters,
  recipients,
  destinations,
  mechanisms,
  notices,
  pipias,
  callers,
  purposes: { ...PERMITS, fields: { label: d.nothing, foreignAuthority: upwards } },
  // of the claims to a purpose one must stand: a new one opens its way, or closes it for want of a term
  exemptions: { ...EITHER, fields: { evidence: d.nothing, approvedBy: d.nothing } },
  proofs: {
    ...PERMITS,
    fields: { ...WAYS, ...TERM, method: d.nothing, report: d.nothing, recall: d.nothing, by: d.nothing },
  },
  approvals: { ...PERMITS, fields: { ...WAYS, ...TERM, ...PAPER } },
  orders: { ...FORBIDS, fields: { ...WAYS_FORBIDDEN, ...TERM_FORBIDDEN, ...PAPER } },
  restricted: { ...FORBIDS, fields: { names: d.more, from: d.forbiddenFrom, source: d.nothing } },
  // a list says nothing until a registration names it; of several registrations all must say "outside"
  ftzLists: { ...SHOWN, fields: { zone: d.nothing, edition: d.nothing, source: d.nothing } },
  ftz: { ...EITHER, fields: PAPER },
  // what is late blocks, where it says so
  duties: {
    ...FORBIDS,
    fields: {
      ...WAYS_FORBIDDEN,
      ...{ kind: d.nothing, what: d.nothing, owner: d.nothing, evidence: d.nothing },
      onOverdue: d.towards(["alarm"], ["block"]),
    },
  },
  // the first row turns the inventory on, the last one off
  inventory: {
    ...EITHER,
    fields: { callers: d.fewer, destinations: d.fewer, purposes: d.fewer, recipients: d.fewer, kinds: d.fewer },
  },
  alarms: {
    ...SHOWN,
    fields: Object.fromEntries(["kind", "url", "secret", "language", "from"].map((name) => [name, d.nothing])),
  },
  // its people are in the count: more of them reach a line earlier
  outsideFlows: {
    ...FORBIDS,
    fields: { name: d.nothing, owner: d.nothing, kinds: d.nothing, purpose: d.nothing },
  },
  groups: { ...SHOWN, fields: { name: d.nothing, exporters: d.nothing } },
  documents: {
    ...SHOWN,
    fields: Object.fromEntries(
      ["kind", "path", "sha256", "version", "owner", "validUntil", "retainUntil"].map((name) => [name, d.nothing]),
    ),
  },
};

/** Settings of the whole folder. A profile or a reading of names that finds more may also match a rule that permits. */
export const SETTINGS: Readonly<Record<string, d.Direction>> = {
  profile: d.anything,
  names: d.anything,
  language: d.nothing,
  thresholds: d.nothing,
  "thresholds.withoutOpening": d.towards(["warn"], ["block"]),
  release: d.nothing,
  onDrift: d.towards(["alarm"], ["block"]),
  unclassified: d.towards(["general"], ["unknown"]),
  "failures.lawNotReviewed": d.towards(["warn"], ["block"]),
  "failures.calendarUnknown": d.towards(["warn"], ["block"]),
  "failures.classificationLapsed": d.towards(["warn"], ["block", undefined]),
  "failures.contractLapsed": d.towards(["warn"], ["block", undefined]),
  "failures.dueDiligenceLapsed": d.towards(["warn"], ["block", undefined]),
  "switches.hrRequireBoth": upwards,
  "switches.ftzOpenToCiio": d.towards([true], [false]),
  "switches.modelWeightsNeedTest": upwards,
  "switches.transitDutiesChecked": upwards,
  "switches.unfiledContractBlocks": upwards,
  "switches.strictSeparateConsent": upwards,
  "switches.smallHandlerRelief": d.nothing,
  "switches.automotiveVolumeImportant": upwards,
  "switches.assessmentRunsThreeYears": d.towards([true], [false]),
  "switches.gbaAboveLines": d.towards([true], [false]),
};
