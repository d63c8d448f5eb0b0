// Webhooks: whose signature is right, and only theirs; what each shape says; who fell silent.

import { createHmac } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startAdmin } from "../src/io/admin/admin.ts";
import { readSources } from "../src/io/admin/consents/sources/config.ts";
import { createSources } from "../src/io/admin/consents/sources/sources.ts";
import { createTokens, tokensFileOf } from "../src/io/admin/tokens.ts";
import { openKeys } from "../src/io/keys.ts";
import { openMemoryStores } from "../src/io/stores/memory/stores.ts";
import { createMeters } from "../src/io/telemetry/meters.ts";
import { createExposition } from "../src/io/telemetry/prometheus.ts";
import type { Policy } from "../src/words.ts";

const folder = mkdtempSync(join(tmpdir(), "yumen-webhooks-"));
const tokens = createTokens(folder)!;
const stores = openMemoryStores();
const { keys } = await openKeys(folder);
const clock = { ms: Date.parse("2026-06-01T00:00:00.000Z"), nowMs: () => clock.ms };
const entries: Readonly<Record<string, unknown>>[] = [];
const MEANS = "{ recipient: openai, purpose: support, types: [email], separate: true }";
writeFileSync(
  join(folder, "consent-sources.yaml"),
  `sources:
  - { id: cmp, shape: onetrust, secret: env:CMP, exporter: acme, subjectType: id, heartbeatMinutes: 60, means: { p-1: ${MEANS} } }
  - { id: cdp, shape: segment, secret: env:CDP, exporter: acme, subjectType: id, means: { Sharing: ${MEANS} } }
  - { id: bare, shape: onetrust, secret: env:BARE, algorithm: bearer, exporter: acme, subjectType: id, means: { p-1: ${MEANS} } }
  - id: own
    shape: generic
    secret: file:own.secret
    mapping:
      exporter: acme
      subject: { at: /who, type: id }
      action: { at: /yes, values: { "true": grant, "false": withdraw } }
      recipient: openai
      purpose: support
      separate: true
      types: [email]
      givenAt: { at: /ts, format: epoch-ms }
  - id: named
    shape: generic
    secret: file:own.secret
    mapping:
      exporter: acme
      event: { at: /id }
      subject: { at: /who, type: id }
      action: { at: /yes, values: { "true": grant, "false": withdraw } }
      recipient: openai
      purpose: support
      separate: true
      types: [email]
      givenAt: { at: /ts, format: epoch-ms }
`,
);
writeFileSync(join(folder, "own.secret"), "s-own\n");
const BARE = "s-bare-01234567890123456789";
const env = { CMP: "s-cmp", CDP: "s-cdp", BARE };
const sources = await createSources(() => readSources(folder, env), clock);

let base = "";
let close = async () => {};
beforeAll(async () => {
  const { port, close: end } = await startAdmin({
    ...{ port: 0, ...stores, keys, clock, sources, tokensFile: tokensFileOf(folder) },
    policy: () =>
      ({
        exporters: new Map([["acme", { handler: "acme" }]]),
        recipients: new Map([["openai", {}]]),
        purposes: new Map([["support", {}]]),
      }) as unknown as Policy,
    canonicalise: (_type, text) => (text === "bad" ? null : text),
    ...{ status: () => ({ ready: true, checks: {} }), metrics: async () => "" },
    note: async (kind, members) => entries.push({ kind, ...members }),
  });
  base = `http://127.0.0.1:${port}`;
  close = end;
});
afterAll(async () => {
  await close();
  rmSync(folder, { recursive: true, force: true });
});

interface Sent {
  readonly secret?: string;
  readonly at?: number;
  readonly tamper?: boolean;
}

