// To say that an identity is a person of its own: a new one, one with other roles, or one whose token is lost. Law: the
// key is made by its holder, and only its digest comes here: no admin has ever seen what he vouches for.

import { z } from "zod";
import { identityShelf, isKeyTaken, type Seat, type StoredIdentity } from "../identities/stored.ts";
import { ROLES } from "../identity.ts";
import { Problem, parseBody } from "../problem.ts";
import { id } from "../schema.ts";
import { FIRST_ROLES } from "../tokens.ts";
import type { AdminWorld } from "../world.ts";
import type { TwoPersonAction } from "./action.ts";

export const DAY_MS = 86_400_000;

export const seatBody = z.strictObject({
  id,
  /** For people to read; the id when absent. */
  name: z.string().trim().min(1).max(64).optional(),
  roles: z.array(z.enum(ROLES)).min(1).max(ROLES.length),
  /** SHA-256 of the token in hex, as `yumen identity key` prints it. */
  key: z.string().regex(/^[0-9a-f]{64}$/),
  expiresDays: z.int().min(1).max(365).default(90),
});

export interface SeatBody extends Omit<z.infer<typeof seatBody>, "name"> {
  readonly name: string;
}

export const seat: TwoPersonAction<SeatBody> = {
  name: "seat",
  roles: { propose: [], approve: ["approver"] },
  parse(sent, { register }) {
    const parsed = parseBody(seatBody, sent);
    const body = { ...parsed, name: parsed.name ?? parsed.id };
    seatable(body, register);
    return body;
  },
  async perform(body, { proposal, proposedBy, approvedBy, approvedAt }, world) {
    const by = [proposedBy, approvedBy];
    const stored = await seated(world, body, { id: proposal, at: approvedAt, by });
    return { identity: stored.id, roles: stored.roles, expiresAt: stored.tokens.at(-1)?.expiresAt ?? null };
  },
};

/** What can be seated at all. @throws Problem */
export function seatable({ id: of, key }: SeatBody, register: AdminWorld["register"]): void {
  const shelf = identityShelf(register);
  if (FIRST_ROLES.some((role) => role === of)) {
    throw new Problem(409, "identity_known", "This id is of the first start: take another.");
  }
  if ((shelf.get(of)?.disabled ?? null) !== null) {
    throw new Problem(409, "identity_disabled", "It is disabled: add another.");
  }
  if (isKeyTaken(shelf, of, key)) {
    throw new Problem(409, "key_taken", "Another identity has this key: each holder makes one of her own.");
  }
}

/** The entry first, then the seat, in the place of all tokens. The same however often. @throws Problem, GateError */
export async function seated(
  { register, note }: Pick<AdminWorld, "register" | "note">,
  body: SeatBody,
  made: Seat,
): Promise<StoredIdentity> {
  const shelf = identityShelf(register);
  const { id: of, name, roles, key, expiresDays } = body;
  const known = shelf.get(of);
  if (known?.seat?.id === made.id) return known;
  unsurpassed(known, made);
  seatable(body, register);
  await note("identity", { id: of, action: "seat", by: [...made.by], roles: [...roles], seat: made.id, key });
  const expiresAt = new Date(Date.parse(made.at) + expiresDays * DAY_MS).toISOString();
  return shelf.change(of, (before) => {
    if (before?.seat?.id === made.id) return before;
    unsurpassed(before, made);
    seatable(body, register);
    const { createdBy = made.by[0]!, createdAt = made.at } = before ?? {};
    const tokens = [{ sha256: key, issuedBy: of, expiresAt }];
    return { ...{ id: of, name, roles, tokens, createdBy, createdAt, disabled: null }, seat: made };
  });
}

/** Finished late, an older seat would bring back a key that has been lost since. @throws Problem */
function unsurpassed(known: StoredIdentity | undefined, { at }: Pick<Seat, "at">): void {
  if (known?.seat === null || known?.seat === undefined || known.seat.at <= at) return;
  throw new Problem(409, "seat_newer", "It has been seated anew since.");
}
