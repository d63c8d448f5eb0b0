// Seats from the machine: a file in the data folder says who is a person of her own. Law: who has the data folder owns
// the gate, and the ledger says when he used it; a file that anybody else could have written is none.

import { createHash } from "node:crypto";
import { lstatSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { readGuarded, replaceWhole } from "../../keys/guarded.ts";
import type { Clock } from "../../ports.ts";
import { Problem, parseBody } from "../problem.ts";
import { DAY_MS, type SeatBody, seatBody, seated } from "../proposals/seat.ts";
import type { AdminWorld } from "../world.ts";
import { identityShelf, MACHINE, type StoredIdentity } from "./stored.ts";

/** `<data>/seats/<id>.json`; one that was refused is `<id>.refused`, and says why by a code. */
export const SEATS = "seats";
const LOOK_MS = 1_000;

export interface SeatDropParts extends Pick<AdminWorld, "register" | "note"> {
  /** The data folder. */
  readonly dir: string;
  readonly clock: Clock;
  /** Somebody has to look. `code`: of a problem. */
  refused(file: string, code: string): void;
}

export interface SeatDrop {
  /** Looks now. Rejects nothing. */
  look(): Promise<void>;
  close(): Promise<void>;
}

export async function openSeatDrop(parts: SeatDropParts): Promise<SeatDrop> {
  const dir = join(parts.dir, SEATS);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  let last: Promise<void> = Promise.resolve();
  const look = (): Promise<void> => {
    last = last.then(() => lookIn(dir, parts)).catch(() => {});
    return last;
  };
  await look();
  const timer = setInterval(() => void look(), LOOK_MS).unref();
  return {
    look,
    close() {
      clearInterval(timer);
      return last;
    },
  };
}

async function lookIn(dir: string, parts: SeatDropParts): Promise<void> {
  for (const name of readdirSync(dir)) {
    if (!name.endsWith(".json")) continue;
    const path = join(dir, name);
    try {
      await take(read(path), parts);
      rmSync(path, { force: true });
    } catch (error) {
      // else the ledger or the register: it lies there until they take it
      if (error instanceof Problem && !isBeingWritten(path, error)) refuse(path, error.code, parts);
    }
  }
}

async function take(text: string, { register, note, clock }: SeatDropParts): Promise<void> {
  const body = parseBody(seatBody, parsed(text));
  const at = new Date(clock.nowMs()).toISOString();
  const known = identityShelf(register).get(body.id);
  const asked = { ...body, name: body.name ?? body.id };
  if (isTaken(known, asked, at)) return;
  // of what it says and of the seat before: half taken before a crash, it is the same seat when it is taken again
  const said = `${known?.seat?.id ?? ""}\n${text}`;
  const id = `${MACHINE}-${createHash("sha256").update(said).digest("hex").slice(0, 16)}`;
  await seated({ register, note }, asked, { id, at, by: [MACHINE] });
}

/** Its seat is the one that stands, with its key still in force: it only was not taken away. */
function isTaken(known: StoredIdentity | undefined, { name, roles, key, expiresDays }: SeatBody, now: string): boolean {
  if (known?.seat?.by[0] !== MACHINE || known.name !== name || known.roles.join() !== roles.join()) return false;
  const expiresAt = new Date(Date.parse(known.seat.at) + expiresDays * DAY_MS).toISOString();
  return known.tokens.some((one) => one.sha256 === key && one.expiresAt === expiresAt && now < expiresAt);
}

/** @throws Problem: nobody but the gate's own user may read or write it. */
function read(path: string): string {
  try {
    const { uid } = lstatSync(path);
    const text = uid === 0 || uid === process.geteuid?.() ? readGuarded(path) : null;
    if (text !== null) return text;
  } catch {
    // its message has the path: the same for the caller
  }
  throw new Problem(400, "file_unreadable", "It is not a file that the gate's own user, and nobody else, can read.");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem(400, "request_malformed", "The request cannot be read as JSON.");
  }
}

/** No JSON yet, or not yet its owner's, by somebody's hand: until the next look. */
function isBeingWritten(path: string, { code }: Problem): boolean {
  const isUnfinished = code === "request_malformed" || code === "file_unreadable";
  return isUnfinished && Date.now() - (lstatSync(path, { throwIfNoEntry: false })?.ctimeMs ?? 0) < LOOK_MS;
}

function refuse(path: string, code: string, { refused }: SeatDropParts): void {
  const beside = path.replace(/\.json$/, ".refused");
  renameSync(path, beside);
  replaceWhole(beside, `${JSON.stringify({ code })}\n`);
  refused(beside, code);
}
