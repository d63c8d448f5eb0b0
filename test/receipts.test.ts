// A receipt's terms are the vocabulary's, and its fields those of ISO/IEC TS 27560:2023.

import { describe, expect, test } from "vitest";
import { CONTEXT, receiptOf, recordOf } from "../src/io/admin/consents/receipts/record.ts";
import type { ConsentEvent } from "../src/io/ports.ts";
import type { ConsentState, Policy } from "../src/words.ts";

/**
 * Read in the W3C Data Privacy Vocabulary 2.3, 2.3/dpv/dpv.ttl and 2.3/loc/loc.ttl at commit
 * f01a55c3c0983e35cdfdf80593ece3353faba7b8 of w3c/dpv (2026-02-28): each is a class or a property there.
 */
const VOCABULARY_2_3 = [
  ...["ConsentReceipt", "ConsentRecord", "ConsentNotice", "Process", "Purpose", "PersonalData", "Recipient"],
  ...["SensitivePersonalData", "DataController", "DataSubject", "GuardianOfDataSubject", "Country", "Transfer"],
  ...["ConsentGiven", "ConsentWithdrawn", "ConsentExpired", "ConsentUnknown"],
  ...["ExpressedConsent", "ExplicitlyExpressedConsent", "UntilTimeDuration", "UntilEventDuration"],
  ...["hasIdentifier", "hasRecordOfActivity", "hasDataSubject", "hasNotice", "hasProcess", "hasPurpose", "hasName"],
  ...["hasPersonalData", "hasProcessing", "hasDataController", "hasRecipient", "hasCountry", "hasLegalBasis"],
  ...["hasJurisdiction", "hasConsentStatus", "hasDuration", "hasIndicationMethod", "isIndicatedAtTime"],
  "isIndicatedBy",
].map((term) => `dpv:${term}`);
const LOCATIONS_2_3 = ["loc:CN"];
/** DCMI Metadata Terms (2020-01-20), DCAT 3, RDF 1.1, XML Schema 1.1. */
const OTHERS = [
  ...["identifier", "conformsTo", "created", "title", "dateSubmitted", "source"].map((term) => `dct:${term}`),
  ...["dcat:version", "rdf:value", "xsd:dateTime"],
];

const NOW = Date.parse("2026-06-01T00:00:00.000Z");
const POLICY = {
  exporters: new Map([["shop", { name: "Shop" }]]),
  recipients: new Map([["openai", { name: "OpenAI", country: "US" }]]),
  purposes: new Map([["support", { label: "客服" }]]),
} as unknown as Policy;
const STATE: ConsentState = {
  ...{ receipt: "rcp_1", recipient: "openai", purpose: "support", granted: true, separate: true, guardian: false },
  ...{ sensitiveNotice: false, types: ["cn-mobile", "cn-id"], sensitiveTypes: ["cn-id"] },
  notice: { id: "n", version: "2026-05", sha256: "0f".repeat(32) },
  ...{ givenAt: "2026-05-01T00:00:00.000Z", withdrawnAt: null, validUntil: null },
};
const EVENT = {
  ...{ event: "e-1", source: "rest", sequence: 1, exporter: "shop", person: "k", recipient: "openai" },
  ...{ purpose: "support", action: "grant", notice: STATE.notice, givenAt: STATE.givenAt, recordedAt: STATE.givenAt },
  ...{ channel: "app", shownAt: STATE.givenAt, act: "tick", evidence: { uri: "https://p.example/1", sha256: "0f" } },
} as unknown as ConsentEvent;

// biome-ignore lint/suspicious/noExplicitAny: each test says what must be there
const record = (change: Partial<ConsentState> = {}, history: readonly ConsentEvent[] = [EVENT]): any =>
  recordOf({ state: { ...STATE, ...change }, handler: "shop", history }, POLICY, NOW);

const ALL = [
  record(),
  record({ separate: false, guardian: true, validUntil: "2026-12-01T00:00:00.000Z" }),
  record({ validUntil: "2026-05-31T00:00:00.000Z" }),
  record({ granted: false, withdrawnAt: "2026-05-20T00:00:00.000Z" }),
  record({ granted: false, notice: null }),
  ...(["withdraw", "expire", "correct"] as const).map((action) => record({}, [{ ...EVENT, action }])),
];

/** Every prefixed name: of a member, of a type, of a value that the context makes an IRI. */
function termsIn(value: unknown, terms = new Set<string>(), member = ""): Set<string> {
  if (Array.isArray(value)) for (const one of value) termsIn(one, terms, member);
  else if (typeof value === "object" && value !== null)
    for (const [name, inner] of Object.entries(value)) {
      if (name.includes(":")) terms.add(name);
      termsIn(inner, terms, name);
    }
  else if (typeof value === "string" && /^[a-z]+:\w+$/.test(value) && member !== "dct:identifier") terms.add(value);
  return terms;
}

