// A route as a person reads it, in zh or en. Law: every line says where it comes from; estimates are told as estimates.

import { articleIn } from "../../act/messages/articles.ts";
import type { Papers } from "../../io/law-papers.ts";
import type { Text } from "../../io/policy/problem.ts";
import type { Language, Outcome } from "../../words.ts";
import { table } from "../shown/table.ts";
import type { Answered } from "./answers.ts";
import { type Route, spelled } from "./judge.ts";
import type { FillIn } from "./stub.ts";

const OUTCOMES: Readonly<Record<Outcome, Text>> = {
  NOT_EXPORT: { zh: "不是出境：无需机制，也不计数", en: "no export: no mechanism, not counted" },
  PROHIBITED: { zh: "禁止出境", en: "prohibited" },
  NO_PI: {
    zh: "没有个人信息出境：不需要这三种机制",
    en: "no personal information leaves: none of the three ways is needed",
  },
  EXEMPT: { zh: "豁免：不需要机制，其他义务照旧", en: "exempt: no mechanism, the other duties stay" },
  SC_OR_CERT: { zh: "标准合同或认证", en: "standard contract or certification" },
  ASSESSMENT: { zh: "数据出境安全评估", en: "security assessment" },
};

const WARNINGS: Readonly<Record<string, Text>> = {
  LAW_NOT_REVIEWED: {
    zh: "这一天的法律数据还没有人复核过：可能已有新规",
    en: "nobody has reviewed the law data for that day: something newer may govern",
  },
  BEFORE_FIRST_REVISION: { zh: "早于最早的一版法律数据", en: "earlier than the first revision on file" },
  CALENDAR_UNKNOWN: {
    zh: "有的日期所在年份的放假安排尚未公布，按周一至周五计：公布后请重算（带 ~ 者）",
    en: "for dates marked ~ the State Council's calendar is not published: Monday to Friday assumed; ask again then",
  },
};

export function tellRoute(route: Route, { answers, assumed }: Answered, language: Language): string {
  const say: SayTwo = (zh, en) => (language === "zh" ? zh : en);
  const sections = [
    `${OUTCOMES[route.outcome][language]}\n${table(summary(route, answers.golive ?? answers.at, language, say))}`,
    ...notes(route, assumed, answers.basis, language, say),
    ...(route.mechanism === null ? [] : [lead(route, route.mechanism, language, say)]),
    ...(route.documents.length === 0 ? [] : [documents(route, language, say)]),
    ...(route.milestones.length === 0 ? [] : [dates(route, answers.golive!, language, say)]),
    closing(route, answers.golive, say),
  ];
  return sections.join("\n\n");
}

function summary(route: Route, ymd: string, language: Language, say: SayTwo): string[][] {
  const mechanisms = route.mechanism === null ? [] : [route.mechanism, ...route.alternatives];
  const consent = route.consentNeeded
    ? say("需要每个人的单独同意（《个人信息保护法》第39条）", "separate consent of each individual (PIPL Art.39)")
    : say("不以同意为依据：不需要单独同意", "consent is not the basis: no separate consent");
  return [
    [say("规则", "rule"), `${route.rule} · ${articleIn(language, route.basis)}`],
    [say("适用", "law"), `${route.revision}${say("，", ", ")}${ymd}`],
    ...limitRow(route, say),
    ...(mechanisms.length === 0
      ? []
      : [[say("可用机制", "mechanisms"), mechanisms.map((one) => nameOf(one, language)).join(say("、", ", "))]]),
    ...(route.bound ? [[say("单独同意", "consent"), consent]] : []),
  ];
}

/** What the answer rests on, and what to ask next. */
function closing(route: Route, golive: string | null, say: SayTwo): string {
  const ids = route.sources.map(({ id }) => id).join(say("、", ", "));
  const until = route.sources.map(({ reviewedUntil }) => reviewedUntil).sort()[0];
  const more = golive === null && (route.bound || route.mechanism !== null);
  return [
    say(
      `法律数据 ${ids}，复核至 ${until}（出处全文见 --json）。`,
      `Law data ${ids}, reviewed until ${until} (sources in full: --json).`,
    ),
    ...(more
      ? [say("加 --golive 日期可倒排各步时间。", "With --golive DATE the dates of each step are told too.")]
      : []),
    say("供工程使用，不是法律意见。", "For engineering; not legal advice."),
  ].join("\n");
}

type SayTwo = (zh: string, en: string) => string;

function nameOf(papers: Papers, language: Language): string {
  return `${papers.name[language]} (${spelled(papers.id)})`;
}

