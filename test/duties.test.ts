// Dates with what was done about them, on the plane and at a crossing: who may settle what, that the entry comes first,
// that an overdue duty shuts its way at midnight in Beijing and opens it when it is done.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createAlarms } from "../src/io/alarms/alarms.ts";
import { createDuties } from "../src/io/duties/duties.ts";
import { KIND_NAMES } from "../src/io/duties/names.ts";
import { alarmOf, watchDuties } from "../src/io/duties/watch.ts";
import { openMemoryStores } from "../src/io/stores/memory/stores.ts";
import { ARTICLES } from "../src/law/deadlines/kinds.ts";
import type { Mechanism, OwnDuty, Policy } from "../src/words.ts";
import { CONTRACT, policyOf } from "./decide/cases.ts";
import { openPlane, type Plane } from "./plane.ts";

const DUTY: OwnDuty = {
  ...{ id: "access", kind: "access-review", what: { zh: "复核", en: "review" }, every: "quarter", first: "2026-06-01" },
  ...{ owner: "dpo", evidence: "report", onOverdue: "block", recipients: ["acme"] },
};
const DOCUMENT = {
  path: "p",
  sha256: "ab".repeat(32),
  version: null,
  owner: null,
  validUntil: null,
  retainUntil: null,
};
const CERTIFICATE: Mechanism = { ...CONTRACT, id: "ce", type: "CERTIFICATION", validUntil: "2026-07-31" };
const POLICY = policyOf({
  duties: [DUTY],
  mechanisms: [CERTIFICATE],
  documents: new Map([
    ["r1", { ...DOCUMENT, id: "r1", kind: "report" }],
    ["t1", { ...DOCUMENT, id: "t1", kind: "terms" }],
  ]),
});
const FIRST = "access-review.access.2026-06-01";

let plane: Plane;
beforeAll(async () => {
  plane = await openPlane({ olga: ["operator"], anna: ["auditor"], cora: ["consent"] }, { policy: POLICY });
});
afterAll(() => plane.close());
beforeEach(() => {
  plane.entries.length = 0;
  plane.ledger.fails = false;
});

const act = (who: string, id: string, verb: string, body: object = {}) =>
  plane.call(who, "POST", `/v1/duties/${encodeURIComponent(id)}/${verb}`, body);

