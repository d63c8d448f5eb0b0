// Checked items → the immutable Policy. Law: equal content, equal hash, however spread or ordered.

import { createHash } from "node:crypto";
import type {
  Caller,
  Destination,
  Exporter,
  Forced,
  LawData,
  LegalBasis,
  Mechanism,
  Notice,
  OpaqueClass,
  Policy,
  Purpose,
  Recipient,
  RecipientBy,
  Signed,
} from "../../words.ts";
import type { ReadNames } from "../names.ts";
import { whereSaid } from "./compile-duties.ts";
import * as papers from "./compile-papers.ts";
import type { Gathered, Placed } from "./gather.ts";
import { isTold, type TextName, writtenOf } from "./notice-texts.ts";
import type { Known } from "./references.ts";
import type { Reached } from "./resolve.ts";
import type { Item } from "./schema.ts";
import { MECHANISMS } from "./schema-law.ts";
import { OPAQUE_CLASSES } from "./schema-parties.ts";

/**
 * @param readNames the reader of a mode. @param g without problems. The result is frozen: a crossing keeps the one
 * that it began with.
 */
export function compile(
  g: Gathered,
  reached: ReadonlyMap<string, Reached>,
  known: Known,
  law: LawData,
  readNames: ReadNames,
): Policy {
  const { lists } = g;
  const content = {
    profile: g.profile,
    names: g.names,
    unclassified: g.unclassified,
    failures: g.failures,
    warnAt: g.warnAt,
    ...(g.withoutOpening === "warn" ? {} : { withoutOpening: g.withoutOpening }),
    switches: Object.fromEntries([...g.switches].sort(byFirst).map(([name, { item }]) => [name, item])),
    language: g.language,
    groups: mapOf(lists.groups, (one) => one),
    exporters: mapOf(lists.exporters, exporterOf),
    recipients: mapOf(lists.recipients, recipientOf),
    destinations: mapOf(lists.destinations, (d) => destinationOf(d, reached.get(d.id)!, known)),
    purposes: mapOf(lists.purposes, purposeOf),
    mechanisms: listOf(lists.mechanisms, mechanismOf),
    notices: listOf(lists.notices, noticeOf),
    pipias: listOf(lists.pipias, papers.pipiaOf),
    exemptions: listOf(lists.exemptions, papers.exemptionOf),
    proofs: listOf(lists.proofs, papers.proofOf),
    approvals: listOf(lists.approvals, papers.withTerm),
    orders: listOf(lists.orders, papers.withTerm),
    restricted: listOf(lists.restricted, papers.restrictedOf),
    ftzLists: mapOf(lists.ftzLists, papers.ftzListOf),
    ftz: listOf(lists.ftz, papers.withTerm),
    documents: mapOf(lists.documents, papers.documentOf),
    callers: mapOf(lists.callers, callerOf),
    rules: listOf(lists.rules, (r) => r),
    ...whereSaid(g),
  };
  const references = lists.destinations.map(({ item }) => [item.id, item.credentials.inject]);
  const hash = hashOf({ ...content, law, secretReferences: Object.fromEntries(references) });
  return Object.freeze({ hash, ...freeze(content), names: readNames(g.names), law });
}

type Identified = { readonly id: string };

function byFirst(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : 1;
}

/** By id: the order of files and of items within them never matters. */
function listOf<T extends Identified, U>(placed: readonly Placed<T>[], make: (item: T) => U): readonly U[] {
  return [...mapOf(placed, make).values()];
}

function mapOf<T extends Identified, U>(placed: readonly Placed<T>[], make: (item: T) => U): ReadonlyMap<string, U> {
  return new Map(placed.map(({ item }) => [item.id, make(item)] as const).sort(byFirst));
}

function exporterOf(e: Item<"exporters">): Exporter {
  return { ...e, handler: e.handler ?? e.id };
}

function destinationOf(d: Item<"destinations">, reached: Reached, known: Known): Destination {
  return {
    id: d.id,
    recipient: d.recipient,
    url: reached.url,
    providers: d.providers ?? [...known.providers].sort((a, b) => Number(a === "any-json") - Number(b === "any-json")),
    operations: d.operations,
    leaves: d.leaves,
    flowKind: d.flowKind,
    exporter: d.exporter ?? null,
    purpose: d.purpose ?? null,
    subjectAt: d.subjectAt,
    purposeAt: d.purposeAt ?? null,
    ...(d.conversationAt === undefined ? {} : { conversationAt: d.conversationAt }),
    headers: d.headers,
    credentials: {
      mode: d.credentials.mode,
      headers: [...new Set([...d.credentials.headers, ...reached.inject.keys()])].sort(),
      inject: reached.inject,
    },
    tls: { ca: reached.ca, min: d.tls.min },
    via: { proxy: reached.proxy, localAddress: d.via.localAddress ?? null },
    limits: {
      bodyBytesMax: d.limits.body,
      headersTimeoutMs: d.limits.headersTimeout,
      bodyTimeoutMs: d.limits.bodyTimeout,
      connectTimeoutMs: d.limits.connectTimeout,
    },
    observe: d.observe ?? null,
    classification: d.classification ?? null,
    ...(d.recipientsBy === undefined ? {} : { recipientsBy: d.recipientsBy.map(recipientByOf) }),
    ...(d.force === undefined ? {} : { force: forcedOf(d.force) }),
    opaque: signedClasses(d.opaque),
  };
}

