// The decide bench: what a judgement costs, facts included, and what a large policy costs to load. Law of this file: what
// is measured is what the gate calls; variants take turns in rounds and the median counts, because machines are noisy.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { circumstances, cpuName, REPORT, writeResults, writeSection } from "../sections.mjs";
import { largePolicy } from "./policy.mjs";
import { sectionOf, worded } from "./report.mjs";

const AT_MS = Date.UTC(2026, 10, 22, 2);
const WARM_UP_MS = 400;
/** At ten thousand crossings a second. */
const CROSSINGS_A_MS = 10;
const PEOPLE = ["13800138000", "13911112222"];

/** @param {{ dist: string, rounds: number, ms: number, destinations: number, rules: number, json: boolean, official: boolean }} options */
export async function bench(options, command) {
  const folder = mkdtempSync(join(tmpdir(), "yumen-bench-decide-"));
  try {
    const modules = await modulesOf(options.dist);
    const judged = await judgements(modules, folder, options);
    const shadowed = await looks(modules, folder, options);
    const loaded = await loads(modules, folder, options);
    const { rounds, ms } = options;
    const results = { ...circumstances(command), settings: { rounds, ms }, judged, shadowed, loaded };
    process.stdout.write(options.json ? `${JSON.stringify(results, null, 2)}\n` : worded(results));
    if (options.official) {
      const written = writeResults(`decide/${results.date.slice(0, 10)}-${cpuName()}.json`, results);
      process.stderr.write(`written: ${written} ${REPORT}\n`);
      writeSection(REPORT, "decide", sectionOf(results));
    }
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function modulesOf(dist) {
  const from = (path) => import(pathToFileURL(join(resolve(dist), path)).href);
  const modules = await Promise.all(
    [
      "gate.js",
      "decide/decide.js",
      "flow/people.js",
      "io/facts.js",
      "io/keys.js",
      "io/law-data.js",
      "io/policy/load.js",
      "io/policy/people.js",
      "io/shadow.js",
      "io/shadow-look.js",
      "io/stores/lmdb/stores.js",
      "io/stores/memory/stores.js",
      "law/year.js",
    ].map(from),
  );
  return Object.assign({}, ...modules);
}

/** Two people with consent, both counted this year: the steady state. */
async function judgements(m, folder, { rounds, ms }) {
  const law = m.loadLawData("policies/law");
  const { keys } = await m.openKeys(join(folder, "keys"));
  const policy = await demoPolicy(m, law);
  const variants = [];
  for (const [name, stores] of [
    ["facts in maps, decide", m.openMemoryStores()],
    ["facts in LMDB, decide", await m.openLmdbStores(join(folder, "lmdb"))],
  ]) {
    await fill(stores, keys);
    const judge = judging(m, policy, keys, stores);
    const { action } = judge();
    if (action !== "forward") throw new Error(`the bench's own crossing is not let through: ${action}`);
    variants.push({ name, judge, stores, us: [] });
  }
  for (const { judge } of variants) timed(judge, WARM_UP_MS);
  for (let round = 0; round < rounds; round++) for (const one of variants) one.us.push(timed(one.judge, ms));
  const rows = variants.map(({ name, us }) => ({ name, us: median(us), low: Math.min(...us), high: Math.max(...us) }));
  for (const { stores } of variants) await stores.close();
  return rows;
}

/**
 * A draft that looks on. Against what it is measured: the same two halves of the gate, and of them what judges. The draft
 * blocks a little more; `other` also reads names otherwise, so that the body is read for it a second time.
 */
async function looks(m, folder, { rounds, ms }) {
  const { keys } = await m.openKeys(join(folder, "keys"));
  const policy = await demoPolicy(m, m.loadLawData("policies/law"));
  const stores = m.openMemoryStores();
  await fill(stores, keys);
  const facts = m.createFactsLoader(stores.consent, stores.people, keys);
  const draft = { ...policy, rules: [...policy.rules, DRAFTED] };
  const other = { ...draft, names: policy.names === "keys" ? "labelled" : "keys" };
  const came = arrival();
  const read = m.inspect(came, policy, keys);
  const queue = queueOf(m, { draft: () => draft, keys, facts });
  const decision = { action: "forward", would: null };
  const shown = { arrival: came, decision, recipient: "openai", inspected: read };
  const variants = {
    "the crossing's own: read, trace, facts, decide": () =>
      m.judge(m.inspect(came, policy, keys), facts.load(read.ask), keys),
    "the crossing's own: decide alone": () => m.judge(read, facts.load(read.ask), keys),
    "on its way: shown to a draft that is busy": () => queue.saw(shown),
    "after its answer: a draft that reads alike": () => m.lookAt(came, read, { draft: () => draft, keys, facts }),
    "after its answer: a draft that reads otherwise": () => m.lookAt(came, read, { draft: () => other, keys, facts }),
  };
  const us = Object.fromEntries(Object.keys(variants).map((name) => [name, []]));
  for (const call of Object.values(variants)) await timedAsync(call, WARM_UP_MS);
  for (let round = 0; round < rounds; round++)
    for (const [name, call] of Object.entries(variants)) us[name].push(await timedAsync(call, ms));
  queue.close();
  await stores.close();
  return Object.entries(us).map(([name, all]) => ({
    name,
    us: median(all),
    low: Math.min(...all),
    high: Math.max(...all),
  }));
}

const DRAFTED = { id: "no-cards", why: { zh: "x", en: "x" }, action: "block", match: { piAny: ["bank-card"] } };

/** A shadow that never gets its turn: what callers pay for it. */
function queueOf(m, parts) {
  const meters = { shadowed() {}, shadowDiffers() {} };
  return m.createShadow({ ...parts, meters, log: { warn() {} }, sample: 1, later() {} });
}

async function timedAsync(call, ms) {
  let calls = 0;
  const before = process.cpuUsage();
  const until = performance.now() + ms;
  while (performance.now() < until) {
    for (let i = 0; i < 500; i++) await call();
    calls += 500;
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
}

async function demoPolicy(m, law) {
  const loaded = await m.loadPolicy("policies/demo", { law, variables: { overseas: "http://127.0.0.1:9" } });
  if (!loaded.ok) throw new Error("the demo policy does not load");
  return loaded.policy;
}

async function fill(stores, keys) {
  const exporter = "example-retail";
  const consents = [
    {
      recipient: "openai",
      purpose: "customer-service",
      separate: true,
      guardian: false,
      sensitiveNotice: true,
      types: ["cn-mobile", "person"],
      sensitiveTypes: [],
      notice: { id: "notice-openai", version: "2026-05" },
      givenAt: "2026-06-01T00:00:00.000Z",
      withdrawnAt: null,
      validUntil: null,
    },
  ];
  let sequence = 0;
  for (const mobile of PEOPLE) {
    const person = keys.person(exporter, "cn-mobile", mobile);
    for (const { withdrawnAt: _, ...scope } of consents)
      await stores.consent.record({
        ...scope,
        exporter,
        person,
        action: "grant",
        recordedAt: "2026-06-01T00:00:00.000Z",
        source: "bench",
        channel: "bench",
        sequence: ++sequence,
        event: `bench-${sequence}`,
      });
    const key = keys.count(exporter, 2026, person);
    const admission = { key, nonSensitive: true, sensitive: false };
    await stores.people.admit(exporter, 2026, [admission], { nonSensitive: null, sensitive: null });
    // as the gate does it: an entry has named them; a store of an older release keeps no account of it
    stores.people.named?.(exporter, 2026, { people: stores.people.toName(exporter, 2026, [key]) });
  }
}

/** What stands between the two pure halves, and the decision: bodies are not read here. */
function judging(m, policy, keys, { consent, people }) {
  const facts = m.createFactsLoader(consent, people, keys);
  const inspected = m.inspect(arrival(), policy, keys);
  if ("stopped" in inspected) throw new Error(inspected.stopped.code);
  const { flow, findings, handler, ask } = inspected;
  let calls = 0;
  return () => {
    const found = facts.load(ask);
    const at = m.isoInstant(AT_MS + Math.floor(calls++ / CROSSINGS_A_MS));
    const individuals = m.individualsOf(flow, handler, found, keys, new Set());
    return m.decide({
      at,
      flow,
      findings,
      individuals,
      counts: found.counts,
      stale: found.stale,
      policy,
      hidden: new Set(),
    });
  };
}

function arrival() {
  const content = `客户手机 ${PEOPLE[0]}，家属手机 ${PEOPLE[1]}，请回电`;
  const body = Buffer.from(JSON.stringify({ model: "gpt-5", messages: [{ role: "user", content }] }));
  return {
    id: "dec_00000000000000000000000000",
    atMs: AT_MS,
    method: "POST",
    target: "/v1/chat/completions",
    destination: "openai",
    headers: ["content-type", "application/json"],
    body,
    contentType: "application/json",
    contentEncoding: "",
    caller: "demo",
    asserted: { subject: null, purpose: null, conversation: null, exporter: null },
    language: "en",
  };
}

/** CPU µs a call: the machine's other work does not count. */
function timed(call, ms) {
  let calls = 0;
  const before = process.cpuUsage();
  const until = performance.now() + ms;
  while (performance.now() < until) {
    for (let i = 0; i < 500; i++) call();
    calls += 500;
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
}

async function loads(m, folder, { rounds, destinations, rules }) {
  const dir = join(folder, "large");
  mkdirSync(dir);
  for (const [name, text] of Object.entries(largePolicy(destinations, rules))) writeFileSync(join(dir, name), text);
  const law = m.loadLawData("policies/law");
  const ms = [];
  for (let round = 0; round < Math.min(rounds, 5); round++) {
    const startedMs = performance.now();
    const loaded = await m.loadPolicy(dir, { law });
    ms.push(performance.now() - startedMs);
    if (!loaded.ok) throw new Error(`the large policy does not load: ${loaded.problems[0].message.en}`);
  }
  return { destinations, rules, ms: median(ms), first: ms[0], high: Math.max(...ms) };
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
