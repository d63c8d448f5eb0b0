// Releases from the proposal to the crossing: what is kept of people, what is refused, how one ends.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { decide } from "../src/decide/decide.ts";
import { releaseShelf, releaseUses } from "../src/io/orders/shelves.ts";
import type { Case, PersonKey } from "../src/words.ts";
import { caseOf, FORWARD, finding, individual, policyOf } from "./decide/cases.ts";
import { NOW, openPlane, type Plane } from "./plane.ts";

const MOBILE = "13800138000";
const BLOCK = { ...FORWARD, id: "no-mobile", action: "block" as const, match: { piAny: ["cn-mobile"] } };
const policy = policyOf({ rules: [FORWARD, BLOCK] });

let plane: Plane;
beforeAll(async () => {
  plane = await openPlane(
    { rita: ["reviewer"], anna: ["approver"], olga: ["operator"], audit: ["auditor"] },
    { policy },
  );
});
afterAll(() => plane.close());
beforeEach(async () => {
  plane.clock.ms = NOW;
  const shelf = releaseShelf(plane.stores.register);
  for (const { id } of shelf.all())
    await shelf.change(id, (one) => ({
      ...one!,
      revoked: one!.revoked ?? { at: "2026-01-01T00:00:00.000Z", by: "x" },
    }));
  plane.entries.length = 0;
});

const BODY = {
  ...{ destination: "acme-api", types: ["cn-mobile"], lifts: [{ of: "rule", rule: "no-mobile" }] },
  ...{ reason: "the new rule is too wide", ticket: "OPS-17" },
};
const made = async (more: object = {}) => {
  const { proposed, approved } = await plane.both("rita", "anna", "release", { ...BODY, ...more });
  expect([proposed.status, approved.status]).toEqual([201, 200]);
  return releaseShelf(plane.stores.register).get(approved.json.result.release)!;
};
const refusedAt = async (more: object) => {
  const body = { ...BODY, ...more };
  const { status, json, text } = await plane.call("rita", "POST", "/v1/proposals", { action: "release", body });
  expect(status).toBe(400);
  expect(text).not.toContain(MOBILE);
  return json.errors.map(({ pointer }: { pointer: string }) => pointer);
};

function crossing(values: readonly string[], path = "/phone"): Case {
  const keys = values.map((value) => plane.keys.person("shop", "cn-mobile", value));
  const findings = values.map(() => finding("cn-mobile", { path }));
  const individuals = keys.map((key, i) =>
    individual(i, [i], { key, person: key, countKey: plane.keys.count("shop", 2026, key) }),
  );
  const c = caseOf(findings, { individuals, policy, at: new Date(plane.clock.ms).toISOString() });
  return { ...c, flow: { ...c.flow, keyOf: keys as PersonKey[] }, valueKeys: keys, orders: plane.orders.current() };
}

