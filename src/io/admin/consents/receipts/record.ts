// A consent record in the fields of ISO/IEC TS 27560:2023, named by the W3C Data Privacy Vocabulary as its guide for
// that standard names them. Law: a term of `dpv:` or `loc:` is one of the vocabulary (2.3, read at commit f01a55c of
// w3c/dpv, 2026-02-28; test/receipts.test.ts holds the list); what no term says is a term of our own; what we do not
// know is left out, and `yumen:inNotice` names the mandatory fields that the notice alone says.
// https://w3id.org/dpv/guides/consent-27560 · schema https://w3id.org/dpv/schema/dpv-27560

import type { ConsentState, Policy } from "../../../../words.ts";
import type { ConsentEvent } from "../../../ports.ts";

const ID = { "@type": "@id" };

/** With what is written short here, each term is the vocabulary's and each of its values an IRI. */
export const CONTEXT = {
  dpv: "https://w3id.org/dpv#",
  loc: "https://w3id.org/dpv/loc#",
  dct: "http://purl.org/dc/terms/",
  dcat: "http://www.w3.org/ns/dcat#",
  rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
  xsd: "http://www.w3.org/2001/XMLSchema#",
  yumen: "urn:yumen:terms#",
  ...{ "dpv:hasLegalBasis": ID, "dpv:hasJurisdiction": ID, "dpv:hasProcessing": ID, "dpv:hasRecordOfActivity": ID },
  "dct:conformsTo": ID,
};

const SCHEMA = "https://w3id.org/dpv/schema/dpv-27560#";

/** Mandatory in the standard, and told to the person by the notice: nothing here knows them. */
const IN_NOTICE = ["language", "storage location", "retention period", "withdrawal method", "party contact"];

export interface Told {
  readonly state: ConsentState;
  readonly handler: string;
  /** Of this recipient and purpose. */
  readonly history: readonly ConsentEvent[];
}

interface Node {
  readonly "@id": string;
}

/** A named graph of the records: what is said of the receipt stands beside it. */
export function receiptOf(records: readonly Node[], id: string, nowMs: number): object {
  return {
    ...{ "@id": id, "@type": "dpv:ConsentReceipt" },
    "dct:conformsTo": `${SCHEMA}receipt`,
    "dpv:hasIdentifier": id,
    "dct:created": instant(new Date(nowMs).toISOString()),
    "dpv:hasRecordOfActivity": records.map((record) => record["@id"]),
    "@graph": records,
  };
}

export function recordOf({ state, handler, history }: Told, policy: Policy, nowMs: number): Node {
  return {
    ...{ "@id": `urn:yumen:consent:${state.receipt}`, "@type": "dpv:ConsentRecord" },
    "dct:conformsTo": `${SCHEMA}record`,
    "dct:identifier": state.receipt,
    // who it is, whoever asks knows
    "dpv:hasDataSubject": { "@type": "dpv:DataSubject" },
    "dpv:hasNotice": noticeOf(state.notice),
    "dpv:hasProcess": processOf(state, handler, policy),
    "dpv:hasConsentStatus": statusOf(state, nowMs),
    ...{ "yumen:separate": state.separate, "yumen:sensitiveNotice": state.sensitiveNotice },
    "yumen:inNotice": state.notice === null ? [] : IN_NOTICE,
    "yumen:history": history.map(eventOf),
  } as Node;
}

