// Everything in a policy that begins or ends by a date, at its very instant, through the gate under an injected clock.
// A paper's date is a Beijing date and its last day still counts (`有效期至`; SC Measures Art. 7, Provisions Art. 9): it
// holds at 15:59:59.999Z of that day and no longer at 16:00:00.000Z, which is the next day in Beijing. What begins on a
// date begins at that same instant. The table knows every date of the schema: a new one without a row fails here.

import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { inspect, judge } from "../src/gate.ts";
import { createDuties } from "../src/io/duties/duties.ts";
import { createFactsLoader } from "../src/io/facts.ts";
import { loadLawData } from "../src/io/law-data.ts";
import { createStandingOrders } from "../src/io/orders/standing.ts";
import * as f from "../src/io/policy/fields.ts";
import { loadPolicy } from "../src/io/policy/load.ts";
import { LISTS, SCALARS } from "../src/io/policy/schema.ts";
import type { Stores } from "../src/io/stores/stores.ts";
import type { Keys, Policy } from "../src/words.ts";
import { arrivalOf, demoStores, keysUnder, NOW_MS, POLICIES } from "./sim/demo-world.ts";

/** The last day, and the day after it; the first instant of that one, in Beijing. */
const [LAST, NEXT] = ["2026-11-30", "2026-12-01"];
const EDGE_MS = Date.UTC(2026, 10, 30, 16);

// biome-ignore lint/suspicious/noExplicitAny: a policy as it is written, before any schema has seen it
type Written = any;

let dir: string;
let keys: Keys;
let stores: Stores;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "yumen-expiry-"));
  keys = await keysUnder(dir);
  stores = await demoStores(keys);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

let made = 0;
async function policyWith(edit: (policy: Written) => unknown): Promise<Policy> {
  const written = parse(readFileSync(join(POLICIES, "demo/yumen.yaml"), "utf8"));
  for (const list of ["inventory", "outsideFlows"]) delete written[list];
  written.mechanisms = written.mechanisms.slice(0, 1);
  edit(written);
  const folder = join(dir, `policy-${++made}`);
  mkdirSync(folder);
  cpSync(join(POLICIES, "demo/papers"), join(folder, "papers"), { recursive: true });
  // JSON is YAML
  writeFileSync(join(folder, "yumen.yaml"), JSON.stringify(written));
  const options = { law: loadLawData(join(POLICIES, "law")), variables: { overseas: "http://127.0.0.1:9" } };
  const loaded = await loadPolicy(folder, {
    ...options,
    nowMs: NOW_MS,
    names: () => ({ everywhere: true, read: () => [] }),
  });
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message.en).join("\n"));
  return loaded.policy;
}

const clock = { ms: NOW_MS, nowMs: () => clock.ms };
const running = new WeakMap<Policy, ReturnType<typeof runningOn>>();

/** What a gate keeps from one crossing to the next: the same before an edge and after it. */
function runningOn(policy: Policy) {
  const duties = createDuties(stores.register, clock, () => policy);
  const { current } = createStandingOrders(stores.register, clock, duties.shutting);
  return { duties, facts: createFactsLoader(stores.consent, stores.people, keys, current) };
}

function at(policy: Policy, atMs: number) {
  clock.ms = atMs;
  const gate = running.get(policy) ?? runningOn(policy);
  running.set(policy, gate);
  return gate;
}

/** What a crossing comes to at an instant: the action, then why not, or what it rests on. */
function decided(policy: Policy, content: string, atMs: number): string {
  const { facts } = at(policy, atMs);
  const seen = inspect(arrivalOf(1, content, { atMs }), policy, keys);
  if ("stopped" in seen) throw new Error(seen.stopped.code);
  const { decision } = judge(seen, facts.load(seen.ask), keys);
  const codes = decision.reasons.map(({ code }) => code);
  const warnings = decision.legal.warnings.length === 0 ? "" : ` (${decision.legal.warnings.join(" ")})`;
  const under = decision.action === "block" ? [] : [decision.legal.rule];
  return [decision.action, ...new Set(codes), ...under].join(" ") + warnings;
}

