// Alarms as sentences. Law: ids, days and figures only; what has no sentence of its own is told by its code.

import type { Text } from "../policy/problem.ts";
import type { Change } from "./alarms.ts";

const SAID: Readonly<Record<string, Text>> = {
  duty_overdue: { zh: "义务逾期", en: "a duty is overdue" },
  duty_due: { zh: "义务临近到期", en: "a duty falls due soon" },
  paper_ended: { zh: "文件或机制已到期", en: "a paper has ended" },
  paper_ends: { zh: "文件或机制即将到期", en: "a paper ends soon" },
  extension_open: { zh: "可以申请延长有效期", en: "an extension may be asked for" },
  drift: { zh: "出境清单以外的新情况", en: "something leaves that the inventory does not know" },
  drift_many: {
    zh: "清单以外的情况太多，不再逐条记录",
    en: "too much that the inventory does not know to keep all of it",
  },
  suspended: { zh: "已下令停止出境", en: "a way is shut by order" },
  hold_unknown: {
    zh: "停止令指向策略里没有的名字，所以全部停止",
    en: "an order to stop names what policy does not know, so everything is shut",
  },
  trial_ends: { zh: "试行将结束，此后强制执行", en: "a trial ends soon; then it is enforced" },
  ledger: { zh: "台账写不进去，什么都不出境", en: "the ledger takes no entries, and nothing leaves" },
  line_near: { zh: "人数接近一条线", en: "the year's people come near a line" },
  line_crossed: { zh: "人数已越过一条线", en: "the year's people have crossed a line" },
  split_suspected: { zh: "集团合计越线而各家都没到线", en: "a group crosses a line while no member does" },
  consent_source_silent: { zh: "同意来源久无消息", en: "a source of consents has been silent too long" },
  alarms_many: { zh: "告警过多", en: "there are too many alarms" },
  test: { zh: "试发", en: "a test" },
};

const SEVERITY: Readonly<Record<string, Text>> = {
  info: { zh: "提示", en: "info" },
  warning: { zh: "警告", en: "warning" },
  critical: { zh: "严重", en: "critical" },
};

/** @returns the first line, and the rest, one a line. */
export function say({ alarm, what }: Change, language: "zh" | "en"): readonly string[] {
  const { code, about, severity, since, details } = alarm;
  const sentence = SAID[code]?.[language] ?? code;
  const over = language === "zh" ? "已解除" : "cleared";
  const mark = what === "cleared" ? over : SEVERITY[severity]![language];
  const head = language === "zh" ? `玉门关 [${mark}] ${sentence}` : `Yumen [${mark}] ${sentence}`;
  const rows = Object.entries(details).map(([name, value]) => `${name}: ${value}`);
  return [head, about, ...rows, `${code} · ${since}`];
}