function processOf(
  { recipient, purpose, separate, types, sensitiveTypes }: ConsentState,
  handler: string,
  { exporters, recipients, purposes }: Policy,
): object {
  const sensitive = new Set(sensitiveTypes);
  const typeOf = (type: string) => (sensitive.has(type) ? "dpv:SensitivePersonalData" : "dpv:PersonalData");
  const { name, country } = recipients.get(recipient) ?? {};
  const place =
    country === undefined ? {} : { "dpv:hasCountry": { "@type": "dpv:Country", "dct:identifier": country } };
  return {
    "@type": "dpv:Process",
    "dpv:hasPurpose": {
      ...{ "@type": "dpv:Purpose", "dct:identifier": purpose },
      "dct:title": purposes.get(purpose)?.label ?? purpose,
    },
    "dpv:hasPersonalData": [...new Set([...types, ...sensitiveTypes])].map((type) => ({
      ...{ "@type": typeOf(type), "dct:identifier": type },
    })),
    "dpv:hasProcessing": "dpv:Transfer",
    "dpv:hasDataController": { "@type": "dpv:DataController", ...party(handler, exporters.get(handler)?.name) },
    "dpv:hasRecipient": { "@type": "dpv:Recipient", ...party(recipient, name), ...place },
    // 单独同意: an act for this alone (PIPL Art. 39)
    "dpv:hasLegalBasis": separate ? "dpv:ExplicitlyExpressedConsent" : "dpv:ExpressedConsent",
    "dpv:hasJurisdiction": "loc:CN",
  };
}

function party(id: string, name: string | undefined): object {
  return { "dct:identifier": id, "dpv:hasName": name ?? id };
}

/** The newest, with when and by whom; how it was given stands in the history. */
function statusOf({ granted, guardian, givenAt, withdrawnAt, validUntil }: ConsentState, nowMs: number): object {
  const by = { "@type": guardian ? "dpv:GuardianOfDataSubject" : "dpv:DataSubject" };
  if (!granted) {
    const type = withdrawnAt === null ? "dpv:ConsentUnknown" : "dpv:ConsentWithdrawn";
    return { "@type": type, "dpv:isIndicatedAtTime": instant(withdrawnAt ?? givenAt), "dpv:isIndicatedBy": by };
  }
  const isOver = validUntil !== null && Date.parse(validUntil) <= nowMs;
  const given = { "dpv:isIndicatedAtTime": instant(givenAt), "dpv:isIndicatedBy": by };
  const duration =
    validUntil === null
      ? { "@type": "dpv:UntilEventDuration", "rdf:value": "dpv:ConsentWithdrawn" }
      : { "@type": "dpv:UntilTimeDuration", "rdf:value": instant(validUntil) };
  return { "@type": isOver ? "dpv:ConsentExpired" : "dpv:ConsentGiven", ...given, "dpv:hasDuration": duration };
}

function noticeOf(notice: ConsentState["notice"]): object | null {
  if (notice === null) return null;
  const { id, version, sha256 } = notice;
  const digest = sha256 === undefined ? {} : { "yumen:sha256": sha256 };
  return { "@type": "dpv:ConsentNotice", "dct:identifier": id, "dcat:version": version, ...digest };
}

const STATUS: Readonly<Partial<Record<ConsentEvent["action"], string>>> = {
  grant: "dpv:ConsentGiven",
  withdraw: "dpv:ConsentWithdrawn",
  expire: "dpv:ConsentExpired",
};

/** An event as the person may read it. The caller's own id of it is left out: it might say who it is about. */
function eventOf({
  action,
  givenAt,
  recordedAt,
  channel,
  source,
  shownAt,
  act,
  evidence,
  notice,
}: ConsentEvent): object {
  const status = STATUS[action];
  return {
    ...(status === undefined ? {} : { "@type": status }),
    ...{ "yumen:action": action, "dpv:isIndicatedAtTime": instant(givenAt), "dct:dateSubmitted": instant(recordedAt) },
    ...{ "yumen:channel": channel, "dct:source": source, "dpv:hasNotice": noticeOf(notice) },
    ...(act === undefined ? {} : { "dpv:hasIndicationMethod": act }),
    ...(shownAt === undefined ? {} : { "yumen:shownAt": instant(shownAt) }),
    ...(evidence === undefined ? {} : { "yumen:evidence": evidenceOf(evidence) }),
  };
}

function evidenceOf({ uri, sha256 }: NonNullable<ConsentEvent["evidence"]>): object {
  return { ...(uri === undefined ? {} : { "yumen:uri": uri }), "yumen:sha256": sha256 };
}

function instant(iso: string): object {
  return { "@type": "xsd:dateTime", "@value": iso };
}
