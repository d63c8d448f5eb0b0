// One examination and its verdict. Law: each ends within its time, whatever it waits for; none prints a secret or
// personal information.

import type { Text } from "../../io/policy/problem.ts";

export type State = "ok" | "warn" | "fail";

export interface Verdict {
  readonly state: State;
  /** What was found. */
  readonly says: Text;
  /** What to do about it; only where something is wrong. */
  readonly fix?: Text;
}

export interface Check {
  /** `clock`, `destination:openai`. */
  readonly id: string;
  readonly examine: () => Promise<Verdict> | Verdict;
}

export interface Examined extends Verdict {
  readonly id: string;
}

export const CHECK_MS_MAX = 3_000;

export function ok(zh: string, en: string): Verdict {
  return { state: "ok", says: { zh, en } };
}

/** @param fix zh, en. */
export function warn(zh: string, en: string, ...fix: [zh: string, en: string]): Verdict {
  return { state: "warn", says: { zh, en }, fix: { zh: fix[0], en: fix[1] } };
}

export function fail(zh: string, en: string, ...fix: [zh: string, en: string]): Verdict {
  return { state: "fail", says: { zh, en }, fix: { zh: fix[0], en: fix[1] } };
}

/** All at once, in the order given. @param limitMs what is not over by then is a warning. Never rejects. */
export function examineAll(checks: readonly Check[], limitMs = CHECK_MS_MAX): Promise<readonly Examined[]> {
  return Promise.all(
    checks.map(async ({ id, examine }) => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<Verdict>((resolve) => {
        timer = setTimeout(() => resolve(unfinished(limitMs)), limitMs);
      });
      const verdict = await Promise.race([Promise.resolve().then(examine).catch(broken), late]);
      clearTimeout(timer);
      return { id, ...verdict };
    }),
  );
}

function unfinished(limitMs: number): Verdict {
  const seconds = limitMs / 1000;
  return warn(
    `${seconds} 秒内没有结果`,
    `no result within ${seconds} s`,
    "看网络或磁盘是否卡住，再试一次",
    "see whether the network or the disk hangs, and try again",
  );
}

/** Only the system's code is told: a message may quote what it was about. */
function broken(error: unknown): Verdict {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? (error instanceof Error ? error.name : "Error");
  return fail(`检查本身失败（${code}）`, `the check itself failed (${code})`, "请报告此问题", "please report this");
}
