// What begins or ends by an instant and stands in no policy: consents, the law's own dates, releases, proposals, tokens,
// sign-ins, signatures. Each one millisecond before its edge and at it, under an injected clock, never by sleeping.
// An instant is the first at which it is over, or has begun. A limit of age is kept up to and with its last millisecond,
// and a withdrawal waits for no instant (PIPL Art. 15).

import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { inspect, judge } from "../src/gate.ts";
import { createMapper } from "../src/io/admin/consents/mapping/apply.ts";
import { parseMapping } from "../src/io/admin/consents/mapping/schema.ts";
import { readSources } from "../src/io/admin/consents/sources/config.ts";
import { signedOf } from "../src/io/admin/consents/sources/signature.ts";
import { createSources } from "../src/io/admin/consents/sources/sources.ts";
import { createLogins } from "../src/io/admin/oidc/logins.ts";
import { createFactsLoader } from "../src/io/facts.ts";
import { releaseShelf } from "../src/io/orders/shelves.ts";
import { createStandingOrders, type StandingOrders } from "../src/io/orders/standing.ts";
import { person as demoPerson } from "../src/io/policy/people.ts";
import type { ConsentEvent } from "../src/io/ports.ts";
import type { Stores } from "../src/io/stores/stores.ts";
import type { Keys, Policy } from "../src/words.ts";
import { NOW, openPlane, type Plane } from "./plane.ts";
import { arrivalOf, demoPolicy, demoStores, keysUnder } from "./sim/demo-world.ts";

const EXPORTER = "example-retail";
/** Noon, in Beijing, and a midnight there. */
const NOON = Date.UTC(2026, 10, 30, 4);
const MIDNIGHT = Date.UTC(2026, 10, 30, 16);
const iso = (ms: number) => new Date(ms).toISOString();

let dir: string;
let keys: Keys;
let policy: Policy;
let stores: Stores;
let plane: Plane;
/** As a gate keeps them: folded before an edge, and asked again at it. */
let orders: StandingOrders;
const clock = { ms: NOW, nowMs: () => clock.ms };
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "yumen-clock-"));
  [policy, keys] = [await demoPolicy(), await keysUnder(dir)];
  plane = await openPlane({ rita: ["reviewer"], anna: ["approver"] });
});
afterAll(async () => {
  await plane.close();
  rmSync(dir, { recursive: true, force: true });
});
beforeEach(async () => {
  stores = await demoStores(keys);
  orders = createStandingOrders(stores.register, clock);
  plane.clock.ms = NOW;
});

/** The action, and why not. */
function decided(content: string, atMs: number, under: Policy = policy): string {
  clock.ms = atMs;
  const seen = inspect(arrivalOf(1, content, { atMs }), under, keys);
  if ("stopped" in seen) throw new Error(seen.stopped.code);
  const { decision } = judge(
    seen,
    createFactsLoader(stores.consent, stores.people, keys, orders.current).load(seen.ask),
    keys,
  );
  return [decision.action, ...decision.reasons.map(({ code }) => code)].join(" ");
}

const MOBILE = "13700137000";
/** Born on 2012-12-01. */
const FOURTEEN = "110105201212010002";
const BODY = `客户电话 ${MOBILE}`;
async function consented(more: Partial<ConsentEvent>): Promise<void> {
  const person = keys.person(EXPORTER, "cn-mobile", MOBILE);
  await stores.consent.record({
    ...{ event: "e", source: "test", sequence: 1, exporter: EXPORTER, person, recipient: "openai" },
    ...{ purpose: "customer-service", action: "grant", separate: true, guardian: false, sensitiveNotice: true },
    ...{ types: ["cn-mobile"], sensitiveTypes: [], notice: null, channel: "test", validUntil: null },
    ...{ givenAt: "2026-01-01T00:00:00.000Z", recordedAt: "2026-01-01T00:00:00.000Z" },
    ...more,
  });
}

const BEAT = "heartbeatMinutes: 60";

