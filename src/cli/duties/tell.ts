// Dated items for people: columns, sentences, a calendar. Law: a day that nobody knows yet is told as such.

import type { shownDuty } from "../../io/admin/duties.ts";
import type { Language } from "../../words.ts";
import { type CalendarEvent, ics } from "../route/ics.ts";
import { table } from "../shown/table.ts";

export type Shown = ReturnType<typeof shownDuty>;

const STATES: Readonly<Record<Shown["state"], Readonly<Record<Language, string>>>> = {
  overdue: { zh: "逾期", en: "overdue" },
  soon: { zh: "临近", en: "soon" },
  later: { zh: "以后", en: "later" },
  done: { zh: "已做", en: "done" },
  skipped: { zh: "已跳过", en: "skipped" },
};

/** One line an item: state, day, days left, what, of what, id. */
export function rowsOf(items: readonly Shown[], language: Language): string {
  return table(
    items.map((one) => [
      STATES[one.state][language],
      dayOf(one, language),
      leftOf(one, language),
      one.what[language],
      ...[one.about, one.id],
    ]),
  );
}

function dayOf({ due, safeOn }: Shown, language: Language): string {
  if (due !== null) return due;
  return language === "zh" ? `日历未公布（稳妥：${safeOn}）` : `CALENDAR_UNKNOWN (safe: ${safeOn})`;
}

function leftOf({ daysLeft, state }: Shown, language: Language): string {
  if (state === "done" || state === "skipped") return "";
  if (language === "zh") return daysLeft < 0 ? `过 ${-daysLeft} 天` : `剩 ${daysLeft} 天`;
  return daysLeft < 0 ? `${-daysLeft} d ago` : `${daysLeft} d`;
}

/** What is still to come or overdue, one event an item, the same at each export. */
export function calendarOf(items: readonly Shown[], language: Language, nowMs: number): string {
  const open = items.filter(({ state }) => state !== "done" && state !== "skipped");
  const events = open.map((one): CalendarEvent => {
    const { id, due, safeOn, what, about, article, owner } = one;
    const unknown =
      due === null ? (language === "zh" ? "工作日历未公布，此为稳妥之日" : "CALENDAR_UNKNOWN: a safe day") : "";
    return {
      uid: `${id}@duties.yumen`,
      date: due ?? safeOn,
      summary: `${what[language]} · ${about}`,
      description: [article, ...(owner === null ? [] : [owner]), ...(unknown === "" ? [] : [unknown])].join(" · "),
    };
  });
  return ics(language === "zh" ? "玉门关 · 义务" : "Yumen · duties", events, nowMs);
}