/** Until how many people this answer holds: the law's own limit. */
function limitRow({ limit, outcome }: Route, say: SayTwo): string[][] {
  if (outcome !== "EXEMPT" && outcome !== "SC_OR_CERT") return [];
  const parts = [
    ...(limit.nonSensitive === null
      ? []
      : [say(`${number(limit.nonSensitive)} 人`, `${number(limit.nonSensitive)} people`)]),
    ...(limit.sensitive === null
      ? []
      : [say(`敏感 ${number(limit.sensitive)} 人`, `${number(limit.sensitive)} with sensitive data`)]),
  ];
  if (parts.length === 0) return [];
  return [
    [
      say("成立至", "holds up to"),
      `${parts.join(say("，", ", "))}${say("（当年1月1日起，北京时间）", " (since 1 January, Beijing time)")}`,
    ],
  ];
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}

function notes(route: Route, assumed: Answered["assumed"], basis: string, language: Language, say: SayTwo): string[] {
  const taken = Object.entries(assumed).map(([name, value]) => `--${name} ${value}`);
  const lines = [
    ...(taken.length === 0
      ? []
      : [say(`未回答，按此判断：${taken.join(" ")}`, `not said, taken for granted: ${taken.join(" ")}`)]),
    ...(route.basisLacks.length === 0
      ? []
      : [
          say(
            `依据 ${basis} 未说明成立的条件：${route.basisLacks.join("、")}（--holds）；不成立则豁免落空，且须更正依据`,
            `basis ${basis}: not said to hold: ${route.basisLacks.join(", ")} (--holds); without them the basis fails`,
          ),
        ]),
    ...[...new Set(route.warnings)].map((code) => WARNINGS[code]?.[language] ?? code),
  ];
  return lines.length === 0 ? [] : [lines.map((line) => `! ${line}`).join("\n")];
}

function lead(route: Route, mechanism: Papers, language: Language, say: SayTwo): string {
  const units = { weeks: say("周", "weeks"), months: say("个月", "months") };
  const rows = [
    [say("法定", "by law"), mechanism.statutory?.[language] ?? "-"],
    ...mechanism.practice.map(({ min, max, unit, source }) => [
      say("实务", "in practice"),
      `${min}–${max} ${units[unit]}${say(`（${source.zh}）`, ` (${source.en})`)}`,
    ]),
    ...mechanism.pitfalls.map((pitfall) => [say("常见失误", "pitfall"), pitfall[language]]),
    ...route.alternatives.map((other) => [
      say("另可选", "or else"),
      `${nameOf(other, language)}: ${other.statutory?.[language] ?? "-"}  --mechanism ${spelled(other.id)}`,
    ]),
  ];
  return `${nameOf(mechanism, language)} ${say("要多久", "takes")}\n${table(rows)}`;
}

function documents({ documents: all }: Route, language: Language, say: SayTwo): string {
  const rows = all.map(({ text, source }) => `  □ ${text[language]}  [${source[language]}]`);
  return `${say("要准备的文件", "documents")}\n${rows.join("\n")}`;
}

/** What a date is to its step. */
export const KINDS: Readonly<Record<string, Text>> = {
  start: { zh: "着手", en: "start by" },
  latest: { zh: "最迟", en: "by" },
  earliest: { zh: "最早", en: "not before" },
  due: { zh: "截止", en: "due" },
  expected: { zh: "预计", en: "expected" },
  note: { zh: "提示", en: "from" },
};

const FORCES: Readonly<Record<string, Text>> = {
  law: { zh: "", en: "" },
  practice: { zh: "（实务估计）", en: " (estimate of practice)" },
  advice: { zh: "（建议）", en: " (advice)" },
};

function dates(route: Route, golive: string, language: Language, say: SayTwo): string {
  const anyLate = route.milestones.some(({ late }) => late);
  const rows = route.milestones.map(({ date, kind, force, text, late, calendarKnown, source }) => [
    ...(anyLate ? [late ? "✗" : " "] : []),
    `${date}${calendarKnown ? "" : "~"}`,
    KINDS[kind]![language],
    `${text[language]}${FORCES[force]![language]}${late ? say("  已过", "  is over") : ""}  [${source[language]}]`,
  ]);
  const verdict =
    route.feasible === false
      ? `\n${say(`${golive} 赶不上法定期限`, `${golive} cannot be met by the statutory clock`)}${
          route.earliestGolive === null
            ? ""
            : say(`；最早 ${route.earliestGolive}`, `; ${route.earliestGolive} at the earliest`)
        }`
      : "";
  return `${say(`以 ${golive} 上线倒排（北京日期）`, `dates for go-live on ${golive} (Beijing dates)`)}\n${table(rows)}${verdict}`;
}

export function tellFillIns(fillIns: readonly FillIn[], place: string, language: Language): string {
  const head =
    language === "zh" ? `${place}：要填 ${fillIns.length} 处` : `${place}: ${fillIns.length} places to fill in`;
  return `${head}\n${table(fillIns.map(({ path, text }) => [path, text[language]]))}`;
}
