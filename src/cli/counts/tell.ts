// The counts in words and bars. Law: what needs doing stands with its line; no forecast is told without its interval.

import type { HeadCount } from "../../io/admin/counts/heads.ts";
import type { CountsReport, GroupReport, LineReport } from "../../io/admin/counts/report.ts";
import { beijingDate } from "../../law/year.ts";
import type { Language } from "../../words.ts";
import type { CountsAnswer } from "../counts.ts";
import { table } from "../shown/table.ts";

const BAR = 20;
const SOURCES_SHOWN = 12;

const WORDS = {
  zh: {
    year: "年（北京时间）",
    numbers: "非敏感 / 敏感 / 合计",
    notOpened: "没有期初：其他渠道今年送出多少人没有登记（没有也要登记零）：yumen counts open",
    openings: "期初等（其他渠道，已计入上面的数）",
    outside: "已登记的出境流（不经过玉门关，未经核实；计入下面每一条人数线，不计入上面的数）",
    declared: (ns: number, s: number) => `登记：非敏感 ${ns}，敏感 ${s}`,
    stated: { opening: "期初", correction: "更正" },
    named: (n: number) => `名单 ${n} 人`,
    by: { byRecipient: "按接收方", byMechanism: "按机制", byGround: "按豁免情形等" },
    firstSeen: "首次出现在（应用 · 字段）",
    link: { linked: "可识别", unlinked: "无法关联", namesake: "无法关联，与前文同名" },
    people: (n: number) => `${n} 人`,
    namesakes: (n: number) => `打开 U-14（equalNamesOnePerson）可少计 ${n} 人`,
    lines: "人数线",
    exempt: "免予申报",
    assessment: "安全评估",
    nonSensitive: "非敏感",
    sensitive: "敏感",
    crossed: "已越过",
    none: "今年内不会，就所见而言",
    unknown: "还没有足够的天数可以预测",
    about: "约",
    from: "最早",
    until: "最晚",
    few: "（所见不足七天）",
    open: "不定",
    start: "最迟开始准备",
    group: "集团",
    split: "各家都没到线，合计已越过：SPLIT_SUSPECTED（不得拆分，CNT-11）",
  },
  en: {
    year: "(Beijing year)",
    numbers: "non-sensitive / sensitive / all",
    notOpened: "not opened: nobody has stated whom other channels sent this year (0 too): yumen counts open",
    openings: "Stated (other channels; in the numbers above)",
    outside: "Declared flows (past the gate, unverified; in every line below, not in the numbers above)",
    declared: (ns: number, s: number) => `declared: non-sensitive ${ns}, sensitive ${s}`,
    stated: { opening: "opening", correction: "correction" },
    named: (n: number) => `${n} by name`,
    by: { byRecipient: "By recipient", byMechanism: "By mechanism", byGround: "By ground" },
    firstSeen: "First seen in (app · field)",
    link: { linked: "linked", unlinked: "unlinkable", namesake: "unlinkable, a name that stood before" },
    people: (n: number) => `${n} people`,
    namesakes: (n: number) => `U-14 (equalNamesOnePerson) would count ${n} fewer`,
    lines: "Lines",
    exempt: "exempt below",
    assessment: "assessment",
    nonSensitive: "non-sensitive",
    sensitive: "sensitive",
    crossed: "crossed",
    none: "not this year, as far as this tells",
    unknown: "too few days to tell",
    about: "about",
    from: "from",
    until: "until",
    few: " (under a week was seen)",
    open: "open",
    start: "begin by",
    group: "Group",
    split: "it crosses a line and no member does: SPLIT_SUSPECTED (CNT-11)",
  },
} as const;

export function tellCounts({ exporters, groups }: CountsAnswer, language: Language): string {
  return [
    ...exporters.map((one) => tellExporter(one, language)),
    ...groups.map((one) => tellGroup(one, language)),
  ].join("\n\n");
}

