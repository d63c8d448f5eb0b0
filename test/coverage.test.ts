// What is missing before an app calls, and a person's receipts: as the law's own code says, and nothing of anybody kept.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Policy } from "../src/words.ts";
import { openPlane, type Plane } from "./plane.ts";
import { demoPolicy, NOW_MS } from "./sim/demo-world.ts";

let plane: Plane;
let policy: Policy;
beforeAll(async () => {
  policy = await demoPolicy();
  plane = await openPlane({}, { policy });
  plane.clock.ms = NOW_MS;
});
afterAll(() => plane.close());

const MOBILE = "13800138000";
const subject = { type: "cn-mobile", value: MOBILE };
const scope = { exporter: "example-retail", recipient: "openai", purpose: "customer-service" };
const GRANT = {
  ...{ ...scope, separate: true, sensitiveNotice: true, types: ["cn-mobile", "email"], sensitiveTypes: ["cn-id"] },
  ...{ notice: { id: "notice-openai", version: "2026-05" }, givenAt: "2026-06-15T00:00:00+08:00", act: "tick" },
};
let events = 0;
const consent = async (value: string, more: object = {}) =>
  plane.call("consent", "PUT", `/v1/consents/e-${++events}`, {
    ...GRANT,
    subject: { type: "cn-mobile", value },
    ...more,
  });
const coverage = async (value: string, more: object = {}) =>
  (
    await plane.call("auditor", "POST", "/v1/coverage", {
      ...{ ...scope, subject: { type: "cn-mobile", value }, types: ["cn-mobile"], ...more },
    })
  ).json;
const codes = (json: { missing: { code: string }[] }) => json.missing.map(({ code }) => code);

describe("coverage", () => {
  const rows: readonly (readonly [
    why: string,
    value: string,
    granted: object | null,
    asked: object,
    codes: string[],
  ])[] = [
    ["covered", "13800000001", {}, {}, []],
    ["nothing known", "13800000002", null, {}, ["CONSENT_MISSING"]],
    ["not separate", "13800000003", { separate: false }, {}, ["CONSENT_NOT_SEPARATE"]],
    ["over", "13800000004", { validUntil: "2026-07-01T00:00:00Z" }, {}, ["CONSENT_EXPIRED"]],
    ["another recipient", "13800000005", { recipient: "anthropic" }, {}, ["CONSENT_RECIPIENT"]],
    ["another purpose", "13800000006", { purpose: "translation" }, {}, ["CONSENT_PURPOSE"]],
    ["another kind", "13800000007", {}, { types: ["cn-mobile", "plate"] }, ["CONSENT_CATEGORY"]],
    ["a sensitive kind", "13800000008", {}, { types: ["cn-id"] }, []],
    [
      "without its notice",
      "13800000009",
      { sensitiveNotice: false },
      { types: ["cn-id"] },
      ["SENSITIVE_NOTICE_MISSING"],
    ],
  ];
  test.each(rows)("%s", async (_why, value, granted, asked, expected) => {
    if (granted !== null) expect((await consent(value, granted)).status).toBe(201);
    const json = await coverage(value, asked);
    expect([...new Set(codes(json))]).toEqual(expected);
    expect([json.covered, json.receipt === null]).toEqual([expected.length === 0, granted === null]);
    for (const reason of json.missing) expect(reason.article).toMatch(/PIPL/);
  });

  test("withdrawn: at once; a child: the guardian's", async () => {
    await consent("13800000010");
    expect(codes(await coverage("13800000010", { under14: true }))).toContain("GUARDIAN_CONSENT_MISSING");
    const withdrawn = { type: "cn-mobile", value: "13800000010" };
    await plane.call("consent", "POST", "/v1/consents/withdraw", { exporter: "example-retail", subject: withdrawn });
    expect(codes(await coverage("13800000010"))).toEqual(["CONSENT_WITHDRAWN"]);
  });

  test("GET says the same", async () => {
    await consent(MOBILE);
    const query = new URLSearchParams({ ...scope, subject: `cn-mobile:${MOBILE}`, types: "cn-mobile,plate" });
    const { status, json, text } = await plane.call("consent", "GET", `/v1/coverage?${query}`);
    expect(status).toBe(200);
    expect(json).toEqual(await coverage(MOBILE, { types: ["cn-mobile", "plate"] }));
    expect(text).not.toContain(MOBILE);
  });

  test("nobody is counted, nothing is written down", async () => {
    const before = [plane.entries.length, plane.stores.consent.cursor()];
    await coverage("13800000099");
    expect([plane.entries.length, plane.stores.consent.cursor()]).toEqual(before);
    expect(plane.stores.people.counts("example-retail", 2026).gross).toBe(0);
  });

  test.each([
    [{ exporter: "other" }, "/exporter"],
    [{ recipient: "other" }, "/recipient"],
    [{ purpose: "other" }, "/purpose"],
    [{ types: ["no-such-kind"] }, "/types/0"],
    [{ types: [] }, "/types"],
    [{ subject: { type: "cn-mobile", value: "1" } }, "/subject/value"],
  ])("what policy does not know is told by its place %#", async (more, pointer) => {
    const body = { ...scope, subject, types: ["cn-mobile"], ...more };
    const { status, json } = await plane.call("consent", "POST", "/v1/coverage", body);
    expect([status, json.errors[0].pointer]).toEqual([400, pointer]);
  });
});

