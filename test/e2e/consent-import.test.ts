// An import of 100,000 lines, the importer killed, then the gate killed, then run to its end: the state is that of an
// import that nobody disturbed, and every line is there once.

import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, expect, test } from "vitest";
import { readKeys } from "../../src/io/keys.ts";
import { readLmdbStores } from "../../src/io/stores/lmdb/read.ts";
import { freshData, type Gate, ROOT, startGate } from "./gate.ts";

const LINES = 100_000;
const data = freshData();
const undisturbed = freshData();
afterAll(() => {
  for (const dir of [data, undisturbed]) rmSync(dir, { recursive: true, force: true });
});

const MAPPING = `
exporter: example-retail
subject: { at: tel, type: cn-mobile }
recipient: openai
purpose: customer-service
action: { at: status, values: { 是: grant, 否: withdraw } }
separate: true
types: [cn-mobile]
givenAt: { at: day, format: YYYY-MM-DD }
`;
/** Every tenth person three times, two of them within one day: what stands in the end is a matter of ties too. */
const mobileOf = (n: number) => `139${(n - (n % 10 >= 8 ? n % 10 : 0)).toString().padStart(8, "0")}`;
const rowOf = (n: number) => `${mobileOf(n)},${n % 7 === 3 ? "否" : "是"},2026-06-${16 + (n % 4)}`;
const DISTINCT = new Set(Array.from({ length: LINES }, (_, n) => rowOf(n))).size;

const inputs = join(data, "inputs");
mkdirSync(inputs);
const [file, map] = [join(inputs, "crm.csv"), join(inputs, "map.yaml")];
writeFileSync(file, ["tel,status,day", ...Array.from({ length: LINES }, (_, n) => rowOf(n))].join("\n"));
writeFileSync(map, MAPPING);

interface Told {
  readonly lines: number;
  readonly added: number;
  readonly known: number;
  readonly rejected: number;
  readonly done: boolean;
}

/** Runs an import; `disturb` is handed the process once the gate has recorded so many pieces. */
async function runImport(gate: Gate, disturb?: (kill: () => void) => void, pieces = 0) {
  const args = ["consent", "import", file, "--mapping", map, "--admin", gate.admin, "--data", gate.data, "--json"];
  const child = spawn(process.execPath, [join(ROOT, "bin/yumen.mjs"), ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const told: Told[] = [];
  let errors = "";
  createInterface({ input: child.stdout }).on("line", (line) => told.push(JSON.parse(line) as Told));
  child.stderr.on("data", (chunk: Buffer) => {
    errors += chunk;
  });
  if (disturb !== undefined) void recorded(gate, pieces).then(() => disturb(() => child.kill("SIGKILL")));
  const code = await new Promise<number | null>((done) => child.once("close", done));
  return { code, last: told.at(-1), errors };
}

/** Of some hundred lines each, from now on: an entry in the ledger. */
async function recorded(gate: Gate, pieces: number): Promise<void> {
  const figure = async () => {
    const text = await (await fetch(`${gate.admin}/metrics`)).text();
    return Number(/^yumen_ledger_entries(?:\{[^}]*\})? (\d+)/m.exec(text)?.[1] ?? 0);
  };
  const before = await figure();
  while ((await figure()) < before + pieces) await new Promise((done) => setTimeout(done, 5));
}

async function statesIn(dir: string) {
  const stores = await readLmdbStores(join(dir, "store"));
  const keys = readKeys(join(dir, "keys"));
  const states = Array.from({ length: LINES }, (_, n) => {
    const key = keys.person("example-retail", "cn-mobile", mobileOf(n));
    const state = stores.consent.state("example-retail", key, "openai", "customer-service");
    return { ...state, receipt: "", events: stores.consent.history("example-retail", key).length };
  });
  const cursor = Number(stores.consent.cursor());
  await stores.close();
  return { states, cursor };
}

test("killed twice, run again: the state of an undisturbed import, each line once", { timeout: 300_000 }, async () => {
  let gate = await startGate(data);
  const cut = await runImport(gate, (kill) => kill(), 100);
  expect(cut.code).toBeNull();
  expect(existsSync(`${file}.unfinished.json`)).toBe(true);

  const alone = await runImport(gate, () => void gate.kill(), 250);
  expect(alone.code).toBe(2);
  expect(alone.errors).toMatch(/run it again|is the gate running/);

  gate = await startGate(data);
  const last = await runImport(gate);
  expect(last).toMatchObject({ code: 0, last: { lines: LINES, rejected: 0, changed: false, done: true } });
  expect(last.last!.known).toBeGreaterThan(0);
  expect(last.last!.added).toBeGreaterThan(0);
  expect(existsSync(`${file}.unfinished.json`)).toBe(false);
  const again = await runImport(gate);
  expect(again).toMatchObject({ code: 0, last: { added: 0, known: LINES } });
  expect(await gate.stop()).toBe(0);

  gate = await startGate(undisturbed);
  expect(await runImport(gate)).toMatchObject({ code: 0, last: { added: DISTINCT, known: LINES - DISTINCT } });
  await gate.stop();
  const [disturbed, quiet] = [await statesIn(data), await statesIn(undisturbed)];
  expect(disturbed.states).toEqual(quiet.states);
  expect(disturbed.cursor).toBe(quiet.cursor);

  for (const dir of [data, undisturbed]) {
    const entries = readFileSync(join(dir, "ledger", "checkpoint"), "utf8");
    expect(entries).not.toMatch(/139\d{8}/);
  }
});
