// The dates of mechanisms (law.md §5, timers): filing, end, extension, renewal. Law: ends are those that the judgement
// of a crossing goes by (law/mechanisms.ts); one that was taken back has no date left.

import type { DatedDuty, Mechanism, Pipia } from "../../words.ts";
import { isContract, type TermAsk, termOf } from "../mechanisms.ts";
import { plusMonths } from "../year.ts";
import { afterWorkingDays, beforeWorkingDays, type Calendar, item, onDay } from "./item.ts";

/** Working days before the end from which an extension may be asked for (Provisions Art. 9), and half of them. */
const EXTENSION_DAYS = 60;
const EXTENSION_HALF_DAYS = 30;
/** Cert Measures Art. 8. */
const RENEWAL_MONTHS = 6;
/** SC filing guide: the assessment is at most so old when the contract is filed. */
const FRESH_MONTHS = 3;

export interface MechanismAsk extends TermAsk {
  readonly calendar: Calendar;
  readonly pipias: readonly Pick<Pipia, "id" | "doneOn">[];
  /** The Beijing date of asking. */
  readonly today: string;
}

export function datesOfMechanism(m: Mechanism, ask: MechanismAsk): readonly DatedDuty[] {
  const status = m.status ?? "active";
  if (status !== "active" && status !== "pending" && status !== "suspended") return [];
  return [...filing(m, ask), ...refiling(m, ask), ...ending(m, ask)];
}

/** Until it is filed; with it, the day until which its impact assessment is fresh enough to be filed. */
function filing(m: Mechanism, ask: MechanismAsk): DatedDuty[] {
  const { id, exporters, filedDate = null } = m;
  const { from } = termOf(m, ask);
  if (!isContract(m) || (filedDate !== null && m.filingRejected !== true) || from === null) return [];
  const due = afterWorkingDays(from, ask.law.lines.filingWorkingDays, ask.calendar);
  const doneOn = ask.pipias.find((pipia) => pipia.id === m.pipia)?.doneOn ?? null;
  const fresh = doneOn === null ? due : onDay(plusMonths(doneOn, FRESH_MONTHS));
  return [item("filing", "deadline", id, due, exporters), item("pipia-for-filing", "deadline", id, fresh, exporters)];
}

/** A change that was not filed again is due at once: the law does not say from when it is late. */
function refiling({ id, exporters, changeNotRefiled }: Mechanism, { today }: MechanismAsk): DatedDuty[] {
  if (changeNotRefiled !== true) return [];
  return [{ ...item("refiling", "deadline", id, onDay(today), exporters), id: `refiling.${id}` }];
}

function ending(m: Mechanism, ask: MechanismAsk): DatedDuty[] {
  const { id, type, exporters } = m;
  const { until } = termOf(m, ask);
  if (until === null) return [];
  const end = item("mechanism-end", "end", id, onDay(until), exporters);
  if (type === "CERTIFICATION")
    return [item("renewal", "deadline", id, onDay(plusMonths(until, -RENEWAL_MONTHS)), exporters), end];
  if (type !== "SECURITY_ASSESSMENT") return [end];
  const opens = (count: number) => beforeWorkingDays(until, count, ask.calendar);
  return [
    item("extension-opens", "opening", id, opens(EXTENSION_DAYS), exporters),
    item("extension-half", "opening", id, opens(EXTENSION_HALF_DAYS), exporters),
    end,
  ];
}
