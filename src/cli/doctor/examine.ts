// Everything that is examined, in the order it is told. Law: what cannot be examined because something before it failed
// is left out, and that failure is told.

import { type Config, ConfigError, PACKAGE_DIR, readConfig, type Settings } from "../../io/config.ts";
import { loadLawData } from "../../io/law-data.ts";
import { type Loaded, loadPolicy } from "../../io/policy/load.ts";
import { beijingDate } from "../../law/year.ts";
import type { LawData } from "../../words.ts";
import { type Check, type Examined, examineAll, fail, ok, type Verdict, warn } from "./check.ts";
import { machineChecks } from "./machine.ts";
import { caChecks, networkChecks } from "./network.ts";
import { calendarVerdict, claimChecks, lawVerdict, mechanismChecks, observeChecks } from "./papers.ts";

/** @param nowMs ms since the epoch. @param variables of the policy's URLs. Never rejects for what it finds. */
export async function examine(
  flags: Settings,
  env: NodeJS.ProcessEnv,
  variables: Readonly<Record<string, string>>,
  nowMs: number,
): Promise<readonly Examined[]> {
  const today = beijingDate(nowMs);
  const [config, settings] = configOf(flags, env);
  const [law, lawCheck] = lawOf(config.law, today);
  const checks: Check[] = [settings, ...machineChecks(config, env), lawCheck];
  if (law !== null) {
    const loaded = await loadPolicy(config.policies, { law, env, variables, nowMs });
    checks.push({ id: "calendar", examine: () => calendarVerdict(law, today) });
    checks.push({ id: "policy", examine: () => policyVerdict(config.policies, loaded) });
    if (loaded.ok) {
      const { destinations, mechanisms } = loaded.policy;
      const all = [...destinations.values()];
      checks.push(
        ...mechanismChecks(mechanisms, law, today),
        ...claimChecks(loaded.policy, today),
        ...observeChecks(all, today),
        ...caChecks(all, nowMs),
        ...networkChecks(all, beijingTime),
      );
    }
  }
  return examineAll(checks);
}

/** With a setting that is none, the rest is examined by the defaults, in the folders that are meant. */
function configOf(flags: Settings, env: NodeJS.ProcessEnv): readonly [Config, Check] {
  try {
    const config = readConfig(flags, env);
    return [config, { id: "config", examine: () => ok("设置都认得", "every setting is known") }];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const { zh, en } = error.says;
    const verdict = fail(
      zh,
      en,
      "改正它：网关不会带着它启动（yumen config --show-origin）",
      "mend it: no gate starts with it (yumen config --show-origin)",
    );
    const folders = {
      policies: flags["policies"] ?? env["YUMEN_POLICIES"],
      data: flags["data"] ?? env["YUMEN_DATA"],
    };
    return [readConfig(folders, {}), { id: "config", examine: () => verdict }];
  }
}

function lawOf(dir: string, today: string): readonly [LawData | null, Check] {
  try {
    const law = loadLawData(dir);
    return [law, { id: "law", examine: () => lawVerdict(law, today) }];
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "malformed";
    const verdict = fail(
      `法律数据读不了：${dir}（${code}）`,
      `law data cannot be read: ${dir} (${code})`,
      "去掉 --law，或重装 yumen",
      "leave out --law, or install yumen again",
    );
    return [null, { id: "law", examine: () => verdict }];
  }
}

function policyVerdict(dir: string, loaded: Loaded): Verdict {
  const place = dir.startsWith(PACKAGE_DIR) ? dir.slice(PACKAGE_DIR.length) : dir;
  if (!loaded.ok) {
    const errors = loaded.problems.filter(({ severity }) => severity === "error").length;
    return fail(
      `${place}：${errors} 个错误`,
      `${place}: ${errors} errors`,
      `yumen check ${place} 逐处指出`,
      `yumen check ${place} names each`,
    );
  }
  const short = loaded.policy.hash.slice(0, "sha256:".length + 12);
  if (loaded.warnings.length === 0) return ok(`${place} 可用，${short}`, `${place} is fit to run, ${short}`);
  const count = loaded.warnings.length;
  return warn(
    `${place} 可用，${count} 个警告`,
    `${place} is fit to run, ${count} warnings`,
    `yumen check ${place}`,
    `yumen check ${place}`,
  );
}

/** What people in Beijing read off the clock, by the system's own data of time zones. */
function beijingTime(): string {
  const options = { timeZone: "Asia/Shanghai", dateStyle: "short", timeStyle: "medium" } as const;
  return new Intl.DateTimeFormat("sv-SE", options).format(new Date());
}
