// The consent bench: a file of consents imported by `yumen consent import` into a gate as it is deployed, on the
// checkout's disk, every record durable and in the ledger before it is told; then what reading a state costs. Law of
// this file: at the end each line must be found in the store; a figure of an import that lost one is no figure.

import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cpuMsOf } from "../cpu.mjs";
import { circumstances, cpuName, REPORT, writeResults, writeSection } from "../sections.mjs";
import { memoryOf, memoryOver, mobileOf, ROOT, startGate, startImport, writePolicies, writeTable } from "./house.mjs";
import { barsMet, sectionOf, worded } from "./report.mjs";

const SAMPLE_MS = 500;

/** @param {{ records: number, json: boolean, official: boolean }} options @returns exit code */
export async function bench({ records, json, official }, command) {
  mkdirSync(join(ROOT, "bench/.out"), { recursive: true });
  const folder = mkdtempSync(join(ROOT, "bench/.out/consent-"));
  const about = circumstances(command);
  try {
    await writeInput(folder, records);
    const imported = await importInto(folder, records);
    const read = await readBack(join(folder, "data"), records);
    const results = { ...about, records, imported, read };
    process.stdout.write(json ? `${JSON.stringify(results, null, 2)}\n` : worded(results));
    if (official) {
      const written = writeResults(`consent/${results.date.slice(0, 10)}-${cpuName()}.json`, results);
      process.stderr.write(`written: ${written} ${REPORT}\n`);
      writeSection(REPORT, "consent", sectionOf(results));
    }
    return barsMet(results) ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function writeInput(folder, records) {
  await writeTable(
    folder,
    "tel,separate,day,version",
    records,
    (n) => `${mobileOf(n)},是,2026-06-${16 + (n % 10)},2026-05`,
  );
  writeFileSync(
    join(folder, "map.yaml"),
    `exporter: bench-retail
subject: { at: tel, type: cn-mobile }
recipient: openai
purpose: customer-service
separate: { at: separate, values: { 是: true, 否: false } }
types: [cn-mobile, person]
notice: { id: notice-openai, version: { at: version } }
givenAt: { at: day, format: YYYY-MM-DD }
`,
  );
}

async function importInto(folder, records) {
  writePolicies(folder);
  const gate = await startGate(folder);
  const cpuMsBefore = cpuMsOf(gate.pid);
  const samples = [];
  const sampling = setInterval(() => samples.push(memoryOf(gate.pid)), SAMPLE_MS);
  const startedMs = performance.now();
  const { code, told } = await startImport(folder, gate).ended;
  const ms = performance.now() - startedMs;
  clearInterval(sampling);
  samples.push(memoryOf(gate.pid));
  const cpuUs = ((cpuMsOf(gate.pid) - cpuMsBefore) * 1_000) / records;
  await gate.end("SIGTERM");
  if (code !== 0) throw new Error(`the import ended with ${code}`);
  if (told.added !== records) throw new Error(`${records} lines, ${told.added} recorded`);
  const storeBytes = statSync(join(gate.data, "store/stores.mdb")).size;
  return { ms, recordsPerSecond: (records / ms) * 1_000, cpuUs, storeBytes, memory: memoryOver(samples) };
}

/** Each person's state: none may be missing. Then timed, at hand and from LMDB. */
async function readBack(data, records) {
  const { readLmdbStores } = await import(join(ROOT, "dist/io/stores/lmdb/read.js"));
  const { readKeys } = await import(join(ROOT, "dist/io/keys.js"));
  const keys = readKeys(join(data, "keys"));
  const { consent, close } = await readLmdbStores(join(data, "store"));
  const person = Array.from({ length: records }, (_, n) => keys.person("bench-retail", "cn-mobile", mobileOf(n)));
  const stateOf = (n) => consent.state("bench-retail", person[n], "openai", "customer-service");
  for (let n = 0; n < records; n++) if (stateOf(n)?.granted !== true) throw new Error(`line ${n + 2} is not there`);
  // a stride without a common divisor: each person once, never one that is at hand
  const far = (n) => (n * 7_919) % records;
  const lmdbUs = usOf(Math.min(records, 200_000), (n) => stateOf(far(n)));
  for (let n = 0; n < 10_000; n++) stateOf(n % records);
  const atHandUs = usOf(1_000_000, (n) => stateOf(n % Math.min(records, 10_000)));
  await close();
  return { lmdbUs, atHandUs };
}

/** µs of CPU of this process, each. */
function usOf(times, action) {
  const before = process.cpuUsage();
  for (let n = 0; n < times; n++) action(n);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / times;
}
