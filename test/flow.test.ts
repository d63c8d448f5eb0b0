// Who sends, for whom, about whom: what callers may assert, and whose each finding is.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { credentialHeaders, forwardedHeaders, headerOf } from "../src/flow/headers.ts";
import { inspect } from "../src/gate.ts";
import type { Arrival, Asserted, Caller, Destination, Keys, Policy } from "../src/words.ts";
import { arrivalOf, demoPolicy, keysUnder } from "./sim/demo-world.ts";

let dir: string;
let keys: Keys;
let policy: Policy;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "yumen-flow-"));
  [policy, keys] = [await demoPolicy(), await keysUnder(dir)];
});
afterAll(() => rmSync(dir, { recursive: true }));

const NOTHING: Asserted = { subject: null, purpose: null, conversation: null, exporter: null };
const says = (more: Partial<Asserted>) => ({ asserted: { ...NOTHING, ...more } });
const person = (type: string, value: string) => keys.person("example-retail", type, value);

function withCaller(more: Partial<Caller>): Policy {
  return { ...policy, callers: new Map([["demo", { ...policy.callers.get("demo")!, ...more }]]) };
}

function withDestination(more: Partial<Destination>): Policy {
  return { ...policy, destinations: new Map([["openai", { ...policy.destinations.get("openai")!, ...more }]]) };
}

function flowOf(arrival: Arrival, of: Policy = policy) {
  const seen = inspect(arrival, of, keys);
  return "stopped" in seen ? seen.stopped.code : seen.flow;
}

describe("an assertion counts only where policy lets this caller make it", () => {
  test.each([
    ["subject", "id:zhang"],
    ["purpose", "translation"],
    ["conversation", "c-1"],
    ["exporter", "example-retail"],
  ] as const)("%s", (what, value) => {
    const arrival = arrivalOf(1, "hello", says({ [what]: value }));
    expect(flowOf(arrival, withCaller({ mayAssert: [] }))).toBe("assertion_not_allowed");
    expect(flowOf(arrival, withCaller({ mayAssert: [what] }))).not.toBeTypeOf("string");
  });

  test.each([
    [
      "an exporter that is not the caller's",
      says({ exporter: "someone-else" }),
      { mayAssert: ["exporter"] },
      "exporter_not_allowed",
    ],
    [
      "a purpose that is not the caller's",
      says({ purpose: "translation" }),
      { purposes: ["customer-service"] },
      "purpose_not_allowed",
    ],
    ["a purpose that policy does not know", says({ purpose: "training" }), {}, "purpose_not_allowed"],
    ["a destination that is not the caller's", {}, { destinations: ["anthropic"] }, "destination_not_allowed"],
    ["a destination that nobody knows", { destination: "elsewhere" }, {}, "destination_unknown"],
    ["a subject without a type", says({ subject: "zhang" }), {}, "subject_malformed"],
    ["a subject of an unknown type", says({ subject: "shoe-size:44" }), {}, "subject_malformed"],
    ["a malformed value", says({ subject: "cn-mobile:12345" }), {}, "subject_malformed"],
    ["one malformed alias among good ones", says({ subject: "id:zhang,cn-mobile:1" }), {}, "subject_malformed"],
    ["an operation that the destination is not open for", { target: "/v1/files" }, {}, "operation_not_allowed"],
    ["a path of no API", { target: "/v2/whatever" }, {}, "operation_not_allowed"],
  ] as const)("%s is refused", (_, more, caller, code) => {
    expect(flowOf(arrivalOf(1, "hello", more), withCaller(caller as Partial<Caller>))).toBe(code);
  });

  test("nobody says for which purpose", () => {
    expect(flowOf(arrivalOf(1, "hello"), withDestination({ purpose: null }))).toBe("purpose_missing");
  });
});

