// What a start finds of identities, before anybody is let in. Law: the tokens of the first start are told when they are
// new, whoever has removed the old ones; who held a token of his own when seats came keeps what he had, and from then
// on nobody gets there but by a seat.

import type { Entry } from "../../../words.ts";
import type { Clock, Register } from "../../ports.ts";
import { BEFORE, identityShelf, MACHINE, type Seat, type StoredIdentity } from "./stored.ts";

const FOUND = "identities-found";

/** What the last start found: one document, its id MACHINE. */
interface Found {
  readonly id: string;
  readonly firstSeat: string;
  readonly at: string;
}

export interface FirstParts {
  readonly register: Register;
  readonly clock: Clock;
  note(kind: Entry["kind"], members: Omit<Entry, "v" | "kind" | "t">): Promise<unknown>;
}

/** Whether a seat of the first admin is that of the tokens that were there at the last start. */
export function isFirstSeatStill(register: Register, seat: string): boolean {
  const last = register.shelf<Found>(FOUND).get(MACHINE);
  return last === undefined || last.firstSeat === seat;
}

/** @param firstSeat of tokens.ts. Run before the plane listens. The same however often. @throws GateError */
export async function findIdentities({ register, clock, note }: FirstParts, firstSeat: string): Promise<void> {
  const shelf = register.shelf<Found>(FOUND);
  const last = shelf.get(MACHINE);
  const at = new Date(clock.nowMs()).toISOString();
  if (last === undefined) await keepThoseBefore(register, note, at);
  if (last?.firstSeat === firstSeat) return;
  await note("identity", { id: "admin", action: "first", by: MACHINE, seat: firstSeat });
  await shelf.change(MACHINE, () => ({ id: MACHINE, firstSeat, at }));
}

/** Made by a version without seats. Whoever made it has seen the token, until the holder made one of his own. */
async function keepThoseBefore(register: Register, note: FirstParts["note"], at: string): Promise<void> {
  const shelf = identityShelf(register);
  for (const one of shelf.all()) {
    if (one.seat !== undefined) continue;
    const { id, roles } = one;
    const seat = seatBefore(one, at);
    // the entry first: cut off between the two, the next start tells it again
    if (seat !== null)
      await note("identity", { id, action: "seat", by: [...seat.by], roles: [...roles], seat: seat.id });
    await shelf.change(id, (now) => ({ ...now!, seat }));
  }
}

function seatBefore({ id, tokens, disabled }: StoredIdentity, at: string): Seat | null {
  const isOwn = disabled === null && tokens.length > 0 && tokens.every(({ issuedBy }) => issuedBy === id);
  return isOwn ? { id: `${BEFORE}-${id}`, at, by: [BEFORE] } : null;
}