/** How an item of the register of duties stands at an instant. */
function item(policy: Policy, kind: string, atMs: number): string | undefined {
  const items = at(policy, atMs).duties.items();
  return items.find((one) => one.kind === kind)?.state;
}

const PHONE = "客户电话 13800138000";
const CARD = "身份证 11010519491231002X";
const STRANGER = "客户电话 13600136000";

interface Row {
  /** Of the schema, as `walk` names it; several rows may be about one. */
  readonly date: string;
  readonly what: string;
  edit(policy: Written): unknown;
  /** A body for the gate, or a kind of dated duty. */
  readonly body: string | { readonly duty: string };
  /** One millisecond before the edge, and at it. */
  readonly before: string;
  readonly from: string;
}

const mechanism = (more: object) => (p: Written) => {
  const { filedDate, validFrom, validUntil, ...rest } = p.mechanisms[0];
  const { categories, ...scope } = rest.scope;
  p.mechanisms[0] = { ...rest, scope, ...more };
};
const claim = (ground: string, more: object) => (p: Written) => {
  Object.assign(p.purposes[0], { basis: ground, contract: { individualIsParty: true, necessary: true } });
  const by = { evidence: ["report-2026-05"], approvedBy: "dpo@retail.example" };
  p.exemptions = [{ id: "claimed", ground, purposes: "customer-service", recipients: "openai", ...by, ...more }];
};
const proof = (more: object) => (p: Written) => {
  const test = { of: "anonymisation", method: "m", report: "report-2026-05", recall: 0.999, by: "lab@x.example" };
  p.proofs = [{ id: "tested", destinations: "openai", ...test, from: "2026-01-01", until: "2027-12-31", ...more }];
  p.names = "all";
  p.rules = [{ id: "out", why: { zh: "删", en: "out" }, action: "redact", match: { pi: true }, proof: "tested" }];
};
const approval = (more: object) => (p: Written) => {
  p.purposes[0].foreignAuthority = true;
  const said = { authority: "a", reference: "r", purposes: "customer-service", until: "2027-12-31" };
  p.approvals = [{ id: "granted", ...said, ...more }];
};
const order = (more: object) => (p: Written) => {
  p.orders = [{ id: "stop", authority: "a", reference: "r", recipients: "openai", ...more }];
};
const zone = (list: object, registration: object) => (p: Written) => {
  p.mechanisms = [];
  const of = { zone: "z", edition: "1", source: "s", sectors: ["retail"] };
  p.ftzLists = [{ id: "list", ...of, ...list }];
  p.ftz = [{ id: "in-zone", list: "list", sector: "retail", number: "1", activityInZone: true, ...registration }];
};
const recipient = (more: object) => (p: Written) => Object.assign(p.recipients[0], more);
const onTrial = (from: string, until: string) => (p: Written) => {
  const signed = { approvedBy: "dpo@retail.example", reason: "r" };
  p.destinations[0].observe = { covers: "law", from, until, ...signed };
};
const lapsing = (what: string, edit: (p: Written) => unknown) => (p: Written) => {
  edit(p);
  p.failures = { [what]: "block" };
};
const own = (first: string) => (p: Written) => {
  const what = { zh: "复核", en: "review" };
  const due = { owner: "dpo@retail.example", evidence: "report", onOverdue: "block" };
  p.duties = [{ id: "review", kind: "access-review", what, every: "quarter", first, ...due }];
};

const CONTRACT = { validFrom: "2026-06-01", filedDate: "2026-06-10", validUntil: "2029-05-31" };
const ASSESSED = { type: "security-assessment" };
const changed = () => (p: Written) => {
  const before = [{ version: "2026-05", on: NEXT, material: true }];
  Object.assign(p.notices[0], { version: "2026-12", supersedes: before });
};
const classified = (more: object) => (p: Written) => {
  p.destinations[0].classification = { ...p.destinations[0].classification, ...more };
};
const contract = (more: object) => (p: Written) => {
  p.recipients[0].contract = { ...p.recipients[0].contract, ...more };
};
const documented = (more: object) => (p: Written) => {
  for (const one of p.documents) delete one.validUntil;
  Object.assign(p.documents[0], more);
};

