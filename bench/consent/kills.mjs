// An import that is killed twice, once the importer and once the gate, and run to its end by the same command. Law of
// this file: it is well only if every line is there once, each state is what its line says, the ledger is whole, and
// neither process grew.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import {
  memoryOf,
  memoryOver,
  mobileOf,
  ROOT,
  run,
  startGate,
  startImport,
  writePolicies,
  writeTable,
} from "./house.mjs";

const SAMPLE_MS = 200;
const GROWN_MB_MAX = 64;
/** Lines of a piece: an entry in the ledger each. */
const PIECE_LINES = 256;
/** Of the lines, sent in that run when it is killed. */
const KILLED_AT = { importer: 0.35, gate: 0.7 };

const isWithdrawal = (n) => n % 7 === 3;

/** @param {{ records: number, json: boolean }} options @returns exit code */
export async function benchKills({ records, json }) {
  mkdirSync(join(ROOT, "bench/.out"), { recursive: true });
  const folder = mkdtempSync(join(ROOT, "bench/.out/kills-"));
  try {
    await writeInput(folder, records);
    writePolicies(folder);
    const runs = await importThrice(folder, records);
    const found = await lookAt(join(folder, "data"), records);
    const verified = (await run("verify", join(folder, "data/ledger"))) === 0;
    const results = { records, ...runs, ...found, verified };
    const faults = faultsOf(results);
    process.stdout.write(json ? `${JSON.stringify({ ...results, faults }, null, 2)}\n` : worded(results, faults));
    return faults.length === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function writeInput(folder, records) {
  await writeTable(
    folder,
    "tel,status,day",
    records,
    (n) => `${mobileOf(n)},${isWithdrawal(n) ? "否" : "是"},2026-06-${16 + (n % 10)}`,
  );
  writeFileSync(
    join(folder, "map.yaml"),
    `exporter: bench-retail
subject: { at: tel, type: cn-mobile }
recipient: openai
purpose: customer-service
action: { at: status, values: { 是: grant, 否: withdraw } }
separate: true
types: [cn-mobile]
givenAt: { at: day, format: YYYY-MM-DD }
`,
  );
}

async function importThrice(folder, records) {
  const startedMs = performance.now();
  let gate = await startGate(folder);
  try {
    const first = startImport(folder, gate);
    await piecesSent(gate, (records * KILLED_AT.importer) / PIECE_LINES);
    first.kill();
    const importerKilled = (await first.ended).code === null;

    // of its complaint that the gate is gone nobody need read here
    const second = startImport(folder, gate, "ignore");
    await piecesSent(gate, (records * KILLED_AT.gate) / PIECE_LINES);
    await gate.end("SIGKILL");
    const gateMissed = (await second.ended).code === 2;

    gate = await startGate(folder);
    const third = startImport(folder, gate);
    const samples = { gate: [], importer: [] };
    const sampling = setInterval(() => {
      samples.gate.push(memoryOf(gate.pid));
      samples.importer.push(memoryOf(third.pid));
    }, SAMPLE_MS);
    const { code, told } = await third.ended;
    clearInterval(sampling);
    const memory = { gate: memoryOver(samples.gate), importer: memoryOver(samples.importer.slice(0, -1)) };
    return { importerKilled, gateMissed, code, told, memory, seconds: (performance.now() - startedMs) / 1_000 };
  } finally {
    await gate.end("SIGTERM");
  }
}

/** From now on. */
async function piecesSent(gate, pieces) {
  const entries = async () => {
    const text = await (await fetch(`${gate.admin}/metrics`)).text();
    return Number(/^yumen_ledger_entries(?:\{[^}]*\})? (\d+)/m.exec(text)?.[1] ?? 0);
  };
  const before = await entries();
  while ((await entries()) < before + pieces) await pause(25);
}

/** Every line, by what the store holds of its person. */
async function lookAt(data, records) {
  const { readLmdbStores } = await import(join(ROOT, "dist/io/stores/lmdb/read.js"));
  const { readKeys } = await import(join(ROOT, "dist/io/keys.js"));
  const keys = readKeys(join(data, "keys"));
  const { consent, close } = await readLmdbStores(join(data, "store"));
  const events = Number(consent.cursor());
  let [once, wrong] = [0, 0];
  for (let n = 0; n < records; n++) {
    const person = keys.person("bench-retail", "cn-mobile", mobileOf(n));
    if (consent.history("bench-retail", person).length === 1) once += 1;
    const state = consent.state("bench-retail", person, "openai", "customer-service");
    if (state?.granted !== !isWithdrawal(n)) wrong += 1;
  }
  await close();
  return { events, once, wrong };
}

function faultsOf({ records, importerKilled, gateMissed, code, told, memory, events, once, wrong, verified }) {
  const grown = ({ earlyMb, lateMb }) => lateMb - earlyMb > GROWN_MB_MAX;
  return [
    ...(importerKilled ? [] : ["the importer was at its end before it was killed"]),
    ...(gateMissed ? [] : ["the import did not end with 2 when its gate was killed"]),
    ...(code === 0 ? [] : [`the last run ended with ${code}`]),
    ...(told.lines === records && told.known > 0 && told.added > 0 ? [] : ["the last run resumed nothing"]),
    ...(events === records && once === records ? [] : [`${events} events, ${once} lines there once`]),
    ...(wrong === 0 ? [] : [`${wrong} states are not what their line says`]),
    ...(verified ? [] : ["the ledger does not verify"]),
    ...(grown(memory.gate) || grown(memory.importer) ? ["memory grew"] : []),
  ];
}

function worded({ records, told, memory, seconds, events, once, wrong, verified }, faults) {
  const grown = ({ earlyMb, lateMb }) => `${earlyMb.toFixed(0)} to ${lateMb.toFixed(0)} MiB`;
  return `${records} records, the importer killed, then the gate, then run to the end: ${seconds.toFixed(0)} s
last run         ${told.known} known already, ${told.added} recorded
events           ${events}; lines there once ${once}; states that are wrong ${wrong}
ledger           ${verified ? "verifies" : "does not verify"}
own memory       gate ${grown(memory.gate)}, importer ${grown(memory.importer)}
${faults.length === 0 ? "well" : `not well: ${faults.join("; ")}`}
`;
}
