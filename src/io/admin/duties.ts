// The register of what falls due. Law: done is shown, skipped is explained, and both stand in the ledger before they
// count; nobody settles what is not there yet, and nothing is settled twice.

import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { createDuties, type Duties, type DutyItem } from "../duties/duties.ts";
import { whatOf } from "../duties/names.ts";
import { dutyShelf, type Settled } from "../duties/shelf.ts";
import { freeText } from "./free-text.ts";
import type { Guards } from "./guard.ts";
import { identityOf } from "./identity.ts";
import { pageQuery } from "./paging.ts";
import { invalid, Problem, parseBody } from "./problem.ts";
import type { AdminWorld, Routes } from "./world.ts";

const doneBody = z.strictObject({
  /** Id of a document of the policy. */
  evidence: z.string().max(64).nullable().default(null),
  remark: freeText(200).nullable().default(null),
});
const skipBody = z.strictObject({ reason: freeText() });
const listQuery = pageQuery.extend({
  state: z.enum(["done", "skipped", "overdue", "soon", "later"]).optional(),
  /** So many days ahead, and whatever is overdue. */
  days: z.coerce.number().int().min(0).max(4_000).optional(),
});

export const duties: Routes = {
  operations: [
    { path: "/v1/duties", method: "get", summary: "What falls due, by day, in pages", body: null },
    { path: "/v1/duties/{id}/done", method: "post", summary: "It was done; what shows it", body: doneBody },
    { path: "/v1/duties/{id}/skip", method: "post", summary: "It need not be done; why", body: skipBody },
  ],
  add(app: FastifyInstance, world: AdminWorld, guards: Guards) {
    const held = dutiesOf(world);
    const read = { preHandler: guards("operator", "reviewer", "approver", "auditor") };
    const write = { preHandler: guards("operator") };

    app.get("/v1/duties", read, async (request) => {
      const { after, limit, state, days } = parseBody(listQuery, request.query);
      const wanted = held
        .items()
        .filter((one) => (state === undefined || one.state === state) && (days === undefined || isWithin(one, days)));
      const begin = after === undefined ? 0 : wanted.findIndex(({ id }) => id === after) + 1;
      if (after !== undefined && begin === 0) throw invalid({ pointer: "/after", detail: "is on no page any more" });
      const items = wanted.slice(begin, begin + limit);
      const next = begin + limit < wanted.length ? items.at(-1)!.id : null;
      return { today: held.today(), items: items.map(shownDuty), next };
    });
    app.post<ById>("/v1/duties/:id/done", write, async (request) => {
      const { evidence, remark } = parseBody(doneBody, request.body);
      const item = itemOf(held, request.params.id);
      const shown = evidenceOf(world, item, evidence);
      return settle(world, item, { state: "done", evidence: shown, reason: remark, by: identityOf(request).id });
    });
    app.post<ById>("/v1/duties/:id/skip", write, async (request) => {
      const { reason } = parseBody(skipBody, request.body);
      const item = itemOf(held, request.params.id);
      return settle(world, item, { state: "skipped", evidence: null, reason, by: identityOf(request).id });
    });
  },
};

type ById = { Params: { id: string } };

const made = new WeakMap<AdminWorld, Duties>();

/** Those of the data plane, or, without one, of this plane's own register. */
export function dutiesOf(world: AdminWorld): Duties {
  const held = world.watched?.duties ?? made.get(world) ?? createDuties(world.register, world.clock, world.policy);
  made.set(world, held);
  return held;
}

/** As it is told: with its words, and why a day is missing. */
export function shownDuty({ own, settled, ...item }: DutyItem) {
  return {
    ...item,
    what: whatOf({ kind: item.kind, ...(own === undefined ? {} : { own }) }),
    warning: item.due === null ? "CALENDAR_UNKNOWN" : null,
    owner: own?.owner ?? null,
    evidence: own?.evidence ?? null,
    onOverdue: own?.onOverdue ?? null,
    settled,
  };
}

export function isWithin({ state, daysLeft }: DutyItem, days: number): boolean {
  return state === "overdue" || (state !== "done" && state !== "skipped" && daysLeft >= 0 && daysLeft <= days);
}

function itemOf(held: Duties, id: string): DutyItem {
  const item = held.items().find((one) => one.id === id);
  if (item === undefined) throw new Problem(404, "duty_unknown", "There is no such item now; see GET /v1/duties.");
  if (item.asks === "keep") throw new Problem(409, "duty_not_to_do", "Nothing is to be done there but to keep it.");
  if (item.state === "later") {
    throw new Problem(409, "duty_not_yet", "It is too far ahead to be settled: from sixty days before its day on.");
  }
  return item;
}

function evidenceOf(world: AdminWorld, { own }: DutyItem, id: string | null): Settled["evidence"] {
  const wanted = own?.evidence ?? null;
  if (id === null) {
    if (wanted === null) return null;
    throw invalid({ pointer: "/evidence", detail: "is wanted: the policy names the kind of document that shows it" });
  }
  const document = world.policy().documents.get(id);
  if (document === undefined) throw invalid({ pointer: "/evidence", detail: "is no document of the policy in force" });
  if (wanted !== null && document.kind !== wanted) {
    throw invalid({ pointer: "/evidence", detail: "is a document of another kind than the duty asks for" });
  }
  return { document: id, sha256: document.sha256 };
}

type Said = Pick<Settled, "state" | "evidence" | "reason" | "by">;

/** The entry first: what counts as done without a word of it in the ledger was never done. */
async function settle(world: AdminWorld, item: DutyItem, said: Said) {
  const shelf = dutyShelf(world.register);
  const before = shelf.get(item.id);
  if (before !== undefined && !isSame(before, said)) throw settledAlready();
  const settled: Settled = before ?? { id: item.id, ...said, at: new Date(world.clock.nowMs()).toISOString() };
  const { id, kind: duty, about, due } = item;
  const { state: of, evidence, reason, by } = settled;
  const digest = reason === null ? {} : { reason: world.keys.digest(reason) };
  await world.note("duty", { of, id, duty, about, due, by, ...(evidence === null ? {} : { evidence }), ...digest });
  await shelf.change(id, (now) => {
    if (now !== undefined && !isSame(now, said)) throw settledAlready();
    return now ?? settled;
  });
  world.watched?.dutyWatch.look();
  return settled;
}

function isSame(a: Settled, b: Said): boolean {
  return a.state === b.state && a.reason === b.reason && a.evidence?.document === b.evidence?.document;
}

function settledAlready(): Problem {
  return new Problem(409, "duty_settled", "It was settled already, in another way.");
}
