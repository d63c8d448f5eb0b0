// The people bench: what a year of counted people costs to hold, to load and to add to. Law of this file: what is
// measured is the store that the gate opens, on the checkout's disk; a load is that of a process that has just started.

import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { freemem } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { circumstances, cpuName, REPORT, writeResults, writeSection } from "../sections.mjs";
import { sectionOf, worded } from "./report.mjs";

const ROOT = join(import.meta.dirname, "../..");
const NO_LIMIT = { nonSensitive: null, sensitive: null };
const AT_ONCE = 20_000;
const KEY_BYTES = 16;
const [EXPORTER, YEAR, DAY] = ["acme", 2026, "2026-03-01"];
/** Of a person: the table, and the file that LMDB maps, generously. */
const BYTES_A_PERSON = 80;
const CONCURRENT = 64;

/** @param {{ dist: string, sizes: number[], json: boolean, official: boolean }} options @returns exit code */
export async function bench({ dist, sizes, json, official }, command) {
  const most = Math.max(...sizes) * BYTES_A_PERSON;
  if (freemem() < most) throw new Error(`${Math.ceil(most / 1e6)} MB of free memory are wanted`);
  mkdirSync(join(ROOT, "bench/.out"), { recursive: true });
  const folder = mkdtempSync(join(ROOT, "bench/.out/people-"));
  try {
    const module = await import(pathToFileURL(join(resolve(dist), "io/stores/lmdb/stores.js")).href);
    const loads = [];
    for (const people of sizes) {
      const dir = join(folder, String(people));
      const filledMs = await fill(module, dir, people);
      loads.push({ people, filledMs, ...loaded(dist, dir) });
    }
    const admits = await admitting(module, join(folder, String(Math.min(...sizes))));
    const results = { ...circumstances(command), settings: { sizes }, loads, admits };
    process.stdout.write(json ? `${JSON.stringify(results, null, 2)}\n` : worded(results));
    if (official) {
      writeResults(`people/${results.date.slice(0, 10)}-${cpuName()}.json`, results);
      writeSection(REPORT, "people", sectionOf(results));
    }
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns so many people whom nobody has seen, each by one of three recipients. */
function strangers(count) {
  const bytes = randomBytes(KEY_BYTES * count);
  return Array.from({ length: count }, (_, i) => ({
    key: bytes.toString("base64url", i * KEY_BYTES, (i + 1) * KEY_BYTES),
    nonSensitive: true,
    sensitive: i % 10 === 0,
    recipient: `recipient-${i % 3}`,
    by: i % 2 === 0 ? "E7" : "sc-1",
  }));
}

async function fill({ openLmdbStores }, dir, count) {
  const startedMs = performance.now();
  const { people, close } = await openLmdbStores(dir);
  for (let left = count; left > 0; left -= AT_ONCE) await admit(people, strangers(Math.min(left, AT_ONCE)));
  await close();
  return performance.now() - startedMs;
}

/** As the gate does it: counted, then named by an entry, of which the ledger's own bench tells the cost. */
async function admit(people, admissions) {
  await people.admit(EXPORTER, YEAR, admissions, NO_LIMIT, { day: DAY });
  // a store of an older release keeps no account of it
  people.named?.(EXPORTER, YEAR, {
    people: people.toName(
      EXPORTER,
      YEAR,
      admissions.map(({ key }) => key),
    ),
  });
}

/** In a process of its own: what it holds afterwards is what it loaded. */
function loaded(dist, dir) {
  const child = join(import.meta.dirname, "load.mjs");
  const { status, stdout } = spawnSync(process.execPath, ["--expose-gc", child, resolve(dist), dir], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error("a load failed");
  return JSON.parse(String(stdout));
}

async function admitting({ openLmdbStores }, dir) {
  const { people, close } = await openLmdbStores(dir);
  const known = strangers(50_000);
  await admit(people, known);
  const knownUs = [];
  for (let round = 0; round < 9; round++) knownUs.push(await cpuUsOf(people, known));
  const newPerSecond = [];
  for (let round = 0; round < 5; round++) newPerSecond.push(await racing(people, strangers(20_000)));
  await close();
  return { knownUs, newPerSecond };
}

/** One crossing a person, as the gate calls it: µs of CPU each. */
async function cpuUsOf(people, known) {
  const before = process.cpuUsage();
  for (const one of known) await people.admit(EXPORTER, YEAR, [one], NO_LIMIT);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / known.length;
}

/** One crossing a person, so many at a time, each waiting until it is on the disk: people a second. */
async function racing(people, fresh) {
  let next = 0;
  const startedMs = performance.now();
  const one = async () => {
    while (next < fresh.length) await admit(people, [fresh[next++]]);
  };
  await Promise.all(Array.from({ length: CONCURRENT }, one));
  return (fresh.length / (performance.now() - startedMs)) * 1000;
}
