// Drift, from the first sight to its end: one item a way, kind and field; an entry and an alarm; nobody waits for it;
// a hostile caller opens a bounded number; what is settled stays settled, what was closed may open again.

import { describe, expect, test, vi } from "vitest";
import { register } from "../src/cli/drift.ts";
import { decide } from "../src/decide/decide.ts";
import { createAlarms } from "../src/io/alarms/alarms.ts";
import { createDrift } from "../src/io/drift/drift.ts";
import { driftId, driftShelf } from "../src/io/drift/shelf.ts";
import { openMemoryStores } from "../src/io/stores/memory/stores.ts";
import type { Policy, Sighting } from "../src/words.ts";
import { ranCommand } from "./command.ts";
import { CONTRACT, caseOf, finding, policyOf } from "./decide/cases.ts";
import { openPlane } from "./plane.ts";

const INVENTORY = [{ id: "known", destinations: ["acme-api"], kinds: ["cn-mobile"] }];
const CLOCK = { nowMs: () => Date.parse("2026-06-01T00:00:00.000Z") };

function watching(change: { policy?: Policy; fails?: () => boolean } = {}) {
  const { register } = openMemoryStores();
  const alarms = createAlarms(CLOCK, () => {});
  const entries: Record<string, unknown>[] = [];
  const held = { policy: change.policy ?? policyOf({ inventory: INVENTORY }) };
  const drift = createDrift({
    ...{ register, clock: CLOCK, alarms, policy: () => held.policy },
    async note(kind, members) {
      if (change.fails?.()) throw new Error("full");
      return entries.push({ kind, ...members });
    },
  });
  const raised = () => alarms.open().map(({ code, about }) => `${code} ${about}`);
  const seen = () => new Promise((resolve) => setTimeout(resolve, 5));
  return { register, drift, entries, raised, seen, held, shelf: driftShelf(register) };
}

const SIGHTING: Sighting = {
  ...{ caller: "crm", destination: "acme-api", purpose: "support", recipient: "acme", kind: "person" },
  ...{ field: "/messages/*/content", model: null },
};
const ID = driftId(SIGHTING);
const forward = (...undeclared: readonly Sighting[]) => ({ action: "forward" as const, undeclared });

