// What people had ordered at a crossing, as far as its entry tells by its effect. Law: an order that did nothing there
// is not known, and is not missed.

import type { Case, Hold, Lift, OpaqueClass, Orders, Release, UnreadPlace } from "../../words.ts";
import type { Recorded } from "./entry.ts";

export function ordersIn(entry: Recorded): Pick<Case, "orders"> {
  const { reasons, lifted = [] } = entry;
  const named = (code: string) => reasons.flatMap((one) => (one.code === code && one.about ? [one.about] : []));
  const holds = named("PROHIBITED_X4").map((id) => holdOf(id, entry));
  const releases = [...new Set(lifted.map(({ release }) => release))].map((id) => releaseOf(id, entry));
  const overdue = named("DUTY_OVERDUE").map((id) => ({ id, due: "" }));
  if (holds.length === 0 && releases.length === 0 && overdue.length === 0) return {};
  const orders: Orders = { holds, releases, ...(overdue.length === 0 ? {} : { overdue }) };
  return { orders };
}

/** Which release says of a finding that it is none, by its place in the entry. */
export function excusesIn({ lifted = [] }: Recorded): ReadonlyMap<number, string> {
  return new Map(lifted.flatMap(({ findings = [], release }) => findings.map((i) => [i, release] as const)));
}

/** What nobody read and two people let pass, where the crossing was blocked for something else: it is not listed. */
export function unreadLifted({ lifted = [], unread }: Recorded): UnreadPlace[] {
  if (unread !== undefined) return [];
  return lifted.flatMap(({ of, what }) =>
    of === "opaque" ? [{ path: "", class: what as OpaqueClass, kind: "" }] : [],
  );
}

function holdOf(id: string, { t }: Recorded): Hold {
  return { id, of: "all", target: null, reason: "", order: null, by: "", at: t };
}

/** It covered the crossing, or it would not stand there; findings that it excused are marked one by one. */
function releaseOf(id: string, { destination, findings, lifted = [], t }: Recorded): Release {
  const lifts = lifted.flatMap(({ release, of, what }): Lift[] => {
    if (release !== id) return [];
    if (of === "rule") return [{ of, rule: what }];
    return of === "opaque" ? [{ of, class: what as OpaqueClass }] : [];
  });
  const types = [...new Set(findings.map(({ type }) => type))];
  const term = { from: t, until: "9999-12-31T23:59:59.999Z" };
  return { id, destination, types, lifts, ...term, reason: "", ticket: "", proposedBy: "", approvedBy: "" };
}