describe("the register", () => {
  test("what falls due, by day, in pages, with words, article and days left", async () => {
    const { json } = await plane.call("anna", "GET", "/v1/duties");
    expect(json.today).toBe("2026-06-01");
    expect(json.items.map((one: { id: string; state: string }) => `${one.id} ${one.state}`)).toEqual([
      "renewal.ce.2026-01-31 overdue",
      `${FIRST} soon`,
      "mechanism-end.ce.2026-07-31 soon",
      ...["2026-09-01", "2026-12-01", "2027-03-01", "2027-06-01"].map((day) => `access-review.access.${day} later`),
    ]);
    expect(json.items[1]).toMatchObject({
      ...{ what: { zh: "复核", en: "review" }, article: "PIPL Art.51", owner: "dpo", evidence: "report" },
      ...{ daysLeft: 0, warning: null, settled: null },
    });
    const pages: string[] = [];
    for (let after = ""; ; ) {
      const page = await plane.call("anna", "GET", `/v1/duties?limit=3${after}`);
      pages.push(...page.json.items.map(({ id }: { id: string }) => id));
      if (page.json.next === null) break;
      after = `&after=${page.json.next}`;
    }
    expect(pages).toEqual(json.items.map(({ id }: { id: string }) => id));
    expect((await plane.call("anna", "GET", "/v1/duties?after=none")).status).toBe(400);
    // overdue is not fine, though nothing is shut by it
    const { json: page } = await plane.call("anna", "GET", "/v1/status");
    expect(page).toMatchObject({ fine: false, ready: true, shut: { holds: [], duties: [] } });
    const near = await plane.call("anna", "GET", "/v1/duties?days=30");
    expect(near.json.items.map(({ id }: { id: string }) => id)).toEqual(["renewal.ce.2026-01-31", FIRST]);
  });

  test.each([
    ["an auditor reads", "anna", FIRST, "done", { evidence: "r1" }, 403],
    ["a system that brings consents does nothing here", "cora", FIRST, "done", { evidence: "r1" }, 403],
    ["nobody knows it", "olga", "access-review.access.2025-01-01", "done", { evidence: "r1" }, 404],
    ["evidence is asked for", "olga", FIRST, "done", {}, 400],
    ["it must be a document", "olga", FIRST, "done", { evidence: "none" }, 400],
    ["and of the kind asked for", "olga", FIRST, "done", { evidence: "t1" }, 400],
    ["not years ahead", "olga", "access-review.access.2026-12-01", "done", { evidence: "r1" }, 409],
    ["to skip takes a reason", "olga", FIRST, "skip", {}, 400],
    ["that names nobody", "olga", FIRST, "skip", { reason: "王小明的手机 13800138000 打不通" }, 400],
  ])("refused: %s", async (_, who, id, verb, body, status) => {
    expect((await act(who, id, verb, body)).status).toBe(status);
    expect(plane.entries).toEqual([]);
  });

  test("done: the entry first, with the document's hash; again the same; not otherwise", async () => {
    plane.ledger.fails = true;
    expect((await act("olga", FIRST, "done", { evidence: "r1" })).status).toBe(503);
    const before = await plane.call("anna", "GET", "/v1/duties?state=done");
    expect(before.json.items).toEqual([]);
    plane.ledger.fails = false;
    const done = await act("olga", FIRST, "done", { evidence: "r1", remark: "复核完成" });
    expect(done).toMatchObject({ status: 200, json: { state: "done", by: "olga", evidence: { document: "r1" } } });
    expect(plane.entries).toEqual([
      {
        ...{
          kind: "duty",
          of: "done",
          id: FIRST,
          duty: "access-review",
          about: "access",
          due: "2026-06-01",
          by: "olga",
        },
        ...{ evidence: { document: "r1", sha256: DOCUMENT.sha256 }, reason: plane.keys.digest("复核完成") },
      },
    ]);
    expect((await act("olga", FIRST, "done", { evidence: "r1", remark: "复核完成" })).status).toBe(200);
    const told = plane.entries.length;
    expect((await act("olga", FIRST, "skip", { reason: "不必" })).status).toBe(409);
    expect(plane.entries).toHaveLength(told);
    const after = await plane.call("anna", "GET", "/v1/duties?state=done");
    expect(after.json.items).toMatchObject([{ id: FIRST, settled: { by: "olga" } }]);
  });

  test("skipped: why stays here, its digest in the ledger", async () => {
    const reason = "认证机构已书面同意延后";
    const skipped = await act("olga", "renewal.ce.2026-01-31", "skip", { reason });
    expect(skipped.json).toMatchObject({ state: "skipped", reason });
    expect(JSON.stringify(plane.entries)).not.toContain(reason);
    expect(plane.entries).toMatchObject([{ of: "skipped", reason: plane.keys.digest(reason) }]);
  });

  test("status: one page, and whether all is well", async () => {
    const { json } = await plane.call("anna", "GET", "/v1/status");
    expect(json).toMatchObject({
      ...{ fine: true, ready: true, today: "2026-06-01", policy: "sha256:0", overdue: [], proposals: 0, alarms: [] },
      mechanisms: [{ id: "ce", until: "2026-07-31", daysLeft: 60 }],
      soon: [{ id: "mechanism-end.ce.2026-07-31" }],
      counts: [{ exporter: "shop", year: 2026, nonSensitive: 0, opened: false, near: [] }],
      drift: { declared: false, onDrift: null, open: 0 },
    });
    expect((await plane.call("cora", "GET", "/v1/status")).status).toBe(403);
    await plane.call("olga", "POST", "/v1/suspend", { of: "recipient", target: "acme", reason: "演练" });
    const shut = await plane.call("anna", "GET", "/v1/status");
    expect(shut.json).toMatchObject({ fine: false, shut: { holds: [{ of: "recipient", target: "acme" }] } });
  });
});