describe("receipts", () => {
  test("regression: an expiry of nothing leaves no receipt and no state", async () => {
    const value = "13800000021";
    expect((await consent(value, { action: "expire" })).status).toBe(201);
    const body = { exporter: "example-retail", subject: { type: "cn-mobile", value } };
    const { status, json } = await plane.call("auditor", "POST", "/v1/receipts", body);
    expect([status, json["@graph"]]).toEqual([200, []]);
    expect((await plane.call("auditor", "POST", "/v1/consents/lookup", body)).json.states).toEqual([]);
  });

  test("one a consent, with status, notice and history; nobody's number or event id", async () => {
    const value = "13800000050";
    await consent(value, { evidence: { uri: "https://proofs.example/4f0c", sha256: "0f".repeat(32) } });
    await consent(value, { recipient: "anthropic", validUntil: "2026-07-01T00:00:00Z" });
    await plane.call("consent", "POST", "/v1/consents/withdraw", {
      ...{ ...scope, subject: { type: "cn-mobile", value } },
    });
    const body = { exporter: "example-retail", subject: { type: "cn-mobile", value } };
    const { status, json, text } = await plane.call("auditor", "POST", "/v1/receipts", body);
    expect(status).toBe(200);
    expect(json["@context"].dpv).toBe("https://w3id.org/dpv#");
    const byRecipient = new Map(
      json["@graph"].map((one: Record<string, Record<string, unknown>>) => [
        (one["dpv:hasProcess"]!["dpv:hasRecipient"] as Record<string, unknown>)["dct:identifier"],
        one,
      ]),
    );
    expect(byRecipient.get("openai")).toMatchObject({
      ...{ "@type": "dpv:ConsentRecord", "dpv:hasConsentStatus": { "@type": "dpv:ConsentWithdrawn" } },
      "dpv:hasNotice": { "dct:identifier": "notice-openai", "dcat:version": "2026-05" },
      "dpv:hasProcess": {
        "dpv:hasPersonalData": [
          { "@type": "dpv:PersonalData", "dct:identifier": "cn-mobile" },
          { "@type": "dpv:PersonalData", "dct:identifier": "email" },
          { "@type": "dpv:SensitivePersonalData", "dct:identifier": "cn-id" },
        ],
      },
      "yumen:history": [{ "yumen:action": "grant", "dpv:hasIndicationMethod": "tick" }, { "yumen:action": "withdraw" }],
    });
    expect(byRecipient.get("anthropic")).toMatchObject({
      "dpv:hasConsentStatus": { "@type": "dpv:ConsentExpired" },
    });
    expect(text).not.toContain(value);
    expect(text).not.toMatch(/\be-\d/);
  });

  test("nobody known: none", async () => {
    const body = { exporter: "example-retail", subject: { type: "cn-mobile", value: "13800000051" } };
    expect((await plane.call("consent", "POST", "/v1/receipts", body)).json["@graph"]).toEqual([]);
  });
});
