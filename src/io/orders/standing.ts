// What people have ordered, as every crossing asks for it, and the answers that are under way. Law of this file: what
// stands is known the moment it is ordered, before it is on disk; a crossing without orders pays one look at two lists.

import { type HeldWay, isOver } from "../../decide/holds.ts";
import { isAbout } from "../../decide/papers.ts";
import type { Decision, Hold, Lifted, Orders, Release } from "../../words.ts";
import type { Clock, Register } from "../ports.ts";
import { OpenWays } from "./open-ways.ts";
import { holdShelf, releaseShelf, releaseUses, type StoredHold, type StoredRelease } from "./shelves.ts";

/** An exchange that is under way, and can be ended as an error. */
export interface OpenWay {
  heldWay(): HeldWay;
  /** Ends it in the dialect of its API; its outcome says why. */
  shut(): void;
}

export interface StandingOrders {
  /** undefined: nobody has ordered anything. The same object until something changes. */
  current(): Orders | undefined;
  /**
   * What stands against this way now, whatever stood when it was judged: a hold, a duty that shuts it and was not
   * overdue then, a release that let it go and does so no more.
   */
  over(way: () => HeldWay, judged?: Judged): Against | null;
  /** @returns its place, to be given back when it is over. */
  opened(way: OpenWay): number;
  /** @param place given back once. */
  closed(place: number): void;
  /** Ends what is under way on the ways that it names. @returns how many. */
  cut(hold: Hold): number;
  /**
   * Stands from now on in this process, before it is written down and if it cannot be.
   * @returns to be called once it is on the shelf, or was refused: then the shelf says what stands.
   */
  ordered(hold: Hold): () => void;
  /** Files that order to stop, as they lie there: they stand whether or not they could be written down. */
  dropped(holds: readonly Hold[]): void;
  /** The file of this hold still lies there. */
  lies(id: string): boolean;
  /** A crossing has left for what was lifted. */
  used(lifted: readonly Lifted[]): void;
  /** Writes down what was counted. */
  close(): Promise<void>;
}

/** What of a decision the last look asks. */
export type Judged = Pick<Decision, "reasons"> & Partial<Pick<Decision, "lifted">>;

export interface Against {
  readonly of: "hold" | "duty" | "release";
  readonly id: string;
}

const NO_FILES: readonly Hold[] = [];
const UNJUDGED: Judged = { reasons: [] };
const NONE_OVERDUE = (): undefined => undefined;

/** What the orders are folded from. */
interface Sources {
  readonly ordered: readonly StoredHold[];
  readonly released: readonly StoredRelease[];
  readonly files: readonly Hold[];
  readonly unwritten: readonly Hold[];
  readonly late: Orders["overdue"];
}

/** @param overdue duties that shut their ways: the same list until it changes. */
export function createStandingOrders(
  register: Register,
  clock: Clock,
  overdue: () => Orders["overdue"] = NONE_OVERDUE,
): StandingOrders {
  const [holds, releases] = [holdShelf(register), releaseShelf(register)];
  const open = new OpenWays<OpenWay>();
  let files = NO_FILES;
  let unwritten = NO_FILES;
  let seen: Sources | null = null;
  let orders: Orders | undefined;

  const current = (): Orders | undefined => {
    const [ordered, released, late] = [holds.all(), releases.all(), overdue()];
    const isSeen = seen !== null && seen.ordered === ordered && seen.released === released;
    if (isSeen && seen!.files === files && seen!.unwritten === unwritten && seen!.late === late) return orders;
    seen = { ordered, released, files, unwritten, late };
    orders = fold(seen, new Date(clock.nowMs()).toISOString());
    return orders;
  };

  return {
    current,
    over(way, { reasons, lifted } = UNJUDGED) {
      const standing = current();
      const ended = lifted === undefined ? undefined : endedOf(lifted, standing, clock);
      if (ended !== undefined) return { of: "release", id: ended };
      if (standing === undefined || (standing.holds.length === 0 && standing.overdue === undefined)) return null;
      const asked = way();
      const hold = standing.holds.find((one) => isOver(one, asked));
      if (hold !== undefined) return { of: "hold", id: hold.id };
      // what was overdue when it was judged, and let go on trial, is not asked again
      const isNew = (id: string) => !reasons.some(({ about }) => about === id);
      const duty = standing.overdue?.find((one) => isAbout(one, asked) && isNew(one.id));
      return duty === undefined ? null : { of: "duty", id: duty.id };
    },
    opened: (way) => open.add(way),
    closed: (place) => open.remove(place),
    cut(hold) {
      const shut = open.all().filter((way) => isOver(hold, way.heldWay()));
      for (const way of shut) way.shut();
      return shut.length;
    },
    ordered(hold) {
      const isOther = ({ id, of, target }: Hold) => id !== hold.id || of !== hold.of || target !== hold.target;
      unwritten = [...unwritten.filter(isOther), hold];
      return () => {
        unwritten = unwritten.filter(isOther);
      };
    },
    dropped(next) {
      files = next.length === 0 ? NO_FILES : next;
    },
    ...countUses(register, clock),
    lies: (id) => files.some((hold) => hold.id === id),
  };
}

/** The first that is revoked or over by now. */
function endedOf(lifted: readonly Lifted[], standing: Orders | undefined, clock: Clock): string | undefined {
  const now = new Date(clock.nowMs()).toISOString();
  const stands = (id: string) => standing?.releases.some((one) => one.id === id && now < one.until) === true;
  return lifted.find(({ release }) => !stands(release))?.release;
}

/** What is over is left out to keep the list short; what is about a crossing at its instant is decided. */
function fold({ ordered, released, files, unwritten, late }: Sources, now: string): Orders | undefined {
  const standing = ordered.filter(({ lifted }) => lifted === null).map(bare);
  const known = new Set(standing.map(({ id }) => id));
  const holds = [...standing, ...[...files, ...unwritten].filter(({ id }) => !known.has(id))];
  const releases = released.filter(({ revoked, until }) => revoked === null && now < until).map(bareRelease);
  const isLate = late !== undefined && late.length > 0;
  if (holds.length === 0 && releases.length === 0 && !isLate) return undefined;
  return isLate ? { holds, releases, overdue: late } : { holds, releases };
}

function bare({ id, of, target, reason, order, by, at }: StoredHold): Hold {
  return { id, of, target, reason, order, by, at };
}

function bareRelease({ proposal: _proposal, revoked: _revoked, ...release }: StoredRelease): Release {
  return release;
}

const TELL_USES_MS = 1_000;

/** In memory, and once a second on the shelf: a release is nobody's hot path, and its entries count it exactly. */
function countUses(register: Register, clock: Clock): Pick<StandingOrders, "used" | "close"> {
  const shelf = releaseUses(register);
  let counts = new Map<string, number>();
  let timer: NodeJS.Timeout | null = null;
  const flush = async (): Promise<void> => {
    timer = null;
    const counted = counts;
    counts = new Map();
    const lastAt = new Date(clock.nowMs()).toISOString();
    for (const [id, n] of counted)
      await shelf
        .change(id, (before) => ({ id, uses: (before?.uses ?? 0) + n, lastAt }))
        // told with the next
        .catch(() => void counts.set(id, (counts.get(id) ?? 0) + n));
  };
  return {
    used(lifted) {
      for (const id of new Set(lifted.map(({ release }) => release))) counts.set(id, (counts.get(id) ?? 0) + 1);
      timer ??= setTimeout(() => void flush(), TELL_USES_MS).unref();
    },
    async close() {
      if (timer !== null) clearTimeout(timer);
      await flush();
    },
  };
}
