// Starts the built gate as a stranger would, as a child process, and talks to it over real sockets.

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type Overseas, startOverseas } from "../../src/io/overseas/overseas.ts";
import { pointPolicies } from "./policies.ts";

export const ROOT = join(import.meta.dirname, "../..");

export interface Ready {
  readonly gate: string;
  readonly admin: string;
  readonly overseas: string;
  readonly try: readonly { says: string; command: string }[];
}

export interface Gate extends Ready {
  readonly data: string;
  readonly child: ChildProcess;
  /** Everything the process wrote, both streams. */
  readonly output: () => string;
  readonly startedMs: number;
  /** SIGTERM, then waits. @returns the exit code. */
  stop(): Promise<number | null>;
  kill(): Promise<void>;
}

export function freshData(): string {
  return mkdtempSync(join(tmpdir(), "yumen-e2e-"));
}

/** Resolves when the ready line is there. @throws with the output when the process ends before. */
export async function startGate(
  data: string,
  args: readonly string[] = ["--demo"],
  env: NodeJS.ProcessEnv = {},
  /** Options of node itself. */
  node: readonly string[] = [],
): Promise<Gate> {
  const started = performance.now();
  const ports = ["--port", "0", "--admin-port", "0", ...(args.includes("--demo") ? ["--overseas-port", "0"] : [])];
  const command = [...node, join(ROOT, "bin/yumen.mjs"), "start", "--data", data, ...ports, ...args];
  const child = spawn(process.execPath, command, {
    env: { ...process.env, LANG: "zh_CN.UTF-8", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk;
  });
  child.stderr.on("data", (chunk: Buffer) => {
    output += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const ready = await new Promise<Ready>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (line.startsWith('{"ready":true')) resolve(JSON.parse(line) as Ready);
    });
    void ended.then((code) => reject(new Error(`the gate ended with ${code}:\n${output}`)));
  });
  return {
    ...ready,
    data,
    child,
    output: () => output,
    startedMs: performance.now() - started,
    stop() {
      child.kill("SIGTERM");
      return ended;
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

export interface Chat {
  readonly model?: string;
  readonly subject?: string;
  readonly headers?: Record<string, string>;
  readonly stream?: boolean;
  readonly path?: string;
}

/** One OpenAI chat completion over fetch. */
export function chat(
  { gate }: Ready,
  content: string,
  { model = "echo", subject, headers = {}, stream, path }: Chat = {},
) {
  return fetch(`${gate}${path ?? "/openai/v1/chat/completions"}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(subject === undefined ? {} : { "x-yumen-subject": subject }),
      ...headers,
    },
    body: JSON.stringify({ model, messages: [{ role: "user", content }], ...(stream ? { stream } : {}) }),
  });
}

export function adminToken({ data }: { readonly data: string }): string {
  return readFileSync(join(data, "admin.token"), "utf8").trim();
}

export interface House {
  readonly gate: Gate;
  readonly overseas: Overseas;
  /** What the recipient received last. */
  lastBody(): string;
  close(): Promise<void>;
}

export interface HouseOptions {
  /** Changes the policy's text. */
  readonly edit?: (policy: string) => string;
  readonly env?: NodeJS.ProcessEnv;
  /** Options of node itself. */
  readonly node?: readonly string[];
}

/** An overseas endpoint in this process, the demo's policies pointed at it, a gate, and zhang's consent told over REST. */
export async function openHouse({ edit, env, node }: HouseOptions = {}): Promise<House> {
  const overseas = await startOverseas({ record: "all" });
  const data = freshData();
  const policies = pointPolicies(data, overseas.url, edit);
  const gate = await startGate(data, ["--policies", policies, "--log-level", "debug"], env, node);
  await tellOfZhang(gate);
  return {
    gate,
    overseas,
    lastBody: () => overseas.seen.at(-1)?.body.toString() ?? "",
    async close() {
      await gate.stop();
      await overseas.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** The demo's person, over the admin plane, as a real company would. */
export async function tellOfZhang(gate: Gate): Promise<void> {
  const subject = { type: "id", value: "zhang" };
  const subjects = [
    subject,
    { type: "cn-mobile", value: "13800138000" },
    { type: "cn-id", value: "11010519491231002X" },
  ];
  await admin(gate, "POST", "/v1/aliases", { exporter: "example-retail", subjects });
  for (const recipient of ["openai", "anthropic"])
    await admin(gate, "PUT", `/v1/consents/zhang-${recipient}`, {
      exporter: "example-retail",
      subject,
      recipient,
      purpose: "customer-service",
      separate: true,
      sensitiveNotice: true,
      types: ["cn-mobile", "email", "plate", "cn-id"],
      sensitiveTypes: ["cn-id"],
      notice: { id: `notice-${recipient}`, version: "2026-05" },
      givenAt: "2026-06-15T00:00:00+08:00",
    });
}

export async function admin(gate: Gate, method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${gate.admin}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${adminToken(gate)}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`admin: ${response.status} ${text}`);
  return text.startsWith("{") ? JSON.parse(text) : text;
}

/**
 * What `/metrics` says, by series as it is written: `yumen_requests_total{destination="openai",action="block"}`.
 * @param only the start of the names that are wanted.
 */
export async function metrics(gate: Gate, only = "yumen_"): Promise<Map<string, number>> {
  const lines = String(await admin(gate, "GET", "/metrics")).split("\n");
  const samples = lines.filter((line) => line.startsWith(only)).map((line) => line.split(/ (?=[^ ]*$)/));
  return new Map(samples.map(([series, value]) => [series!, Number(value)]));
}

/** Runs the built command line. */
export function yumen(
  args: readonly string[],
  input?: string,
): { code: number | null; stdout: string; stderr: string } {
  const done = spawnSync(process.execPath, [join(ROOT, "bin/yumen.mjs"), ...args], { input, encoding: "utf8" });
  return { code: done.status, stdout: done.stdout, stderr: done.stderr };
}
