// A stop reaches those behind a recipient, and the last look before the first byte sees whatever was ordered meanwhile.

import { describe, expect, test } from "vitest";
import { decide } from "../src/decide/decide.ts";
import { isKnown, isOver } from "../src/decide/holds.ts";
import { wayTo } from "../src/decide/onward.ts";
import { Exchange } from "../src/io/dial/exchange.ts";
import { GateError } from "../src/io/errors.ts";
import { holdShelf, releaseShelf, releaseUses } from "../src/io/orders/shelves.ts";
import { createStandingOrders } from "../src/io/orders/standing.ts";
import type { AnswerSink, Register, Shelf } from "../src/io/ports.ts";
import { openMemoryStores } from "../src/io/stores/memory/stores.ts";
import { crossingTexts } from "../src/record/crossing.ts";
import type { Hold, Policy, Recipient } from "../src/words.ts";
import { AT, caseOf, finding, policyOf } from "./decide/cases.ts";
import { openPlane } from "./plane.ts";

const base = policyOf();
const acme = base.recipients.get("acme")!;
const made = (id: string, onwardTo: readonly string[], name = id): Recipient => ({ ...acme, id, name, onwardTo });
const policyWith = (...recipients: Recipient[]): Policy => ({
  ...base,
  recipients: new Map(recipients.map((one) => [one.id, one])),
});
const hold = (target: string): Hold => {
  return { id: "hold_1", of: "recipient", target, reason: "r", order: null, by: "op", at: AT };
};

const CHAIN = policyWith(
  made("acme", ["Cloud Co., Ltd.", "labels-inc"]),
  made("cloud", ["archive", "acme"], "CLOUD CO LTD"),
  made("archive", []),
  made("apart", []),
  made("twin", [], "acme"),
);

describe("regression: a hold on a sub-processor did not stop those who pass data on to it", () => {
  test.each([
    ["acme", ["acme"]],
    ["cloud", ["acme", "cloud"]],
    ["archive", ["acme", "cloud", "archive"]],
    ["labels-inc", ["acme", "labels-inc"]],
    ["Labels Inc", ["acme", "labels-inc"]],
    ["apart", null],
    // called like the recipient, and another: an id is one party's
    ["twin", null],
  ])("%s is reached by %j", (party, way) => {
    expect(wayTo(CHAIN, "acme", party)).toEqual(way);
    const held = { exporter: "shop", handler: "shop", destination: "acme-api", purpose: "support", policy: CHAIN };
    expect(isOver({ of: "recipient", target: party }, { ...held, recipient: "acme" })).toBe(way !== null);
  });

  test.each([
    ["whoever bears the name", "cloud", ["cloud"]],
    ["whoever passes data on to it, by its id", "agent", ["agent", "cloud"]],
    ["whoever passes data on to it, by its name", "acme", ["acme", "cloud"]],
    ["nobody else", "apart", null],
  ])("regression: a hold by a name that somebody passes data on to stops %s", (_what, recipient, way) => {
    const policy = policyWith(...CHAIN.recipients.values(), made("agent", ["cloud"]));
    const target = "Cloud Co. Ltd";
    expect(isKnown({ of: "recipient", target }, policy)).toBe(true);
    expect(wayTo(policy, recipient, target)).toEqual(way);
  });

  test("the reason says the way, the entry too; what is sent to others goes", () => {
    const c = caseOf([finding("cn-mobile")], { policy: CHAIN });
    const under = (target: string) => decide({ ...c, orders: { holds: [hold(target)], releases: [] } });
    const blocked = under("archive");
    expect(blocked).toMatchObject({ action: "block", legal: { outcome: "PROHIBITED" } });
    const x4 = blocked.reasons.filter(({ code }) => code === "PROHIBITED_X4");
    expect(x4).toEqual([
      { code: "PROHIBITED_X4", article: expect.any(String), about: "hold_1", via: "acme > cloud > archive" },
    ]);
    expect(under("apart").reasons.map(({ code }) => code)).not.toContain("PROHIBITED_X4");
    expect(under("acme").reasons[0]).not.toHaveProperty("via");
    const arrival = { id: "dec_1", body: Buffer.alloc(0) } as never;
    const record = { arrival, case: c, decision: blocked, counts: c.counts, added: [], digest: "", bytesOut: 0 };
    const [text] = crossingTexts({ ...record, asOf: "", salt: "s", trace: null });
    expect(JSON.parse(text!).reasons).toContainEqual(expect.objectContaining({ via: "acme > cloud > archive" }));
  });

  test("whom a policy names only as passed on to can be shut; whom nobody names is over everything", () => {
    expect(isKnown({ of: "recipient", target: "LABELS INC." }, CHAIN)).toBe(true);
    expect(isKnown({ of: "recipient", target: "nobody" }, CHAIN)).toBe(false);
    const other = {
      exporter: "shop",
      handler: "shop",
      destination: "d",
      recipient: "apart",
      purpose: "p",
      policy: CHAIN,
    };
    expect(isOver({ of: "recipient", target: "labels-inc" }, other)).toBe(false);
    expect(isOver({ of: "recipient", target: "nobody" }, other)).toBe(true);
  });
});