const TABLE: readonly Row[] = [
  {
    ...{ date: "mechanisms.validUntil", what: "a contract's last day", body: CARD },
    edit: mechanism({ ...CONTRACT, validUntil: LAST }),
    ...{ before: "pseudonymize C2", from: "block MECH_EXPIRED" },
  },
  {
    ...{ date: "mechanisms.validFrom", what: "a contract's first day", body: CARD },
    edit: mechanism({ ...CONTRACT, validFrom: NEXT }),
    ...{ before: "block MECH_NOT_YET_EFFECTIVE", from: "pseudonymize C2" },
  },
  {
    ...{ date: "mechanisms.validFrom", what: "ten working days after a Monday's effect, unfiled", body: CARD },
    edit: mechanism({ validFrom: "2026-11-16", validUntil: "2029-05-31" }),
    ...{ before: "pseudonymize C2 (SC_FILING_DUE)", from: "block SC_FILING_OVERDUE" },
  },
  {
    ...{ date: "mechanisms.filedDate", what: "filed late: from the day of filing on", body: CARD },
    edit: mechanism({ ...CONTRACT, filedDate: NEXT }),
    ...{ before: "block SC_FILING_OVERDUE", from: "pseudonymize C2" },
  },
  {
    ...{ date: "mechanisms.extendedUntil", what: "the extension of an assessment, its last day", body: CARD },
    edit: mechanism({ ...ASSESSED, validFrom: "2023-11-01", validUntil: "2026-11-01", extendedUntil: LAST }),
    ...{ before: "pseudonymize C2", from: "block MECH_EXPIRED" },
  },
  {
    ...{ date: "mechanisms.issueDate", what: "an assessment without an end: three years from its issue", body: CARD },
    edit: mechanism({ ...ASSESSED, issueDate: NEXT.replace("2026", "2023") }),
    ...{ before: "pseudonymize C2", from: "block MECH_EXPIRED" },
  },
  {
    ...{ date: "mechanisms.issueDate", what: "an assessment binds from its issue", body: CARD },
    edit: mechanism({ ...ASSESSED, issueDate: NEXT }),
    ...{ before: "block MECH_NOT_YET_EFFECTIVE", from: "pseudonymize C2" },
  },
  {
    ...{
      date: "mechanisms.validUntil",
      what: "a mechanism's end in the register of duties",
      body: { duty: "mechanism-end" },
    },
    edit: mechanism({ ...CONTRACT, validUntil: LAST }),
    ...{ before: "soon", from: "overdue" },
  },
  {
    ...{ date: "mechanisms.validFrom", what: "the filing in the register of duties", body: { duty: "filing" } },
    edit: mechanism({ validFrom: "2026-11-16", validUntil: "2029-05-31" }),
    ...{ before: "soon", from: "overdue" },
  },
  {
    ...{
      date: "mechanisms.validUntil",
      what: "a certificate's renewal, six months before its end",
      body: { duty: "renewal" },
    },
    edit: mechanism({ type: "certification", issueDate: "2024-06-01", validUntil: "2027-05-30" }),
    ...{ before: "soon", from: "overdue" },
  },
  {
    ...{ date: "notices.supersedes.on", what: "a material change of the notice", body: PHONE },
    edit: changed(),
    ...{ before: "forward E7", from: "block CONSENT_NOTICE_SUPERSEDED" },
  },
  {
    ...{ date: "pipias.doneOn", what: "an assessment counts from the day it was done", body: PHONE },
    edit: (p) => Object.assign(p.pipias[0], { doneOn: NEXT }),
    ...{ before: "block PIPIA_MISSING", from: "forward E7" },
  },
  {
    ...{
      date: "pipias.doneOn",
      what: "three months: fresh enough to be filed with",
      body: { duty: "pipia-for-filing" },
    },
    edit: (p) => {
      mechanism({ validFrom: "2026-11-16", validUntil: "2029-05-31" })(p);
      Object.assign(p.pipias[0], { doneOn: "2026-08-30" });
    },
    ...{ before: "soon", from: "overdue" },
  },
  {
    ...{ date: "exemptions.until", what: "the evidence of an exemption", body: PHONE },
    edit: claim("contract", { until: LAST }),
    ...{ before: "forward E2", from: "block BASIS_NOT_MADE_OUT" },
  },
  {
    ...{ date: "exemptions.from", what: "… and its first day", body: PHONE },
    edit: claim("contract", { from: NEXT }),
    ...{ before: "block BASIS_NOT_MADE_OUT", from: "forward E2" },
  },
  {
    ...{ date: "proofs.until", what: "a proof of anonymisation", body: STRANGER },
    edit: proof({ until: LAST }),
    ...{ before: "redact A2", from: "block CONSENT_MISSING" },
  },
  {
    ...{ date: "proofs.from", what: "… and its first day", body: STRANGER },
    edit: proof({ from: NEXT }),
    ...{ before: "block CONSENT_MISSING", from: "redact A2" },
  },
  {
    ...{ date: "approvals.until", what: "an authority's approval", body: PHONE },
    edit: approval({ until: LAST }),
    ...{ before: "forward E7", from: "block PROHIBITED_X3" },
  },
  {
    ...{ date: "approvals.from", what: "… and its first day", body: PHONE },
    edit: approval({ from: NEXT }),
    ...{ before: "block PROHIBITED_X3", from: "forward E7" },
  },
  {
    ...{ date: "orders.until", what: "an order to stop", body: PHONE },
    edit: order({ until: LAST }),
    ...{ before: "block PROHIBITED_X4", from: "forward E7" },
  },
  {
    ...{ date: "orders.from", what: "… and its first day", body: PHONE },
    edit: order({ from: NEXT }),
    ...{ before: "forward E7", from: "block PROHIBITED_X4" },
  },
  {
    ...{ date: "restricted.from", what: "the restricted list", body: PHONE },
    edit: (p) => {
      p.restricted = [{ id: "listed", names: ["OpenAI, L.L.C."], from: NEXT, source: "s" }];
    },
    ...{ before: "forward E7", from: "block PROHIBITED_X2" },
  },
  {
    ...{ date: "ftz.until", what: "a registration in a zone", body: CARD },
    edit: zone({}, { until: LAST }),
    ...{ before: "pseudonymize E6", from: "block NO_MECHANISM" },
  },
  {
    ...{ date: "ftz.from", what: "… and its first day", body: CARD },
    edit: zone({}, { from: NEXT }),
    ...{ before: "block NO_MECHANISM", from: "pseudonymize E6" },
  },
  {
    ...{ date: "ftzLists.until", what: "a zone's list", body: CARD },
    edit: zone({ until: LAST }, {}),
    ...{ before: "pseudonymize E6", from: "block NO_MECHANISM" },
  },
  {
    ...{ date: "ftzLists.from", what: "… and its first day", body: CARD },
    edit: zone({ from: NEXT }, {}),
    ...{ before: "block NO_MECHANISM", from: "pseudonymize E6" },
  },
  {
    ...{ date: "destinations.observe.until", what: "a trial", body: STRANGER },
    edit: onTrial("2026-11-01", LAST),
    ...{ before: "forward CONSENT_MISSING E7", from: "block CONSENT_MISSING" },
  },
  {
    ...{ date: "destinations.observe.from", what: "… and its first day", body: STRANGER },
    edit: onTrial(NEXT, "2026-12-20"),
    ...{ before: "block CONSENT_MISSING", from: "forward CONSENT_MISSING E7" },
  },
  {
    ...{ date: "destinations.classification.until", what: "what the data are", body: PHONE },
    edit: classified({ until: LAST }),
    ...{ before: "forward E7", from: "block PAPER_LAPSED (PAPER_LAPSED)" },
  },
  {
    ...{ date: "recipients.contract.until", what: "a contract with the recipient, where policy blocks", body: PHONE },
    edit: lapsing("contractLapsed", contract({ until: LAST })),
    ...{ before: "forward E7", from: "block PAPER_LAPSED (PAPER_LAPSED)" },
  },
  {
    ...{ date: "recipients.contract.until", what: "… where policy says nothing", body: PHONE },
    edit: contract({ until: LAST }),
    ...{ before: "forward E7", from: "block PAPER_LAPSED (PAPER_LAPSED)" },
  },
  {
    ...{ date: "recipients.contract.from", what: "a contract with the recipient that begins", body: PHONE },
    edit: contract({ from: NEXT }),
    ...{ before: "block PAPER_LAPSED (PAPER_LAPSED)", from: "forward E7" },
  },
  {
    ...{ date: "recipients.dueDiligence.until", what: "a look at the recipient, where policy blocks", body: PHONE },
    edit: lapsing("dueDiligenceLapsed", recipient({ dueDiligence: { on: "2025-11-30", until: LAST } })),
    ...{ before: "forward E7", from: "block PAPER_LAPSED (PAPER_LAPSED)" },
  },
  {
    ...{ date: "recipients.closed", what: "thirty days to show that it has deleted", body: { duty: "deletion" } },
    edit: recipient({ closed: "2026-10-31" }),
    ...{ before: "soon", from: "overdue" },
  },
  {
    ...{ date: "documents.validUntil", what: "a paper in the register of duties", body: { duty: "document-end" } },
    edit: documented({ validUntil: LAST }),
    ...{ before: "soon", from: "overdue" },
  },
  {
    ...{ date: "duties.first", what: "a duty of one's own that shuts its way", body: PHONE },
    edit: own(LAST),
    ...{ before: "forward E7", from: "block DUTY_OVERDUE" },
  },
  {
    ...{ date: "duties.first", what: "… in the register", body: { duty: "access-review" } },
    edit: own(LAST),
    ...{ before: "soon", from: "overdue" },
  },
];

