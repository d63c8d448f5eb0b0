// What a person reads of a decision. Law: a mark says met or unmet, colour only repeats it; a value of somebody is
// nowhere, because the ledger has none.

import { kindName } from "../../act/kinds.ts";
import { articleIn } from "../../act/messages/articles.ts";
import type { Condition } from "../../law/conditions.ts";
import { head, type Shown } from "./head.ts";
import { MARKS, type Paint, padded, painted, wrapped } from "./layout.ts";
import { nearestLines } from "./ways.ts";
import type { Why } from "./why.ts";
import { ACTIONS, CONDITION_NAMES, GROUPS, SAYS } from "./words.ts";

const NAME_COLUMNS = { zh: 32, en: 52 };
const EVIDENCE_TOLD_MAX = 4;

/** @returns lines, the last one ended. */
export function view(why: Why, shown: Shown): string {
  const first = [head(why, shown), conditions(why, shown, ["no"]), nearestLines(why, shown)];
  const then = [
    findings(why, shown),
    counts(why, shown),
    conditions(why, shown, ["yes", "not_asked"]),
    pages(why, shown),
  ];
  const blocks = [...first, ...then].filter((lines) => lines.length > 0);
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function findings({ findings: found, people, outcome }: Why, shown: Shown): string[] {
  const says = SAYS[shown.language];
  if (outcome === null) return [];
  if (found.length === 0) return [heading(says.foundNone, "", shown)];
  const n = found.reduce((sum, one) => sum + one.n, 0);
  const lines = grouped(found).map(({ one, times }) => {
    const { path, type, sensitive, action, person } = one;
    const kind = `${kindName(type, shown.language)}${times > 1 ? ` ×${times}` : ""}`;
    const more = [
      sensitive ? says.sensitive : "",
      person === null || people.n < 2 ? "" : says.person(person + 1),
      action === null ? "" : `→ ${ACTIONS[action]?.[shown.language] ?? action}`,
    ];
    return wrapped("  ", [path ?? "", kind, ...more].filter(Boolean).join("  "), 4, shown);
  });
  return [heading(says.found(n), says.people(people.n, people.new, people.minors), shown), ...lines.flat()];
}

type Finding = Why["findings"][number];

/** Equal findings of one place as one line. */
function grouped(found: readonly Finding[]): { readonly one: Finding; readonly times: number }[] {
  const lines = new Map<string, { one: Finding; times: number }>();
  for (const one of found) {
    const key = JSON.stringify([one.path, one.type, one.sensitive, one.action, one.person]);
    lines.set(key, { one, times: (lines.get(key)?.times ?? 0) + one.n });
  }
  return [...lines.values()];
}

function counts({ counts: held }: Why, shown: Shown): string[] {
  if (held === null) return [];
  const says = SAYS[shown.language];
  const lines = held.lines.flatMap(({ counter, line, at, count, left }) => {
    const figures = `${count.toLocaleString("en-US")} / ${at.toLocaleString("en-US")}`;
    const text = `${padded(says.counter[counter], 10)}${padded(figures, 20)}${says.lineOf[line]}  ${says.left(left)}`;
    return wrapped("  ", text, 4, shown);
  });
  return [heading(says.counts, "", shown), ...lines];
}

/** What is not met stands first, before the way out; what is met, and what was not asked, stands last. */
function conditions(why: Why, shown: Shown, which: readonly Condition["met"][]): string[] {
  const says = SAYS[shown.language];
  const named = why.conditions.filter(({ met }) => which.includes(met));
  if (!which.includes("no")) {
    const lines = named.filter(({ met }) => met === "yes").flatMap((one) => conditionLines(one, why, shown));
    return lines.length === 0 ? [] : [heading(says.met, "", shown), ...lines, ...notAsked(why.conditions, shown)];
  }
  // reasons that no condition claims: failures before a judgement, or of a newer gate
  const claimed = new Set(named.flatMap((one) => one.reasons.map(({ code }) => code)));
  const unclaimed = why.reasons.filter(({ code }) => !claimed.has(code));
  if (named.length + unclaimed.length === 0) return [];
  return [
    heading(says.unmet, String(named.length + unclaimed.length), shown),
    ...named.flatMap((one) => conditionLines(one, why, shown)),
    ...unclaimed.flatMap((one) => marked(reasonLines(one, "  ✗ ", 4, shown), "no", shown)),
    ...(why.reasonsMayBeCut ? wrapped("  ", says.cut, 2, shown) : []),
  ];
}

function conditionLines({ id, met, article, evidence, reasons: said }: Condition, why: Why, shown: Shown): string[] {
  const { language } = shown;
  const kind = met === "yes" ? "yes" : "no";
  const ids = evidence.length > EVIDENCE_TOLD_MAX ? [...evidence.slice(0, EVIDENCE_TOLD_MAX), "…"] : evidence;
  const proof = met === "yes" && ids.length > 0 ? `  ${SAYS[language].evidence(ids.join(", "))}` : "";
  const name = padded(CONDITION_NAMES[id]?.[language] ?? id, NAME_COLUMNS[language]);
  const lines = wrapped(`  ${MARKS[kind][0]} `, `${name}  ${articleIn(language, article)}${proof}`, 6, shown);
  const told = why.reasons.filter(({ code }) => said.some((one) => one.code === code));
  const whys = told.flatMap((one) => reasonLines(one, " ".repeat(6), 8, shown));
  return [...marked(lines, kind, shown), ...whys];
}

/** Lines are broken before they are painted: escapes have no width. */
function marked([first = "", ...rest]: readonly string[], kind: keyof typeof MARKS, shown: Shown): string[] {
  const [mark, paint] = MARKS[kind];
  return [first.replace(mark, () => painted(mark, paint, shown)), ...rest];
}

function reasonLines(reason: Why["reasons"][number], first: string, hang: number, shown: Shown): string[] {
  const { code, says, path, type, about, via } = reason;
  const kind = type === undefined ? "" : kindName(type, shown.language);
  const place = [path ?? "", kind].filter(Boolean).join(" ");
  const text = [says[shown.language], about === undefined ? "" : `[${about}]`, via ?? "", place, code];
  return wrapped(first, text.filter(Boolean).join("  "), hang, shown);
}

/** One line: groups that were not asked at all by name and number, others one by one. */
function notAsked(all: readonly Condition[], shown: Shown): string[] {
  const says = SAYS[shown.language];
  const names = (Object.keys(GROUPS) as (keyof typeof GROUPS)[]).flatMap((group) => {
    const ofGroup = all.filter((one) => one.group === group);
    const silent = ofGroup.filter(({ met }) => met === "not_asked");
    if (silent.length === ofGroup.length) return [says.wholly(GROUPS[group][shown.language], silent.length)];
    return silent.map(({ id }) => CONDITION_NAMES[id]?.[shown.language] ?? id);
  });
  if (names.length === 0) return [];
  const lines = wrapped("  – ", says.notAsked(names.join(shown.language === "zh" ? "；" : "; ")), 6, shown);
  return lines.map((line) => painted(line, "faint", shown));
}

function pages({ reasons: said }: Why, shown: Shown): string[] {
  const links = [...new Set(said.flatMap(({ page }) => (page === null ? [] : [`docs/${page}`])))];
  if (links.length === 0) return [];
  return [heading(SAYS[shown.language].pages, "", shown), ...links.map((link) => `  ${link}`)];
}

/** @param beside behind the heading. */
export function heading(text: string, beside: string, shown: Shown, paint: Paint = "bold"): string {
  return `${painted(text, paint, shown)}${beside === "" ? "" : `  ${beside}`}`;
}