describe("whose is it", () => {
  test("each strong identifier is somebody, once, in order of first sight; the declared subject comes first", () => {
    const flow = flowOf(arrivalOf(1, "13800138000 13912345678 13800138000", says({ subject: "id:zhang" })));
    expect(flow).toMatchObject({
      declared: [person("id", "zhang")],
      keyOf: [
        person("cn-mobile", "13800138000"),
        person("cn-mobile", "13912345678"),
        person("cn-mobile", "13800138000"),
      ],
      identifiers: [person("id", "zhang"), person("cn-mobile", "13800138000"), person("cn-mobile", "13912345678")],
    });
  });

  test("spellings of one value are one person; aliases are parted by commas", () => {
    const flow = flowOf(arrivalOf(1, "+86 138 0013 8000", says({ subject: "cn-mobile:13800138000, id:zhang" })));
    expect(flow).toMatchObject({
      keyOf: [person("cn-mobile", "13800138000")],
      declared: [person("cn-mobile", "13800138000"), person("id", "zhang")],
    });
  });

  const plate = "京A12345";
  test.each([
    ["the nearest of the same string, before", `13800138000 车牌 ${plate} 另一位的电话是 13912345678`, "13800138000"],
    [
      "the nearest of the same string, after",
      `13912345678 那位的事先不说，他的车牌 ${plate} 电话 13800138000`,
      "13800138000",
    ],
  ])("a plate belongs to %s", (_, content, mobile) => {
    const flow = flowOf(arrivalOf(1, content));
    expect(flow).toMatchObject({ keyOf: expect.arrayContaining([person("cn-mobile", mobile)]) });
    const seen = inspect(arrivalOf(1, content), policy, keys);
    if ("stopped" in seen) throw new Error("stopped");
    expect(seen.flow.keyOf[seen.findings.findIndex(({ type }) => type === "plate")]).toBe(person("cn-mobile", mobile));
  });

  test("else to the first of the same record, not of another", () => {
    const json = {
      model: "m",
      people: [
        { phone: "13800138000", plate },
        { phone: "13912345678", plate: "沪B67890" },
      ],
    };
    const flow = flowOf(arrivalOf(1, "", { body: Buffer.from(JSON.stringify(json)) }));
    const [a, b] = [person("cn-mobile", "13800138000"), person("cn-mobile", "13912345678")];
    expect(flow).toMatchObject({ keyOf: [a, a, b, b] });
  });

  test("else to nobody known: a resent message adds no one, a new one does, another conversation does", () => {
    const keyOf = (content: string, conversation: string) => {
      const flow = flowOf(arrivalOf(1, content, says({ conversation })));
      if (typeof flow === "string") throw new Error(flow);
      return flow.keyOf;
    };
    const first = keyOf(`车牌 ${plate} 和 沪B67890`, "c-1");
    expect(new Set(first).size).toBe(2);
    expect(keyOf(`车牌 ${plate} 和 沪B67890`, "c-1")).toEqual(first);
    expect(keyOf(`车牌 ${plate} 和 沪B67890`, "c-2")).not.toContain(first[0]);
    expect(keyOf(`又是车牌 ${plate}`, "c-1")).not.toContain(first[0]);
  });

  test("what stands in the subject's own record is the subject's; purpose and subject can come from the body", () => {
    const own = withDestination({
      subjectAt: [{ pointer: "/customer/id", type: "id" }],
      purposeAt: "/purpose",
      purpose: null,
    });
    const json = { purpose: "translation", customer: { id: "zhang", phone: "13912345678" }, other: "13700001111" };
    const flow = flowOf(arrivalOf(1, "", { body: Buffer.from(JSON.stringify(json)) }), own);
    expect(flow).toMatchObject({
      purpose: "translation",
      declared: [person("id", "zhang")],
      keyOf: [person("id", "zhang"), person("cn-mobile", "13700001111")],
    });
  });

  describe("a subject that is named at the root", () => {
    const [ZHANG, PHONE, OTHER] = ["zhang", "13912345678", "13700001111"];
    const at = (more: Partial<Destination>, record?: true) =>
      withDestination({
        operations: ["storage", "unknown", "inference"],
        subjectAt: [{ pointer: "/userId", type: "id", ...(record ? { record } : {}) }],
        ...more,
      });
    const keyOf = (json: object, of: Policy, target: string, more: object = {}) => {
      const flow = flowOf(arrivalOf(1, "", { body: Buffer.from(JSON.stringify(json)), target, ...more }), of);
      if (typeof flow === "string") throw new Error(flow);
      return flow.keyOf;
    };
    const own = () => person("id", ZHANG!);
    const others = (value: string) => person("cn-mobile", value);
    const segment = () => at({ providers: ["segment"] });

    test.each([
      ["identify: its traits", "/v1/identify", { traits: { phone: PHONE } }],
      ["the short name of identify", "/v1/i", { traits: { phone: PHONE } }],
      ["a trailing slash and a query", "/v1/identify/?x=1", { traits: { phone: PHONE } }],
      ["traits in the context of a track", "/v1/track", { context: { traits: { phone: PHONE } } }],
    ])("%s are the subject's own", (_, target, more) => {
      expect(keyOf({ userId: ZHANG, ...more }, segment(), target)).toEqual([own()]);
    });

    test.each([
      ["properties of an event are about anybody", "/v1/track", { properties: { invitee: PHONE } }],
      ["traits of a group are the group's", "/v1/group", { traits: { contact: PHONE } }],
      ["so is what stands beside them", "/v1/identify", { contact: PHONE }],
      ["a name that only begins so", "/v1/identify", { traitsOf: { contact: PHONE } }],
      ["a page may be about anybody", "/v1/page", { context: { page: { url: `https://x.example/?tel=${PHONE}` } } }],
      ["a batch has many people", "/v1/batch", { traits: { phone: PHONE }, context: { traits: { phone: PHONE } } }],
      ["each event of a batch, too", "/v1/batch", { batch: [{ userId: "li", traits: { phone: PHONE } }] }],
    ])("%s", (_, target, more) => {
      const keys = keyOf({ userId: ZHANG, ...more }, segment(), target);
      expect(keys.length).toBeGreaterThan(0);
      for (const key of keys) expect(key).toBe(others(PHONE!));
    });

    test("who names nobody owns nothing", () => {
      expect(keyOf({ traits: { phone: PHONE } }, segment(), "/v1/identify")).toEqual([others(PHONE!)]);
    });

    test("in a chat everybody is somebody", () => {
      const chat = at({ providers: ["openai-chat"] });
      const json = { model: "m", userId: ZHANG, messages: [{ role: "user", content: `电话 ${PHONE}` }], system: OTHER };
      expect(keyOf(json, chat, "/v1/chat/completions")).toEqual([others(PHONE!), others(OTHER!)]);
    });

    test("any JSON: only where policy says that the body is a record, and never what lies in its lists", () => {
      const json = { userId: ZHANG, phone: PHONE, more: { tel: PHONE }, contacts: [{ phone: OTHER }], 0: OTHER };
      const [plain, record] = [at({ providers: ["any-json"] }), at({ providers: ["any-json"] }, true)];
      const strangers = [others(OTHER!), others(PHONE!), others(PHONE!), others(OTHER!)];
      expect(keyOf(json, plain, "/people")).toEqual(strangers);
      expect(keyOf(json, record, "/people")).toEqual([others(OTHER!), own(), own(), others(OTHER!)]);
      // a chat that comes this way all the same
      const chat = { userId: ZHANG, messages: [{ role: "user", content: `电话 ${PHONE}` }] };
      expect(keyOf(chat, record, "/people")).toEqual([others(PHONE!)]);
      // rows, and what is said beside the body
      const rows = [{ userId: ZHANG, phone: PHONE }];
      expect(keyOf(rows, record, "/people")).toEqual([others(PHONE!)]);
      expect(keyOf({ userId: ZHANG }, record, `/people?tel=${PHONE}`)).toEqual([others(PHONE!)]);
    });

    test("two people in one record are one: what policy says is taken at its word, elsewhere they are two", () => {
      const json = { userId: ZHANG, phone: PHONE, spouse: OTHER };
      const distinct = (of: Policy) => new Set(keyOf(json, of, "/people")).size;
      expect([distinct(at({ providers: ["any-json"] })), distinct(at({ providers: ["any-json"] }, true))]).toEqual([
        2, 1,
      ]);
    });
  });

  test("credentials and organisations are nobody", () => {
    const flow = flowOf(arrivalOf(1, "信用代码 91350100M000100Y43 key sk-proj-Zx81mNq7Lr5Tk3Wb9Yc2Vd6Hf4Jg0Pa1Se8Ru"));
    expect(flow).toMatchObject({ keyOf: [null, null], identifiers: [] });
  });
});

describe("headers", () => {
  const sent = [
    "accept",
    "*/*",
    "cookie",
    "c=1",
    "authorization",
    "Bearer t",
    "x-trace",
    "t-1",
    "x-stainless-os",
    "Linux",
  ];
  test("only the allow-list leaves, with the destination's additions; its credential goes its own way", () => {
    const base = policy.destinations.get("openai")!;
    const open = {
      ...base,
      headers: ["x-trace", "authorization"],
      credentials: { ...base.credentials, headers: ["authorization"] },
    };
    expect(forwardedHeaders(sent, base)).toEqual(["accept", "*/*"]);
    expect(forwardedHeaders(sent, open)).toEqual(["accept", "*/*", "x-trace", "t-1"]);
    expect(credentialHeaders(sent, open)).toEqual(["authorization", "Bearer t"]);
    const inject = new Map([["x-api-key", { reveal: () => "k" }]]);
    const injecting = { ...open, credentials: { mode: "inject", headers: ["x-api-key"], inject } as const };
    expect(credentialHeaders(sent, injecting)).toEqual(["x-api-key", "k"]);
    expect(headerOf(["Content-Type", "a", "content-type", "b"], "content-type")).toBe("a");
    expect(headerOf([], "content-type")).toBe("");
  });
});