interface Row {
  readonly what: string;
  readonly edgeMs: number;
  /** Makes what begins or ends. @returns how it is at an instant. */
  open(): Promise<(ms: number) => unknown>;
  readonly before: unknown;
  readonly from: unknown;
}

const through = async (ready: unknown, body = BODY) => {
  await ready;
  return (ms: number) => decided(body, ms);
};

const TABLE: readonly Row[] = [
  {
    ...{
      what: "a consent that is valid until an instant",
      edgeMs: NOON,
      before: "forward",
      from: "block CONSENT_EXPIRED",
    },
    open: () => through(consented({ validUntil: iso(NOON) })),
  },
  {
    ...{ what: "a consent from when it was given", edgeMs: NOON, before: "block CONSENT_MISSING", from: "forward" },
    open: () => through(consented({ givenAt: iso(NOON) })),
  },
  {
    ...{ what: "a withdrawal: as soon as it is told, whatever instant it names", edgeMs: NOON },
    ...{ before: "block CONSENT_WITHDRAWN", from: "block CONSENT_WITHDRAWN" },
    open: () =>
      through(consented({}).then(() => consented({ event: "w", action: "withdraw", sequence: 2, givenAt: iso(NOON) }))),
  },
  {
    // nobody knows whether the other system means the day's beginning or its end: the safe way
    ...{ what: "an imported consent that ends on a bare day: with its beginning", edgeMs: MIDNIGHT },
    ...{ before: "forward", from: "block CONSENT_EXPIRED" },
    open: () => through(consented({ validUntil: imported("2026-12-01") })),
  },
  {
    ...{ what: "a consent of a policy's test: a date is its first moment", edgeMs: MIDNIGHT },
    ...{ before: "forward", from: "block CONSENT_EXPIRED" },
    open: () => through(consented({ validUntil: written("2026-12-01") })),
  },
  {
    ...{ what: "the fourteenth birthday, in Beijing", edgeMs: MIDNIGHT },
    ...{ before: "block SCOPE_CATEGORY GUARDIAN_CONSENT_MISSING", from: "pseudonymize" },
    open: async () => {
      const person = keys.person(EXPORTER, "cn-id", FOURTEEN);
      await consented({ person, types: ["cn-id"], sensitiveTypes: ["cn-id"] });
      return (ms) => decided(`身份证 ${FOURTEEN}`, ms);
    },
  },
  {
    ...{ what: "the year that people are counted in", edgeMs: Date.UTC(2026, 11, 31, 16), before: 2026, from: 2027 },
    open: async () => (ms) => {
      const seen = inspect(arrivalOf(1, BODY, { atMs: ms }), policy, keys);
      return "stopped" in seen ? seen.stopped.code : seen.ask.year;
    },
  },
  {
    ...{ what: "the day until which somebody reviewed the law", edgeMs: Date.UTC(2026, 11, 31, 16) },
    ...{ before: "forward", from: "block LAW_NOT_REVIEWED" },
    open: async () => {
      await consented({});
      const strict: Policy = { ...policy, failures: { ...policy.failures, lawNotReviewed: "block" } };
      return (ms) => decided(BODY, ms, strict);
    },
  },
  {
    ...{ what: "a release", edgeMs: NOON, before: "forward", from: "block POLICY_FORBIDS" },
    open: () => released(iso(NOON - 3_600_000), iso(NOON)),
  },
  {
    ...{ what: "a release, from its first instant", edgeMs: NOON, before: "block POLICY_FORBIDS", from: "forward" },
    open: () => released(iso(NOON), iso(NOON + 3_600_000)),
  },
  {
    ...{ what: "a proposal", edgeMs: NOW + 60_000, before: 200, from: "proposal_expired" },
    open: async () => {
      const { id } = (await plane.call("admin", "POST", "/v1/suspend", { of: "all", reason: "drill" })).json;
      const sent = { action: "resume", body: { hold: id, reason: "over" }, openMinutes: 1 };
      const made = [
        await plane.call("rita", "POST", "/v1/proposals", sent),
        await plane.call("rita", "POST", "/v1/proposals", sent),
      ];
      return async (ms) => {
        plane.clock.ms = ms;
        const { id: name, digest } = made.pop()!.json;
        const { status, json } = await plane.call("anna", "POST", `/v1/proposals/${name}/approve`, { digest });
        return json.code ?? status;
      };
    },
  },
  {
    ...{ what: "a proposal, as it is listed", edgeMs: NOW + 60_000, before: "open", from: "expired" },
    open: async () => {
      const { id } = (await plane.call("admin", "POST", "/v1/suspend", { of: "all", reason: "drill" })).json;
      const sent = { action: "resume", body: { hold: id, reason: "over" }, openMinutes: 1 };
      const made = (await plane.call("rita", "POST", "/v1/proposals", sent)).json;
      return async (ms) => {
        plane.clock.ms = ms;
        return (await plane.call("anna", "GET", `/v1/proposals/${made.id}`)).json.state;
      };
    },
  },
  {
    ...{ what: "a token", edgeMs: NOW + 90 * 86_400_000, before: 200, from: 401 },
    open: async () => {
      const made = await plane.call("admin", "POST", "/v1/identities", {
        id: "bea",
        name: "b",
        roles: ["auditor"],
        expiresDays: 90,
      });
      expect(made.status).toBe(201);
      return async (ms) => {
        plane.clock.ms = ms;
        return (await plane.call(made.json.token, "GET", "/v1/holds")).status;
      };
    },
  },
  {
    ...{ what: "the token before, where the two overlap", edgeMs: NOW + 60_000, before: 200, from: 401 },
    open: async () => {
      const made = await plane.call("admin", "POST", "/v1/identities", { id: "cat", name: "c", roles: ["auditor"] });
      const old = made.json.token;
      expect((await plane.call(old, "POST", "/v1/identities/cat/rotate", { overlapMinutes: 1 })).status).toBe(200);
      return async (ms) => {
        plane.clock.ms = ms;
        return (await plane.call(old, "GET", "/v1/holds")).status;
      };
    },
  },
  {
    ...{ what: "a source that says nothing, past its heartbeat", edgeMs: NOON + 3_600_001, before: false, from: true },
    open: async () => {
      const means = "{ p: { recipient: openai, purpose: support, types: [email], separate: true } }";
      const source = `{ id: cmp, shape: onetrust, secret: env:S, exporter: e, subjectType: id, means: ${means}, ${BEAT} }`;
      writeFileSync(join(dir, "consent-sources.yaml"), `sources: [${source}]`);
      const clock = { ms: NOON, nowMs: () => clock.ms };
      const sources = await createSources(() => readSources(dir, { S: "s-0123456789" }), clock);
      return (ms) => {
        clock.ms = ms;
        return sources.status()[0]!.silent;
      };
    },
  },
  {
    ...{ what: "a session of somebody who signed in", edgeMs: NOON + 8 * 3_600_000, before: "anna", from: undefined },
    open: async () => {
      const { logins, clock, back } = signingIn();
      const begun = await logins.begin();
      const { token } = logins.redeem(begun.login, begun.secret, await back());
      return (ms) => {
        clock.ms = ms;
        return logins.book.identityOf(token)?.id;
      };
    },
  },
  {
    ...{ what: "a sign-in under way", edgeMs: NOON + 600_000, before: "signed in", from: "refused" },
    open: async () => {
      return async (ms) => {
        const { logins, clock, back } = signingIn();
        const begun = await logins.begin();
        clock.ms = ms;
        return back()
          .then((code) => logins.redeem(begun.login, begun.secret, code))
          .then(
            () => "signed in",
            () => "refused",
          );
      };
    },
  },
  {
    ...{ what: "a signature, so old and no older", edgeMs: NOON + 300_001, before: "whole", from: null },
    open: async () => {
      const sent = String(NOON / 1_000);
      const signature = createHmac("sha256", "s").update(`${sent}.{}`).digest("hex");
      const signing = { algorithm: "sha256", header: "x-s", timestampHeader: "x-t", windowSeconds: 300 } as const;
      return (ms) => signedOf(signing, "s", { "x-s": signature, "x-t": sent }, Buffer.from("{}"), ms);
    },
  },
  {
    ...{ what: "a signature of a clock that is ahead", edgeMs: NOON - 300_000, before: null, from: "whole" },
    open: async () => {
      const sent = String(NOON / 1_000);
      const signature = createHmac("sha256", "s").update(`${sent}.{}`).digest("hex");
      const signing = { algorithm: "sha256", header: "x-s", timestampHeader: "x-t", windowSeconds: 300 } as const;
      return (ms) => signedOf(signing, "s", { "x-s": signature, "x-t": sent }, Buffer.from("{}"), ms);
    },
  },
];

