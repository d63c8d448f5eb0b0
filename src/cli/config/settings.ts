// Every effective setting with where it comes from. Law: a secret is told as set or not set, wherever it comes from.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Config, ELSEWHERE, readConfig, SETTINGS, type Settings, variableOf } from "../../io/config.ts";
import { SCALARS } from "../../io/policy/schema.ts";
import { readSource } from "../../io/policy/source.ts";
import { kebab } from "../shown/kebab.ts";

export interface Effective {
  readonly name: string;
  /** null: not set. A secret: "set". */
  readonly value: string | number | boolean | null;
  readonly origin: "default" | "environment" | "flag" | "file";
  /** The flag, the variable, or file:line. null: a default. */
  readonly place: string | null;
}

/** Names that say so of themselves. */
const SECRET = /token|secret|password|passwd|credential|private|headers|apikey|keyfile/i;
/** Read by the libraries that the gate uses; a URL may hold a user. */
const BESIDE = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_HEADERS", "NODE_EXTRA_CA_CERTS", "NODE_OPTIONS"];

/** @throws ConfigError as a start would. */
export function effectiveSettings(flags: Settings, env: NodeJS.ProcessEnv): readonly Effective[] {
  const config = readConfig(flags, env);
  const own = SETTINGS.map((name) => settingOf(name, config, flags, env));
  const others = [...ELSEWHERE, ...BESIDE].map((name): Effective => {
    const text = env[name] || undefined;
    const value = text === undefined ? null : shownOf(name, text);
    return {
      name,
      value,
      origin: text === undefined ? "default" : "environment",
      place: text === undefined ? null : name,
    };
  });
  return [...own, ...fromFiles(config.policies), ...others];
}

function settingOf(name: string, config: Config, flags: Settings, env: NodeJS.ProcessEnv): Effective {
  const value =
    name === "demo" ? config.overseasPort !== null : (config as unknown as Readonly<Record<string, unknown>>)[name];
  const shown = { name, value: shownOf(name, value) };
  if (flags[name] !== undefined) return { ...shown, origin: "flag", place: `--${kebab(name)}` };
  if (env[variableOf(name)] !== undefined) return { ...shown, origin: "environment", place: variableOf(name) };
  return { ...shown, origin: "default", place: null };
}

function shownOf(name: string, value: unknown): Effective["value"] {
  if (value === null || value === undefined) return null;
  if (SECRET.test(name)) return "set";
  if (typeof value === "number" || typeof value === "boolean") return value;
  const text = Array.isArray(value)
    ? value.join(" ")
    : typeof value === "object"
      ? JSON.stringify(value)
      : String(value);
  // scheme://user:password@host
  return text.replace(/(?<=:\/\/)[^/@\s]*@/g, "***@");
}

/** The policy's own settings: what stands in its files, each with its line. A file that does not parse says nothing. */
function fromFiles(dir: string): readonly Effective[] {
  const names = namesIn(dir).filter((name) => /\.ya?ml$/.test(name) && !/\.(?:test|people)\.ya?ml$/.test(name));
  const sources = names.map((name) => readSource(join(dir, name), textOf(join(dir, name))));
  return Object.keys(SCALARS).map((name): Effective => {
    for (const { file, value, place } of sources) {
      const said = (value as Readonly<Record<string, unknown>> | null)?.[name];
      if (said !== undefined)
        return { name, value: shownOf(name, said), origin: "file", place: `${file}:${place([name], "key").line}` };
    }
    return { name, value: null, origin: "default", place: null };
  });
}

function namesIn(dir: string): readonly string[] {
  try {
    return readdirSync(dir).sort();
  } catch {
    return [];
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
