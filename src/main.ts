// The program: read config, open the world, warm up, listen, drain on SIGTERM and SIGINT.

import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { type Config, ConfigError, PACKAGE_DIR, readConfig, type Settings } from "./io/config.ts";
import { terminalLanguage } from "./io/demo/two-sides.ts";
import { GateError } from "./io/errors.ts";
import { cross } from "./io/perform.ts";
import { render } from "./io/policy/problem.ts";
import { failedBeforeGate } from "./io/refuse.ts";
import { countRefusals } from "./io/refused.ts";
import { createServer } from "./io/serve/server.ts";
import { createLog, type Logger } from "./io/telemetry/log.ts";
import { withSpan } from "./io/telemetry/spans.ts";
import { keepWarming, warmUp } from "./io/warm-up.ts";
import { openWorld, PolicyError } from "./io/world.ts";
import type { Language } from "./words.ts";

export interface Running {
  readonly port: number;
  readonly adminPort: number;
  readonly overseasPort: number | null;
  /** The ledger's head: to be kept in a second place (ledger.md §1). */
  head(): { readonly size: number; readonly root: string };
  /** Reads the policies again, whatever the file system says. */
  reload(): Promise<void>;
  /** Drains, seals, closes. Idempotent. */
  close(): Promise<void>;
}

export const VERSION = (JSON.parse(readFileSync(`${PACKAGE_DIR}package.json`, "utf8")) as { version: string }).version;

/** How long a stop waits for crossings whose callers have left. */
const SETTLE_MS = 5_000;
const SETTLE_STEP_MS = 10;

/**
 * @returns once everything listens. Throws ConfigError, PolicyError, GateError or the system's error, all closed
 * again.
 */
export async function run(config: Config, log: Logger): Promise<Running> {
  const opened: (() => unknown)[] = [];
  try {
    return await open(config, log, opened);
  } catch (error) {
    for (const close of opened.reverse()) await close();
    throw error;
  }
}

async function open(config: Config, log: Logger, opened: (() => unknown)[]): Promise<Running> {
  const demo = config.overseasPort === null ? null : await demoFor(config, config.overseasPort);
  if (demo !== null) opened.push(() => demo.overseas.close());
  const world = await openWorld(config, log, demo === null ? {} : { overseas: demo.overseas.url });
  opened.push(() => world.close());
  await demo?.seed(world);
  warmUp(world);
  const refusals = countRefusals((byCode) => world.note("refused", { byCode }));
  let inflight = 0;
  const server = createServer({
    policy: world.policy,
    clock: world.clock,
    random: world.random,
    onArrival(arrival, reply) {
      inflight++;
      const way = demo?.cross ?? cross;
      void withSpan(arrival, () => way(world, arrival, reply)).finally(() => inflight--);
    },
    onFailed: (head, error, reply) => void withSpan(head, () => failedBeforeGate(world, head, error, reply)),
    onRefused(code) {
      world.meters.refused(code);
      refusals.count(code);
    },
    onFault: (error) => world.telemetry.failed(null, new GateError("internal", "a callback threw", { cause: error })),
  });
  const port = await server.listen(config.port, config.host);
  keepWarming(world);
  opened.push(() => server.drain(0));
  const { openAdmin } = await import("./io/admin-plane.ts");
  const admin = await openAdmin({ config, world, log, inflight: () => inflight });
  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    admin.draining();
    await server.drain(config.drainMs);
    // whose caller has left holds up no connection, and has an entry to write all the same (law 10)
    world.files?.close();
    for (let waits = 0; inflight > 0 && waits < SETTLE_MS / SETTLE_STEP_MS; waits++) await pause(SETTLE_STEP_MS);
    await refusals.close();
    await admin.close();
    await world.close();
    await demo?.overseas.close();
    log.flush();
  };
  return {
    port,
    adminPort: admin.port,
    overseasPort: demo?.overseas.port ?? null,
    head: () => world.ledger.head(),
    reload: async () => void (await Promise.all([world.watch.reload(), admin.reload()])),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

/** What the demo is made of, a gate that serves never loads. */
async function demoFor({ policies, pretty }: Config, overseasPort: number) {
  const { startDemo } = await import("./io/demo/demo.ts");
  return startDemo(overseasPort, policies, pretty);
}

/** The command: runs until a signal. @returns the exit code. */
export async function main(flags: Settings, env: NodeJS.ProcessEnv): Promise<number> {
  const language = terminalLanguage(env);
  // heard from the first moment: a stop during the start waits for the start, then closes in order
  const told = new Promise<void>((resolve) => {
    // on, not once: a second signal (npm doubles Ctrl-C) must not end a drain that is under way
    process.on("SIGTERM", () => resolve());
    process.on("SIGINT", () => resolve());
    // a terminal that closes ends what it shows; a service is told to read its policies again
    process.on("SIGHUP", () => (process.stdout.isTTY ? resolve() : reload()));
  });
  let reload = (): void => {};
  // whoever reads the log may go away; the gate stays, and what it recorded does not depend on its log
  for (const stream of [process.stdout, process.stderr]) stream.removeAllListeners("error").on("error", () => {});
  try {
    const config = readConfig(flags, env);
    const log = createLog(config.logLevel, config.pretty);
    const running = await run(config, log);
    const { announce, farewell } = await import("./io/demo/announce.ts");
    announce(config, running, VERSION, language);
    reload = () => void running.reload();
    await told;
    await running.close();
    farewell(config, running, language);
    return 0;
  } catch (error) {
    console.error(sayWhy(error, language));
    return 2;
  }
}

const SYSTEM: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  EADDRINUSE: {
    zh: "端口已被占用。另一个玉门关？请换端口：--port、--admin-port、--overseas-port",
    en: "the port is taken. Another gate? Choose another: --port, --admin-port, --overseas-port",
  },
  EADDRNOTAVAIL: {
    zh: "本机没有这个地址：--host、--admin-host",
    en: "not an address of this machine: --host, --admin-host",
  },
  ENOTFOUND: { zh: "没有这个主机：--host、--admin-host", en: "no such host: --host, --admin-host" },
  EACCES: { zh: "没有权限", en: "not allowed" },
};

function sayWhy(error: unknown, language: Language): string {
  if (error instanceof PolicyError) return error.problems.map((problem) => render(problem, language)).join("\n");
  if (error instanceof ConfigError) return `yumen: ${error.says[language]}`;
  if (error instanceof GateError) return `yumen: ${error.message}`;
  const { code, message, stack } = error as NodeJS.ErrnoException;
  const known = SYSTEM[code ?? ""];
  return known === undefined ? `yumen: ${stack ?? String(error)}` : `yumen: ${known[language]} (${message})`;
}