describe("at every crossing", () => {
  const shop = (policy: Policy = POLICY) => {
    const { register } = openMemoryStores();
    const clock = { ms: Date.parse("2026-06-01T15:59:59.999Z"), nowMs: () => clock.ms };
    return { register, clock, duties: createDuties(register, clock, () => policy) };
  };
  test("shut from the first moment of the day after, in Beijing; open once it is done", async () => {
    const { register, clock, duties } = shop();
    expect(duties.shutting()).toBeUndefined();
    clock.ms += 1;
    const overdue = duties.shutting();
    expect(overdue).toEqual([{ id: FIRST, due: "2026-06-01", recipients: ["acme"] }]);
    // the same list until something changes: orders are folded once
    clock.ms += 3_600_000;
    expect(duties.shutting()).toBe(overdue);
    const settled = { id: FIRST, state: "done" as const, by: "olga", at: "", evidence: null, reason: null };
    await register.shelf<typeof settled>("duty").change(FIRST, () => settled);
    expect(duties.shutting()).toBeUndefined();
    // the next quarter, forgotten
    clock.ms = Date.parse("2026-09-02T00:00:00+08:00");
    expect(duties.shutting()).toMatchObject([{ due: "2026-09-01" }]);
  });
  test("a duty that only alarms shuts nothing, nor does the law's own date", () => {
    const { clock, duties } = shop(policyOf({ duties: [{ ...DUTY, onOverdue: "alarm" }], mechanisms: [CERTIFICATE] }));
    clock.ms = Date.parse("2027-01-01T00:00:00Z");
    expect(duties.items().filter(({ state }) => state === "overdue").length).toBeGreaterThan(2);
    expect(duties.shutting()).toBeUndefined();
  });
});

describe("alarms of dates", () => {
  const alarmsOn = (day: string, policy: Policy = POLICY) => {
    const clock = { nowMs: () => Date.parse(`${day}T04:00:00Z`) };
    const alarms = createAlarms(clock, () => {});
    const duties = createDuties(openMemoryStores().register, clock, () => policy);
    watchDuties(duties, alarms).close();
    return alarms.open().map(({ code, about, severity }) => `${severity} ${code} ${about}`);
  };
  test.each([
    ["2026-01-10", []],
    ["2026-01-20", ["info duty_due renewal.ce.2026-01-31"]],
    ["2026-05-18", ["warning duty_overdue renewal.ce.2026-01-31", `info duty_due ${FIRST}`]],
    [
      "2026-08-01",
      [
        `critical duty_overdue ${FIRST}`,
        "warning duty_overdue renewal.ce.2026-01-31",
        "warning paper_ended mechanism-end.ce.2026-07-31",
      ],
    ],
  ])("%s", (day, expected) => expect(alarmsOn(day)).toEqual(expected));
  test("an assessment's window, as it opens, and half of it over", () => {
    const policy = policyOf({
      mechanisms: [{ ...CONTRACT, id: "sa", type: "SECURITY_ASSESSMENT", validUntil: "2026-08-31" }],
    });
    expect(alarmsOn("2026-06-01", policy)).toEqual([]);
    expect(alarmsOn("2026-06-10", policy)).toEqual(["info extension_open extension-opens.sa.2026-06-05"]);
    expect(alarmsOn("2026-07-25", policy)).toEqual([
      ...["warning extension_open extension-half.sa.2026-07-20", "warning paper_ends mechanism-end.sa.2026-08-31"],
      "info extension_open extension-opens.sa.2026-06-05",
    ]);
  });
  test("what is settled, and what is only kept, is silent", () => {
    const { items } = createDuties(
      openMemoryStores().register,
      { nowMs: () => Date.parse("2027-01-01") },
      () => POLICY,
    );
    const overdue = items().find(({ state }) => state === "overdue")!;
    expect(alarmOf(overdue)).toHaveLength(1);
    expect(alarmOf({ ...overdue, state: "done" })).toEqual([]);
    expect(alarmOf({ ...overdue, asks: "keep" })).toEqual([]);
  });
});

test("every kind has an article and a name in both languages", () => {
  expect(Object.keys(KIND_NAMES).sort()).toEqual(Object.keys(ARTICLES).sort());
});
