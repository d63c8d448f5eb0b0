// Everything on one page. Law: it reads and changes nothing; it says no value and no key of a person. `fine` is no
// where something is overdue, shut, or not ready: that is what an exit code and a monitor ask.

import type { FastifyInstance } from "fastify";
import { isKnown } from "../../decide/holds.ts";
import { outsideOf } from "../../decide/outside.ts";
import { beijingYear } from "../../law/year.ts";
import { driftShelf } from "../drift/shelf.ts";
import type { DutyItem } from "../duties/duties.ts";
import type { FirstSeenCount } from "../first-seen.ts";
import { linesOf } from "./counts/report.ts";
import { dutiesOf, isWithin, shownDuty } from "./duties.ts";
import type { Guards } from "./guard.ts";
import { proposalShelf } from "./proposals/proposal.ts";
import type { AdminWorld, Routes } from "./world.ts";

const SOON_DAYS = 60;

export const status: Routes = {
  operations: [{ path: "/v1/status", method: "get", summary: "Everything on one page", body: null }],
  add(app: FastifyInstance, world: AdminWorld, guards: Guards) {
    const readers = guards("operator", "reviewer", "approver", "auditor");
    app.get("/v1/status", { preHandler: readers }, async () => statusOf(world));
  },
};

export type Status = ReturnType<typeof statusOf>;

export function statusOf(world: AdminWorld) {
  const policy = world.policy();
  const held = dutiesOf(world);
  const [today, items] = [held.today(), held.items()];
  const nowMs = world.clock.nowMs();
  const readiness = world.ready?.() ?? { ready: true, checks: {} };
  const orders = world.orders?.current();
  const overdue = items.filter(({ state }) => state === "overdue");
  const soon = items.filter((one) => one.state !== "overdue" && isWithin(one, SOON_DAYS));
  const drifting = driftShelf(world.register).all();
  const holds = orders?.holds ?? [];
  const shutting = held.shutting() ?? [];
  return {
    fine: readiness.ready && overdue.length === 0 && holds.length === 0 && shutting.length === 0,
    at: new Date(nowMs).toISOString(),
    today,
    ...readiness,
    policy: policy.hash,
    ledger: world.head?.() ?? null,
    mechanisms: mechanismsOf(policy, items),
    counts: countsOf(world, beijingYear(nowMs)),
    sources: world.sources?.status() ?? [],
    overdue: overdue.map(shownDuty),
    soon: soon.map(shownDuty),
    // known: no is over everything
    shut: {
      holds: holds.map((hold) => ({ ...hold, known: isKnown(hold, policy) })),
      duties: shutting.map(({ id }) => id),
    },
    releases: (orders?.releases ?? []).map(({ id, destination, until, ticket }) => ({
      id,
      destination,
      until,
      ticket,
    })),
    observing: observingOf(policy, today),
    drift: {
      declared: policy.inventory !== undefined,
      onDrift: policy.inventory === undefined ? null : (policy.onDrift ?? "alarm"),
      open: drifting.filter(({ state }) => state === "open").length,
    },
    proposals: proposalShelf(world)
      .all()
      .filter(({ state, expiresAt }) => state === "open" && Date.parse(expiresAt) > nowMs).length,
    alarms: world.watched?.alarms.open() ?? [],
  };
}

type Policy = ReturnType<AdminWorld["policy"]>;

/** Until when each holds, as the judgement of a crossing reads it. */
function mechanismsOf({ mechanisms }: Policy, items: readonly DutyItem[]) {
  return mechanisms.map(({ id, type, exporters, status: state = "active" }) => {
    const end = items.find(({ kind, about }) => kind === "mechanism-end" && about === id);
    return { id, type, exporters, status: state, until: end?.due ?? null, daysLeft: end?.daysLeft ?? null };
  });
}

/** People are counted under the handler that answers (CNT-7). */
function countsOf(world: AdminWorld, year: number) {
  const { policy, people, firstSeen } = world;
  const handlers = new Set([...policy().exporters.values()].map(({ handler }) => handler));
  return [...handlers].map((exporter) => {
    const namesakes = namesakesIn(firstSeen?.of(exporter, year) ?? []);
    // lines that somebody is told of
    const near = linesOf(world, exporter, year).filter(({ alarm }) => alarm !== null);
    // of flows past the gate, as policy declares them: in every line, not in the counts beside it
    const declared = outsideOf(policy(), exporter);
    return { exporter, year, opened: false, ...people.counts(exporter, year), declared, namesakes, near };
  });
}

/** Whom switch U-14 would not count. */
function namesakesIn(firstSeen: readonly FirstSeenCount[]): number {
  return firstSeen.reduce((sum, { link, people }) => sum + (link === "namesake" ? people : 0), 0);
}

function observingOf({ destinations }: Policy, today: string) {
  return [...destinations.values()].flatMap(({ id, observe }) =>
    observe === null || observe.until < today ? [] : [{ destination: id, ...observe }],
  );
}
