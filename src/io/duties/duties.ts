// Dated items with what was done about them, as of now. Law of this file: worked out from policy, register and Beijing
// date alone, anew when one of them changes and not before: a crossing asks for what shuts its way, and where no duty
// of the policy can, it pays two looks at memory.

import { deadlines, isLate } from "../../law/deadlines/deadlines.ts";
import { beijingDate, plusDays } from "../../law/year.ts";
import type { DatedDuty, Orders, Policy } from "../../words.ts";
import type { Clock, Register } from "../ports.ts";
import { dutyShelf, type Settled } from "./shelf.ts";

export type State =
  | "done"
  | "skipped"
  /** Its day is over. */
  | "overdue"
  /** Within sixty days; of an opening: it is open. */
  | "soon"
  | "later";

export interface DutyItem extends DatedDuty {
  readonly state: State;
  /** To the day that is right under any calendar; negative: over. */
  readonly daysLeft: number;
  readonly settled: Settled | null;
}

export interface Duties {
  /** Beijing date. */
  today(): string;
  /** By day. The same array until something changes. */
  items(): readonly DutyItem[];
  /** For every crossing: undefined where nothing is shut. The same array until something changes. */
  shutting(): Orders["overdue"];
}

const SOON_DAYS = 60;
const DAY_MS = 86_400_000;

interface Seen {
  readonly policy: Policy;
  readonly shelf: readonly Settled[];
  readonly today: string;
  readonly items: readonly DutyItem[];
  readonly shutting: Orders["overdue"];
  /** ms: the Beijing day is over then. */
  readonly endsMs: number;
}

export function createDuties(register: Register, clock: Clock, policy: () => Policy): Duties {
  const shelf = dutyShelf(register);
  let seen: Seen | null = null;

  const now = (): Seen => {
    const [inForce, settled, nowMs] = [policy(), shelf.all(), clock.nowMs()];
    if (seen !== null && seen.policy === inForce && seen.shelf === settled && nowMs < seen.endsMs) return seen;
    seen = look(inForce, settled, nowMs);
    return seen;
  };

  return {
    today: () => now().today,
    items: () => now().items,
    shutting: () => (canShut(policy()) ? now().shutting : undefined),
  };
}

/** Whether some duty of the policy shuts its way: nearly always none does. */
function canShut({ duties }: Policy): boolean {
  return duties?.some(({ onOverdue }) => onOverdue === "block") === true;
}

function look(policy: Policy, settled: readonly Settled[], nowMs: number): Seen {
  const today = beijingDate(nowMs);
  const done = new Map(settled.map((one) => [one.id, one]));
  const items = deadlines(policy, today).map((one) => itemOf(one, done.get(one.id) ?? null, today));
  const late = items.filter(({ state, own }) => state === "overdue" && own?.onOverdue === "block");
  const shutting = late.map(({ id, due, own }) => ({ ...waysOf(own!), id, due: due! }));
  const endsMs = Date.parse(`${plusDays(today, 1)}T00:00:00+08:00`);
  return { policy, shelf: settled, today, items, shutting: shutting.length === 0 ? undefined : shutting, endsMs };
}

function itemOf(one: DatedDuty, settled: Settled | null, today: string): DutyItem {
  const daysLeft = Math.round((Date.parse(one.safeOn) - Date.parse(today)) / DAY_MS);
  const near = daysLeft <= SOON_DAYS ? "soon" : "later";
  // what is only kept, or has opened long ago, asks for nothing
  const state = settled?.state ?? (isLate(one, today) ? "overdue" : one.asks === "keep" ? "later" : near);
  return { ...one, state, daysLeft, settled };
}

function waysOf({ exporters, destinations, recipients, purposes }: NonNullable<DatedDuty["own"]>) {
  return {
    ...(exporters === undefined ? {} : { exporters }),
    ...(destinations === undefined ? {} : { destinations }),
    ...(recipients === undefined ? {} : { recipients }),
    ...(purposes === undefined ? {} : { purposes }),
  };
}
