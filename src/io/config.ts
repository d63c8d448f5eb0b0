// Settings of a gate process: flag > YUMEN_* environment > default. Law: an unknown or malformed setting stops the
// start.

import { fileURLToPath } from "node:url";
import type { Language } from "../words.ts";
import { isProgram } from "./extract/ocr/search.ts";
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
  /** A folder of orders to stop that other gates read too; null: none. */
  readonly orders: string | null;
  /** A program that reads the text in pictures, and its arguments; null: pictures are not read. */
  readonly ocr: readonly string[] | null;
  /** Lists who may sign a policy: then only a signed one is taken; null: none need be. */
  readonly policyKeys: string | null;
  /** A file that says how people of the plane sign in; null: by tokens alone. */
  readonly oidc: string | null;
  /** A draft policy folder that looks on; null: none. */
  readonly shadow: string | null;
  /** Share of crossings that the draft looks at: over 0, at most 1. */
  readonly shadowSample: number;
}

/** What a flag or an environment variable may say. Values are text as typed. */
export type Settings = Readonly<Record<string, string | undefined>>;

/** The package's own folder: the parent of src/ or dist/. */
export const PACKAGE_DIR = fileURLToPath(new URL("../../", import.meta.url));

/** A setting that stops the start. `says` names it as it is typed, and what it takes. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly says: Readonly<Record<Language, string>>;

  constructor(says: Readonly<Record<Language, string>>) {
    super(says.en);
    this.says = says;
  }
}

/** Every setting, as a flag's option is called in code. */
export const SETTINGS: readonly string[] = [
  ...["policies", "data", "law", "host", "port", "adminHost", "adminPort", "demo", "overseasPort", "durability"],
  ...["logLevel", "pretty", "drainMs", "anchor", "orders", "ocr", "policyKeys", "oidc", "shadow", "shadowSample"],
];
/** Read by other commands. */
export const ELSEWHERE: readonly string[] = ["YUMEN_ADMIN_TOKEN"];

/** `adminPort` → `YUMEN_ADMIN_PORT`. */
export function variableOf(name: string): string {
  return `YUMEN_${name.replace(/[A-Z]/g, "_$&").toUpperCase()}`;
}

function typed(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} / ${variableOf(name)}`;
}

/** @throws ConfigError naming the setting and what it takes. */
export function readConfig(flags: Settings, env: NodeJS.ProcessEnv): Config {
  const known = new Set([...SETTINGS.map(variableOf), ...ELSEWHERE]);
  for (const name of Object.keys(env))
    if (name.startsWith("YUMEN_") && !known.has(name))
      throw new ConfigError({ zh: `${name}：没有这项设置`, en: `${name}: there is no such setting` });
  const of = (name: string): string | undefined => flags[name] ?? env[variableOf(name)];
  const demo = of("demo") === "true";
  const pretty = oneOf("pretty", of("pretty") ?? String(process.stdout.isTTY === true), ["true", "false"]) === "true";
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
    // beside the demo's picture of both sides a log line per crossing is noise
    logLevel: oneOf("logLevel", of("logLevel") ?? (demo && pretty ? "warn" : "info"), [
      "debug",
      "info",
      "warn",
      "error",
      "silent",
    ]),
    pretty,
    drainMs: whole("drainMs", of("drainMs") ?? "30000", 3_600_000),
    anchor: of("anchor") ?? null,
    orders: of("orders") ?? null,
    ocr: ocrOf(of("ocr"), env.PATH ?? ""),
    policyKeys: of("policyKeys") ?? null,
    oidc: of("oidc") ?? null,
    shadow: of("shadow") ?? null,
    shadowSample: shareOf("shadowSample", of("shadowSample") ?? "1"),
  };
}

/** `0.1` or `10%`: more than nothing, at most all. */
function shareOf(name: string, text: string): number {
  const found = /^(\d{1,3}(?:\.\d{1,4})?)(%?)$/.exec(text);
  const share = found === null ? 0 : Number(found[1]) / (found[2] === "%" ? 100 : 1);
  if (share > 0 && share <= 1) return share;
  throw new ConfigError({
    zh: `${typed(name)}：应为 0 到 1 之间的比例，如 0.1 或 10%`,
    en: `${typed(name)}: wants a share over 0 and at most 1, such as 0.1 or 10%`,
  });
}

/** Split at spaces: no shell reads it. A program that is not there stops the start, not the first picture. */
function ocrOf(text: string | undefined, searchPath: string): readonly string[] | null {
  if (text === undefined) return null;
  const command = text.split(" ").filter((word) => word !== "");
  if (command.length > 0 && isProgram(command[0]!, searchPath)) return command;
  throw new ConfigError({
    zh: `${typed("ocr")}：没有 "${command[0] ?? ""}" 这个程序`,
    en: `${typed("ocr")}: there is no program "${command[0] ?? ""}"`,
  });
}

function whole(name: string, text: string, max: number): number {
  if (/^\d{1,9}$/.test(text) && Number(text) <= max) return Number(text);
  throw new ConfigError({
    zh: `${typed(name)}：应为 0 到 ${max} 的整数，而不是 "${text}"`,
    en: `${typed(name)}: a whole number from 0 to ${max} is wanted, not "${text}"`,
  });
}

function oneOf<T extends string>(name: string, text: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === text);
  if (found !== undefined) return found;
  throw new ConfigError({
    zh: `${typed(name)}：应为 ${allowed.join("、")} 之一，而不是 "${text}"`,
    en: `${typed(name)}: one of ${allowed.join(", ")} is wanted, not "${text}"`,
  });
}
