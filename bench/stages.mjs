// What the pure stages cost, in one process: µs a call, with and without one consenting person's mobile number.
// Law of this file: nothing is measured but the stages; bodies, policy and keys are those of the HTTP bench; the best
// of several rounds counts, because everything that disturbs a measurement makes it longer.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { chatBody, MOBILE } from "./bodies.mjs";
import { policyFiles } from "./policies.mjs";

const ROOT = resolve(import.meta.dirname, "..");
const HELP = `node bench/stages.mjs [options]     µs a call of the pure stages (after npm run build)

  --sizes LIST    sizes of the chat bodies in KB                   (default 1,8,64)
  --rounds N      rounds of each measurement; the best counts      (default 5)
  --ms N          length of one round                              (default 200)
  --dist DIRS     build(s) to measure, separated by commas; of several the rounds take turns (default dist)
  --help          this text

inspect is decode + find + route and flow; judge is decide + departure; garbage is what inspect + judge leave.`;

const STAGES = ["decode", "find", "inspect", "decide", "judge"];
/** How many crossings share a millisecond at 10,000 requests a second. */
const CROSSINGS_PER_MS = 10;
const SUBJECT = `cn-mobile:${MOBILE}`;

const { values } = parseArgs({
  options: {
    sizes: { type: "string", default: "1,8,64" },
    rounds: { type: "string", default: "5" },
    ms: { type: "string", default: "200" },
    dist: { type: "string", default: "dist" },
    help: { type: "boolean", default: false },
  },
});
if (values.help) {
  console.log(HELP);
} else {
  await main();
}

async function main() {
  const dir = mkdtempSync(join(tmpdir(), "yumen-stages-"));
  try {
    const builds = [];
    for (const dist of values.dist.split(",")) builds.push(await openBuild(dist, dir));
    console.log("KB    body   build".padEnd(30), ...STAGES.map((name) => name.padStart(8)), "garbage".padStart(9));
    for (const kilobytes of values.sizes.split(",").map(Number))
      for (const variant of ["plain", "pi"]) compare(builds, kilobytes, variant);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function compare(builds, kilobytes, variant) {
  const runs = builds.map((build) => stagesOf(build, chatBody(kilobytes * 1024, variant)));
  const best = runs.map((run) => run.map(() => Number.POSITIVE_INFINITY));
  for (let round = 0; round < Number(values.rounds); round++)
    for (let stage = 0; stage < STAGES.length; stage++)
      for (let build = 0; build < builds.length; build++)
        best[build][stage] = Math.min(best[build][stage], measure(runs[build][stage]));
  builds.forEach(({ dist }, i) => {
    const name = `${String(kilobytes).padEnd(5)} ${variant.padEnd(6)} ${dist.slice(-17)}`.padEnd(30);
    console.log(name, ...best[i].map((us) => us.toFixed(2).padStart(8)), garbage(runs[i]).padStart(9));
  });
}

/** @returns µs a call */
function measure(call) {
  for (const until = performance.now() + Number(values.ms) / 4; performance.now() < until; ) call();
  const start = performance.now();
  let calls = 0;
  let spent = 0;
  for (; spent < Number(values.ms); spent = performance.now() - start) for (let i = 0; i < 20; i++, calls++) call();
  return (spent * 1000) / calls;
}

/** What one inspect and one judge leave on V8's heap. The median, because now and then the collector comes between. */
function garbage([, , inspect, , judge]) {
  const left = Array.from({ length: 15 }, () => {
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < 20; i++) inspect();
    for (let i = 0; i < 20; i++) judge();
    return (process.memoryUsage().heapUsed - before) / 20 / 1024;
  });
  return `${left.sort((a, b) => a - b)[7].toFixed(1)} KB`;
}

async function openBuild(dist, dir) {
  const from = (path) => import(pathToFileURL(resolve(ROOT, dist, path)).href);
  const home = mkdtempSync(join(dir, "build-"));
  mkdirSync(join(home, "policy"));
  for (const [name, text] of Object.entries(policyFiles("full", "http://127.0.0.1:1")))
    writeFileSync(join(home, "policy", name), text);
  const { loadLawData } = await from("io/law-data.js");
  const { loadPolicy } = await from("io/policy/load.js");
  const { openKeys } = await from("io/keys.js");
  const { policy } = await loadPolicy(join(home, "policy"), { law: loadLawData(join(ROOT, "policies/law")) });
  const { keys } = await openKeys(join(home, "keys"));
  const stages = Object.assign(
    {},
    ...(await Promise.all(["gate.js", "decode/decode.js", "find/find.js", "decide/decide.js"].map(from))),
  );
  return { dist, policy, keys, stages };
}

/** The calls of STAGES, in that order. */
function stagesOf({ policy, keys, stages }, body) {
  const arrival = arrivalOf(body);
  const { limits } = policy.destinations.get("openai");
  const headers = arrival.headers;
  const doc = stages.decode(arrival, headers, limits);
  const first = stages.inspect(arrival, policy, keys);
  if ("stopped" in first) throw new Error(`the body was stopped: ${first.stopped.code}`);
  const facts = factsOf(first.ask.identifiers);
  const judged = stages.judge(first, facts, keys);
  if (judged.decision.action !== "forward") throw new Error(`the crossing was not forwarded: ${judged.decision.rule}`);
  let calls = 0;
  const now = () => arrival.atMs + Math.floor(calls++ / CROSSINGS_PER_MS);
  return [
    () => stages.decode(arrival, headers, limits),
    () => stages.find(doc, policy.profile),
    () => stages.inspect({ ...arrival, atMs: now() }, policy, keys),
    () => stages.decide({ ...judged.case, at: new Date(now()).toISOString() }),
    () => stages.judge({ ...first, arrival: { ...arrival, atMs: now() } }, facts, keys),
  ];
}

function arrivalOf(body) {
  return {
    id: "dec_01JZ0000000000000000000000",
    atMs: Date.UTC(2026, 8, 1, 4),
    method: "POST",
    target: "/v1/chat/completions",
    destination: "openai",
    headers: ["content-type", "application/json", "accept", "*/*", "user-agent", "OpenAI/Python 1.99.1"],
    body,
    contentType: "application/json",
    contentEncoding: "",
    caller: "bench",
    asserted: { subject: SUBJECT, purpose: null, conversation: null, exporter: null },
    language: "zh",
  };
}

/** What the stores would say: everybody consented, is counted, and nobody has another name. */
function factsOf(identifiers) {
  const consent = {
    receipt: "rcp_bench",
    recipient: "openai",
    purpose: "customer-service",
    granted: true,
    separate: true,
    guardian: false,
    sensitiveNotice: false,
    types: ["cn-mobile", "person", "email"],
    sensitiveTypes: [],
    notice: { id: "notice-openai", version: "2026-05" },
    givenAt: "2026-06-15T00:00:00.000Z",
    withdrawnAt: null,
    validUntil: null,
  };
  const counted = { nonSensitive: true, sensitive: false, gross: true };
  return {
    people: new Map(identifiers.map((person) => [person, { person, counted, consent }])),
    counts: { nonSensitive: 1, sensitive: 0, gross: 1 },
    asOf: "1",
    stale: false,
  };
}
