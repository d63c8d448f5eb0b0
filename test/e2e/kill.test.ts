// kill -9 under load, twenty times: the ledger verifies, nothing acknowledged is lost, entries ≥ what the recipient saw,
// and the yearly count holds everybody whose data left.

import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readEntries } from "../../src/io/ledger/read.ts";
import { type Overseas, startOverseas } from "../../src/io/overseas/overseas.ts";
import { chat, freshData, type Gate, startGate, tellOfZhang, yumen } from "./gate.ts";
import { pointPolicies } from "./policies.ts";

const KILLS = 20;
const data = freshData();
let overseas: Overseas;
afterAll(async () => {
  await overseas.close();
  rmSync(data, { recursive: true, force: true });
});

/** Sends until the gate dies. @returns ids that were acknowledged with an answer or a block. */
async function load(gate: Gate): Promise<string[]> {
  const acknowledged: string[] = [];
  const one = async (n: number): Promise<void> => {
    for (let i = 0; ; i++) {
      const blocked = (n + i) % 4 === 0;
      const answer = blocked
        ? chat(gate, "电话 13912345678")
        : chat(gate, "客户电话 13800138000", { subject: "id:zhang" });
      const response = await answer;
      const id = response.headers.get("x-yumen-decision")!;
      expect(response.status).toBe(blocked ? 403 : 200);
      acknowledged.push(id);
      await response.arrayBuffer();
    }
  };
  await Promise.allSettled(Array.from({ length: 8 }, (_, n) => one(n)));
  return acknowledged;
}

async function entriesOf(): Promise<Record<string, unknown>[]> {
  const entries: Record<string, unknown>[] = [];
  for await (const { entry } of readEntries(join(data, "ledger"))) entries.push(JSON.parse(entry));
  return entries;
}

test("kill -9 in a loop of 20 under load loses nothing acknowledged", { timeout: 240_000 }, async () => {
  overseas = await startOverseas({ record: "all" });
  const policies = pointPolicies(data, overseas.url);
  const acknowledged: string[] = [];
  for (let kill = 0; kill < KILLS; kill++) {
    const gate = await startGate(data, ["--policies", policies, "--log-level", "warn"]);
    if (kill === 0) await tellOfZhang(gate);
    const loading = load(gate);
    // somewhere in the middle: each round at another moment
    await new Promise((resolve) => setTimeout(resolve, 60 + ((kill * 37) % 200)));
    await gate.kill();
    acknowledged.push(...(await loading));
  }
  expect(acknowledged.length).toBeGreaterThan(KILLS * 5);
  const gate = await startGate(data, ["--policies", policies, "--log-level", "warn"]);
  expect(await gate.stop()).toBe(0);

  const verified = yumen(["verify", join(data, "ledger"), "--json"]);
  if (verified.code !== 0) console.log(verified.stdout.slice(0, 3000));
  expect([verified.code, verified.stderr]).toEqual([0, ""]);
  const entries = await entriesOf();
  const crossings = entries.filter((entry) => entry["kind"] === "crossing");
  const recorded = new Map(crossings.map((entry) => [entry["id"], entry["action"]]));
  expect(acknowledged.filter((id) => !recorded.has(id))).toEqual([]);
  expect(recorded.size).toBe(crossings.length);
  const left = crossings.filter((entry) => entry["action"] !== "block").length;
  expect(left).toBeGreaterThanOrEqual(overseas.seen.length);
  // One person's data left: every entry says whose, and so the year can be counted again from the ledger alone. `new`
  // is nobody's where the first kill fell between the count, which is durable first, and its entry.
  const counted = crossings.flatMap((entry) => (entry["action"] === "block" ? [] : (entry["people"] as string[])));
  const added = crossings.flatMap((entry) => entry["new"] as string[]);
  expect(new Set(counted).size).toBe(1);
  expect(new Set([...counted, ...added]).size).toBe(1);
});
