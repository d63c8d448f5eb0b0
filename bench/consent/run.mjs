// The consent bench: a file of consents imported by `yumen consent import` into a gate as it is deployed, on the
// checkout's disk, every record durable and in the ledger before it is told; then what reading a state costs. Law of
// this file: at the end each line must be found in the store; a figure of an import that lost one is no figure.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { CORES, spawnOn } from "../child.mjs";
import { cpuMsOf } from "../cpu.mjs";
import { policyFiles } from "../policies.mjs";
import { circumstances, cpuName, REPORT, writeResults, writeSection } from "../sections.mjs";
import { barsMet, sectionOf, worded } from "./report.mjs";

const ROOT = join(import.meta.dirname, "../..");
const PROGRAM = join(ROOT, "bin/yumen.mjs");
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

const mobileOf = (n) => `139${n.toString().padStart(8, "0")}`;

async function writeInput(folder, records) {
  const file = createWriteStream(join(folder, "crm.csv"));
  file.write("tel,separate,day,version\n");
  for (let n = 0; n < records; ) {
    let text = "";
    for (const end = Math.min(n + 10_000, records); n < end; n++)
      text += `${mobileOf(n)},是,2026-06-${16 + (n % 10)},2026-05\n`;
    if (!file.write(text)) await once(file, "drain");
  }
  file.end();
  await once(file, "finish");
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
  const [policies, data] = [join(folder, "policies"), join(folder, "data")];
  mkdirSync(policies);
  for (const [name, text] of Object.entries(policyFiles("full", "http://127.0.0.1:9")))
    writeFileSync(join(policies, name), text);
  const ports = ["--port", "0", "--admin-port", "0"];
  const args = [PROGRAM, "start", "--policies", policies, "--data", data, ...ports, "--log-level", "error"];
  // not pinned: the thread that writes to the disk has the other core, as it would have there
  const gate = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const gone = once(gate, "exit");
  const { admin } = await readyLine(gate);
  const cpuMsBefore = cpuMsOf(gate.pid);
  const samples = [];
  const sampling = setInterval(() => samples.push(memoryOf(gate.pid)), SAMPLE_MS);
  const startedMs = performance.now();
  const importing = ["consent", "import", join(folder, "crm.csv"), "--mapping", join(folder, "map.yaml")];
  const told = await run([...importing, "--admin", admin, "--data", data, "--json"]);
  const ms = performance.now() - startedMs;
  clearInterval(sampling);
  samples.push(memoryOf(gate.pid));
  const cpuUs = ((cpuMsOf(gate.pid) - cpuMsBefore) * 1_000) / records;
  gate.kill("SIGTERM");
  await gone;
  if (told.added !== records) throw new Error(`${records} lines, ${told.added} recorded`);
  const storeBytes = statSync(join(data, "store/stores.mdb")).size;
  return { ms, recordsPerSecond: (records / ms) * 1_000, cpuUs, storeBytes, memory: memoryOver(samples) };
}

async function readyLine(gate) {
  for await (const line of createInterface({ input: gate.stdout }))
    if (line.startsWith('{"ready":true')) return JSON.parse(line);
  throw new Error("the gate ended before it was ready");
}

async function run(args) {
  const child = spawnOn(CORES.load, process.execPath, [PROGRAM, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  let last = "{}";
  createInterface({ input: child.stdout }).on("line", (line) => {
    last = line;
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`the import ended with ${code}`);
  return JSON.parse(last);
}

/** MiB. `anon`: its own; `file`: pages of the store that are mapped, which the system takes back when it needs them. */
function memoryOf(pid) {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const of = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0) / 1_024;
  return { anon: of("RssAnon"), file: of("RssFile") };
}

/** The highest of the second quarter against the highest of the last one. */
function memoryOver(samples) {
  const highest = (from, to) => Math.max(...samples.slice(from, to).map(({ anon }) => anon));
  const quarter = Math.max(Math.floor(samples.length / 4), 1);
  const early = highest(quarter, quarter * 2 + 1);
  return { earlyMb: early, lateMb: highest(-quarter, undefined), mappedMb: samples.at(-1).file };
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
