// The counts on the admin plane: the opening balance grows and is recorded, two people take back of it, and what is told
// of a year agrees with what was counted.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { alarmsOf } from "../src/io/admin/counts/watch.ts";
import { openMemoryStores } from "../src/io/stores/memory/stores.ts";
import type { Policy } from "../src/words.ts";
import { admission, by, NO_LIMIT } from "./contracts/people.contract.ts";
import { CONTRACT, policyOf } from "./decide/cases.ts";
import { NOW, openPlane, type Plane } from "./plane.ts";

const mobile = (n: number) => ({ type: "cn-mobile", value: `138${String(10_000_000 + n)}` });
const exporter = (id: string) => ({ ...policyOf().exporters.get("shop")!, id, handler: id });
const policy: Policy = policyOf({
  exporters: new Map(["shop", "sister", "third"].map((id) => [id, exporter(id)])),
  mechanisms: [{ ...CONTRACT, scope: { recipients: ["acme"], maxNonSensitive: 200 } }],
  groups: new Map([["family", { id: "family", name: "Family", exporters: ["shop", "sister"] }]]),
});

let plane: Plane;
beforeAll(async () => {
  plane = await openPlane({ olga: ["operator"], anna: ["approver"], audit: ["auditor"], crm: ["consent"] }, { policy });
});
afterAll(() => plane.close());
beforeEach(() => {
  plane.clock.ms = NOW;
  plane.ledger.fails = false;
  plane.entries.length = 0;
});

const BODY = { exporter: "shop", year: 2026, class: "ns", source: "mail archive 2026", by: "dpo" };
const open = (body: object, who = "olga") => plane.call(who, "POST", "/v1/counts/opening", { ...BODY, ...body });
const counts = async (query = "") => (await plane.call("audit", "GET", `/v1/counts${query}`)).json;
const shop = async () => (await counts("?exporter=shop")).exporters[0];

describe("the opening balance", () => {
  test("nobody has stated one: every answer says so; zero is a statement", async () => {
    expect(await shop()).toMatchObject({ opened: false, warnings: ["COUNT_NOT_OPENED"] });
    const { status, json } = await open({ people: 0, source: "we looked: nothing else" });
    expect([status, json.counts]).toEqual([201, { nonSensitive: 0, sensitive: 0, gross: 0 }]);
    expect(await shop()).toMatchObject({ opened: true, warnings: [] });
    expect((await plane.call("audit", "GET", "/v1/status")).json.counts).toContainEqual(
      expect.objectContaining({ exporter: "shop", opened: true }),
    );
    expect((await counts("?exporter=sister")).exporters[0].opened).toBe(false);
  });

  test("people are keyed and merged: the same list twice changes nothing, and no identifier comes out", async () => {
    const subjects = [mobile(1), mobile(2), mobile(2)];
    const first = await open({ subjects });
    expect([first.status, first.json.added]).toEqual([201, 2]);
    expect(first.json.counts.nonSensitive).toBe(2);
    const again = await open({ subjects });
    expect([again.status, again.json.added, again.json.grew]).toEqual([200, 0, false]);
    expect((await open({ subjects, class: "s" })).json.counts).toEqual({ nonSensitive: 2, sensitive: 2, gross: 2 });
    const all = JSON.stringify([first.json, again.json, plane.entries, await counts()]);
    expect(all).not.toMatch(/1381000/);
    expect(plane.entries[0]).toMatchObject({ kind: "opening", added: 2, by: "dpo", recordedBy: "olga" });
    expect(plane.entries[0]!["people"]).toHaveLength(2);
    expect(JSON.stringify(plane.entries)).not.toContain("mail archive");
  });

  test("somebody whom the gate has counted already is not counted again, under any alias", async () => {
    const { keys, stores } = plane;
    const [phone, own] = [keys.person("shop", "cn-mobile", mobile(9).value), keys.person("shop", "id", "u-9")];
    await stores.consent.link("shop", own, phone);
    const key = keys.count("shop", 2026, stores.consent.resolve("shop", own));
    await stores.people.admit("shop", 2026, [{ ...admission(0), key, recipient: "acme", by: "E7" }], NO_LIMIT);
    const before = stores.people.counts("shop", 2026);
    expect((await open({ subjects: [mobile(9)] })).json).toMatchObject({ added: 0, counts: { gross: before.gross } });
  });

  test("a number is added once a source, grows, and does not shrink by one person", async () => {
    const before = plane.stores.people.counts("shop", 2026).nonSensitive;
    const source = "support system";
    expect((await open({ people: 50, source })).json.counts.nonSensitive).toBe(before + 50);
    expect((await open({ people: 50, source })).json).toMatchObject({
      grew: false,
      counts: { nonSensitive: before + 50 },
    });
    expect((await open({ people: 70, source })).json.counts.nonSensitive).toBe(before + 70);
    const less = await open({ people: 60, source });
    expect([less.status, less.json.code]).toEqual([409, "opening_shrinks"]);
    expect((await open({ people: 5, source: "another system" })).json.counts.nonSensitive).toBe(before + 75);
  });

  test("stands although the ledger takes no entry: over-counted, never under; its sender sends it again", async () => {
    plane.ledger.fails = true;
    const subjects = [mobile(40)];
    const before = plane.stores.people.counts("shop", 2026).gross;
    expect((await open({ subjects })).status).toBe(503);
    expect(plane.stores.people.counts("shop", 2026).gross).toBe(before + 1);
    plane.ledger.fails = false;
    expect((await open({ subjects })).status).toBe(200);
    expect(plane.entries.map((entry) => [entry["kind"], (entry["people"] as string[]).length])).toEqual([
      ["opening", 1],
    ]);
  });

  test("the last year too: its evidence is still made", async () => {
    expect((await open({ people: 7, year: 2025 })).json.counts.gross).toBe(7);
    expect((await counts("?exporter=shop&year=2025")).exporters[0].counts.gross).toBe(7);
  });

  test.each([
    ["both a list and a number", { people: 1, subjects: [mobile(1)] }, "/people"],
    ["neither", {}, "/people"],
    ["a year to come", { people: 1, year: 2027 }, "/year"],
    ["nobody's company", { people: 1, exporter: "other" }, "/exporter"],
    ["no recipient of policy", { people: 1, recipient: "other" }, "/recipient"],
    ["a negative number", { people: -1 }, "/people"],
    ["a value that is none", { subjects: [mobile(1), { type: "cn-mobile", value: "x" }] }, "/subjects/1/value"],
    ["a source with somebody's number", { people: 1, source: "王小明 13800138000" }, "/source"],
  ])("%s is refused with its place, and nobody counted", async (_what, body, pointer) => {
    const before = plane.stores.people.counts("shop", 2026);
    const { status, json, text } = await open(body);
    expect([status, json.errors[0].pointer]).toEqual([400, pointer]);
    expect(text).not.toContain("13800138000");
    expect(plane.stores.people.counts("shop", 2026)).toEqual(before);
  });

  test.each([["audit"], ["crm"], ["anna"]])("%s may not", async (who) => {
    expect((await open({ people: 1 }, who)).status).toBe(403);
  });
});