async function send(source: string, body: unknown, { secret = `s-${source}`, at = clock.ms, tamper }: Sent = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const seconds = String(Math.floor(at / 1_000));
  const isSegment = source === "cdp";
  const mac = createHmac(isSegment ? "sha1" : "sha256", secret);
  const signature = mac.update(isSegment ? text : `${seconds}.${text}`).digest("hex");
  const response = await fetch(`${base}/v1/webhooks/${source}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(isSegment
        ? { "x-signature": signature }
        : { "x-yumen-signature": `sha256=${signature}`, "x-yumen-timestamp": seconds }),
    },
    body: tamper ? `${text} ` : text,
  });
  const answer = await response.text();
  return { status: response.status, text: answer, json: JSON.parse(answer) };
}
const grantedOf = (who: string) =>
  stores.consent.state("acme", keys.person("acme", "id", who), "openai", "support")?.granted ?? null;
const oneTrust = (identifier: string, TransactionType: string, day = 1) => ({
  ...{
    identifier,
    interactionDate: `2026-05-0${day}T08:00:00Z`,
    purposes: [{ Id: "p-1", TransactionType }, { Id: "?" }],
  },
});
const segment = (userId: string, Sharing: unknown, day = 1) => ({
  ...{ type: "track", userId, timestamp: `2026-05-0${day}T08:00:00.000Z`, event: "Segment Consent Preference Updated" },
  context: { consent: { categoryPreferences: { Sharing, Other: true } } },
});

describe("signature", () => {
  test.each([
    ["another secret", "cmp", { secret: "wrong" }],
    ["another's secret", "own", { secret: "s-cmp" }],
    ["a body that was changed", "cmp", { tamper: true }],
    ["sent too long ago", "cmp", { at: clock.ms - 301_000 }],
    ["sent from ahead", "cmp", { at: clock.ms + 301_000 }],
    ["no such source", "nobody", {}],
    ["a changed body, signed alone", "cdp", { tamper: true }],
  ])("%s: 401, nothing heard, nothing recorded", async (_why, source, how) => {
    const heard = () => JSON.stringify(sources.status().map(({ wronglySigned: _, ...rest }) => rest));
    const before = [stores.consent.cursor(), entries.length, heard()];
    const { status, text } = await send(
      source,
      source === "cdp" ? segment("u0", true) : oneTrust("u0", "CONFIRMED"),
      how,
    );
    expect([status, text.includes("u0")]).toEqual([401, false]);
    expect([stores.consent.cursor(), entries.length, heard()]).toEqual(before);
  });

  test("of a list that Segment sends, the first event alone is signed: it is taken, and the others told", async () => {
    const events = [segment("batch-a", true), segment("batch-b", true), segment("batch-a", false, 2)];
    const signature = createHmac("sha1", "s-cdp").update(JSON.stringify(events[0])).digest("hex");
    const post = (body: unknown) =>
      fetch(`${base}/v1/webhooks/cdp`, {
        ...{ method: "POST", headers: { "x-signature": signature }, body: JSON.stringify(body, null, 1) },
      });
    const answer = await post(events);
    const { code, errors } = (await answer.json()) as { code: string; errors: { pointer: string }[] };
    expect([answer.status, code, errors.map(({ pointer }) => pointer)]).toEqual([422, "some_refused", ["/1", "/2"]]);
    expect(["batch-a", "batch-b"].map(grantedOf)).toEqual([true, null]);
    // the signature of one is none of another, nor of a list that begins otherwise
    expect((await post([segment("batch-c", true), events[0]])).status).toBe(401);
    expect((await post({ ...events[0], userId: "batch-c" })).status).toBe(401);
    for (const hostile of [
      "[",
      "[]",
      "[null]",
      `${"[".repeat(20_000)}`,
      `[${"[".repeat(9_000)}${"]".repeat(9_000)}]`,
    ]) {
      const headers = { "x-signature": signature };
      expect((await fetch(`${base}/v1/webhooks/cdp`, { method: "POST", headers, body: hostile })).status).toBe(401);
    }
    expect(grantedOf("batch-c")).toBeNull();
  });

  test("a bearer is the secret itself: right, or nothing", async () => {
    const post = (authorization: string) =>
      fetch(`${base}/v1/webhooks/bare`, {
        ...{ method: "POST", headers: { authorization }, body: JSON.stringify(oneTrust("bare-a", "CONFIRMED")) },
      });
    for (const wrong of ["", "Bearer", "Bearer s-bare-0123456789012345678", `Bearer ${BARE}x`, "Basic x"])
      expect((await post(wrong)).status).toBe(401);
    expect((await post(`Bearer ${BARE}`)).status).toBe(200);
    expect(grantedOf("bare-a")).toBe(true);
  });

  test("half a signature, none, and one that goes on are wrong", async () => {
    const seconds = String(Math.floor(clock.ms / 1_000));
    const right = createHmac("sha256", "s-cmp").update(`${seconds}.{}`).digest("hex");
    for (const signature of ["", "sha256=", "00", "ff".repeat(64), `${right}00`, right.slice(0, 62)]) {
      const headers = { "x-yumen-signature": signature, "x-yumen-timestamp": seconds };
      expect((await fetch(`${base}/v1/webhooks/cmp`, { method: "POST", headers, body: "{}" })).status).toBe(401);
    }
  });

  test("wrong ones are told to wait after sixty in a minute, and the true source passes meanwhile", async () => {
    const wrong = () => send("own", { who: "limit", yes: true, ts: clock.ms }, { secret: "guess" });
    const statuses = [];
    for (let i = 0; i < 70; i++) statuses.push((await wrong()).status);
    expect([statuses.at(-1), new Set(statuses).size <= 2]).toEqual([429, true]);
    expect((await wrong()).json.code).toBe("rate_limited");
    const right = { who: "limit", yes: true, ts: clock.ms - 1_000 };
    expect((await send("own", right)).json).toEqual({ taken: 1, added: 1 });
    const status = sources.status().find(({ id }) => id === "own")!;
    expect(status.wronglySigned).toBeGreaterThan(69);
  });
});

test("regression: what the store refuses is told to the sender, and not taken for heard", async () => {
  const line = { id: "e-named-1", who: "u-named", yes: true, ts: clock.ms - 1_000 };
  expect((await send("named", line, { secret: "s-own" })).json).toEqual({ taken: 1, added: 1 });
  const { status, json } = await send("named", { ...line, yes: false }, { secret: "s-own" });
  expect([status, json.errors]).toEqual([422, [expect.objectContaining({ pointer: "/0" })]]);
  expect(grantedOf("u-named")).toBe(true);
});

describe("shapes", () => {
  test("OneTrust: a test receipt is nobody's consent; an expiry date ends it; a preference is no consent", async () => {
    await send("cmp", { ...oneTrust("one-test", "CONFIRMED"), test: true });
    await send("cmp", { ...oneTrust("one-test-not", "CONFIRMED"), test: false });
    const purposes = [{ Id: "p-1", TransactionType: "CONFIRMED", ExpiryDate: "2026-12-01T00:00:00Z" }];
    await send("cmp", { identifier: "one-until", interactionDate: "2026-05-01T08:00:00Z", purposes });
    for (const word of ["IMPLICIT", "EXTEND", "NO_CHOICE"]) await send("cmp", oneTrust("one-none", word));
    expect(["one-test", "one-test-not", "one-until", "one-none"].map(grantedOf)).toEqual([null, true, true, null]);
    const person = keys.person("acme", "id", "one-until");
    expect(stores.consent.state("acme", person, "openai", "support")!.validUntil).toBe("2026-12-01T00:00:00.000Z");
  });

  /** Event 3010 as OneTrust's own workflow for Segment describes it: dates are seconds, as texts. */
  const profile = (dataSubjectEmail: string, TransactionStatus: string, more: object = {}) => ({
    ...{
      eventId: "1afcc0cb-48ee-4a3a-a409-1b20a5399d9e",
      eventTime: "2026-05-01T08:00:00.000+0000",
      eventType: "3010",
    },
    payload: {
      ...{ dataSubjectGuid: "aa85841a-0141-4441-86af-c320ed6f0d7e", dataSubjectEmail },
      profiles: [
        { purposeId: "other", profileFields: { TransactionStatus } },
        {
          purposeId: "p-1",
          profileFields: { TransactionStatus, ConsentDate: "1777622400", LastTransaction: "1777708800", ...more },
        },
      ],
    },
  });

  test.each([
    ["ACTIVE", true, "2026-05-01T08:00:00.000Z"],
    ["WITHDRAWN", false, "2026-05-03T08:00:00.000Z"],
    ["OPT_OUT", false, "2026-05-03T08:00:00.000Z"],
    ["HARD_OPT_OUT", false, "2026-05-03T08:00:00.000Z"],
    ["NO_CONSENT", false, "2026-05-03T08:00:00.000Z"],
    ["PENDING", null, null],
    ["NOT_OPTED_OUT", null, null],
    ["ALWAYS_ACTIVE", null, null],
  ])("OneTrust's event 3010, %s → granted %s, by its own date", async (status, granted, at) => {
    const who = `profile-${status}`;
    const body = profile(who, status, { WithdrawalDate: "1777795200" });
    expect((await send("cmp", body)).status).toBe(200);
    const state = stores.consent.state("acme", keys.person("acme", "id", who), "openai", "support");
    expect(state?.granted ?? null).toBe(granted);
    expect((granted === false ? state?.withdrawnAt : state?.givenAt) ?? null).toBe(at);
  });

  test("Segment: a deletion withdraws everything; an anonymous call speaks of nobody", async () => {
    await send("cdp", segment("seg-gone", true));
    await send("cdp", { type: "delete", userId: "seg-gone", timestamp: "2026-05-20T00:00:00.000Z" });
    expect(grantedOf("seg-gone")).toBe(false);
    const { userId: _, ...anonymous } = segment("x", true);
    expect((await send("cdp", { ...anonymous, anonymousId: "23adfd82" })).json).toEqual({ taken: 0, added: 0 });
    expect((await send("cdp", { ...anonymous, userId: null })).json).toEqual({ taken: 0, added: 0 });
  });

  test.each([
    ["CONFIRMED", true],
    ["WITHDRAWN", false],
    ["HARD_OPT_OUT", false],
    ["NOTGIVEN", false],
    ["PENDING", null],
    ["CHANGE_PREFERENCES", null],
  ])("OneTrust %s → granted %s", async (word, granted) => {
    const { status } = await send("cmp", oneTrust(`one-${word}`, word));
    expect([status, grantedOf(`one-${word}`)]).toEqual([200, granted]);
  });

  test("OneTrust: sent again it is known; an older one that comes late revives nothing", async () => {
    expect((await send("cmp", oneTrust("again", "CONFIRMED", 1))).json).toEqual({ taken: 1, added: 1 });
    clock.ms += 1_000;
    expect((await send("cmp", oneTrust("again", "CONFIRMED", 1))).json).toEqual({ taken: 1, added: 0 });
    await send("cmp", oneTrust("again", "WITHDRAWN", 3));
    await send("cmp", oneTrust("again", "CONFIRMED", 2));
    expect(grantedOf("again")).toBe(false);
    expect(entries.at(-1)).toMatchObject({ of: "batch", by: "cmp" });
  });

  test.each([
    [true, true],
    [false, false],
    ["yes", null],
    [null, null],
  ])("Segment %s → granted %s", async (preference, granted) => {
    await send("cdp", segment(`seg-${preference}`, preference));
    expect(grantedOf(`seg-${preference}`)).toBe(granted);
  });

  test("Segment: identify, and batches; a page view says nothing", async () => {
    const page = { ...segment("seg-page", true), type: "page" };
    await send("cdp", { batch: [{ ...segment("seg-a", true), type: "identify" }, segment("seg-b", false), page] });
    expect(["seg-a", "seg-b", "seg-page"].map(grantedOf)).toEqual([true, false, null]);
  });

  test("generic: by its mapping, one or many", async () => {
    const ts = clock.ms - 5_000;
    await send("own", [
      { who: "gen-a", yes: true, ts },
      { who: "gen-b", yes: false, ts },
    ]);
    expect(["gen-a", "gen-b"].map(grantedOf)).toEqual([true, false]);
  });

  test("what is wrong is told by its place, what is right is taken", async () => {
    const ts = clock.ms - 5_000;
    const body = [
      { who: "mix-a", yes: true, ts },
      { who: "bad", yes: true, ts },
      { who: "13800138000", yes: "perhaps", ts },
    ];
    const { status, json, text } = await send("own", body);
    expect([status, json.code]).toEqual([422, "some_refused"]);
    expect(json.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(["/1/subject/value", "/2/action"]);
    expect(text).not.toContain("13800138000");
    expect(grantedOf("mix-a")).toBe(true);
  });

  test.each(["null", "1", "[]", '{"purposes":[null]}', '{"purposes":{}}', "{"])("hostile: %s", async (body) => {
    const { status } = await send("cmp", body);
    expect(status).toBe(body === "{" ? 400 : 200);
  });
});

describe("heard", () => {
  const list = async () => {
    const headers = { authorization: `Bearer ${tokens.auditor}` };
    const answer = await fetch(`${base}/v1/sources`, { headers });
    return ((await answer.json()) as { items: { id: string }[] }).items;
  };

  test("when, how far behind, and silence past the heartbeat", async () => {
    const ts = clock.ms - 90_000;
    await send("own", { who: "lag", yes: true, ts });
    const heardAt = new Date(clock.ms).toISOString();
    expect((await list()).find(({ id }) => id === "own")).toMatchObject({ heardAt, lagSeconds: 90, silent: false });
    clock.ms += 61 * 60_000;
    const told = ["cmp true", "cdp false", "bare false", "own false", "named false"];
    expect(sources.status().map(({ id, silent }) => `${id} ${silent}`)).toEqual(told);
    const nothing = {
      policyHash: () => "",
      ledgerSize: () => 0,
      inflight: () => 0,
      counts: () => [],
      groups: () => [],
    };
    const scraped = await createExposition(createMeters(), { ...nothing, sources: () => sources.status() }).text();
    expect(scraped).toContain('yumen_consent_source_lag_seconds{source="own"} 90');
    expect(scraped).toContain('yumen_consent_source_silent{source="cmp"} 1');
    expect(scraped).toContain('yumen_consent_source_silent{source="own"} 0');
    await send("cmp", oneTrust("speaks", "CONFIRMED"));
    expect(sources.status()[0]!.silent).toBe(false);
  });

  test("read again when told to: a new secret and a new source hold at once, who stays is still heard", async () => {
    const path = join(folder, "consent-sources.yaml");
    const before = readFileSync(path, "utf8");
    const reload = (token: string) =>
      fetch(`${base}/v1/sources/reload`, { method: "POST", headers: { authorization: `Bearer ${token}` } });
    const line = (who: string) => ({ who, yes: true, ts: clock.ms - 1_000 });
    await send("own", line("reload-a"));
    writeFileSync(join(folder, "own.secret"), "s-own-2\n");
    expect((await send("own", line("reload-b"), { secret: "s-own-2" })).status).toBeGreaterThan(400);
    expect((await reload(tokens.auditor)).status).toBe(403);
    const answer = await reload(tokens.admin);
    expect([answer.status, await answer.json()]).toEqual([200, { ids: ["cmp", "cdp", "bare", "own", "named"] }]);
    expect(entries.at(-1)).toMatchObject({ kind: "identity", action: "reload", by: "admin", id: "consent-sources" });
    expect((await send("own", line("reload-b"), { secret: "s-own-2" })).status).toBe(200);
    expect((await send("own", line("reload-c"), { secret: "s-own" })).status).toBeGreaterThan(400);
    expect(sources.status().find(({ id }) => id === "own")!.events).toBeGreaterThan(1);
    // what does not hold changes nothing
    writeFileSync(path, "sources: [");
    expect([(await reload(tokens.admin)).status, (await send("cmp", oneTrust("still", "CONFIRMED"))).status]).toEqual([
      422, 200,
    ]);
    writeFileSync(path, before.replace("id: named", "id: renamed"));
    await reload(tokens.admin);
    expect([sources.get("named"), sources.get("renamed")?.id]).toEqual([undefined, "renamed"]);
    writeFileSync(path, before);
    writeFileSync(join(folder, "own.secret"), "s-own\n");
    await reload(tokens.admin);
  });

  test("no token, no list", async () => {
    expect((await fetch(`${base}/v1/sources`)).status).toBe(401);
  });
});

test.each([
  ["a secret in the open", "sources: [{ id: a, shape: generic, secret: hunter2, mapping: {} }]"],
  [
    "a secret that is not there",
    `sources: [{ id: a, shape: segment, secret: "env:NONE", exporter: e, subjectType: id, means: {} }]`,
  ],
  [
    "a bearer that could be guessed",
    `sources: [{ id: a, shape: segment, secret: "env:CDP", algorithm: bearer, exporter: e, subjectType: id, means: {} }]`,
  ],
  ["an unknown shape", `sources: [{ id: a, shape: other, secret: "env:CMP" }]`],
  ["no YAML", "sources: ["],
])("%s stops the start, without being told", async (_why, text) => {
  const dir = mkdtempSync(join(folder, "bad-"));
  writeFileSync(join(dir, "consent-sources.yaml"), text);
  const failed = await readSources(dir, env).catch((error: Error) => error);
  expect(String(failed)).toMatch(/policy_invalid/);
  expect(String(failed)).not.toContain("hunter2");
});
