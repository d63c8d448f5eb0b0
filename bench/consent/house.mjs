// A gate and an importer as processes of their own, for the consent benches. Law of this file: what is started here is
// ended by whoever started it, by its own handle.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { CORES, spawnOn } from "../child.mjs";
import { policyFiles } from "../policies.mjs";

export const ROOT = join(import.meta.dirname, "../..");
const PROGRAM = join(ROOT, "bin/yumen.mjs");

export const mobileOf = (n) => `139${n.toString().padStart(8, "0")}`;

/** The table that is imported. @param lineOf the n-th record, without its line's end. */
export async function writeTable(folder, head, records, lineOf) {
  const file = createWriteStream(join(folder, "crm.csv"));
  file.write(`${head}\n`);
  for (let n = 0; n < records; ) {
    let text = "";
    for (const end = Math.min(n + 10_000, records); n < end; n++) text += `${lineOf(n)}\n`;
    if (!file.write(text)) await once(file, "drain");
  }
  file.end();
  await once(file, "finish");
}

/** The policies that the gates of this folder run on. */
export function writePolicies(folder) {
  mkdirSync(join(folder, "policies"));
  for (const [name, text] of Object.entries(policyFiles("full", "http://127.0.0.1:9")))
    writeFileSync(join(folder, "policies", name), text);
}

/** Not pinned: the thread that writes to the disk has the other core, as it would have there. */
export async function startGate(folder) {
  const data = join(folder, "data");
  const ports = ["--port", "0", "--admin-port", "0"];
  const args = [
    PROGRAM,
    "start",
    "--policies",
    join(folder, "policies"),
    "--data",
    data,
    ...ports,
    "--log-level",
    "error",
  ];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const gone = once(child, "exit");
  const { admin } = await readyLine(child);
  const end = async (signal) => {
    child.kill(signal);
    await gone;
  };
  return { pid: child.pid, admin, data, end };
}

async function readyLine(gate) {
  for await (const line of createInterface({ input: gate.stdout }))
    if (line.startsWith('{"ready":true')) return JSON.parse(line);
  throw new Error("the gate ended before it was ready");
}

/** An import of the folder's file. `ended`: its exit code (null: killed) and the last that it told. */
export function startImport(folder, { admin, data }, stderr = "inherit") {
  const what = ["consent", "import", join(folder, "crm.csv"), "--mapping", join(folder, "map.yaml")];
  const args = [PROGRAM, ...what, "--admin", admin, "--data", data, "--json"];
  const child = spawnOn(CORES.load, process.execPath, args, { stdio: ["ignore", "pipe", stderr] });
  let last = "{}";
  createInterface({ input: child.stdout }).on("line", (line) => {
    last = line;
  });
  const ended = once(child, "close").then(([code]) => ({ code, told: JSON.parse(last) }));
  return { pid: child.pid, ended, kill: () => child.kill("SIGKILL") };
}

/** Any program of ours, to its end. @returns exit code */
export async function run(...args) {
  const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ["ignore", "ignore", "inherit"] });
  const [code] = await once(child, "close");
  return code;
}

/** MiB. `anon`: its own; `file`: pages of the store that are mapped, which the system takes back when it needs them. */
export function memoryOf(pid) {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const of = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0) / 1_024;
  return { anon: of("RssAnon"), file: of("RssFile") };
}

/** The highest of the second quarter against the highest of the last one. */
export function memoryOver(samples) {
  const highest = (from, to) => Math.max(...samples.slice(from, to).map(({ anon }) => anon));
  const quarter = Math.max(Math.floor(samples.length / 4), 1);
  const early = highest(quarter, quarter * 2 + 1);
  return { earlyMb: early, lateMb: highest(-quarter, undefined), mappedMb: samples.at(-1).file };
}
