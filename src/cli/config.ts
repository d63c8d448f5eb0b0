// `yumen config`: the settings as a start would see them. Law: what it prints is what readConfig gives, and a secret is
// told as set, never as it is.

import type { Command } from "commander";
import type { Language } from "../words.ts";
import { languageOf } from "./check.ts";
import type { Effective } from "./config/settings.ts";

const EXAMPLES = `
Examples:
  yumen config                                    what a start here and now would use
  yumen config --show-origin                      and where each comes from: default, environment, flag, file
  yumen config --set port=9000 --show-origin      as \`yumen start --port 9000\` would
  yumen config --json | jq '.settings[] | select(.origin != "default")'

A setting: flag, else YUMEN_* variable, else default. Those of the policy stand in its files.
Exit code: 0 fine, 2 could not run: a start would not either, and why.`;

interface Options {
  readonly showOrigin?: boolean;
  readonly set?: Readonly<Record<string, string>>;
  readonly lang?: string;
  readonly json?: boolean;
}

export function register(program: Command): void {
  program
    .command("config")
    .description("the effective settings, and where each comes from")
    .option("--show-origin", "also where each comes from")
    .option("--set <option=value>", "as if `yumen start` had this option; may be repeated", option)
    .option("--lang <zh|en>", "language of messages (default: from LANG)")
    .option("--json", "one JSON object on stdout, with origins")
    .addHelpText("after", EXAMPLES)
    .action(async (options: Options) => {
      process.exitCode = await config(options, languageOf(options.lang, process.env));
    });
}

/** `admin-port=9000` → { adminPort: "9000" }. */
export function option(text: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const [name, ...value] = text.replace(/^--/, "").split("=");
  const camel = name!.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return { ...before, [camel]: value.length === 0 ? "true" : value.join("=") };
}

async function config(options: Options, language: Language): Promise<number> {
  const { ConfigError, SETTINGS } = await import("../io/config.ts");
  const { effectiveSettings } = await import("./config/settings.ts");
  const { kebab } = await import("./shown/kebab.ts");
  const flags = options.set ?? {};
  const stray = Object.keys(flags).find((name) => !SETTINGS.includes(name));
  if (stray !== undefined)
    return couldNot(`--set ${kebab(stray)}`, { zh: "没有这项设置", en: "there is no such setting" }[language]);
  try {
    const settings = effectiveSettings(flags, process.env);
    if (options.json) process.stdout.write(`${JSON.stringify({ settings })}\n`);
    else await print(settings, options.showOrigin === true, language);
    return 0;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return couldNot("", error.says[language]);
  }
}

function couldNot(what: string, why: string): number {
  process.stderr.write(`yumen config: ${[what, why].filter((one) => one !== "").join(": ")}\n`);
  return 2;
}

const ORIGINS: Readonly<Record<Effective["origin"], Readonly<Record<Language, string>>>> = {
  default: { zh: "默认", en: "default" },
  environment: { zh: "环境变量", en: "environment" },
  flag: { zh: "命令行", en: "flag" },
  file: { zh: "文件", en: "file" },
};

async function print(settings: readonly Effective[], origins: boolean, language: Language): Promise<void> {
  const { table } = await import("./shown/table.ts");
  const { kebab } = await import("./shown/kebab.ts");
  const rows = settings.map(({ name, value, origin, place }) => [
    /^[A-Z]/.test(name) ? name : kebab(name),
    value === null ? "-" : String(value),
    ...(origins ? [`${ORIGINS[origin][language]}${place === null ? "" : ` ${place}`}`] : []),
  ]);
  process.stdout.write(`${table(rows, 0)}\n`);
}