describe("seen", () => {
  test("once: an item, an entry, an alarm that names no field", async () => {
    const { drift, entries, raised, seen, shelf } = watching();
    for (let i = 0; i < 3; i += 1) drift.saw(`dec_${i}`, "shop", forward(SIGHTING));
    await seen();
    expect(shelf.all()).toMatchObject([
      { id: ID, ...SIGHTING, crossing: "dec_0", state: "open", blocked: false, opened: 1 },
    ]);
    expect(entries).toEqual([
      {
        ...{ kind: "drift", of: "seen", id: ID, crossing: "dec_0", app: "crm", exporter: "shop", model: null },
        ...{ destination: "acme-api", recipient: "acme", purpose: "support", type: "person" },
        ...{ field: "/messages/*/content", blocked: false, opened: 1, onDrift: "alarm" },
      },
    ]);
    expect(raised()).toEqual([`drift ${ID}`]);
    await drift.close();
  });
  test("a member's name that is no plain one is written down nowhere: it is the caller's text", async () => {
    const { drift, entries, shelf } = watching();
    const field = "/王小明/zhang.wei@example.com/13800138000号/notes";
    drift.saw("dec_0", "shop", forward({ ...SIGHTING, field }, { ...SIGHTING, field: `/李雷${field}` }));
    await drift.close();
    expect(
      shelf
        .all()
        .map((one) => one.field)
        .sort(),
    ).toEqual(["/*/*/*/*/notes", "/*/*/*/notes"]);
    expect(JSON.stringify([entries, shelf.all()])).not.toMatch(/王小明|李雷|zhang|13800138000/);
  });

  test("what the decision of a crossing says is what is opened", async () => {
    const { drift, shelf, held, seen } = watching();
    const decision = decide(caseOf([finding("person"), finding("cn-mobile")], { policy: held.policy }));
    drift.saw("dec_1", "shop", decision);
    await seen();
    expect(shelf.all()).toMatchObject([{ kind: "person", field: "/person", caller: "app" }]);
    await drift.close();
  });
  test("another process that knows it already opens nothing", async () => {
    const { drift, register, seen, shelf } = watching();
    drift.saw("dec_1", "shop", forward(SIGHTING));
    await seen();
    const again = createDrift({
      ...{ register, clock: CLOCK, alarms: createAlarms(CLOCK, () => {}) },
      policy: () => policyOf({ inventory: INVENTORY }),
      note: () => Promise.reject(new Error("nothing to note")),
    });
    again.saw("dec_2", "shop", forward(SIGHTING));
    await seen();
    expect(shelf.all()).toMatchObject([{ crossing: "dec_1" }]);
    await again.close();
    await drift.close();
  });
  test("what could not be written down is tried at the next sight", async () => {
    let full = true;
    const { drift, entries, raised, seen } = watching({ fails: () => full });
    drift.saw("dec_1", "shop", forward(SIGHTING));
    await seen();
    expect(entries).toEqual([]);
    full = false;
    drift.saw("dec_2", "shop", forward(SIGHTING));
    await seen();
    expect(entries).toMatchObject([{ of: "seen", id: ID, crossing: "dec_2", opened: 1 }]);
    expect(raised()).toEqual([`drift ${ID}`]);
    await drift.close();
  });
  test("fields without end are a bounded number of items, and one grave alarm", async () => {
    const { drift, raised, seen, shelf } = watching();
    for (let i = 0; i < 2_600; i += 1) {
      drift.saw(`dec_${i}`, "shop", forward({ ...SIGHTING, field: `/f${i}x` }));
      if (i % 200 === 0) await seen();
    }
    await seen();
    expect(shelf.all().length).toBeLessThanOrEqual(2_200);
    expect(raised()[0]).toMatch(/^(?:alarms_many|drift_many)/);
    await drift.close();
  }, 60_000);
  describe("a full shelf", () => {
    const fieldOf = (i: number) => `/f${i.toString(36)}x`;
    const full = async (state: (i: number) => "open" | "accepted") => {
      const it = watching();
      const settled = (i: number) => ({
        by: "rita",
        at: new Date(CLOCK.nowMs() - i * 1_000).toISOString(),
        reason: "r",
      });
      for (let i = 0; i < 2_000; i += 1) {
        const item = { ...SIGHTING, field: fieldOf(i), id: driftId({ ...SIGHTING, field: fieldOf(i) }) };
        const found = { ...item, exporter: "shop", crossing: "dec_0", at: "2026-05-01T00:00:00.000Z", blocked: false };
        const is = state(i);
        await it.shelf.change(item.id, () => ({
          ...{ ...found, state: is, opened: 1, settled: is === "open" ? null : settled(i) },
        }));
      }
      return it;
    };

    test("regression: settled items were never taken out: the oldest make room, their decision is in the ledger", async () => {
      const { drift, entries, raised, seen, shelf } = await full((i) => (i < 1_850 ? "open" : "accepted"));
      drift.saw("dec_1", "shop", forward(SIGHTING));
      expect(raised()).toContain("drift_many drift");
      await seen();
      const [dropped] = entries as { of: string; items: { id: string; state: string }[] }[];
      expect([dropped!.of, dropped!.items.length, dropped!.items[0]!.state]).toEqual(["dropped", 100, "accepted"]);
      // the oldest first
      expect(dropped!.items[0]!.id).toBe(driftId({ ...SIGHTING, field: fieldOf(1_999) }));
      expect(shelf.all()).toHaveLength(1_900);
      drift.saw("dec_2", "shop", forward(SIGHTING));
      await seen();
      expect(shelf.get(ID)).toMatchObject({ state: "open", crossing: "dec_2" });
      // what was taken out is seen anew, and opens: somebody assesses it again
      drift.saw("dec_3", "shop", forward({ ...SIGHTING, field: fieldOf(1_999) }));
      await seen();
      expect(shelf.get(dropped!.items[0]!.id)).toMatchObject({ state: "open", opened: 1 });
      drift.look();
      await seen();
      expect(entries.at(-1)).toMatchObject({ of: "unkept", sightings: 1 });
      drift.look();
      await seen();
      expect(raised()).not.toContain("drift_many drift");
      await drift.close();
    }, 30_000);

    test("of open ones: nothing is taken out, and what cannot be kept is an alarm and an entry", async () => {
      const { drift, entries, raised, seen, shelf } = await full(() => "open");
      for (let i = 0; i < 7; i += 1) drift.saw(`dec_${i}`, "shop", forward(SIGHTING));
      await seen();
      drift.look();
      await seen();
      expect(shelf.all()).toHaveLength(2_000);
      expect(entries).toEqual([{ kind: "drift", of: "unkept", sightings: 7 }]);
      expect(raised()).toContain("drift_many drift");
      await drift.close();
    }, 30_000);
  });
  test("declared since: its alarm is over, and so it is without an inventory", async () => {
    const { drift, raised, seen, held } = watching();
    drift.saw("dec_1", "shop", forward(SIGHTING));
    await seen();
    held.policy = policyOf({ inventory: [{ ...INVENTORY[0]!, kinds: ["person"], fields: ["/messages/*"] }] });
    drift.look();
    expect(raised()).toEqual([]);
    held.policy = policyOf({ inventory: INVENTORY });
    drift.look();
    expect(raised()).toHaveLength(1);
    held.policy = policyOf();
    drift.look();
    expect(raised()).toEqual([]);
    await drift.close();
  });
  test("two that differ in one word only are two", () => {
    const others: readonly Partial<Sighting>[] = [
      ...[{ caller: "x" }, { destination: "x" }, { purpose: "x" }, { recipient: "x" }, { kind: "x" }, { field: "x" }],
      { model: "x" },
    ];
    expect(new Set([ID, ...others.map((one) => driftId({ ...SIGHTING, ...one }))]).size).toBe(8);
  });
});

