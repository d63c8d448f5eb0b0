// The heavy bench: bodies of 8 MB cross while small requests go on beside them. Law of this file: the gate is the
// program as it is deployed, over real sockets; what counts is what the small requests see.

import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { policyFiles } from "../policies.mjs";
import { tableOf } from "../quality/tables.mjs";
import { circumstances, circumstancesLine, cpuName, REPORT, writeResults, writeSection } from "../sections.mjs";
import { startUpstream } from "../upstream.mjs";
import { KINDS } from "./bodies.mjs";

const ROOT = join(import.meta.dirname, "../..");
const SMALL = Buffer.from('{"model":"bench","messages":[{"role":"user","content":"hello"}]}');
const SMALL_EVERY_MS = 2;
const WARM_UP = 500;

const say = (line) => process.stderr.write(`${line}\n`);

/** @param {object} options kinds, bytes, seconds, callers, json, official @param {string} command @returns exit code */
export async function bench(options, command) {
  const upstream = await startUpstream();
  const gate = await startGate(upstream.port);
  try {
    const send = sender(gate.port);
    for (let i = 0; i < WARM_UP; i++) await send(SMALL);
    const rows = [await rowOf("nothing else", null, {}, options, send, gate)];
    for (const kind of options.kinds) {
      const { make, headers = {} } = KINDS[kind];
      rows.push(await rowOf(kind, make(options.bytes), headers, options, send, gate));
      say(`${kind}: ${rows.at(-1).crossed} crossed`);
    }
    const { bytes, seconds, callers } = options;
    const results = { ...circumstances(command), settings: { bytes, seconds, callers }, rows };
    process.stdout.write(options.json ? `${JSON.stringify(results, null, 2)}\n` : `${tables(rows).join("\n\n")}\n`);
    if (options.official) {
      say(`written: ${writeResults(`heavy/${results.date.slice(0, 10)}-${cpuName()}.json`, results)} ${REPORT}`);
      writeSection(REPORT, "heavy", sectionOf(results));
    }
    return 0;
  } finally {
    await gate.stop();
    upstream.close();
  }
}

