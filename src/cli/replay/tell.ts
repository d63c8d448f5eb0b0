// The replay, told. Law: what was not replayed is told with its reason, so that silence never passes for "no change".

import type { Language } from "../../words.ts";
import { table } from "../shown/table.ts";
import { LACKS } from "./entry.ts";
import { changesOf, type Tally } from "./tally.ts";

const SAYS = {
  zh: {
    head: ["次数", "原来 → 草案", "接收方", "规则", "原因", "例"],
    changed: (n: number) => `会改变：${n}`,
    none: "没有会改变的决策",
    sums: (t: Tally) => `共 ${t.crossings} 次：${t.same} 次不变，${t.regrounded} 次处理相同、依据不同`,
    lacking: (n: number) => `不能重放：${n}`,
  },
  en: {
    head: ["times", "was → draft", "recipient", "rule", "reasons", "for instance"],
    changed: (n: number) => `would change: ${n}`,
    none: "nothing would change",
    sums: (t: Tally) =>
      `${t.crossings} crossings: ${t.same} the same, ${t.regrounded} treated the same on other grounds`,
    lacking: (n: number) => `not replayable: ${n}`,
  },
} as const;

export function told(tally: Tally, language: Language): string {
  const says = SAYS[language];
  const changes = changesOf(tally);
  const rows = changes.map(({ n, from, to, recipient, rule, reasons, example }) => [
    ...[String(n), `${from} → ${to}`, recipient, rule],
    ...[reasons.map((code) => code.toLowerCase()).join(" ") || "-", example],
  ]);
  const lacks = [...tally.lacks].sort(([, a], [, b]) => b - a);
  return [
    says.sums(tally),
    changes.length === 0 ? says.none : says.changed(sum(changes.map(({ n }) => n))),
    ...(rows.length === 0 ? [] : [table([[...says.head], ...rows])]),
    ...(lacks.length === 0 ? [] : [says.lacking(sum(lacks.map(([, n]) => n)))]),
    ...lacks.map(([lack, n]) => `  ${n}  ${LACKS[lack][language]}`),
  ].join("\n");
}

/** The same for programs. */
export function asJson(tally: Tally, language: Language): string {
  const { crossings, same, regrounded } = tally;
  const notReplayable = [...tally.lacks].map(([lack, n]) => ({ why: lack, n, message: LACKS[lack][language] }));
  return JSON.stringify({ crossings, same, regrounded, changes: changesOf(tally), notReplayable });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, n) => all + n, 0);
}
