// Settings of a gate process: flag > YUMEN_* environment > default. Law: an unknown or malformed setting stops the
// start.

import { fileURLToPath } from "node:url";
import type { LogLevel } from "./telemetry/log.ts";

export interface Config {
  readonly policies: string;
  readonly data: string;
  readonly law: string;
  readonly host: string;
  readonly port: number;
  readonly adminHost: string;
  readonly adminPort: number;
  /** Demo only: the built-in overseas endpoint; null: none. */
  readonly overseasPort: number | null;
  readonly durability: "strict" | "batched";
  readonly logLevel: LogLevel;
  readonly pretty: boolean;
  readonly drainMs: number;
  /** A second place for the ledger's head (ledger.md §1); null: none. */
  readonly anchor: string | null;
}

/** What a flag or an environment variable may say. Values are text as typed. */
export type Settings = Readonly<Record<string, string | undefined>>;

/** The package's own folder: the parent of src/ or dist/. */
export const PACKAGE_DIR = fileURLToPath(new URL("../../", import.meta.url));

export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** @throws ConfigError naming the setting and what it takes. */
export function readConfig(flags: Settings, env: NodeJS.ProcessEnv): Config {
  const of = (name: string): string | undefined =>
    flags[name] ?? env[`YUMEN_${name.replace(/[A-Z]/g, "_$&").toUpperCase()}`];
  const demo = of("demo") === "true";
  return {
    policies: of("policies") ?? `${PACKAGE_DIR}policies/demo`,
    data: of("data") ?? ".yumen",
    law: of("law") ?? `${PACKAGE_DIR}policies/law`,
    host: of("host") ?? "127.0.0.1",
    port: whole("port", of("port") ?? "8787", 65_535),
    adminHost: of("adminHost") ?? "127.0.0.1",
    adminPort: whole("adminPort", of("adminPort") ?? "8790", 65_535),
    overseasPort: demo ? whole("overseasPort", of("overseasPort") ?? "8791", 65_535) : null,
    durability: oneOf("durability", of("durability") ?? "strict", ["strict", "batched"]),
    logLevel: oneOf("logLevel", of("logLevel") ?? "info", ["debug", "info", "warn", "error", "silent"]),
    pretty: oneOf("pretty", of("pretty") ?? String(process.stdout.isTTY === true), ["true", "false"]) === "true",
    drainMs: whole("drainMs", of("drainMs") ?? "30000", 3_600_000),
    anchor: of("anchor") ?? null,
  };
}

function whole(name: string, text: string, max: number): number {
  if (/^\d{1,9}$/.test(text) && Number(text) <= max) return Number(text);
  throw new ConfigError(`${name}: a whole number from 0 to ${max} is wanted, not "${text}"`);
}

function oneOf<T extends string>(name: string, text: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === text);
  if (found !== undefined) return found;
  throw new ConfigError(`${name}: one of ${allowed.join(", ")} is wanted, not "${text}"`);
}