describe("the last look", () => {
  const clock = { nowMs: () => Date.parse(AT) };
  const way = () => ({
    ...{ exporter: "shop", handler: "shop", destination: "acme-api", recipient: "acme", purpose: "support" },
    policy: base,
  });

  test("regression: a duty that became overdue after the judgement was not seen", () => {
    let overdue: { readonly id: string; readonly due: string; readonly purposes?: readonly string[] }[] | undefined;
    const orders = createStandingOrders(openMemoryStores().register, clock, () => overdue);
    expect(orders.over(way)).toBeNull();
    overdue = [{ id: "review.1", due: "2026-05-11", purposes: ["other"] }];
    expect(orders.over(way)).toBeNull();
    overdue = [...overdue, { id: "review.2", due: "2026-05-11", purposes: ["support"] }];
    expect(orders.over(way)).toEqual({ of: "duty", id: "review.2" });
    // overdue already when it was judged, and let go on trial
    const trial = { reasons: [{ code: "DUTY_OVERDUE", article: "", about: "review.2" }] };
    expect(orders.over(way, trial)).toBeNull();
  });

  test("regression: a release that was revoked, or ended, after the judgement still let go", async () => {
    const { register } = openMemoryStores();
    let nowMs = Date.parse(AT);
    const orders = createStandingOrders(register, { nowMs: () => nowMs });
    const judged = { reasons: [], lifted: [{ release: "rel_1", of: "suspect", what: "cn-mobile" } as const] };
    const release = {
      ...{ id: "rel_1", destination: "acme-api", types: [], lifts: [], from: AT, until: "2026-05-13T00:00:00.000Z" },
      ...{ reason: "r", ticket: "t", proposedBy: "a", approvedBy: "b", proposal: "prp_1", revoked: null },
    };
    await releaseShelf(register).change("rel_1", () => release);
    expect(orders.over(way, judged)).toBeNull();
    nowMs = Date.parse(release.until);
    expect(orders.over(way, judged)).toEqual({ of: "release", id: "rel_1" });
    nowMs = Date.parse(AT);
    await releaseShelf(register).change("rel_1", () => ({ ...release, revoked: { at: AT, by: "a" } }));
    expect(orders.over(way, judged)).toEqual({ of: "release", id: "rel_1" });
    expect(orders.over(way)).toBeNull();
  });

  test("regression: what was ordered while the connection was made did not stop the request", () => {
    const aborted: string[] = [];
    const dial = (sink: Partial<AnswerSink>) => {
      const place = {} as never;
      const exchange = new Exchange({ head() {}, data: () => true, end() {}, fail() {}, ...sink }, place, "/");
      exchange.onConnect(() => aborted.push("aborted"));
    };
    dial({});
    dial({ leaving: () => true });
    expect(aborted).toEqual([]);
    dial({ leaving: () => false });
    expect(aborted).toEqual(["aborted"]);
  });
});

describe("a shelf that fails", () => {
  test("regression: an order to stop on a full disk left the way open; it stands, and is written down when sent again", async () => {
    const stores = openMemoryStores();
    const disk = { full: false };
    const failing = <T extends object>(shelf: Shelf<T>): Shelf<T> => ({
      ...shelf,
      change: (...args) =>
        disk.full ? Promise.reject(new GateError("store_unavailable", "full")) : shelf.change(...args),
    });
    const register: Register = { shelf: <T extends object>(name: string) => failing(stores.register.shelf<T>(name)) };
    const plane = await openPlane({ olga: ["operator"] }, { stores: { ...stores, register } });
    const isShut = () =>
      plane.orders.over(() => ({
        ...{ exporter: "shop", handler: "shop", destination: "acme-api", recipient: "acme", purpose: "support" },
        policy: base,
      })) !== null;
    disk.full = true;
    const body = { of: "recipient", target: "acme", reason: "ordered" };
    const first = await plane.call("olga", "POST", "/v1/suspend", body);
    expect([first.status, first.json.code, isShut()]).toEqual([503, "hold_unwritten", true]);
    const [id] = /hold_\w+/.exec(first.json.detail)!;
    await plane.call("olga", "POST", "/v1/suspend", { ...body, id });
    disk.full = false;
    expect((await plane.call("olga", "POST", "/v1/suspend", { ...body, id })).status).toBe(201);
    expect([isShut(), plane.orders.current()!.holds.map((one) => one.id)]).toEqual([true, [id]]);
    // lifted by two, it does not stand on in memory
    await holdShelf(stores.register).change(id, (before) => ({
      ...before!,
      lifted: { at: AT, by: ["a", "b"], proposal: "prp_1" },
    }));
    expect(isShut()).toBe(false);
    // and what is refused shuts nothing
    expect((await plane.call("olga", "POST", "/v1/suspend", { ...body, id })).status).toBe(409);
    expect(isShut()).toBe(false);
    await plane.close();
  });

  test("regression: uses of a release were lost when they could not be written; they are told with the next", async () => {
    const { register } = openMemoryStores();
    const uses = releaseUses(register);
    const disk = { full: true };
    const shelf = <T extends object>(name: string) => {
      const real = register.shelf<T>(name);
      return {
        ...real,
        change: (...args) => (disk.full ? Promise.reject(new Error("full")) : real.change(...args)),
      } as Shelf<T>;
    };
    const orders = createStandingOrders({ shelf }, { nowMs: () => Date.parse(AT) });
    const used = () => orders.used([{ release: "rel_1", of: "suspect", what: "cn-mobile" }]);
    used();
    used();
    await orders.close();
    expect(uses.all()).toEqual([]);
    disk.full = false;
    used();
    await orders.close();
    expect(uses.get("rel_1")).toMatchObject({ uses: 3 });
  });
});