test.each(TABLE.map((row) => [row.what, row] as const))("%s", async (_what, { open, edgeMs, before, from }) => {
  const at = await open();
  expect([await at(edgeMs - 1), await at(edgeMs)]).toEqual([before, from]);
});

/** As a mapping reads it from another system's file. */
function imported(day: string): string {
  const constant = { exporter: EXPORTER, recipient: "openai", purpose: "customer-service", separate: true };
  const at = (column: string) => ({ at: column, format: "YYYY-MM-DD" });
  const said = { ...constant, types: ["cn-mobile"], subject: { at: "who", type: "cn-mobile" } };
  const mapping = parseMapping({ ...said, action: "grant", givenAt: at("from"), validUntil: at("to") }, "en");
  const read = createMapper(mapping.data!)({ who: MOBILE, from: "2026-01-01", to: day } as never, NOON);
  return (read as unknown as { line: { validUntil: string } }).line.validUntil;
}

function written(day: string): string {
  const consents = [
    { recipient: "openai", purpose: "customer-service", types: "cn-mobile", givenAt: "2026-01-01", validUntil: day },
  ];
  return demoPerson.parse({ exporter: EXPORTER, aliases: ["id:x"], consents }).consents[0]!.validUntil!;
}

/** A rule forbids mobiles, and two people let them pass for a while. */
async function released(from: string, until: string) {
  await consented({});
  const why = { zh: "不", en: "no" };
  const forbids = { id: "no-mobiles", why, action: "block" as const, match: { piAny: ["cn-mobile"] } };
  const strict: Policy = { ...policy, rules: [...policy.rules, forbids] };
  await releaseShelf(stores.register).change("rel", () => ({
    ...{ id: "rel", destination: "openai", types: ["cn-mobile"], lifts: [{ of: "rule", rule: "no-mobiles" }] },
    ...{ from, until, reason: "r", ticket: "t", proposedBy: "rita", approvedBy: "anna", proposal: "p", revoked: null },
  }));
  return (ms: number) => decided(BODY, ms, strict);
}

/** An identity provider that says who it is, and a clock. */
function signingIn() {
  const clock = { ms: NOON, nowMs: () => clock.ms };
  let state = "";
  const provider = {
    address: async (asked: { state: string }) => {
      state = asked.state;
      return "https://id.example";
    },
    claims: async () => ({ sub: "anna", groups: ["gate-approvers"], amr: ["mfa"] }),
  };
  const config = {
    ...{ issuer: "https://id.example", clientId: "y", clientSecret: "s3cret-s3cret-s3cret-s3cret-s3cret" },
    ...{ redirectUri: "https://gate.example/v1/login/callback", scope: "openid", idClaim: "sub", rolesClaim: "groups" },
    ...{ sessionHours: 8, roles: { "gate-approvers": ["approver" as const] }, requireMfa: true, amr: ["mfa"], acr: [] },
  };
  const logins = createLogins(config, clock, provider);
  return { logins, clock, back: () => logins.arrived(`/v1/login/callback?code=c&state=${state}`) };
}