function tellExporter(report: CountsReport, language: Language): string {
  const says = WORDS[language];
  const { exporter, year, counts, opened } = report;
  const parts = [`${exporter} ${year} ${says.year}  ${says.numbers}: ${numbers(counts)}`];
  if (!opened) parts.push(`  ! ${says.notOpened}`);
  if (report.openings.length > 0) parts.push(`${says.openings}\n${table(openingRows(report, language))}`);
  for (const name of ["byRecipient", "byMechanism", "byGround"] as const) {
    const rows = Object.entries(report[name]).map(([id, heads]) => [id, numbers(heads)]);
    if (rows.length > 0) parts.push(`${says.by[name]}\n${table(rows)}`);
  }
  if (report.firstSeen.length > 0) parts.push(`${says.firstSeen}\n${table(firstSeenRows(report, language))}`);
  if (report.namesakes > 0) parts.push(`  ${says.namesakes(report.namesakes)}`);
  if (report.outside.length > 0) parts.push(`${says.outside}\n${table(outsideRows(report, language))}`);
  parts.push(`${says.lines}\n${table(report.lines.map((line) => lineRow(line, language)))}`);
  return parts.join("\n");
}

function firstSeenRows({ firstSeen }: CountsReport, language: Language): string[][] {
  const says = WORDS[language];
  return firstSeen
    .slice(0, SOURCES_SHOWN)
    .map(({ app, field, link, people }) => [app, field, says.people(people), says.link[link]]);
}

function openingRows({ openings }: CountsReport, language: Language): string[][] {
  const says = WORDS[language];
  return openings.map((one) => {
    const to = one.recipient ?? "";
    if ("of" in one) return [says.stated.correction, one.day, says.people(one.gross), to];
    const { source, people, identified, by, at, class: of } = one;
    const named = identified === 0 ? [] : [says.named(identified)];
    const told = people === 0 && identified > 0 ? named : [says.people(people), ...named];
    const class_ = of === "ns" ? says.nonSensitive : says.sensitive;
    return [says.stated.opening, beijingDate(Date.parse(at)), told.join(" + "), to, class_, source, by];
  });
}

/** Marked as what they are: somebody's word. */
function outsideRows({ outside }: CountsReport, language: Language): string[][] {
  return outside.map(({ id, recipient, purpose, peopleAYear: { nonSensitive, sensitive }, owner }) => [
    ...[id, recipient, purpose, WORDS[language].declared(nonSensitive, sensitive), owner],
  ]);
}

function tellGroup({ id, exporters, counts, warnings }: GroupReport, language: Language): string {
  const says = WORDS[language];
  const told = `${says.group} ${id} (${exporters.join(", ")})  ${numbers(counts)}`;
  return warnings.length === 0 ? told : `${told}\n  ! ${says.split}`;
}

function numbers({ nonSensitive, sensitive, gross }: HeadCount): string {
  return `${nonSensitive} / ${sensitive} / ${gross}`;
}

function lineRow(line: LineReport, language: Language): string[] {
  const says = WORDS[language];
  const id = line.id === "exempt" ? says.exempt : line.id === "assessment" ? says.assessment : line.id;
  return [
    id,
    says[line.counter],
    `${line.count} / ${line.line}`,
    `${bar(line.share)} ${Math.floor(line.share * 100)} %${line.alarm === null ? "" : " !"}`,
    forecast(line, language),
  ];
}

/** Full only when the line is crossed. */
function bar(share: number): string {
  const full = Math.min(Math.floor(share * BAR), BAR);
  return `${"█".repeat(full)}${"░".repeat(BAR - full)}`;
}

function forecast({ isCrossed, basis, expected, earliest, latest, startBy }: LineReport, language: Language): string {
  const says = WORDS[language];
  if (isCrossed) return says.crossed;
  if (basis === "none") return says.unknown;
  if (expected === null && earliest === null) return says.none;
  const interval = `${says.from} ${earliest ?? expected}, ${says.until} ${latest ?? says.open}`;
  const told = `${says.about} ${expected ?? says.open} (${interval})${basis === "few" ? says.few : ""}`;
  return startBy === null ? told : `${told}; ${says.start} ${startBy}`;
}
