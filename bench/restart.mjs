// How long a gate takes to come back after kill -9: from spawn to the ready line, with thousands of entries that no
// checkpoint covers. Law of this file: what is timed is the program as it is deployed, on the checkout's disk, and at
// the end `yumen verify` must find every entry; a figure of a ledger that lost one is no figure.

import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { CORES, spawnOn } from "./child.mjs";
import { cpuMsOf } from "./cpu.mjs";
import { policyFiles } from "./policies.mjs";
import { circumstances, circumstancesLine, cpuName, REPORT, writeResults, writeSection } from "./sections.mjs";

const ROOT = join(import.meta.dirname, "..");
const PROGRAM = join(ROOT, "bin/yumen.mjs");
const BAR_MS = 1000;

/** @param {{ entries: number, rounds: number, json: boolean, official: boolean }} options @returns exit code */
export async function bench({ entries, rounds, json, official }, command) {
  mkdirSync(join(ROOT, "bench/.out"), { recursive: true });
  const folder = mkdtempSync(join(ROOT, "bench/.out/restart-"));
  const about = circumstances(command);
  try {
    const gate = gateIn(folder);
    await (await gate.start()).stop(); // makes keys, stores and ledger
    const [killed, clean] = [[], []];
    for (let round = 0; round < rounds; round++) {
      const tail = await fill(gate.data, entries, round * entries);
      const back = await gate.start();
      killed.push({ ms: back.ms, cpuMs: back.cpuMs, entries: tail.size - tail.signed, bytes: tail.bytes });
      await back.stop();
      const again = await gate.start();
      clean.push({ ms: again.ms, cpuMs: again.cpuMs });
      await again.kill();
    }
    const verified = verify(join(gate.data, "ledger"), rounds * entries);
    const results = { ...about, entries, rounds: { killed, clean }, ...summary(killed, clean), verified };
    tell(results, { json, official });
    return results.killed.ms < BAR_MS ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function gateIn(folder) {
  const [policies, data] = [join(folder, "policies"), join(folder, "data")];
  mkdirSync(policies);
  for (const [name, text] of Object.entries(policyFiles("full", "http://127.0.0.1:9")))
    writeFileSync(join(policies, name), text);
  const ports = ["--port", "0", "--admin-port", "0"];
  const args = [PROGRAM, "start", "--policies", policies, "--data", data, ...ports, "--log-level", "warn"];
  return { data, start: () => ready(args) };
}

/** @returns {Promise<{ ms: number, cpuMs: number, stop: () => Promise<void>, kill: () => Promise<void> }>} */
async function ready(args) {
  const startedMs = performance.now();
  const child = spawnOn(CORES.target, process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  const [ms, cpuMs] = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (line.startsWith('{"ready":true')) resolve([performance.now() - startedMs, cpuMsOf(child.pid)]);
    });
    void gone.then((code) => reject(new Error(`the gate ended with ${code} before it was ready`)));
  });
  const end = async (signal) => {
    child.kill(signal);
    await gone;
  };
  return { ms, cpuMs, stop: () => end("SIGTERM"), kill: () => end("SIGKILL") };
}

/** Writes entries in a process of their own, with no checkpoint, and kills it. @returns what its ledger was then */
async function fill(data, entries, from) {
  const child = spawn(process.execPath, [join(ROOT, "bench/restart-fill.mjs"), data, entries, from].map(String), {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  const tail = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once("line", (line) => resolve(JSON.parse(line)));
    void gone.then((code) => reject(new Error(`the writer ended with ${code}`)));
  });
  child.kill("SIGKILL");
  await gone;
  if (tail.size - tail.signed < entries) throw new Error("a checkpoint covers some of what was written");
  const segments = join(data, "ledger/segment");
  const bytes = readdirSync(segments).reduce((sum, name) => sum + statSync(join(segments, name)).size, 0);
  return { ...tail, bytes };
}

function verify(ledger, entriesMin) {
  const done = spawnSync(process.execPath, [PROGRAM, "verify", ledger, "--json"], { encoding: "utf8" });
  const { ok, size, tail } = JSON.parse(done.stdout);
  if (!ok || size + tail < entriesMin) throw new Error(`the ledger does not verify: ${done.stdout.slice(0, 500)}`);
  return { size, tail };
}

function summary(killed, clean) {
  const middle = (rows, name) => rows.map((row) => row[name]).sort((a, b) => a - b)[rows.length >> 1];
  const figures = (rows) => ({ ms: middle(rows, "ms"), cpuMs: middle(rows, "cpuMs"), worstMs: worst(rows) });
  return { killed: figures(killed), clean: figures(clean) };
}

function worst(rows) {
  return Math.max(...rows.map(({ ms }) => ms));
}

function tell(results, { json, official }) {
  process.stdout.write(json ? `${JSON.stringify(results, null, 2)}\n` : `${tableOf(results)}\n`);
  if (!official) return;
  const path = writeResults(`restart/${results.date.slice(0, 10)}-${cpuName()}.json`, results);
  writeSection(REPORT, "restart", sectionOf(results));
  process.stderr.write(`written: ${path} ${REPORT}\n`);
}

function tableOf({ rounds, killed, clean }) {
  const { entries, bytes } = rounds.killed[0];
  const tail = `${entries.toLocaleString("en")} entries (${(bytes / 2 ** 20).toFixed(1)} MiB) behind the checkpoint`;
  const row = (what, { ms, worstMs, cpuMs }) =>
    `| ${what} | ${[ms, worstMs, cpuMs].map((figure) => Math.round(figure)).join(" | ")} |`;
  return `| start | median ms | worst ms | CPU ms |
| ----- | --------: | -------: | -----: |
${row(`after kill -9, ${tail}`, killed)}
${row("after SIGTERM, nothing behind it", clean)}`;
}

/** Of the machine: with others on its cores a wait is no figure, the CPU time is. */
function warning({ machine: { loadBefore, cores } }) {
  return loadBefore < cores / 4
    ? ""
    : ` **Load average ${loadBefore.toFixed(1)} before the run: run it again on a quiet machine.**`;
}

/** @param {object} results of a run @returns {string} the section of REPORT.md */
export function sectionOf(results) {
  return `# Restart

${circumstancesLine(results)}

${tableOf(results)}

From the spawn of the process to its ready line: Node's start, policy, stores, the recovery of the ledger with a signed
checkpoint over all of it, warm-up, listening.${warning(results)} Median of ${results.rounds.killed.length} rounds; the bar is ${BAR_MS} ms. In each round a process writes the entries
through the gate's own ledger and is killed; after the last one \`yumen verify\` found all ${results.verified.size.toLocaleString("en")} entries.`;
}
