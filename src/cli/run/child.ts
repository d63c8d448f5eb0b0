// The child process. Law: same standard streams, signals go on to it, and it ends as this process ends: by the same
// code, or by the same signal.

import { spawn } from "node:child_process";
import { constants } from "node:os";
import type { Language } from "../../words.ts";
import { headerVariables, type Settings } from "../env/settings.ts";

/** A terminal gives these to the child itself: passed on they would come twice. */
const FROM_TERMINAL: readonly NodeJS.Signals[] = ["SIGINT", "SIGQUIT"];
const PASSED: readonly NodeJS.Signals[] = ["SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2"];

/** @param key the caller's; null: none. A proxy that the environment names must not stand before a gate. */
export function childEnv(env: NodeJS.ProcessEnv, found: Settings, gate: string, key: string | null): NodeJS.ProcessEnv {
  const pointed = Object.fromEntries(found.settings.map(({ name, value }) => [name, value]));
  const headers = key === null ? [] : headerVariables(found);
  const keyed = headers.map((name) => [name, withHeader(env[name], `X-Yumen-Key: ${key}`)]);
  return { ...env, ...pointed, ...Object.fromEntries(keyed), ...pastProxy(env, new URL(gate).hostname) };
}

function withHeader(before: string | undefined, header: string): string {
  return before ? `${before}\n${header}` : header;
}

function pastProxy(env: NodeJS.ProcessEnv, host: string): NodeJS.ProcessEnv {
  const proxied = ["http_proxy", "https_proxy", "all_proxy"].some((name) => env[name] || env[name.toUpperCase()]);
  if (!proxied) return {};
  const past = [env["no_proxy"] ?? env["NO_PROXY"], host].filter((one) => one).join(",");
  return { no_proxy: past, NO_PROXY: past };
}

/** @returns its exit code; 127 when there is no such command, 126 when it cannot be executed, as env(1) does. */
export function follow(command: readonly string[], env: NodeJS.ProcessEnv, language: Language): Promise<number> {
  const child = spawn(command[0]!, command.slice(1), { stdio: "inherit", env });
  const terminal = process.stdin.isTTY === true;
  const pass = (signal: NodeJS.Signals): void => void child.kill(signal);
  for (const signal of PASSED) process.on(signal, pass);
  for (const signal of FROM_TERMINAL) process.on(signal, terminal ? () => {} : pass);
  return new Promise((resolve) => {
    child.once("error", (error: NodeJS.ErrnoException) => {
      const missing = error.code === "ENOENT";
      const why = missing
        ? { zh: "没有这个命令", en: "no such command" }
        : { zh: "不能执行", en: "cannot be executed" };
      process.stderr.write(`yumen run: ${command[0]}: ${why[language]}\n`);
      resolve(missing ? 127 : 126);
    });
    child.once("exit", (code, signal) => resolve(signal === null ? code! : endBy(signal)));
  });
}

/** Whoever waits for this process sees the signal; a shell makes 128 + its number of it. */
function endBy(signal: NodeJS.Signals): number {
  for (const one of [...PASSED, ...FROM_TERMINAL]) process.removeAllListeners(one);
  process.kill(process.pid, signal);
  return 128 + constants.signals[signal];
}