describe("terms", () => {
  const used = [...termsIn(receiptOf(ALL, "urn:uuid:1", NOW))].filter((term) => !/^(?:yumen|urn|https?):/.test(term));

  test("are the vocabulary's, each one, and no other is on the list", () => {
    const known = [...VOCABULARY_2_3, ...LOCATIONS_2_3, ...OTHERS];
    expect(used.filter((term) => !known.includes(term))).toEqual([]);
    expect(known.filter((term) => !used.includes(term))).toEqual([]);
  });

  test("have a prefix that the context resolves; what is named by a term is an IRI, not a text", () => {
    for (const term of used) expect(CONTEXT).toHaveProperty(term.split(":")[0]!);
    expect(CONTEXT.dpv).toBe("https://w3id.org/dpv#");
    const texts = Object.entries({ ...record(), ...record()["dpv:hasProcess"] }).filter(
      ([, value]) => typeof value === "string" && /^(?:dpv|loc):/.test(value),
    );
    for (const [name] of texts) if (name !== "@type") expect(CONTEXT).toHaveProperty([name], { "@type": "@id" });
  });
});

describe("fields of ISO/IEC TS 27560", () => {
  test("header, notice, processing, parties, events stand where the guide puts them", () => {
    expect(record()).toMatchObject({
      "@type": "dpv:ConsentRecord",
      "dct:conformsTo": "https://w3id.org/dpv/schema/dpv-27560#record",
      "dct:identifier": "rcp_1",
      "dpv:hasDataSubject": { "@type": "dpv:DataSubject" },
      "dpv:hasNotice": { "@type": "dpv:ConsentNotice", "dct:identifier": "n", "dcat:version": "2026-05" },
      "dpv:hasProcess": {
        "dpv:hasPurpose": { "dct:identifier": "support", "dct:title": "客服" },
        "dpv:hasPersonalData": [
          { "@type": "dpv:PersonalData", "dct:identifier": "cn-mobile" },
          { "@type": "dpv:SensitivePersonalData", "dct:identifier": "cn-id" },
        ],
        "dpv:hasDataController": { "dct:identifier": "shop", "dpv:hasName": "Shop" },
        "dpv:hasRecipient": { "dct:identifier": "openai", "dpv:hasCountry": { "dct:identifier": "US" } },
        "dpv:hasLegalBasis": "dpv:ExplicitlyExpressedConsent",
        "dpv:hasJurisdiction": "loc:CN",
      },
      "dpv:hasConsentStatus": {
        "@type": "dpv:ConsentGiven",
        "dpv:isIndicatedAtTime": { "@value": STATE.givenAt },
        "dpv:isIndicatedBy": { "@type": "dpv:DataSubject" },
        "dpv:hasDuration": { "@type": "dpv:UntilEventDuration" },
      },
    });
    expect(record()["yumen:inNotice"]).toContain("retention period");
    expect(record({ notice: null })["yumen:inNotice"]).toEqual([]);
  });

  test.each<[string, Partial<ConsentState>, string, string]>([
    ["given until a day", { validUntil: "2026-12-01T00:00:00.000Z" }, "dpv:ConsentGiven", STATE.givenAt],
    ["over its day", { validUntil: "2026-05-31T00:00:00.000Z" }, "dpv:ConsentExpired", STATE.givenAt],
    [
      ...(["withdrawn", { granted: false, withdrawnAt: "2026-05-20T00:00:00.000Z" }] as const),
      ...(["dpv:ConsentWithdrawn", "2026-05-20T00:00:00.000Z"] as const),
    ],
    ["neither", { granted: false }, "dpv:ConsentUnknown", STATE.givenAt],
  ])("%s: its status and its instant", (_what, change, type, at) => {
    const status = record(change)["dpv:hasConsentStatus"];
    expect([status["@type"], status["dpv:isIndicatedAtTime"]["@value"]]).toEqual([type, at]);
  });

  test("a guardian's is said to be a guardian's", () => {
    const by = record({ guardian: true })["dpv:hasConsentStatus"]["dpv:isIndicatedBy"];
    expect(by).toEqual({ "@type": "dpv:GuardianOfDataSubject" });
  });

  test("a receipt names its records, has an id and an instant of its own, and no event's id", () => {
    const receipt = receiptOf(ALL, "urn:uuid:1", NOW);
    expect(receipt).toMatchObject({
      ...{ "@type": "dpv:ConsentReceipt", "dpv:hasIdentifier": "urn:uuid:1" },
      "dpv:hasRecordOfActivity": ALL.map((one) => one["@id"]),
    });
    expect(JSON.stringify(receipt)).not.toContain("e-1");
  });
});
