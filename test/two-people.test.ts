// One admin, with every token that he has ever seen, in whatever order of steps: he is one person. What takes two never
// succeeds unless somebody whom he is not took one of the two steps.

import { createHash, randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { findIdentities } from "../src/io/admin/identities/first.ts";
import { identityShelf } from "../src/io/admin/identities/stored.ts";
import { type Identity, ROLES, type Role } from "../src/io/admin/identity.ts";
import type { Logins } from "../src/io/admin/oidc/logins.ts";
import { type Proposal, proposalShelf } from "../src/io/admin/proposals/proposal.ts";
import { seated } from "../src/io/admin/proposals/seat.ts";
import { firstSeatIn, tokensFileOf } from "../src/io/admin/tokens.ts";
import { holdShelf } from "../src/io/orders/shelves.ts";
import { openMemoryStores } from "../src/io/stores/memory/stores.ts";
import { NOW, openPlane, type Plane } from "./plane.ts";

const ISSUER = "https://id.example";
/** Whom the company's provider knows; he is `hans` there, and bert is bert. */
const SIGNED_IN: Readonly<Record<string, readonly Role[]>> = { hans: ["admin", "approver"], bert: ["approver"] };

/** What he knows and what honest people did. */
interface Known {
  plane: Plane;
  /** Tokens that he has seen. */
  readonly his: string[];
  /** Bert's own, which he has not. */
  honest: string;
  readonly proposals: string[];
  /** One step of them was bert's. */
  readonly berts: Set<string>;
  hold: string;
}

const sessions = new Map<string, Identity>();
const logins = { book: { identityOf: (token: string) => sessions.get(token) ?? null } } as unknown as Logins;

function signIn(id: string): string {
  const token = `yumen_session_${randomBytes(32).toString("base64url")}`;
  sessions.set(token, { id, roles: SIGNED_IN[id]!, issuer: ISSUER });
  return token;
}

const IDS = ["admin", "hans", "bert", "lena", "otto", "pia", "consent"];
const of = <T>(list: readonly T[], n: number): T => list[n % list.length]!;
const freshKey = (known: Known): string => {
  const token = `yumen_made_${randomBytes(32).toString("base64url")}`;
  known.his.push(token);
  return createHash("sha256").update(token).digest("hex");
};

type Step = (known: Known) => Promise<void>;
/** Which of his tokens: mostly the first, which is the admin's. */
const nat = fc.oneof(fc.constant(0), fc.nat(50));
const roles = fc.subarray([...ROLES], { minLength: 1 });
const id = fc.constantFrom(...IDS);

const heard = (known: Known, token: unknown): void => {
  if (typeof token === "string" && token !== known.honest) known.his.push(token);
};
const proposedBy = async (known: Known, who: string, action: string, body: object): Promise<string | null> => {
  const { json } = await known.plane.call(who, "POST", "/v1/proposals", { action, body });
  if (typeof json?.id !== "string") return null;
  known.proposals.push(json.id);
  return json.id;
};

const approve = async (known: Known, who: string, proposal: string): Promise<void> => {
  const path = `/v1/proposals/${proposal}`;
  const digest = (await known.plane.call("auditor", "GET", path)).json?.digest ?? "0".repeat(64);
  await known.plane.call(who, "POST", `${path}/approve`, { digest });
};
const latest = (list: readonly string[], n: number): string => list[list.length - 1 - (n % list.length)]!;

const STEPS: readonly fc.Arbitrary<Step>[] = [
  fc.tuple(nat, id, roles).map(([n, name, may]) => async (known) => {
    const body = { id: name, name, roles: may };
    heard(known, (await known.plane.call(of(known.his, n), "POST", "/v1/identities", body)).json?.token);
  }),
  fc.tuple(nat, id, fc.constantFrom(0, 60)).map(([n, name, overlapMinutes]) => async (known) => {
    const path = `/v1/identities/${name}/rotate`;
    heard(known, (await known.plane.call(of(known.his, n), "POST", path, { overlapMinutes })).json?.token);
  }),
  fc.tuple(nat, id).map(([n, name]) => async (known) => {
    await known.plane.call(of(known.his, n), "POST", `/v1/identities/${name}/disable`);
  }),
  fc.tuple(nat, id, roles).map(([n, name, may]) => async (known) => {
    await proposedBy(known, of(known.his, n), "seat", { id: name, roles: may, key: freshKey(known) });
  }),
  nat.map((n) => async (known) => {
    await proposedBy(known, of(known.his, n), "resume", { hold: known.hold, reason: "over" });
  }),
  // often: it is what all the rest is for
  ...[0, 1, 2].map(() =>
    fc.tuple(fc.nat(50), nat).map(
      ([n, p]): Step =>
        async (known) => {
          if (known.proposals.length > 0) await approve(known, of(known.his, n), latest(known.proposals, p));
        },
    ),
  ),
  // the newest token that he has, and the first
  fc.boolean().map((isFirst) => async (known) => {
    const [one, other] = isFirst ? [known.his[0]!, known.his.at(-1)!] : [known.his.at(-1)!, known.his[0]!];
    const made = await proposedBy(known, one, "resume", { hold: known.hold, reason: "over" });
    if (made !== null) await approve(known, other, made);
  }),
  fc.constant<Step>(async (known) => void known.his.push(signIn("hans"))),
  nat.map((hours) => async ({ plane }) => {
    plane.clock.ms += hours * 3_600_000;
  }),
  fc.constant<Step>(async (known) => {
    await known.plane.close();
    await start(known);
  }),
  // bert does what he must, and seats nobody; the admin may be the second of his
  fc.constant<Step>(async (known) => {
    const made = await proposedBy(known, known.honest, "resume", { hold: known.hold, reason: "over" });
    if (made === null) return;
    known.berts.add(made);
    await approve(known, known.his[0]!, made);
  }),
  // whoever has the data folder seats lena, who makes a key of her own
  nat.map((n) => async ({ plane }) => {
    const key = createHash("sha256").update(`lena's own ${n}`).digest("hex");
    const made = { id: `machine-${n}`, at: new Date(plane.clock.ms).toISOString(), by: ["machine"] };
    const body = { id: "lena", name: "lena", roles: ["approver" as const], key, expiresDays: 90 };
    await seated({ ...plane.stores, note: async () => 0 }, body, made).catch(() => null);
  }),
  fc.constant<Step>(async (known) => {
    const { json } = await known.plane.call(known.honest, "POST", "/v1/identities/bert/rotate", {});
    if (typeof json?.token === "string") known.honest = json.token;
  }),
  fc.constant<Step>(async (known) => {
    const made = await proposedBy(known, signIn("bert"), "resume", { hold: known.hold, reason: "over" });
    if (made !== null) known.berts.add(made);
  }),
];

const firstOf = ({ folder }: Plane): string => firstSeatIn(tokensFileOf(folder))!;

/** A plane over what is stored, as a start finds it. */
async function start(known: Known): Promise<void> {
  const { stores: kept, clock } = known.plane;
  await findIdentities({ ...kept, clock, note: async () => 0 }, firstOf(known.plane));
  known.plane = await openPlane({}, { stores: kept, logins, before: known.plane });
  known.plane.clock.ms = clock.ms;
}

async function world(): Promise<Known> {
  sessions.clear();
  const kept = openMemoryStores();
  const plane = await openPlane({ bert: ["approver"] }, { stores: kept, logins });
  const shelf = identityShelf(kept.register);
  const before = (name: string, token: string, issuedBy: string) =>
    shelf.change(name, () => ({
      ...{ id: name, name, roles: ["approver", "admin"], createdBy: "admin", createdAt: "2026-01-01T00:00:00.000Z" },
      tokens: [
        { sha256: createHash("sha256").update(token).digest("hex"), issuedBy, expiresAt: "2027-01-01T00:00:00Z" },
      ],
      disabled: null,
    }));
  // of a version without seats: he made both, lena has never rotated hers, otto has
  const lena = "yumen_lena_token";
  await before("lena", lena, "admin");
  await before("otto", "yumen_otto_token", "otto");
  await findIdentities({ ...kept, clock: plane.clock, note: async () => 0 }, firstOf(plane));
  const hold = "hold_all_of_it";
  const way = { of: "all" as const, target: null, reason: "drill", order: null, by: "olga", hard: false, file: null };
  await holdShelf(kept.register).change(hold, () => ({
    ...{ id: hold, ...way, at: new Date(NOW).toISOString(), lifted: null },
  }));
  const his = [plane.tokens["admin"]!, lena, plane.tokens["auditor"]!, plane.tokens["consent"]!];
  return { plane, his, honest: plane.tokens["bert"]!, proposals: [], berts: new Set(), hold };
}

function holdsTrue({ plane, berts, his, honest }: Known): void {
  for (const { id: name, state } of proposalShelf({ register: plane.stores.register }).all() as readonly Proposal[])
    if (state === "approved" || state === "done") expect([name, berts.has(name)]).toEqual([name, true]);
  const hashes = new Set(his.map((token) => createHash("sha256").update(token).digest("hex")));
  expect(his).not.toContain(honest);
  // no token of his is a person's of the register
  for (const { seat, tokens } of identityShelf(plane.stores.register).all())
    if (seat) expect(tokens.filter(({ sha256 }) => hashes.has(sha256))).toEqual([]);
}

test("one malicious admin with all tokens that he has ever seen is one person, whatever he does in whatever order", async () => {
  let succeeded = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(...STEPS), { minLength: 5, maxLength: 40 }), async (steps) => {
      const known = await world();
      try {
        for (const step of steps) await step(known);
        holdsTrue(known);
        const all = proposalShelf({ register: known.plane.stores.register }).all();
        succeeded += all.filter(({ state }) => state === "done").length;
      } finally {
        await known.plane.close();
      }
    }),
    { numRuns: 50 },
  );
  // it is no property of a plane that refuses everybody
  expect(succeeded).toBeGreaterThan(5);
}, 60_000);
