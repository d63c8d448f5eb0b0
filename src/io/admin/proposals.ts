// What one person proposes and another approves. Law: nobody is both; what is approved is performed once, and its
// entries stand before it is answered.

import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { canonical } from "../../record/canonical.ts";
import type { Json } from "../../words.ts";
import { freshId } from "../fresh-id.ts";
import { type Guards, roleWanted } from "./guard.ts";
import { type Identity, identityOf, ROLES, type Role } from "./identity.ts";
import { pageOf, pageQuery } from "./paging.ts";
import { Problem, parseBody } from "./problem.ts";
import type { TwoPersonAction } from "./proposals/action.ts";
import { ACTIONS } from "./proposals/actions.ts";
import { approved, digestOf, type Proposal, present, proposalShelf, withdrawn } from "./proposals/proposal.ts";
import { mayPropose } from "./proposals/two-people.ts";
import { orderId } from "./schema.ts";
import type { AdminWorld, Routes } from "./world.ts";

const DAY_MINUTES = 1_440;

const proposeBody = z.strictObject({
  /** The caller's own: sending it again changes nothing. */
  id: orderId.optional(),
  action: z.enum(ACTIONS.map(({ name }) => name)),
  body: z.record(z.string(), z.unknown()),
  /** How long it may be approved. */
  openMinutes: z
    .int()
    .min(1)
    .max(7 * DAY_MINUTES)
    .default(DAY_MINUTES),
});

const approveBody = z.strictObject({
  /** Of the proposal as it was shown. */
  digest: z.string().length(64),
});

const listQuery = pageQuery.extend({ state: z.enum(["open", "withdrawn", "approved", "done", "expired"]).optional() });

/** For the second person and for auditors. */
const READERS: readonly Role[] = ["operator", "reviewer", "approver", "auditor"];

export const proposals: Routes = {
  operations: [
    { path: "/v1/proposals", method: "post", summary: "Propose what takes two people", body: proposeBody },
    { path: "/v1/proposals", method: "get", summary: "What is proposed, in pages", body: null },
    { path: "/v1/proposals/{id}", method: "get", summary: "One proposal, as its approver must see it", body: null },
    { path: "/v1/proposals/{id}/approve", method: "post", summary: "Approve and perform it", body: approveBody },
    { path: "/v1/proposals/{id}/withdraw", method: "post", summary: "Withdraw it", body: null },
  ],
  add: proposalRoutes,
};

type ById = { Params: { id: string } };

function proposalRoutes(app: FastifyInstance, world: AdminWorld, guards: Guards): void {
  const read = { preHandler: guards(...READERS) };
  const propose = { preHandler: guards(...rolesOf("propose")) };
  const approve = { preHandler: guards(...rolesOf("approve")) };

  app.post("/v1/proposals", propose, async (request, reply) => {
    const { added, proposal } = await proposed(world, parseBody(proposeBody, request.body), identityOf(request));
    return reply.code(added ? 201 : 200).send(shown(proposal, world));
  });
  app.get("/v1/proposals", read, async (request) => {
    const { state, ...page } = parseBody(listQuery, request.query);
    const all = proposalShelf(world).all();
    const now = nowOf(world);
    const { items, next } = pageOf(state === undefined ? all : all.filter((one) => stateOf(one, now) === state), page);
    return { items: items.map((one) => shown(one, world)), next };
  });
  app.get<ById>("/v1/proposals/:id", read, async ({ params }) =>
    shown(present(proposalShelf(world).get(params.id)), world),
  );
  app.post<ById>("/v1/proposals/:id/approve", approve, async (request) => {
    const { digest } = parseBody(approveBody, request.body);
    return shown(await approval(world, request.params.id, digest, identityOf(request)), world);
  });
  app.post<ById>("/v1/proposals/:id/withdraw", propose, async (request) => {
    const by = identityOf(request);
    const proposal = present(proposalShelf(world).get(request.params.id));
    const { roles } = actionOf(proposal.action);
    if (proposal.proposedBy.id !== by.id) allow(by, roles.approve);
    const after = await proposalShelf(world).change(proposal.id, withdrawn);
    await told(world, after, "withdrawn", by.id);
    return shown(after, world);
  });
}

