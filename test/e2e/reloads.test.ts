// Hot reload under load: a hundred policies are put in the place of one another while crossings go on, ten of them
// broken. Law: every crossing is judged, answered and recorded under one policy, whole, that was good; a bad one
// changes nothing and is heard of, in the log and in the metrics.

import { mkdirSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { cp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readConfig } from "../../src/io/config.ts";
import { loadLawData } from "../../src/io/law-data.ts";
import { readEntries } from "../../src/io/ledger/read.ts";
import { type Overseas, startOverseas } from "../../src/io/overseas/overseas.ts";
import { loadPolicy } from "../../src/io/policy/load.ts";
import { type Running, run } from "../../src/main.ts";
import type { Entry } from "../../src/words.ts";

const RELOADS = 100;
const BROKEN_EACH = 10;
const SENDERS = 4;

const root = mkdtempSync(join(tmpdir(), "yumen-reloads-"));
const policies = join(root, "policies");
const logged: { readonly code?: string; readonly msg?: string }[] = [];
let overseas: Overseas;
let gate: Running;

/** The n-th policy names its rule and its limit after itself: half of one and half of another would show. */
function policyText(n: number): string {
  const demo = readFileSync("policies/demo/yumen.yaml", "utf8").replaceAll(/\$\{overseas[^}]*\}/g, overseas.url);
  return demo
    .replace("- id: no-pi\n", `- id: no-pi-${n}\n`)
    .replace("maxNonSensitive: 500000", `maxNonSensitive: ${n}`);
}

function put(text: string): void {
  writeFileSync(join(policies, "next"), text);
  renameSync(join(policies, "next"), join(policies, "yumen.yaml"));
}

beforeAll(async () => {
  mkdirSync(policies);
  await cp("policies/demo/papers", join(policies, "papers"), { recursive: true });
  overseas = await startOverseas({ port: 0 });
  put(policyText(0));
  const log = pino({ level: "info" }, { write: (line: string) => void logged.push(JSON.parse(line)) });
  const flags = {
    policies,
    data: join(root, "data"),
    port: "0",
    adminPort: "0",
    pretty: "false",
    durability: "batched",
  };
  gate = await run(readConfig(flags, {}), log);
});

afterAll(async () => {
  await gate.close();
  await overseas.close();
  await rm(root, { recursive: true, force: true });
});

interface Seen {
  readonly id: string;
  readonly policy: string;
  readonly rule: string;
}

async function ask(): Promise<Seen> {
  const response = await fetch(`http://127.0.0.1:${gate.port}/openai/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model: "m", messages: [{ role: "user", content: "你好" }] }),
  });
  expect(response.status).toBe(200);
  await response.arrayBuffer();
  const of = (name: string) => response.headers.get(`x-yumen-${name}`)!;
  return { id: of("decision"), policy: of("policy"), rule: of("rule") };
}

/** What is in force once the folder was read: its hash, and the rule by its own name. */
async function hashOf(text: string): Promise<string> {
  const dir = join(root, "alone");
  await cp(policies, dir, { recursive: true });
  writeFileSync(join(dir, "yumen.yaml"), text);
  const loaded = await loadPolicy(dir, { law: loadLawData("policies/law") });
  if (!loaded.ok) throw new Error("a good policy does not load");
  return loaded.policy.hash;
}

test("100 reloads under load, 10 of them broken", { timeout: 120_000 }, async () => {
  const seen: Seen[] = [];
  let done = false;
  const sender = async () => {
    while (!done) seen.push(await ask());
  };
  const senders = Array.from({ length: SENDERS }, sender);
  const good = new Map([[await hashOf(policyText(0)), "no-pi-0"]]);
  for (let n = 1; n <= RELOADS; n++) {
    const text = policyText(n);
    const broken = n % BROKEN_EACH === 0;
    put(broken ? text.replace("action: pseudonymize", "acton: pseudonymize") : text);
    if (!broken) good.set(await hashOf(text), `no-pi-${n}`);
    const before = seen.length;
    await gate.reload();
    expect((await ask()).rule).toBe(`no-pi-${broken ? n - 1 : n}`);
    for (let waits = 0; seen.length === before && waits < 1_000; waits++) await ask();
  }
  done = true;
  await Promise.all(senders);

  expect(good.size).toBe(1 + RELOADS - RELOADS / BROKEN_EACH);
  expect(seen.length).toBeGreaterThan(RELOADS);
  for (const { policy, rule } of seen) expect(good.get(policy)).toBe(rule);
  expect(new Set(seen.map(({ policy }) => policy)).size).toBeGreaterThan(RELOADS / 2);

  const invalid = logged.filter(({ code }) => code === "policy_invalid");
  expect(invalid.length).toBeGreaterThanOrEqual(RELOADS / BROKEN_EACH);
  const metrics = await (await fetch(`http://127.0.0.1:${gate.adminPort}/metrics`)).text();
  const failed = Number(/^yumen_policy_reloads_total\{result="failed"\} (\d+)$/m.exec(metrics)![1]);
  expect(failed).toBe(invalid.length);
  await recordedAs(seen);
});

/** The ledger says of each crossing what its answer said, and of each change of policy from what to what. */
async function recordedAs(seen: readonly Seen[]): Promise<void> {
  const entries: Entry[] = [];
  for await (const { entry } of readEntries(join(root, "data/ledger"))) entries.push(JSON.parse(entry.toString()));
  const crossings = new Map(entries.flatMap((one) => (one.kind === "crossing" ? [[one["id"], one["policy"]]] : [])));
  for (const { id, policy } of seen) expect(crossings.get(id)).toBe(policy);
  const changes = entries.filter(({ kind }) => kind === "policy_change");
  expect(changes.length).toBe(RELOADS - RELOADS / BROKEN_EACH);
  for (const [i, change] of changes.entries()) if (i > 0) expect(change["from"]).toBe(changes[i - 1]!["to"]);
}