describe("a release", () => {
  test("by two lifts the rule for its time, and is told without its words", async () => {
    expect(decide(crossing([MOBILE])).action).toBe("block");
    const { id } = await made();
    expect(decide(crossing([MOBILE]))).toMatchObject({
      action: "forward",
      lifted: [{ release: id, what: "no-mobile" }],
    });
    expect(plane.entries.map(({ kind, action, step }) => [kind, step ?? action])).toEqual([
      ["proposal", "proposed"],
      ["proposal", "approved"],
      ["override", "release"],
    ]);
    expect(plane.entries[2]).toMatchObject({ id, by: ["rita", "anna"], lifts: [{ of: "rule", rule: "no-mobile" }] });
    expect(JSON.stringify(plane.entries)).not.toMatch(/too wide|OPS-17/);
    plane.clock.ms = NOW + 24 * 3_600_000 - 1;
    expect(decide(crossing([MOBILE])).action).toBe("forward");
    plane.clock.ms += 1;
    expect(decide(crossing([MOBILE])).action).toBe("block");
  });

  test("is revoked by one person, at once; revoking again tells the same", async () => {
    const { id } = await made({ hours: 720 });
    expect((await plane.call("audit", "POST", `/v1/releases/${id}/revoke`)).status).toBe(403);
    const first = await plane.call("olga", "POST", `/v1/releases/${id}/revoke`);
    expect(first.json).toMatchObject({ stands: false, revoked: { by: "olga" } });
    expect(decide(crossing([MOBILE])).action).toBe("block");
    expect((await plane.call("rita", "POST", `/v1/releases/${id}/revoke`)).json.revoked.by).toBe("olga");
    expect((await plane.call("audit", "GET", `/v1/releases/${id}`)).json).toMatchObject({ id, stands: false });
    expect((await plane.call("olga", "POST", "/v1/releases/rel_x/revoke")).status).toBe(404);
    const standing = (await plane.call("audit", "GET", "/v1/releases?standing=true")).json.items;
    expect(standing.map((one: { id: string }) => one.id)).not.toContain(id);
  });

  test("of some people is theirs; what is kept and told of them are keys and their number", async () => {
    const { id, ...rest } = await made({ exporter: "shop", people: [{ type: "cn-mobile", value: MOBILE }] });
    expect(decide(crossing([MOBILE])).action).toBe("forward");
    expect(decide(crossing(["13900139000"])).action).toBe("block");
    expect(decide(crossing([MOBILE, "13900139000"])).action).toBe("block");
    const shown = await plane.call("audit", "GET", `/v1/releases/${id}`);
    expect(shown.json.people).toBe(1);
    for (const text of [JSON.stringify(rest), shown.text, JSON.stringify(plane.entries)])
      expect(text).not.toContain(MOBILE);
  });

  test("that reaches into the next year knows its people there", async () => {
    plane.clock.ms = Date.parse("2026-12-31T10:00:00Z");
    const { people } = await made({ exporter: "shop", hours: 48, people: [{ type: "cn-mobile", value: MOBILE }] });
    const key = plane.keys.person("shop", "cn-mobile", MOBILE);
    expect(people).toEqual([plane.keys.count("shop", 2026, key), plane.keys.count("shop", 2027, key)]);
  });

  test("of a value that is nobody's is kept as its key; another value stays somebody", async () => {
    const lifts = [{ of: "false-finding", type: "cn-mobile", path: "/phone", values: [MOBILE] }];
    const { id } = await made({ exporter: "shop", types: [], lifts });
    const decision = decide(crossing([MOBILE]));
    expect(decision).toMatchObject({ action: "forward", legal: { outcome: "NO_PI" } });
    expect(decide(crossing(["13900139000"])).action).toBe("block");
    const listed = await plane.call("audit", "GET", `/v1/releases/${id}`);
    expect(listed.json.lifts).toEqual([{ of: "false-finding", type: "cn-mobile", path: "/phone", values: 1 }]);
    const proposals = await plane.call("audit", "GET", "/v1/proposals");
    expect(proposals.text + listed.text).not.toContain(MOBILE);
  });

  test("of one proposal is never another's, however alike their ids are", async () => {
    const go = async (id: string, hours: number) => {
      const sent = { id, action: "release", body: { ...BODY, hours } };
      const { json } = await plane.call("rita", "POST", "/v1/proposals", sent);
      return plane.call("anna", "POST", `/v1/proposals/${json.id}/approve`, { digest: json.digest });
    };
    const [one, two] = [await go("abcdefgh", 1), await go("prp_abcdefgh", 2)];
    expect(two.json.result.release).not.toBe(one.json.result.release);
    for (const { json } of [one, two])
      expect(releaseShelf(plane.stores.register).get(json.result.release)).toMatchObject({ until: json.result.until });
  });

  test("counts its uses, and keeps them", async () => {
    const { id } = await made();
    plane.orders.used([
      { release: id, of: "rule", what: "no-mobile" },
      { release: id, of: "suspect", what: "person" },
    ]);
    plane.orders.used([{ release: id, of: "rule", what: "no-mobile" }]);
    await plane.orders.close();
    expect(releaseUses(plane.stores.register).get(id)).toMatchObject({ uses: 2 });
    expect((await plane.call("audit", "GET", `/v1/releases/${id}`)).json.uses).toBe(2);
  });

  test.each<[string, object, string]>([
    ["a destination that policy does not know", { destination: "other" }, "/body/destination"],
    ["an exporter that it does not know", { exporter: "other" }, "/body/exporter"],
    ["a purpose that it does not know", { purpose: "other" }, "/body/purpose"],
    ["a rule that it does not know", { lifts: [{ of: "rule", rule: "other" }] }, "/body/lifts/0/rule"],
    ["a rule of the gate's own", { lifts: [{ of: "rule", rule: "law" }] }, "/body/lifts/0/rule"],
    ["a kind that nobody knows", { types: ["shoe-size"] }, "/types/0"],
    ["more than thirty days", { hours: 721 }, "/hours"],
    ["nothing", { lifts: [] }, "/lifts"],
    ["people of no exporter", { people: [{ type: "cn-mobile", value: MOBILE }] }, "/body/exporter"],
    ["a value that is none", { exporter: "shop", people: [{ type: "cn-mobile", value: "x" }] }, "/body/people/0/value"],
    ["suspects of no kind", { types: [], lifts: [{ of: "suspect" }] }, "/body/types"],
    ["a reason that names somebody", { reason: `客户 ${MOBILE} 投诉` }, "/reason"],
    ["a ticket that is a number of somebody", { ticket: MOBILE }, "/ticket"],
    [
      "a place that holds a number",
      { lifts: [{ of: "false-finding", type: "person", path: `/${MOBILE}` }] },
      "/lifts/0/path",
    ],
    [
      "a number of somebody wherever it stands",
      { lifts: [{ of: "false-finding", type: "cn-mobile", path: "/messages/*/content" }] },
      "/body/lifts/0/values",
    ],
    ["a credential", { lifts: [{ of: "false-finding", type: "secret", path: "/key" }] }, "/body/lifts/0/type"],
  ])("for %s is refused", async (_what, more, pointer) => {
    expect(await refusedAt(more)).toContain(pointer);
  });

  test("is proposed by a reviewer and approved by an approver, and not by one who is both", async () => {
    const sent = { action: "release", body: BODY };
    for (const who of ["anna", "olga", "audit"])
      expect((await plane.call(who, "POST", "/v1/proposals", sent)).status).toBe(403);
    const { json } = await plane.call("admin", "POST", "/v1/proposals", sent);
    const again = await plane.call("admin", "POST", `/v1/proposals/${json.id}/approve`, { digest: json.digest });
    expect(again.json.code).toBe("second_person_needed");
  });
});