/** Idempotent by the id that the caller gave. */
async function proposed(
  world: AdminWorld,
  { id: given, action: name, body: sent, openMinutes }: z.infer<typeof proposeBody>,
  by: Identity,
): Promise<{ added: boolean; proposal: Proposal }> {
  const action = actionOf(name);
  allow(by, action.roles.propose);
  mayPropose(by, action.roles.approve, world, nowOf(world));
  const body = action.parse(sent, world);
  const nowMs = world.clock.nowMs();
  const made = {
    ...{ id: given ?? freshId("prp", nowMs), action: name, body, proposedBy: by },
    ...{ proposedAt: iso(nowMs), expiresAt: iso(nowMs + openMinutes * 60_000), state: "open" as const },
    ...{ approvedBy: null, approvedAt: null, result: null },
  };
  let added = true;
  const proposal = await proposalShelf(world).change(made.id, (before) => {
    if (before === undefined) return { ...made, digest: digestOf(made, world.keys) };
    if (!isSame(before, made)) throw new Problem(409, "proposal_known", "Another proposal has this id.");
    added = false;
    return before;
  });
  await told(world, proposal, "proposed", by.id);
  return { added, proposal };
}

function isSame(a: Pick<Proposal, "action" | "body" | "proposedBy">, b: typeof a): boolean {
  const text = ({ action, body, proposedBy: { id } }: typeof a) => canonical({ action, body: body as Json, id });
  return text(a) === text(b);
}

async function approval(world: AdminWorld, id: string, digest: string, by: Identity): Promise<Proposal> {
  const shelf = proposalShelf(world);
  const action = actionOf(present(shelf.get(id)).action);
  allow(by, action.roles.approve);
  const { state, approvedBy: before } = present(shelf.get(id));
  if (state === "done" && before?.id === by.id) return present(shelf.get(id));
  const proposal = await shelf.change(id, (one) => approved(one, by, digest, nowOf(world), world));
  const [approvedBy, approvedAt] = [proposal.approvedBy!.id, proposal.approvedAt!];
  await told(world, proposal, "approved", approvedBy);
  const who = { proposal: id, proposedBy: proposal.proposedBy.id, approvedBy, approvedAt };
  const result = await action.perform(proposal.body, who, world);
  return shelf.change(id, (one) => ({ ...present(one), state: "done", result: one!.result ?? result }));
}

async function told(world: AdminWorld, { id, action, digest }: Proposal, step: string, by: string): Promise<void> {
  await world.note("proposal", { id, action, step, by, digest });
}

function shown(proposal: Proposal, world: AdminWorld): object {
  const { proposedBy, approvedBy, ...rest } = proposal;
  const state = stateOf(proposal, nowOf(world));
  return { ...rest, state, proposedBy: proposedBy.id, approvedBy: approvedBy?.id ?? null };
}

function stateOf({ state, expiresAt }: Proposal, now: string): Proposal["state"] | "expired" {
  return state === "open" && expiresAt <= now ? "expired" : state;
}

function actionOf(name: string): TwoPersonAction {
  const action = ACTIONS.find((one) => one.name === name);
  if (action === undefined) throw new Problem(409, "action_unknown", "This version does not know what it proposes.");
  return action;
}

/** The route lets in whoever may anything of the kind. @throws Problem */
function allow({ roles }: Identity, may: readonly Role[]): void {
  if (roles.some((role) => role === "admin" || may.includes(role))) return;
  throw roleWanted(may);
}

function rolesOf(step: keyof TwoPersonAction["roles"]): readonly Role[] {
  const every = new Set(ACTIONS.flatMap(({ roles }) => roles[step]));
  return ROLES.filter((role) => every.has(role));
}

function nowOf({ clock }: AdminWorld): string {
  return iso(clock.nowMs());
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
