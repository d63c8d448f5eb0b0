// What a whole document says that no string of it says alone: tracks, behaviour, aggregates, children, vectors.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decode } from "../src/decode/decode.ts";
import { hold } from "../src/decode/original.ts";
import { find } from "../src/find/find.ts";
import { aggregated } from "../src/find/records/aggregate.ts";
import { minorsOf } from "../src/find/records/minors.ts";
import { aboutPeople } from "../src/find/records/people.ts";
import { tracked } from "../src/find/records/track.ts";
import { vectorsIn } from "../src/find/records/vectors.ts";
import type { Doc, Finding } from "../src/words.ts";

const ID = "11010519491231002X";
const MOBILE = "13800138000";

function docOf(value: unknown): Doc {
  const body = Buffer.from(JSON.stringify(value));
  const leaving = { method: "POST", target: "/", contentType: "application/json", contentEncoding: "" };
  const doc = decode({ ...leaving, body }, [], { bodyBytesMax: 1 << 24 });
  if ("code" in doc) throw new Error(doc.code);
  return doc;
}

function typesOf(findings: readonly Finding[]): string[] {
  return findings.map(({ type }) => type);
}

/** A finding made up for what other stages would have found. */
function made(type: string, path: string, text: string, more: Partial<Finding> = {}): Finding {
  const place = { where: "body", token: 0, path, start: 0, end: text.length, byteStart: 0, byteEnd: 0 } as const;
  return { type, ...place, certainty: "key", sensitive: false, identifies: "weak", original: hold(text), ...more };
}

describe("track", () => {
  const place = (lat: number, lng: number, more: object = {}) => ({ lat, lng, ...more });
  const tracks = (value: unknown) => {
    const doc = docOf(value);
    return typesOf(tracked(doc, find(doc, "strict")));
  };

  test.each([
    ["objects with a time", { route: [place(39.9088, 116.3974, { time: "10:00" }), place(39.9188, 116.4074)] }, 4],
    [
      "pairs of numbers and a stamp",
      {
        coordinates: [
          [116.3974, 39.9088, 1767225600],
          [116.4074, 39.9188, 1767225660],
        ],
      },
      4,
    ],
    [
      "pairs in strings",
      { points: [{ location: "116.3974,39.9088", gpsTime: 1 }, { location: "116.4074,39.9188" }] },
      2,
    ],
    [
      "nested positions",
      [
        { at: "x", pos: place(39.9088, 116.3974) },
        { at: "y", pos: place(39.9188, 116.4074) },
      ],
      4,
    ],
  ])("%s", (_, value, count) => {
    const found = tracks(value);
    expect(found.filter((type) => type === "track")).toHaveLength(count);
    expect(found).not.toContain("geo");
  });

  test.each([
    ["one place", { route: [place(39.9088, 116.3974, { time: "10:00" })] }],
    ["no time", { shops: [place(39.9088, 116.3974), place(39.9188, 116.4074)] }],
    ["no array", { a: place(39.9088, 116.3974, { time: "10:00" }), b: place(39.9188, 116.4074, { time: "10:01" }) }],
    ["a time outside of the array", { time: "10:00", shops: [place(39.9088, 116.3974), place(39.9188, 116.4074)] }],
  ])("none: %s", (_, value) => {
    expect(tracks(value)).not.toContain("track");
    expect(tracks(value)).toContain("geo");
  });

  test("a track is sensitive under every profile", () => {
    const doc = docOf({ route: [place(39.9088, 116.3974, { time: "10:00" }), place(39.9188, 116.4074)] });
    for (const { sensitive } of tracked(doc, find(doc, "gbt45574"))) expect(sensitive).toBe(true);
  });
});

