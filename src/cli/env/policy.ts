// The destinations of a policy, for whoever points a client at them. Law: the gate's secrets are not needed for that,
// and are not read.

import { PROVIDERS } from "../../decode/providers/all.ts";
import { loadPolicy } from "../../io/policy/load.ts";
import { render } from "../../io/policy/problem.ts";
import type { Destination, Language } from "../../words.ts";
import { lawData } from "../check.ts";
import { CannotRun } from "../shown/cannot-run.ts";

/** Whoever sets up a client has not the secrets that the gate puts in: any value will do to load the policy. */
const ANY: Readonly<Record<string, string>> = new Proxy({}, { get: () => "unset" });

/** @throws CannotRun with every problem, when the policy is not fit. */
export async function destinationsOf(dir: string, language: Language): Promise<readonly Destination[]> {
  const loaded = await loadPolicy(dir, { law: await lawData(), env: ANY });
  if (loaded.ok) return [...loaded.policy.destinations.values()];
  const problems = loaded.problems.map((problem) => render(problem, language)).join("\n");
  throw new CannotRun(`策略读不了：\n${problems}`, `the policy does not load:\n${problems}`);
}

export const PROVIDERS_COUNT = PROVIDERS.size;

/** The folder: `--policies`, else YUMEN_POLICIES, else the demo's. */
export async function policiesDir(flag: string | undefined, env: NodeJS.ProcessEnv): Promise<string> {
  const { PACKAGE_DIR } = await import("../../io/config.ts");
  return flag ?? env["YUMEN_POLICIES"] ?? `${PACKAGE_DIR}policies/demo`;
}

/** @returns origin and path without a slash at the end. @throws CannotRun unless it is http or https without user. */
export function gateUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const fit = url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
  if (!fit || url.search !== "" || url.hash !== "")
    throw new CannotRun("--gate：应为 http(s)://主机:端口", "--gate: http(s)://host:port is wanted");
  return url.origin + url.pathname.replace(/\/+$/, "");
}