function recipientByOf({ models, regions, recipient }: RecipientByItem): RecipientBy {
  return { models: models ?? null, regions: regions ?? null, recipient };
}

type RecipientByItem = NonNullable<Item<"destinations">["recipientsBy"]>[number];

/** By pointer, so that the order in the file does not matter. */
function forcedOf(force: NonNullable<Item<"destinations">["force"]>): readonly Forced[] {
  return [...force].sort((a, b) => (a.pointer < b.pointer ? -1 : 1));
}

/**
 * Onward parties are those named and every sub-processor; data lie where the recipient is unless it says otherwise, and
 * where its sub-processors are, whatever it says.
 */
function recipientOf({ subProcessors, onwardTo, contract, dueDiligence, ...r }: Item<"recipients">): Recipient {
  return {
    ...r,
    onwardTo: [...new Set([...onwardTo, ...subProcessors.map(({ name }) => name)])],
    storage: [...new Set([...(r.storage ?? [r.country]), ...subProcessors.map(({ country }) => country)])],
    contract: contract === undefined ? null : papers.contractOf(contract),
    breachNoticeHours: r.breachNoticeHours ?? null,
    dueDiligence:
      dueDiligence === undefined
        ? null
        : { on: dueDiligence.on, until: dueDiligence.until ?? null, document: dueDiligence.document ?? null },
  };
}

function signedClasses({ approvedBy, reason, ...classes }: Item<"destinations">["opaque"]): Map<OpaqueClass, Signed> {
  const passed = OPAQUE_CLASSES.filter((name) => classes[name] === "pass");
  return new Map(passed.map((name) => [name, { approvedBy: approvedBy!, reason: reason! }]));
}

function purposeOf({ id, label, basis, foreignAuthority, neededTypes, ...details }: Item<"purposes">): Purpose {
  const legal: LegalBasis = { legalBasis: basis, ...details };
  return { id, label, basis: legal, foreignAuthority, neededTypes: neededTypes ?? null };
}

function mechanismOf(m: Item<"mechanisms">): Mechanism {
  return { ...m, type: MECHANISMS[m.type], validFrom: m.validFrom ?? null, validUntil: m.validUntil ?? null };
}

/** Field of the notice → the law's word for the item (PIPL Arts. 17, 39). */
const ITEMS = {
  recipientName: "recipient_name",
  recipientContact: "recipient_contact",
  purpose: "purpose",
  method: "method",
  categories: "categories",
  rights: "rights",
  retention: "retention",
} as const;

function noticeOf(n: Item<"notices">): Notice {
  const lacks = (field: TextName) => !isTold(n[field]);
  const missing = Object.entries(ITEMS).flatMap(([field, item]) => (lacks(field as TextName) ? [item] : []));
  const sensitive = !lacks("sensitiveNecessity") && !lacks("sensitiveImpact");
  const { id, version, recipients, purposes } = n;
  const whose = n.exporters === undefined ? {} : { exporters: n.exporters };
  return { id, version, ...whose, recipients, purposes, missing, sensitive, ...writtenOf(n) };
}

function callerOf({ loopback: _, keySha256, ...c }: Item<"callers">): Caller {
  return { ...c, keySha256: keySha256 ?? [] };
}

/** `sha256:` + hex over JSON with sorted keys. Secrets are not in it; which ones are referred to is. */
function hashOf(content: unknown): string {
  return `sha256:${createHash("sha256")
    .update(JSON.stringify(sorted(content)))
    .digest("hex")}`;
}

/** Lists of words are sets, but for the providers: they are tried in order. */
function sorted(value: unknown, key = ""): unknown {
  if (value instanceof Map) return sorted(Object.fromEntries(value));
  if (value instanceof Set) return [...value].sort();
  if (Array.isArray(value)) {
    const items = value.map((item) => sorted(item));
    return key !== "providers" && items.every((item) => typeof item === "string") ? items.sort() : items;
  }
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).sort(byFirst);
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member, name)]));
}

/** Maps hold frozen values; their own set() stays, and only the type forbids it. */
function freeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  if (value instanceof Map) for (const member of value.values()) freeze(member);
  else for (const member of Object.values(value)) freeze(member);
  return Object.freeze(value);
}