/** @param {Buffer | null} body null: the small requests alone */
async function rowOf(kind, body, headers, { seconds, callers }, send, gate) {
  if (body !== null) await send(body, headers);
  gate.reset();
  let running = true;
  const smallMs = [];
  const heavyMs = [];
  const statuses = new Map();
  const small = async () => {
    while (running) {
      smallMs.push((await send(SMALL)).ms);
      await pause(SMALL_EVERY_MS);
    }
  };
  const heavy = async () => {
    while (running) {
      const { status, ms } = await send(body, headers);
      heavyMs.push(ms);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  const startedMs = performance.now();
  const loops = [small(), ...(body === null ? [] : Array.from({ length: callers }, heavy))];
  await pause(seconds * 1000);
  running = false;
  await Promise.all(loops);
  const tookMs = performance.now() - startedMs;
  const megabytes = body === null ? 0 : body.length / 1e6;
  return {
    ...{ kind, megabytes, crossed: heavyMs.length, statuses: Object.fromEntries(statuses) },
    megabytesPerSecond: (megabytes * heavyMs.length * 1000) / tookMs,
    heavyMs: percentiles(heavyMs),
    smallMs: percentiles(smallMs),
    ...(await gate.probe()),
  };
}

function percentiles(all) {
  if (all.length === 0) return null;
  const sorted = all.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { n: sorted.length, p50: at(0.5), p99: at(0.99), max: sorted.at(-1) };
}

async function startGate(upstreamPort) {
  mkdirSync(join(ROOT, "bench/.out"), { recursive: true });
  const folder = mkdtempSync(join(ROOT, "bench/.out/heavy-"));
  const [policies, data] = [join(folder, "policies"), join(folder, "data")];
  mkdirSync(policies);
  for (const [name, text] of Object.entries(policyFiles("full", `http://127.0.0.1:${upstreamPort}`)))
    writeFileSync(join(policies, name), text);
  const args = ["--import", join(import.meta.dirname, "probe.mjs"), join(ROOT, "bin/yumen.mjs"), "start"];
  args.push("--policies", policies, "--data", data, "--port", "0", "--admin-port", "0", "--log-level", "silent");
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit", "ipc"] });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  const ready = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (line.startsWith('{"ready":true')) resolve(JSON.parse(line));
    });
    void gone.then((code) => reject(new Error(`the gate ended with ${code} before it was ready`)));
  });
  return {
    port: new URL(ready.gate).port,
    reset: () => child.send("reset"),
    probe: () =>
      new Promise((resolve) => {
        child.once("message", resolve);
        child.send("ask");
      }),
    async stop() {
      child.kill("SIGTERM");
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Over connections that are kept. @returns {(body: Buffer, headers?: object) => Promise<{ status: number, ms: number }>} */
function sender(port) {
  const agent = new Agent({ keepAlive: true });
  return (body, headers = {}) =>
    new Promise((resolve, reject) => {
      const startedMs = performance.now();
      const asked = request(
        {
          ...{ host: "127.0.0.1", port, agent, method: "POST", path: "/openai/v1/chat/completions" },
          headers: { "content-type": "application/json", "content-length": body.length, ...headers },
        },
        (answer) => {
          answer.resume();
          answer.on("end", () => resolve({ status: answer.statusCode, ms: performance.now() - startedMs }));
          answer.on("error", reject);
        },
      );
      asked.on("error", reject);
      asked.end(body);
    });
}

const worst = (rows, of) => Math.max(...rows.filter(({ crossed }) => crossed > 0).map(of));
/** [what, at most, what of the rows] */
const BARS = [
  ["small requests beside 8 MB, p99: ms", 50, (rows) => worst(rows, ({ smallMs }) => smallMs.p99)],
  ["delay of the event loop, p99: ms", 30, (rows) => worst(rows, ({ loop }) => loop.p99Ms)],
  ["longest turn of the event loop, CPU time: ms", 30, (rows) => worst(rows, ({ loop }) => loop.turnCpuMs)],
];

function tables(rows) {
  const ms = (value) => value.toFixed(1);
  return [
    tableOf([
      ["what", "bar", "this run", ""],
      ...BARS.map(([what, bar, of]) => [what, `≤ ${bar}`, ms(of(rows)), of(rows) <= bar ? "met" : "**not met**"]),
    ]),
    tableOf([
      [
        "beside",
        "MB",
        "crossed",
        "answers",
        "MB/s",
        "p50 ms",
        "small p50",
        "p99",
        "max",
        "loop p99",
        "turn CPU",
        "RSS MB",
      ],
      ...rows.map(({ kind, megabytes, crossed, statuses, megabytesPerSecond, heavyMs, smallMs, loop, rssMb }) => [
        ...[
          kind,
          megabytes.toFixed(1),
          String(crossed),
          Object.keys(statuses).join(" ") || "–",
          megabytesPerSecond.toFixed(1),
        ],
        ...[heavyMs === null ? "–" : heavyMs.p50.toFixed(0), ms(smallMs.p50), ms(smallMs.p99), ms(smallMs.max)],
        ...[ms(loop.p99Ms), ms(loop.turnCpuMs), rssMb.toFixed(0)],
      ]),
    ]),
  ];
}

function sectionOf(results) {
  const { settings, rows } = results;
  return `# Large bodies, and what small requests see of them

${circumstancesLine(results)}
Load average before the run ${results.machine.loadBefore.toFixed(2)}. Gate, callers and recipient share the machine's cores.

${tables(rows).join("\n\n")}

- Bodies: ${Object.entries(KINDS)
    .map(([kind, { what }]) => `**${kind}** ${what}`)
    .join("; ")}.
- Each row is ${settings.seconds} s: ${settings.callers} callers send bodies of ${(settings.bytes / 1e6).toFixed(1)} MB one after the other, one sends small requests ${SMALL_EVERY_MS} ms apart. 403: whom it is about has not consented, which is found, judged and recorded all the same.
- Turn CPU: the longest turn of the gate's event loop in CPU time of its thread: what the gate itself keeps others waiting, however busy the machine is.
`;
}