describe("a correction", () => {
  const body = { exporter: "third", year: 2026, class: "ns", reason: "two systems held the same list" };

  test("takes two people, back to what was named by nobody and no further; whoever has a key stays", async () => {
    await plane.stores.people.admit("third", 2026, [by(admission(1), "acme", "E7")], NO_LIMIT);
    await open({ exporter: "third", people: 30 });
    await open({ exporter: "third", subjects: [mobile(1), mobile(2)] });
    const tooMany = await plane.call("olga", "POST", "/v1/proposals", {
      action: "correction",
      body: { ...body, people: 31 },
    });
    expect([tooMany.status, tooMany.json.errors[0].pointer]).toEqual([400, "/body/people"]);
    const { proposed, approved } = await plane.both("olga", "anna", "correction", { ...body, people: 30 });
    expect([proposed.status, approved.json.state]).toEqual([201, "done"]);
    expect(approved.json.result.counts).toEqual({ nonSensitive: 3, sensitive: 0, gross: 3 });
    expect(plane.entries.find(({ kind }) => kind === "correction")).toMatchObject({
      ...{ people: -30, by: ["olga", "anna"], exporter: "third" },
    });
    expect((await plane.both("olga", "anna", "correction", { ...body, people: 1 })).proposed.status).toBe(400);
  });

  test("one that was approved twice, or after another took the rest, takes nothing more", async () => {
    await open({ exporter: "third", people: 40 });
    const propose = () =>
      plane.call("olga", "POST", "/v1/proposals", { action: "correction", body: { ...body, people: 6 } });
    const [one, other] = [await propose(), await propose()];
    const approve = (it: typeof one) =>
      plane.call("anna", "POST", `/v1/proposals/${it.json.id}/approve`, { digest: it.json.digest });
    expect((await approve(one)).json.result.counts.nonSensitive).toBe(7);
    expect((await approve(one)).json.result.counts.nonSensitive).toBe(7);
    expect([(await approve(other)).status, (await approve(other)).json.code]).toEqual([409, "correction_too_large"]);
    expect(plane.stores.people.counts("third", 2026).nonSensitive).toBe(7);
  });

  test("two that are approved at once take no more than was stated, however long the ledger takes", async () => {
    await open({ exporter: "third", people: 50 });
    const counted = () => plane.stores.people.counts("third", 2026).nonSensitive;
    const before = counted();
    const propose = () =>
      plane.call("olga", "POST", "/v1/proposals", { action: "correction", body: { ...body, people: 10 } });
    const both = [await propose(), await propose()];
    plane.ledger.takesMs = 20;
    const approved = await Promise.all(
      both.map(({ json: { id, digest } }) => plane.call("anna", "POST", `/v1/proposals/${id}/approve`, { digest })),
    );
    plane.ledger.takesMs = 0;
    expect(approved.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(counted()).toBe(before - 10);
    expect(plane.entries.filter(({ kind }) => kind === "correction")).toHaveLength(1);
  });

  test("who was opened by name and leaves through the gate later is counted: nobody could take him back", async () => {
    const { keys, stores } = plane;
    const last = { exporter: "third", year: 2025 };
    await open({ ...last, subjects: [mobile(5)] });
    const { proposed } = await plane.both("olga", "anna", "correction", { ...body, ...last, people: 1 });
    expect([proposed.status, proposed.json.errors?.[0].pointer]).toEqual([400, "/body/people"]);
    const person = stores.consent.resolve("third", keys.person("third", "cn-mobile", mobile(5).value));
    const key = keys.count("third", 2025, person);
    await stores.people.admit("third", 2025, [by({ ...admission(0), key }, "acme", "E7")], NO_LIMIT);
    expect(stores.people.counts("third", 2025)).toMatchObject({ nonSensitive: 1, gross: 1 });
  });
});

describe("a correction by name", () => {
  const body = { exporter: "third", year: 2026, class: "ns", reason: "the list of another year" };
  const at2025 = { ...body, year: 2025 };
  const both = (more: object) => plane.both("olga", "anna", "correction", { ...at2025, ...more });
  // one is there already, by the gate
  const counted = () => {
    const { nonSensitive, sensitive, gross } = plane.stores.people.counts("third", 2025);
    return { nonSensitive: nonSensitive - 1, sensitive, gross: gross - 1 };
  };

  test("regression: somebody opened by name wrongly could not be taken back; whom the gate counted stays", async () => {
    const { keys, stores } = plane;
    const keyOf = (n: number) =>
      keys.count("third", 2025, stores.consent.resolve("third", keys.person("third", "cn-mobile", mobile(n).value)));
    await stores.people.admit("third", 2025, [by({ ...admission(0), key: keyOf(41) }, "acme", "E7")], NO_LIMIT);
    const subjects = [40, 41, 42].map(mobile);
    await open({ exporter: "third", year: 2025, subjects });
    await open({ exporter: "third", year: 2025, class: "s", subjects: [mobile(42)] });
    expect(counted()).toMatchObject({ nonSensitive: 3, sensitive: 1, gross: 3 });
    const { proposed, approved } = await both({ subjects: [...subjects, mobile(77)] });
    expect(proposed.status).toBe(201);
    expect(approved.json).toMatchObject({
      state: "done",
      result: { counts: { nonSensitive: 2, sensitive: 1, gross: 3 } },
    });
    // as sensitive the opening still says so of one; the gate's own way stands
    expect(stores.people.counted("third", 2025, keyOf(40))).toMatchObject({ gross: false, ways: [] });
    expect(stores.people.counted("third", 2025, keyOf(41)).ways).toMatchObject([{ recipient: "acme", by: "E7" }]);
    expect(stores.people.heads("third", 2025).reduce((sum, { people }) => sum + people, 0)).toBe(3);
    const entry = plane.entries.find(({ kind }) => kind === "correction")!;
    expect(entry).toMatchObject({ by: ["olga", "anna"], exporter: "third", year: 2025, class: "ns" });
    expect(entry["people"]).toEqual([40, 41, 42].map(keyOf));
    expect(JSON.stringify([proposed.json, approved.json, plane.entries])).not.toContain("1381000");
    expect(JSON.stringify(plane.entries)).not.toContain("another year");
    // done once: approved again, and proposed again, it takes nothing more
    const { id, digest } = proposed.json;
    await plane.call("anna", "POST", `/v1/proposals/${id}/approve`, { digest });
    expect(plane.entries.filter(({ kind }) => kind === "correction")).toHaveLength(1);
    expect((await both({ subjects })).proposed.json.errors[0].pointer).toBe("/body/subjects");
    expect(counted()).toMatchObject({ nonSensitive: 1, sensitive: 1, gross: 2 });
    // opened again, he is counted again; by the key of the entry he is taken back as well
    await open({ exporter: "third", year: 2025, subjects: [mobile(40)] });
    expect(counted().nonSensitive).toBe(2);
    await both({ keys: [keyOf(40)] });
    expect(counted()).toMatchObject({ nonSensitive: 1, gross: 2 });
    const told = (await counts("?exporter=third&year=2025")).exporters[0];
    expect(told.openings.filter((one: { of?: string }) => one.of === "correction")).toHaveLength(2);
  });

  test.each([
    ["both a number and a list", { people: 1, subjects: [mobile(1)] }],
    ["neither", {}],
    ["what is no key", { keys: ["138"] }],
    ["somebody whom only the gate has counted", { subjects: [mobile(41)] }],
    ["another recipient's", { subjects: [mobile(42)], class: "s", recipient: "acme" }],
  ])("of %s is refused", async (_, more) => {
    const before = counted();
    expect((await both(more)).proposed.status).toBe(400);
    expect(counted()).toEqual(before);
  });
});

describe("what is told of a year", () => {
  test("by recipient, mechanism and ground: each person once in each", async () => {
    const people = [
      by(admission(1, "n"), "acme", "E7"),
      by(admission(1, "s"), "acme", "sc-1"),
      by(admission(1, "n"), "beta", "sc-1"),
      by(admission(2, ""), "beta", "E3"),
      by(admission(3, "n"), null, "opening"),
    ];
    await plane.stores.people.admit("sister", 2026, people, NO_LIMIT, { day: "2026-05-30" });
    const [told] = (await counts("?exporter=sister")).exporters;
    const heads = (nonSensitive: number, sensitive: number, gross: number) => ({ nonSensitive, sensitive, gross });
    expect(told).toMatchObject({
      counts: heads(2, 1, 3),
      byRecipient: { acme: heads(1, 1, 1), beta: heads(1, 0, 2), unknown: heads(1, 0, 1) },
      byMechanism: { "sc-1": heads(1, 1, 1) },
      byGround: { E3: heads(0, 0, 1), E7: heads(1, 0, 1), opening: heads(1, 0, 1) },
    });
  });

  test("the lines of the law and the scales of its mechanisms, with alarms", async () => {
    const { lines } = await shop();
    expect(
      lines.map(({ id, counter, line, recipients }: Record<string, unknown>) => [id, counter, line, recipients]),
    ).toEqual([
      ["exempt", "nonSensitive", 100_000, null],
      ["assessment", "nonSensitive", 1_000_000, null],
      ["assessment", "sensitive", 10_000, null],
      ["sc-1", "nonSensitive", 201, ["acme"]],
    ]);
    const before = lines[3].count;
    await open({ people: 165 - before, recipient: "acme", source: "acme itself" });
    expect((await shop()).lines[3]).toMatchObject({ alarm: 0.8, isCrossed: false });
    await open({ people: 205 - before, recipient: "acme", source: "acme itself" });
    expect((await shop()).lines[3]).toMatchObject({ alarm: 0.95, isCrossed: true, left: 0 });
  });

  test("a group that crosses while no member does is told", async () => {
    const family = async () => (await counts()).groups[0];
    expect((await family()).warnings).toEqual([]);
    for (const one of ["shop", "sister"]) await open({ exporter: one, people: 60_000, source: "group report" });
    expect(await family()).toMatchObject({
      id: "family",
      warnings: ["SPLIT_SUSPECTED"],
      exporters: ["shop", "sister"],
    });
    await open({ exporter: "shop", people: 120_000, source: "group report" });
    expect((await family()).warnings).toEqual([]);
  });

  test("a line that is near, one that is crossed and a group that looks split stand as alarms until they do not", async () => {
    const stores = openMemoryStores();
    const world = { people: stores.people, policy: () => policy, clock: plane.clock };
    const codes = () => alarmsOf(world).map(({ code, about, severity }) => `${code} ${about} ${severity}`);
    const stated = (exporter: string, nonSensitive: number) =>
      stores.people.state(exporter, 2026, {
        ...{ id: "x", of: "opening", recipient: "beta", day: "2026-05-01" },
        ...{ nonSensitive, sensitive: 0, gross: nonSensitive },
      });
    expect(codes()).toEqual([]);
    await stated("shop", 80_000);
    expect(codes()).toEqual(["line_near shop/exempt/nonSensitive warning"]);
    await stated("sister", 20_000);
    expect(codes()).toEqual(["line_near shop/exempt/nonSensitive warning", "split_suspected family warning"]);
    await stated("shop", 95_000);
    expect(codes()[0]).toBe("line_near shop/exempt/nonSensitive critical");
    await stated("shop", 100_000);
    expect(codes()).toEqual(["line_crossed shop/exempt/nonSensitive critical"]);
    plane.clock.ms = Date.UTC(2026, 11, 31, 16);
    expect(codes()).toEqual([]);
  });

  test("roles: who may read", async () => {
    for (const who of ["olga", "anna", "audit"]) expect((await plane.call(who, "GET", "/v1/counts")).status).toBe(200);
    expect((await plane.call("crm", "GET", "/v1/counts")).status).toBe(403);
  });
});
