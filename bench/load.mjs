// The generator: raw sockets, precomputed bytes, keep-alive. One process on core 1, together with the upstream.
// Reads jobs as JSON lines on stdin, answers each with one JSON line on stdout. The first line out is {"upstreamPort"}.
// Law of this file: any answer but a whole 200 ends the job with an error; an answer that no upstream gave does too.

import { connect } from "node:net";
import { createInterface } from "node:readline";
import { chatBody } from "./bodies.mjs";
import { cpuMsOf, machineBusyMs } from "./cpu.mjs";
import { startUpstream } from "./upstream.mjs";
import { answers } from "./wire.mjs";

/**
 * @typedef {{ url: string, pid: number | null, headers: Record<string, string>, size: number, variant: "plain" | "pi",
 *   connections: number }} To
 * @typedef {To & { kind: "warm", requests: number }} Warm
 * @typedef {To & { kind: "closed", seconds: number }} Closed
 * @typedef {To & { kind: "open", seconds: number, rate: number }} Open
 */

const BODIES = 16;
const upstream = await startUpstream();
const jobs = { warm, closed, open };

process.stdout.write(`${JSON.stringify({ upstreamPort: upstream.port })}\n`);
for await (const line of createInterface({ input: process.stdin })) {
  const job = JSON.parse(line);
  const result = await Promise.race([jobs[job.kind](job), overdue(job)]).catch((error) => ({ error: error.message }));
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
process.exit(0);

/** A target that stops answering must not stop the bench. */
function overdue({ seconds = 0 }) {
  const limitMs = 60_000 + seconds * 4000;
  const error = new Error(`no end after ${limitMs / 1000} s: the target stopped answering`);
  return new Promise((_, reject) => setTimeout(reject, limitMs, error).unref());
}

/** So many requests, as fast as they go: compiled code and open connections, not a number. @param {Warm} job */
async function warm(job) {
  const fleet = await launch(job);
  await new Promise((resolve, reject) => {
    let sent = Math.min(job.requests, job.connections);
    let done = 0;
    fleet.failed = reject;
    fleet.answered = (connection) => {
      if (++done === job.requests) resolve();
      if (sent++ < job.requests) connection.send();
    };
    for (const connection of fleet.connections.slice(0, sent)) connection.send();
  }).finally(fleet.close);
  return { requests: job.requests };
}

/** Every connection sends its next request when the last was answered. @param {Closed} job */
async function closed(job) {
  const fleet = await launch(job);
  const before = { requests: upstream.counted.requests, bodyBytes: upstream.counted.bodyBytes };
  const busyNow = () => ({ cpuMs: cpuMsOf(job.pid), ownMs: cpuMsOf(process.pid), allMs: machineBusyMs() });
  const started = { atMs: performance.now(), ...busyNow() };
  let requests = 0;
  await new Promise((resolve, reject) => {
    fleet.failed = reject;
    fleet.answered = (connection) => {
      requests++;
      connection.send();
    };
    for (const connection of fleet.connections) connection.send();
    setTimeout(resolve, job.seconds * 1000);
  }).finally(fleet.close);
  const ms = performance.now() - started.atMs;
  const ended = busyNow();
  const [cpuMs, ownMs] = [ended.cpuMs - started.cpuMs, ended.ownMs - started.ownMs];
  const arrived = upstream.counted.requests - before.requests;
  if (arrived < requests) throw new Error(`${requests} answers, but only ${arrived} requests reached the upstream`);
  return {
    requestsPerSecond: (requests / ms) * 1000,
    cpuUs: job.pid === null ? null : (cpuMs * 1000) / requests,
    busy: job.pid === null ? null : cpuMs / ms,
    generatorBusy: ownMs / ms,
    othersBusy: Math.max(0, ended.allMs - started.allMs - cpuMs - ownMs) / ms,
    upstreamBodyBytes: Math.round((upstream.counted.bodyBytes - before.bodyBytes) / arrived),
  };
}

/**
 * Requests at fixed times, whatever the answers do. Latency counts from the time a request was due, so that waiting for
 * a free connection or a late generator is in it (no coordinated omission). The loop polls: timers are too coarse.
 * The first twentieth is not counted. @param {Open} job
 */
async function open(job) {
  const fleet = await launch(job);
  const total = Math.floor(job.rate * job.seconds);
  const latenciesUs = new Float64Array(total);
  const waiting = [];
  const idle = [...fleet.connections];
  let sent = 0;
  let done = 0;
  const startedMs = performance.now() + 5;
  const dueMs = (ordinal) => startedMs + (ordinal * 1000) / job.rate;
  const dispatch = (connection, ordinal) => {
    connection.ordinal = ordinal;
    connection.send();
  };
  await new Promise((resolve, reject) => {
    fleet.failed = reject;
    fleet.answered = (connection) => {
      latenciesUs[connection.ordinal] = (performance.now() - dueMs(connection.ordinal)) * 1000;
      if (++done === total) return resolve();
      if (waiting.length > 0) dispatch(connection, waiting.shift());
      else idle.push(connection);
    };
    const turn = () => {
      const nowMs = performance.now();
      for (; sent < total && dueMs(sent) <= nowMs; sent++) {
        const connection = idle.pop();
        if (connection === undefined) waiting.push(sent);
        else dispatch(connection, sent);
      }
      if (nowMs > startedMs + job.seconds * 3000) return reject(new Error("it could not keep up with the fixed rate"));
      if (done < total) setImmediate(turn);
    };
    turn();
  }).finally(fleet.close);
  const counted = latenciesUs.subarray(Math.floor(total / 20)).sort();
  return { p50Us: quantile(counted, 0.5), p99Us: quantile(counted, 0.99), requests: counted.length };
}

function quantile(sorted, part) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

/** Opens the connections. `answered` and `failed` are set by the job. @param {To} job */
async function launch(job) {
  const messages = requests(job);
  const { hostname, port } = new URL(job.url);
  const fleet = { connections: [], answered: (_connection) => {}, failed: (_error) => {}, close };
  let next = 0;
  let closing = false;
  function close() {
    closing = true;
    for (const { socket } of fleet.connections) socket.destroy();
  }
  const dial = () =>
    new Promise((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true });
      const connection = { socket, ordinal: 0, send: () => socket.write(messages[next++ % BODIES]) };
      const stream = answers();
      socket.once("connect", () => resolve(connection));
      socket.on("error", (error) => {
        reject(error);
        fleet.failed(error);
      });
      socket.on("close", () => closing || fleet.failed(new Error("the target closed a connection")));
      socket.on("data", (chunk) => {
        if (closing) return;
        try {
          for (let whole = stream.feed(chunk); whole > 0; whole--) fleet.answered(connection);
        } catch (error) {
          fleet.failed(error);
        }
      });
    });
  fleet.connections = await Promise.all(Array.from({ length: job.connections }, dial));
  return fleet;
}

/** Whole requests as bytes. @param {To} job @returns {Buffer[]} */
function requests(job) {
  const { host, pathname } = new URL(job.url);
  return Array.from({ length: BODIES }, (_, ordinal) => {
    const body = chatBody(job.size, job.variant, ordinal);
    const lines = [
      `POST ${pathname.replace(/\/$/, "")}/v1/chat/completions HTTP/1.1`,
      `Host: ${host}`,
      "Content-Type: application/json",
      "Accept: application/json",
      "Authorization: Bearer bench",
      "User-Agent: yumen-bench",
      ...Object.entries(job.headers).map(([name, value]) => `${name}: ${value}`),
      `Content-Length: ${body.length}`,
    ];
    return Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`), body]);
  });
}