/** Dates on which nothing begins and nothing ends: since when somebody says so, and how long a paper is kept. */
const TOLD_ONLY: readonly (readonly [date: string, edit: (policy: Written) => unknown])[] = [
  ["recipients.dueDiligence.on", recipient({ dueDiligence: { on: NEXT } })],
  ["destinations.classification.on", classified({ on: NEXT })],
  ["documents.retainUntil", documented({ retainUntil: LAST })],
];

/** Every member of the schema that is a date, as `list.member`. */
function walk(schema: unknown, path: string): string[] {
  if (schema === f.date) return [path];
  // biome-ignore lint/suspicious/noExplicitAny: zod's own description of a schema
  const def = (schema as any)?._zod?.def ?? {};
  const inside = ["innerType", "element", "valueType", "in", "out", "left", "right"].map((name) => def[name]);
  return [
    ...Object.entries(def.shape ?? {}).flatMap(([name, one]) => walk(one, `${path}.${name}`)),
    ...[...inside, ...(def.options ?? [])].flatMap((one) => (one === undefined ? [] : walk(one, path))),
  ];
}

test("the table knows every date of the schema, and none that it has not", () => {
  const dates = Object.entries({ ...LISTS, ...SCALARS }).flatMap(([name, schema]) => walk(schema, name));
  expect(dates.length).toBeGreaterThan(25);
  const known = [...TABLE.map(({ date }) => date), ...TOLD_ONLY.map(([date]) => date)];
  expect([...new Set(known)].sort()).toEqual([...new Set(dates)].sort());
});

test.each(TABLE.map((row) => [row.date, row.what, row] as const))("%s: %s", async (_date, _what, row) => {
  const { edit, body, before, from } = row;
  const policy = await policyWith(edit);
  const says = (ms: number) => (typeof body === "string" ? decided(policy, body, ms) : item(policy, body.duty, ms));
  expect([says(EDGE_MS - 1), says(EDGE_MS)]).toEqual([before, from]);
});

test.each(TOLD_ONLY)("%s: nothing hangs on it", async (_date, edit) => {
  const policy = await policyWith(edit);
  const says = (ms: number) => [decided(policy, PHONE, ms), decided(policy, CARD, ms), late(policy, ms)];
  const before = says(EDGE_MS - 1);
  expect(says(EDGE_MS)).toEqual(before);
});

function late(policy: Policy, ms: number): number {
  const items = at(policy, ms).duties.items();
  return items.filter(({ state }) => state === "overdue").length;
}
