// The first sight of what no inventory knows opens an item, an entry and an alarm. Law of this file: a crossing never
// waits for it and pays nothing where all is declared; what could not be written down is tried at the next sight; a
// caller that invents fields without end opens a bounded number of items. What is settled makes room for what is new,
// its decision being in the ledger; where nothing is, what cannot be kept is an alarm, and an entry a minute.

import { isDeclared } from "../../decide/inventory.ts";
import { short } from "../../record/short.ts";
import type { Decision, Entry, Policy, Sighting } from "../../words.ts";
import type { Alarms } from "../alarms/alarms.ts";
import type { Clock, Register } from "../ports.ts";
import { type DriftItem, driftId, driftShelf } from "./shelf.ts";

const ITEMS_MAX = 2_000;
/** Settled so long ago, nobody asks for it here. */
const SETTLED_KEPT_MS = 400 * 86_400_000;
/** At once, where room is wanted. */
const ROOM = 100;
const SEEN_MAX = 10_000;
const LOOK_MS = 60_000;

export interface DriftParts {
  readonly register: Register;
  readonly clock: Clock;
  readonly alarms: Pick<Alarms, "raise" | "clear" | "standing">;
  policy(): Pick<Policy, "inventory" | "onDrift">;
  note(kind: Entry["kind"], members: Omit<Entry, "v" | "kind" | "t">): Promise<unknown>;
}

export interface Drift {
  /** Returns at once. @param crossing its id. */
  saw(crossing: string, exporter: string, decision: Pick<Decision, "undeclared" | "action">): void;
  /** Items changed, or the policy did: alarms follow. */
  look(): void;
  /** Somebody settled it: from now on it may be seen anew. */
  forget(id: string): void;
  /** Waits for what is being written. */
  close(): Promise<void>;
}

export function createDrift(parts: DriftParts): Drift {
  const { register, alarms, policy } = parts;
  const shelf = driftShelf(register);
  const seen = new Set<string>();
  const writing = new Set<Promise<void>>();
  const room = makeRoom(parts);

  const look = (): void => {
    const rows = policy().inventory;
    const open = rows === undefined ? [] : shelf.all().filter((one) => one.state === "open" && !isDeclared(rows, one));
    alarms.standing("drift", open.map(alarmOf));
  };
  /** Bounded: what is not written yet takes a place, too. */
  const isFull = (): boolean => shelf.all().length + writing.size >= ITEMS_MAX;
  const wait = (written: Promise<void>): void => {
    const one: Promise<void> = written.finally(() => writing.delete(one));
    writing.add(one);
  };
  const saw: Drift["saw"] = (crossing, exporter, { undeclared, action }) => {
    for (const sighting of (undeclared ?? []).map(told)) {
      const id = driftId(sighting);
      if (seen.has(id) || !isNew(shelf.get(id))) continue;
      if (shelf.get(id) === undefined && isFull()) {
        room.wanted();
        continue;
      }
      if (seen.size >= SEEN_MAX) seen.clear();
      seen.add(id);
      const found = { id, ...sighting, crossing, exporter, blocked: action === "block" };
      wait(open(parts, found).then(look, () => void seen.delete(id)));
    }
  };
  look();
  const timer = setInterval(() => {
    look();
    room.look();
  }, LOOK_MS).unref();
  return {
    saw,
    look() {
      look();
      room.look();
    },
    forget: (id) => void seen.delete(id),
    async close() {
      clearInterval(timer);
      room.look();
      await Promise.all([...writing, room.close()]);
    },
  };
}

interface Room {
  /** Something could not be kept: told, and what is settled is taken out, so that the next sight finds room. */
  wanted(): void;
  /** What is settled long ago goes; what could not be kept is written down; the alarm ends where there is room. */
  look(): void;
  close(): Promise<void>;
}

function makeRoom({ register, alarms, clock, note }: DriftParts): Room {
  const shelf = driftShelf(register);
  let unkept = 0;
  let last: Promise<void> = Promise.resolve();
  let making: Promise<void> | null = null;

  /** The entry first: whoever asks later finds there what became of them. */
  const drop = async (items: readonly Settled[]): Promise<void> => {
    if (items.length === 0) return;
    await note("drift", {
      of: "dropped",
      items: items.map(({ id, state, settled }) => ({ id, state, at: settled.at })),
    });
    for (const { id, settled } of items) await shelf.remove(id, (now) => now.settled?.at === settled.at);
  };
  const settledItems = (): readonly Settled[] =>
    shelf
      .all()
      .filter(isSettled)
      .sort((a, b) => (a.settled.at < b.settled.at ? -1 : 1));
  const tell = async (): Promise<void> => {
    const before = new Date(clock.nowMs() - SETTLED_KEPT_MS).toISOString();
    await drop(
      settledItems()
        .filter(({ settled }) => settled.at < before)
        .slice(0, ROOM),
    );
    if (unkept > 0) {
      const sightings = unkept;
      await note("drift", { of: "unkept", sightings });
      unkept -= sightings;
    } else if (shelf.all().length < ITEMS_MAX) alarms.clear("drift_many", "drift");
  };
  return {
    wanted() {
      unkept += 1;
      alarms.raise({ code: "drift_many", about: "drift", severity: "critical" });
      making ??= drop(settledItems().slice(0, ROOM))
        .catch(() => {})
        .finally(() => {
          making = null;
        });
    },
    look() {
      last = last.then(tell).catch(() => {});
    },
    async close() {
      await Promise.all([last, making]);
    },
  };
}

type Settled = DriftItem & { readonly settled: NonNullable<DriftItem["settled"]> };

function isSettled(item: DriftItem): item is Settled {
  return item.state !== "open" && item.settled !== null;
}

/** Names of members are the caller's text: those that are no plain ones are kept as `*` (law 6). */
function told(sighting: Sighting): Sighting {
  return { ...sighting, field: short(sighting.field, true) };
}

/** What was closed should not have come again. */
function isNew(item: DriftItem | undefined): boolean {
  return item === undefined || item.state === "closed";
}

type Found = Sighting & Pick<DriftItem, "id" | "crossing" | "exporter" | "blocked">;

/** The entry first: an item without a word of it in the ledger would never be told again. */
async function open({ register, clock, note, policy }: DriftParts, found: Found): Promise<void> {
  const at = new Date(clock.nowMs()).toISOString();
  const { caller: app, id, crossing, exporter, destination, recipient, purpose, kind, field, model, blocked } = found;
  const shelf = driftShelf(register);
  const opened = (shelf.get(id)?.opened ?? 0) + 1;
  const way = { app, exporter, destination, recipient, purpose, model };
  const onDrift = policy().onDrift ?? "alarm";
  // "kind" is the entry's own word
  await note("drift", { of: "seen", id, crossing, ...way, type: kind, field, blocked, opened, onDrift });
  await shelf.change(id, (before): DriftItem => {
    if (before !== undefined && !isNew(before)) return before;
    return { ...found, at, state: "open", settled: null, opened };
  });
}

/** The field stays here: an alarm may go to a chat room, and a field's name is somebody's word. */
function alarmOf({ id, caller, destination, kind, blocked }: DriftItem) {
  const details = { caller, destination, kind, blocked: blocked ? "yes" : "no" };
  return { code: "drift", about: id, severity: "warning" as const, details };
}
