// What became of a recorded decision, in one or two lines.

import type { Language } from "../../../words.ts";
import type { Updated } from "./update.ts";

const SAYS = {
  zh: {
    made: (decision: string, file: string) => `${decision} 已写成 ${file} 的一个用例`,
    changed: (before: string, now: string) => `此后策略改过（${before} → ${now}）`,
    same: "，结果相同",
    differs: "，现在的结果不同，用例写的是当时的：",
  },
  en: {
    made: (decision: string, file: string) => `${decision} is now a case of ${file}`,
    changed: (before: string, now: string) => `the policy has changed since (${before} → ${now})`,
    same: ", with the same result",
    differs: ", and now does otherwise; the case expects what was done then:",
  },
} as const;

export function told({ decision, file, wrong, changed }: Updated, language: Language): string {
  const says = SAYS[language];
  const lines = [says.made(decision, file)];
  if (changed !== null) {
    const [before, now] = [changed.before, changed.now].map((hash) => hash.slice(0, 15));
    lines.push(`${says.changed(before!, now!)}${wrong.length === 0 ? says.same : says.differs}`);
  }
  return [...lines, ...wrong.map((difference) => `  ${difference[language]}`)].join("\n");
}
