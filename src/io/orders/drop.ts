// Orders to stop that lie in a folder as files: what works when nothing else does. Law of this file: a file stands
// from the moment it is seen, before it is written down and whether or not it can be; taking the file away takes
// nothing back: what it ordered is a hold, and two people lift it. A folder that cannot be read shuts everything while
// it lasts; so does one that several gates share and that is not what it was: an empty mount point holds no orders.

import { createHash } from "node:crypto";
import { accessSync, type FSWatcher, mkdirSync, readdirSync, watch } from "node:fs";
import { join } from "node:path";
import type { Entry, Hold, Policy } from "../../words.ts";
import { holdsPersonal } from "../admin/free-text.ts";
import { freshId } from "../fresh-id.ts";
import type { Clock, Register } from "../ports.ts";
import { type Ordered, orderOf, readOrder } from "./file.ts";
import { holdShelf, type StoredHold } from "./shelves.ts";
import type { StandingOrders } from "./standing.ts";

const POLL_MS = 500;
/** Lies in a folder that several gates share, and says that it is that folder. It begins with a dot: no order. */
export const SHARED_MARK = ".orders";
/** So long a file that cannot be understood may still be being written, or be an editor's: it stands meanwhile. */
const UNFINISHED_MS = 500;

export interface DropParts {
  readonly dir: string;
  /** Other gates read it too: it is made by people, with SHARED_MARK in it. Absent: the gate's own. */
  readonly isShared?: true;
  readonly register: Register;
  readonly orders: StandingOrders;
  readonly clock: Clock;
  policy(): Policy;
  note(kind: Entry["kind"], members: Omit<Entry, "v" | "kind" | "t">): Promise<unknown>;
  digest(text: string): string;
  /** Somebody has to look: codes and ids. */
  alarm(code: "suspended" | "order_not_understood" | "orders_unreadable" | "order_not_written", of: object): void;
}

export interface Drop {
  /** Looks now. Rejects nothing. */
  look(): Promise<void>;
  /** Resolves when the last look is over. */
  close(): Promise<void>;
}

/** One file as it lies there. */
interface Lying {
  readonly hold: Hold;
  readonly hard: boolean;
  readonly file: string;
  /** performance.now() when it was first seen. */
  readonly sinceMs: number;
  readonly understood: boolean;
  failed: boolean;
  state: "seen" | "kept" | "told";
}

/** Makes the folder, and looks once before it returns: nothing passes between a start and the orders that lie there. */
export async function openDrop(parts: DropParts): Promise<Drop> {
  const { dir, orders, alarm, isShared } = parts;
  const lying = new Map<string, Lying>();
  let unreadable = 0;
  let last: Promise<void> = Promise.resolve();

  const seen = (): string[] | null => {
    try {
      if (isShared) accessSync(join(dir, SHARED_MARK));
      else mkdirSync(dir, { recursive: true, mode: 0o700 });
      const names = readdirSync(dir).filter((name) => !name.startsWith("."));
      unreadable = 0;
      return names;
    } catch {
      unreadable += 1;
      if (unreadable === 1) alarm("orders_unreadable", {});
      return null;
    }
  };

  const stand = (): void => orders.dropped([...[...lying.values()].map(({ hold }) => hold), ...blind()]);
  const blind = (): Hold[] =>
    unreadable === 0 ? [] : [holdOf(isShared ? "hold_shared_folder" : "hold_folder", EVERYTHING, parts)];

  const look = async (): Promise<void> => {
    const names = seen();
    if (names !== null) take(names, lying, parts);
    stand();
    for (const one of [...lying.values()]) await settle(one, parts);
    if (names !== null) forget(names, lying);
    stand();
  };

  const lookNext = (): Promise<void> => {
    last = last.then(look, look).catch(() => {});
    return last;
  };
  await lookNext();
  let watcher: FSWatcher | null = null;
  try {
    // sooner than the next look, where the file system says so
    watcher = watch(dir, { persistent: false }, () => void lookNext()).on("error", () => {});
  } catch {
    // looked at twice a second all the same
  }
  const timer = setInterval(() => void lookNext(), POLL_MS).unref();
  return {
    look: lookNext,
    close() {
      clearInterval(timer);
      watcher?.close();
      return last;
    },
  };
}

const EVERYTHING: Ordered = { of: "all", target: null, reason: "", order: null, hard: false, understood: false };

/** Files that are new, or hold something else than before. */
function take(names: readonly string[], lying: Map<string, Lying>, parts: DropParts): void {
  const known = new Map(
    holdShelf(parts.register)
      .all()
      .flatMap((hold) => (hold.lifted === null && hold.file !== null ? [[hold.file, hold] as const] : [])),
  );
  for (const name of names) {
    const content = readOrder(parts.dir, name);
    const file = `${name}#${createHash("sha256")
      .update(content ?? "")
      .digest("hex")
      .slice(0, 16)}`;
    if (lying.has(file)) continue;
    for (const [key, one] of lying) if (nameOf(key) === name && isUnfinished(one)) lying.delete(key);
    const found = { file, sinceMs: performance.now(), failed: false };
    const written = known.get(file);
    if (written !== undefined) {
      lying.set(file, { ...found, hold: written, hard: written.hard, understood: true, state: "told" });
      continue;
    }
    const ordered = orderOf(name, content, parts.policy());
    const hold = holdOf(freshId("hold", parts.clock.nowMs()), ordered, parts);
    lying.set(file, { ...found, hold, hard: ordered.hard, understood: ordered.understood, state: "seen" });
    parts.alarm(ordered.understood ? "suspended" : "order_not_understood", { hold: hold.id, of: hold.of });
  }
}

function holdOf(id: string, { of, target, reason, order }: Ordered, { clock }: DropParts): Hold {
  // what somebody wrote in a hurry may name a person: the order stands, its words do not
  const said = (text: string) => (text === "" || holdsPersonal(text) ? "" : text);
  const at = new Date(clock.nowMs()).toISOString();
  return { id, of, target, reason: said(reason), order: order === null ? null : said(order), by: "file", at };
}

/** Written down, then told; what fails is tried again at the next look. */
async function settle(one: Lying, { register, note, digest, orders, alarm }: DropParts): Promise<void> {
  if (one.state === "told" || (isUnfinished(one) && performance.now() - one.sinceMs < UNFINISHED_MS)) return;
  const { hold, hard, file } = one;
  // whether or not it can be written down
  if (hard && one.state === "seen") orders.cut(hold);
  try {
    if (one.state === "seen") {
      await holdShelf(register).change(
        hold.id,
        (before): StoredHold => before ?? { ...hold, hard, file, lifted: null },
      );
      one.state = "kept";
    }
    const { id, of, target, by } = hold;
    const order = hold.order === null ? {} : { order: digest(hold.order) };
    await note("suspend", {
      id,
      of,
      target,
      by,
      hard,
      ...order,
      reason: digest(hold.reason),
      understood: one.understood,
    });
    one.state = "told";
  } catch {
    if (!one.failed) alarm("order_not_written", { hold: hold.id });
    one.failed = true;
  }
}

function isUnfinished({ understood, state }: Lying): boolean {
  return !understood && state === "seen";
}

function nameOf(file: string): string {
  return file.slice(0, file.lastIndexOf("#"));
}

/** A file that is gone: what was written down stands by itself. What was not yet is kept until it is. */
function forget(names: readonly string[], lying: Map<string, Lying>): void {
  const there = new Set(names);
  for (const [file, one] of lying) {
    if (!there.has(nameOf(file)) && (one.state === "told" || isUnfinished(one))) lying.delete(file);
  }
}