describe("behaviour", () => {
  const behaviour = (value: unknown, profile: "strict" | "gbt45574" = "strict") => {
    const doc = docOf(value);
    return find(doc, profile).filter(({ type }) => type === "behaviour");
  };
  const paths = (value: unknown) => behaviour(value).map(({ path }) => path);

  test("an identifier and its events, in one record", () => {
    expect(paths({ phone: MOBILE, event: "checkout", plan: "pro" })).toEqual(["/event"]);
  });

  test("below, and beside an identifier that lies deeper", () => {
    const order = { sku: "A-1", amount: 12 };
    expect(paths({ user: { phone: MOBILE }, orders: [order] })).toEqual(["/orders/0/sku", "/orders/0/amount"]);
  });

  test("rows are records of their own", () => {
    expect(
      paths([
        { phone: MOBILE, notes: "called twice" },
        { phone: "none", notes: "closed" },
      ]),
    ).toEqual(["/0/notes"]);
    expect(paths({ people: [{ phone: MOBILE }], notes: "of the meeting" })).toEqual([]);
  });

  test("nobody's events are nobody's", () => {
    expect(paths({ event: "deploy", notes: "all fine" })).toEqual([]);
    expect(paths({ client_ip: "123.117.88.201", event: "login" })).toEqual([]);
    expect(paths({ model: "m", messages: [{ role: "user", content: `call ${MOBILE}` }] })).toEqual([]);
  });

  test("a value that holds a finding is left to it", () => {
    expect(paths({ phone: MOBILE, notes: `id ${ID}`, event: "x" })).toEqual(["/event"]);
  });

  test("sensitive under strict alone; a finding covers its whole value", () => {
    const value = { phone: MOBILE, remark: '喜欢"红"酒' };
    expect(behaviour(value)[0]).toMatchObject({ sensitive: true, start: 0, end: 6, identifies: "weak" });
    expect(behaviour(value, "gbt45574")[0]!.sensitive).toBe(false);
  });

  test("bounded", () => {
    expect(behaviour({ phone: MOBILE, events: Array(5000).fill("click") })).toHaveLength(256);
  });
});

describe("people", () => {
  const illness = made("health", "/messages/0/content", "糖尿病", { sensitive: true });

  test("an illness without anybody is knowledge", () => {
    expect(aboutPeople([illness, made("ipv4", "/ip", "1.1.1.1")], false)).toHaveLength(1);
  });

  test.each(["person", "dob", "medical-record"])("with %s it is somebody's", (type) => {
    const findings = [illness, made(type, "/x", "y")];
    expect(aboutPeople(findings, false)).toBe(findings);
  });

  test("with a strong identifier, or a declared subject", () => {
    const strong = [illness, made("cn-mobile", "/x", MOBILE, { identifies: "strong" })];
    expect(aboutPeople(strong, false)).toBe(strong);
    expect(aboutPeople([illness], true)).toEqual([illness]);
  });

  test("what is no topic is never dropped", () => {
    const types = fc.constantFrom("health", "income", "ipv4", "secret", "geo", "biometric", "cn-mobile");
    fc.assert(
      fc.property(fc.array(types), fc.boolean(), (all, subject) => {
        const findings = all.map((type) =>
          made(type, "/x", "y", { identifies: type === "cn-mobile" ? "strong" : "weak" }),
        );
        const kept = aboutPeople(findings, subject);
        expect(kept.filter(({ type }) => type !== "health" && type !== "income")).toEqual(
          findings.filter(({ type }) => type !== "health" && type !== "income"),
        );
        if (all.includes("cn-mobile") || subject) expect(kept).toBe(findings);
      }),
    );
  });
});

describe("aggregate", () => {
  const id = made("cn-id", "/p/sfzh", ID, { identifies: "strong" });
  const name = made("person", "/p/name", "张伟");
  const phone = made("cn-mobile", "/p/phone", MOBILE, { identifies: "strong" });
  const card = made("bank-card", "/p/card", "6222", { identifies: "strong", sensitive: true });
  const raised = (findings: readonly Finding[], profile: "strict" | "gbt45574") =>
    aggregated(findings, profile).flatMap(({ sensitive }, i) => (sensitive && !findings[i]!.sensitive ? [i] : []));

  test("identity, name and a way to reach", () => {
    expect(raised([id, name, phone], "gbt45574")).toEqual([0, 1, 2]);
    expect(raised([id, name], "gbt45574")).toEqual([]);
    expect(raised([name, phone], "gbt45574")).toEqual([]);
  });

  test("identity and money", () => {
    expect(raised([id, card], "gbt45574")).toEqual([0]);
    const already = [{ ...id, sensitive: true }, card];
    expect(aggregated(already, "gbt45574")).toBe(already);
  });

  test("name, address, number and something that tells more, under every profile", () => {
    const more = [name, made("address", "/p/dz", "x"), phone, made("plate", "/p/cph", "y")];
    expect(raised(more, "strict")).toEqual([0, 1, 2, 3]);
    expect(raised(more, "gbt45574")).toEqual([0, 1, 2, 3]);
    expect(raised(more.slice(0, 3), "strict")).toEqual([]);
  });

  test("another record is another", () => {
    const apart = [id, { ...name, path: "/q/name" }, phone];
    expect(aggregated(apart, "gbt45574")).toBe(apart);
  });

  test("what the rule does not name is not raised", () => {
    expect(raised([id, name, phone, made("ipv4", "/p/ip", "1.1.1.1")], "gbt45574")).toEqual([0, 1, 2]);
  });
});

