// The bench of the gate beside its peers, in one run and one table. Law of this file: targets take turns in rounds and
// medians count, because machines are noisy; a target that fails is a row that says so, never a missing row.

import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { startGenerator } from "./generator.mjs";
import { machine } from "./machine.mjs";
import { reportOf, tableOf } from "./report.mjs";
import { cpuName, writeSection } from "./sections.mjs";

/** Of the slowest target's capacity: busy, but far from where queues build up. */
const OPEN_LOOP_LOAD = 0.4;

const say = (line) => process.stderr.write(`${line}\n`);

/** @param {object} options of optionsOf @returns {Promise<boolean>} whether every target that could run did */
export async function bench(options, command) {
  const generator = await startGenerator();
  const about = machine(options, command);
  const rows = [];
  try {
    for (const size of options.sizes) rows.push(...(await benchSize(size, options, generator)));
  } finally {
    generator.stop();
  }
  const results = { ...about, rows };
  write(results, options);
  process.stdout.write(options.json ? `${JSON.stringify(results, null, 2)}\n` : `${tableOf(results)}\n`);
  return rows.every((row) => row.failed === undefined);
}

async function benchSize(size, options, generator) {
  const entrants = options.targets.map((target) => ({
    target,
    size,
    closed: [],
    open: [],
    failed: target.available(),
  }));
  const missing = entrants.filter((one) => one.failed !== null).map((one) => ({ ...one, missing: true }));
  const racing = () => entrants.filter((one) => one.failed === null);
  const attempt = async (entrant, what) => {
    try {
      await what(entrant);
    } catch (error) {
      entrant.failed = error.message;
      say(`✗ ${entrant.target.name}: ${error.message}`);
    }
  };
  for (const one of racing()) await attempt(one, () => begin(one, size, options, generator));
  try {
    for (let round = 1; round <= options.rounds; round++) {
      for (const one of racing()) await attempt(one, () => closedLoop(one, round, options, generator));
    }
    const rate = Math.floor(
      OPEN_LOOP_LOAD * Math.min(...racing().map((one) => middle(one.closed, "requestsPerSecond"))),
    );
    for (let round = 1; round <= options.rounds; round++) {
      for (const one of racing()) await attempt(one, () => openLoop(one, round, rate, options, generator));
    }
    return entrants.map((one) =>
      rowOf(
        one,
        rate,
        missing.some(({ target }) => target === one.target),
      ),
    );
  } finally {
    for (const one of entrants) await one.running?.stop();
  }
}

async function begin(entrant, size, options, generator) {
  const { target } = entrant;
  entrant.running = await target.start({ upstreamPort: generator.upstreamPort, size });
  const { url, pid, headers } = entrant.running;
  entrant.to = { url, pid, headers, size, variant: target.variant, connections: options.connections };
  const requests = Math.max(1000, Math.min(20_000, Math.floor(options.warmBytes / size)));
  say(`  ${kb(size)}  ${target.name}: warming up with ${requests} requests`);
  await generator.run({ kind: "warm", ...entrant.to, requests });
}

async function closedLoop(entrant, round, options, generator) {
  const result = await generator.run({ kind: "closed", ...entrant.to, seconds: options.seconds });
  entrant.closed.push(result);
  const cpu = result.cpuUs === null ? "" : `, ${result.cpuUs.toFixed(1)} µs CPU`;
  say(
    `  ${kb(entrant.size)}  round ${round}  ${entrant.target.name}: ${Math.round(result.requestsPerSecond)} req/s${cpu}`,
  );
}

async function openLoop(entrant, round, rate, options, generator) {
  const result = await generator.run({ kind: "open", ...entrant.to, seconds: options.seconds, rate });
  entrant.open.push(result);
  const [p50, p99] = [Math.round(result.p50Us), Math.round(result.p99Us)];
  say(`  ${kb(entrant.size)}  round ${round}  ${entrant.target.name}: p50 ${p50} µs, p99 ${p99} µs at ${rate} req/s`);
}

function rowOf({ target, size, closed, open, failed }, openRate, missing) {
  const row = { target: target.name, variant: target.variant, sizeBytes: size };
  if (missing) return { ...row, missing: failed };
  if (failed !== null) return { ...row, failed };
  const figure = (name) => middle(closed, name);
  return {
    ...row,
    requestsPerSecond: figure("requestsPerSecond"),
    cpuUs: figure("cpuUs"),
    busy: figure("busy"),
    generatorBusy: figure("generatorBusy"),
    othersBusy: figure("othersBusy"),
    upstreamBodyBytes: figure("upstreamBodyBytes"),
    openRate,
    p50Us: middle(open, "p50Us"),
    p99Us: middle(open, "p99Us"),
    rounds: { closed, open },
  };
}

/** The median of a figure over the rounds; null where it is not measured. */
function middle(results, name) {
  const sorted = results.map((result) => result[name]).sort((a, b) => a - b);
  if (sorted.length === 0 || sorted.includes(null)) return null;
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

function write(results, { official }) {
  const folder = fileURLToPath(new URL(official ? "results/" : ".out/", import.meta.url));
  mkdirSync(folder, { recursive: true });
  const json = `${folder}${results.date.slice(0, 10)}-${cpuName()}.json`;
  const report = official ? fileURLToPath(new URL("REPORT.md", import.meta.url)) : `${folder}REPORT.md`;
  writeFileSync(json, `${JSON.stringify(results, null, 2)}\n`);
  writeSection(report, "gate", reportOf(results));
  say(`written: ${json} ${report}`);
}

function kb(size) {
  return `${size / 1024} KB`.padStart(6);
}