test("on the plane: what it asks, accepted or closed with a reason, and once", async () => {
  const policy = policyOf({
    inventory: INVENTORY,
    mechanisms: [
      CONTRACT,
      { ...CONTRACT, id: "ce", type: "CERTIFICATION" },
      { ...CONTRACT, id: "o", exporters: ["else"] },
    ],
  });
  const plane = await openPlane({ olga: ["operator"], anna: ["auditor"] }, { policy });
  const item = { id: ID, ...SIGHTING, exporter: "shop", crossing: "dec_1", at: "", blocked: false, opened: 1 };
  await driftShelf(plane.stores.register).change(ID, () => ({ ...item, state: "open", settled: null }));

  const listed = await plane.call("anna", "GET", "/v1/drift?state=open");
  expect(listed.json.items).toMatchObject([
    { id: ID, asks: ["pipia", "file_again", "tell_certifier"], declared: false },
  ]);
  expect((await plane.call("anna", "POST", `/v1/drift/${ID}/accept`, { reason: "已评估" })).status).toBe(403);
  expect((await plane.call("olga", "POST", `/v1/drift/${ID}/accept`, {})).status).toBe(400);
  expect((await plane.call("olga", "POST", "/v1/drift/drift_none/accept", { reason: "已评估" })).status).toBe(404);
  expect(plane.entries).toEqual([]);
  for (let i = 0; i < 2; i += 1) {
    const accepted = await plane.call("olga", "POST", `/v1/drift/${ID}/accept`, { reason: "已评估" });
    expect(accepted).toMatchObject({
      status: 200,
      json: { state: "accepted", settled: { by: "olga", reason: "已评估" } },
    });
  }
  expect((await plane.call("olga", "POST", `/v1/drift/${ID}/close`, { reason: "误发" })).status).toBe(409);
  expect(plane.entries[0]).toEqual({
    kind: "drift",
    of: "accepted",
    id: ID,
    by: "olga",
    reason: plane.keys.digest("已评估"),
  });
  expect((await plane.call("anna", "GET", "/v1/drift?state=open")).json.items).toEqual([]);

  // the same from a terminal
  const other = driftId({ ...SIGHTING, kind: "email" });
  await driftShelf(plane.stores.register).change(other, () => ({
    ...item,
    id: other,
    kind: "email",
    state: "open",
    settled: null,
  }));
  const ran = (...argv: readonly string[]) =>
    ranCommand(register, ["drift", ...argv, "--admin", plane.base, "--lang", "en"]);
  vi.stubEnv("YUMEN_ADMIN_TOKEN", plane.tokens["olga"]!);
  const open = await ran();
  expect(open).toMatchObject({ code: 1, out: expect.stringContaining("PIPIA? file again? tell the certifier?") });
  expect(open.out).toContain("crm → acme-api");
  expect(await ran("close", other, "--reason", "联系 13800138000")).toMatchObject({ code: 2, out: "" });
  expect(await ran("close", other, "--reason", "mistake")).toMatchObject({ code: 0, out: `${other}  closed\n` });
  expect(await ran()).toMatchObject({ code: 0, out: "Nothing.\n" });
  vi.unstubAllEnvs();
  await plane.close();
});

test("closed, and seen again: it opens again, and says how often", async () => {
  const { drift, shelf, entries, seen } = watching();
  drift.saw("dec_1", "shop", forward(SIGHTING));
  await seen();
  const settled = { by: "olga", at: "", reason: "r" };
  await shelf.change(ID, (before) => ({ ...before!, state: "accepted", settled }));
  drift.forget(ID);
  drift.saw("dec_2", "shop", forward(SIGHTING));
  await seen();
  expect(shelf.get(ID)).toMatchObject({ state: "accepted", crossing: "dec_1" });
  await shelf.change(ID, (before) => ({ ...before!, state: "closed", settled }));
  drift.forget(ID);
  drift.saw("dec_3", "shop", forward(SIGHTING));
  await seen();
  expect(shelf.get(ID)).toMatchObject({ state: "open", crossing: "dec_3", opened: 2, settled: null });
  expect(entries.map(({ of, opened }) => `${of} ${opened}`)).toEqual(["seen 1", "seen 2"]);
  await drift.close();
});