describe("minors", () => {
  const TODAY = "2026-11-22";
  const minors = (type: string, text: string, more: Partial<Finding> = {}) =>
    minorsOf([made(type, "/x", text, more)], TODAY).length === 1;

  test.each([
    ["the day after", "20121123", true],
    ["fourteen today", "20121122", false],
    ["a baby", "20260101", true],
    ["grown up", "19900105", false],
    ["only the month: may be", "201211", true],
    ["only the month: is not", "201210", false],
  ])("born: %s", (_, day, is) => {
    expect(minors("dob", day)).toBe(is);
  });

  test("by identity number, by age, not by what is only suspected", () => {
    expect(minors("cn-id", "110105201806010023")).toBe(true);
    expect(minors("cn-id", ID)).toBe(false);
    expect(minors("cn-id15", "110105491231002")).toBe(false);
    expect(minors("age", "13")).toBe(true);
    expect(minors("age", "14")).toBe(false);
    expect(minors("cn-id", "110105201806010023", { certainty: "suspect" })).toBe(false);
    expect(minors("email", "20200101")).toBe(false);
  });

  test("says which, and refuses what is no day", () => {
    const findings = [made("dob", "/a", "19900101"), made("dob", "/b", "20200101"), made("age", "/c", "5")];
    expect(minorsOf(findings, `${TODAY}T08:00:00+08:00`)).toEqual([1, 2]);
    expect(() => minorsOf(findings, "today")).toThrow(RangeError);
  });

  test("from a body", () => {
    const doc = docOf({ name: "x", birthday: "2018-06-01", sfzh: ID });
    expect(minorsOf(find(doc, "strict"), TODAY).length).toBe(1);
  });
});

describe("vectors", () => {
  const floats = (count: number) => Array.from({ length: count }, (_, i) => Math.sin(i) / 3);
  const found = (value: unknown) => vectorsIn(docOf(value)).map(({ type, path }) => `${type} ${path}`);

  test.each([
    ["embedding", { data: [{ embedding: floats(256) }] }, ["embedding /data/0/embedding"]],
    ["rows under one name", { vectors: [floats(300), floats(300)] }, ["embedding /vectors/0", "embedding /vectors/1"]],
    ["a face", { face_feature: floats(128) }, ["biometric /face_feature"]],
    ["a voice, whole numbers", { voiceprint: Array(64).fill(3) }, ["biometric /voiceprint"]],
    ["camel case", { textEmbedding: floats(1536) }, ["embedding /textEmbedding"]],
  ])("%s", (_, value, is) => {
    expect(found(value)).toEqual(is);
  });

  test.each([
    ["too few", { embedding: floats(255) }],
    ["too few for a face", { face_feature: floats(63) }],
    ["token ids", { values: Array.from({ length: 400 }, (_, i) => i) }],
    ["another name", { prices: floats(400) }],
    ["an interface", { interfaceData: floats(400) }],
    ["no numbers", { embedding: Array(400).fill("x") }],
    ["no name", floats(400)],
  ])("none: %s", (_, value) => {
    expect(found(value)).toEqual([]);
  });

  test("its bytes are the array's", () => {
    const doc = docOf({ a: 1, vector: floats(256) });
    const [{ byteStart, byteEnd }] = vectorsIn(doc) as [Finding];
    expect(JSON.parse(Buffer.from(doc.bytes).toString("utf8", byteStart, byteEnd))).toHaveLength(256);
  });
});
