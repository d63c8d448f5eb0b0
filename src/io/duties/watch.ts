// Dates as alarms: looked at once a minute, and whenever somebody settles one. Law: a look says all that it sees, so
// that what was mended clears by itself.

import type { DatedDuty } from "../../words.ts";
import type { Alarms, Raised } from "../alarms/alarms.ts";
import type { Duties, DutyItem } from "./duties.ts";

const LOOK_MS = 60_000;
/** A deadline is told so many days before. */
const DUE_DAYS = 14;
const TRIAL_DAYS = 3;

export interface DutyWatch {
  look(): void;
  close(): void;
}

export function watchDuties(duties: Duties, alarms: Pick<Alarms, "standing">): DutyWatch {
  const look = (): void => alarms.standing("duties", duties.items().flatMap(alarmOf));
  look();
  const timer = setInterval(look, LOOK_MS).unref();
  return { look, close: () => clearInterval(timer) };
}

/** What somebody should know of it today, if anything. */
export function alarmOf(item: DutyItem): readonly Raised[] {
  const { id, state, asks, daysLeft, own } = item;
  if (state === "done" || state === "skipped" || asks === "keep") return [];
  const raised = (code: string, severity: Raised["severity"]): Raised[] => [
    { code, about: id, severity, details: detailsOf(item) },
  ];
  if (state === "overdue") {
    if (asks === "end") return raised("paper_ended", "warning");
    return raised("duty_overdue", own?.onOverdue === "block" ? "critical" : "warning");
  }
  if (asks === "opening") return item.kind === "trial-end" ? trial(item, raised) : opening(item, raised);
  if (asks === "end") return state === "soon" ? raised("paper_ends", "warning") : [];
  return daysLeft <= DUE_DAYS ? raised("duty_due", "info") : [];
}

type Raise = (code: string, severity: Raised["severity"]) => Raised[];

function trial({ daysLeft }: DutyItem, raised: Raise): Raised[] {
  return daysLeft >= 0 && daysLeft <= TRIAL_DAYS ? raised("trial_ends", "info") : [];
}

/** When the window opens, and more gravely when half of it is over. */
function opening({ daysLeft, kind }: DutyItem, raised: Raise): Raised[] {
  if (daysLeft > 0) return [];
  return raised("extension_open", kind === "extension-half" ? "warning" : "info");
}

function detailsOf({ due, safeOn, article, own, about }: DatedDuty): Readonly<Record<string, string>> {
  const day: Readonly<Record<string, string>> = due === null ? { safeOn, calendar: "CALENDAR_UNKNOWN" } : { due };
  return { ...day, of: about, article, ...(own === undefined ? {} : { owner: own.owner }) };
}
