// Where the year's people were first seen: linked or not, by application and field, told once each, kept over a stop.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inspect, judge } from "../src/gate.ts";
import { createFactsLoader } from "../src/io/facts.ts";
import { tallyFirstSeen } from "../src/io/first-seen.ts";
import { readNames } from "../src/io/names.ts";
import { openMemoryStores } from "../src/io/stores/memory/stores.ts";
import { notYetCounted } from "../src/io/strangers.ts";
import type { Admission, CountKey, Keys, Policy } from "../src/words.ts";
import { arrivalOf, demoPolicy, keysUnder } from "./sim/demo-world.ts";

let dir: string;
let keys: Keys;
let policy: Policy;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "yumen-first-seen-"));
  const demo = await demoPolicy();
  const contract = { individualIsParty: true, necessary: true };
  const purposes = [...demo.purposes.values()].map((one) => [
    one.id,
    { ...one, basis: { legalBasis: "contract", contract } },
  ]);
  const exemptions = [{ id: "e", ground: "contract", evidence: [], approvedBy: "x", from: null, until: null }];
  policy = { ...demo, names: readNames("all"), purposes: new Map(purposes as []), exemptions } as unknown as Policy;
  keys = await keysUnder(dir);
});
afterAll(() => rmSync(dir, { recursive: true }));

const NO_LIMIT = { nonSensitive: null, sensitive: null };
let serial = 0;
const admission = (first?: Admission["first"]): Admission => {
  const key = Buffer.from(`first-seen-${String(++serial).padStart(5, "0")}`).toString("base64url") as CountKey;
  return { key, nonSensitive: true, sensitive: false, ...(first === undefined ? {} : { first }) };
};
const at = (field: string, link: "linked" | "unlinked" | "namesake" = "linked", app = "crm") => ({ app, field, link });

describe("a crossing", () => {
  async function cross(stores: ReturnType<typeof openMemoryStores>, turns: readonly string[]) {
    const { people } = stores;
    const body = Buffer.from(
      JSON.stringify({ model: "m", messages: turns.map((content) => ({ role: "user", content })) }),
    );
    const asserted = { subject: null, purpose: null, conversation: "c-1", exporter: null };
    const seen = inspect(arrivalOf(1, "", { body, asserted }), policy, keys);
    if ("stopped" in seen) throw new Error(seen.stopped.code);
    const facts = createFactsLoader(stores.consent, people, keys).load(seen.ask);
    const judged = judge(seen, facts, keys);
    const strangers = notYetCounted(judged);
    const { handler, flow } = seen;
    await people.admit(handler, flow.year, strangers, judged.decision.legal.limit);
    // as after its entry
    const admitted = strangers.map(({ key }) => key);
    people.named(handler, flow.year, { people: people.toName(handler, flow.year, admitted) });
    return strangers;
  }

  test("says of whoever is new where he or she stands and whether anything identifies; of others nothing", async () => {
    const stores = openMemoryStores();
    const turns = ["电话 13912345678", "请转告客户王秀英，快递到了。", "王秀英女士说明天来取。"];
    const strangers = await cross(stores, turns);
    expect(strangers.map(({ first }) => first)).toEqual([
      { app: "demo", field: "/messages/*/content", link: "linked" },
      { app: "demo", field: "/messages/*/content", link: "unlinked" },
      { app: "demo", field: "/messages/*/content", link: "namesake" },
    ]);
    expect(await cross(stores, turns)).toEqual([]);
  });
});

describe("the tally", () => {
  test("has each person once, by source, most people first; whoever was counted before is in none", async () => {
    const stores = openMemoryStores();
    const { people, of } = tallyFirstSeen(stores.people, stores.register);
    const twice = admission(at("/a"));
    await people.admit("acme", 2026, [twice, admission(at("/b")), admission(at("/b")), admission()], NO_LIMIT);
    await people.admit("acme", 2026, [twice, admission(at("/b", "namesake"))], NO_LIMIT);
    expect(of("acme", 2026)).toEqual([
      { ...at("/b"), people: 2 },
      { ...at("/a"), people: 1 },
      { ...at("/b", "namesake"), people: 1 },
    ]);
    expect([of("acme", 2027), of("other", 2026)]).toEqual([[], []]);
  });

  test("is told anew from what was saved at the stop, and goes on from there", async () => {
    const stores = openMemoryStores();
    const first = tallyFirstSeen(stores.people, stores.register);
    await first.people.admit("acme", 2026, [admission(at("/a"))], NO_LIMIT);
    await first.close();
    const second = tallyFirstSeen(stores.people, stores.register);
    await second.people.admit("acme", 2026, [admission(at("/a"))], NO_LIMIT);
    expect(second.of("acme", 2026)).toEqual([{ ...at("/a"), people: 2 }]);
    await second.close();
  });

  test("a store that cannot be written keeps nobody from stopping; what was not saved is saved the next time", async () => {
    const stores = openMemoryStores();
    const shelf = stores.register.shelf<{ sources: readonly object[] }>("first-seen");
    let full = true;
    const change: typeof shelf.change = (id, next) =>
      full ? Promise.reject(new Error("full")) : shelf.change(id, next);
    const register = { shelf: () => ({ ...shelf, change }) } as unknown as typeof stores.register;
    const { people, close } = tallyFirstSeen(stores.people, register);
    await people.admit("acme", 2026, [admission(at("/a"))], NO_LIMIT);
    await close();
    expect(shelf.all()).toEqual([]);
    full = false;
    await close();
    expect(shelf.all()).toEqual([{ sources: [{ ...at("/a"), people: 1 }] }]);
  });

  test("nobody is in it whom a limit kept out", async () => {
    const stores = openMemoryStores();
    const { people, of } = tallyFirstSeen(stores.people, stores.register);
    const limit = { nonSensitive: 1, sensitive: null };
    expect((await people.admit("acme", 2026, [admission(at("/a")), admission(at("/a"))], limit)).ok).toBe(false);
    expect(of("acme", 2026)).toEqual([]);
  });

  test("fields are callers' words: of very many, those that come later are put together", async () => {
    const stores = openMemoryStores();
    const { people, of, close } = tallyFirstSeen(stores.people, stores.register);
    const many = Array.from({ length: 1_500 }, (_, i) => admission(at(`/f${i}`)));
    await people.admit("acme", 2026, many, NO_LIMIT);
    expect(of("acme", 2026).length).toBe(1_001);
    expect(of("acme", 2026)[0]).toEqual({ ...at("*", "linked", "*"), people: 500 });
    await close();
  });
});
