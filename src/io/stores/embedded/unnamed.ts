// Who is counted and was not told yet: the disk may not have the row, or the ledger no entry with the name. Law: he or
// she is in here until such an entry is durable, over a crash too: written with the row, in one transaction, and taken
// out after the entry. To be named twice does no harm; to be forgotten would.

import type { CountKey, Newcomer, Statement, Unnamed } from "../../../words.ts";
import type { Named, Opened } from "../../ports.ts";
import type { CountedRow, Stated } from "./people.ts";
import { classesOf, OPENING, type Reach } from "./reaches.ts";

/** What one commit has written of people whom no entry names: taken out when all of them are named. */
export interface UnnamedGroup {
  readonly id: number;
  readonly people: readonly (readonly [exporter: string, year: number, keys: readonly CountKey[]])[];
  readonly statements: readonly (readonly [exporter: string, year: number, id: string])[];
}

/** Of a person: the gate has counted him or her. Beside the class bits. */
const SENT = 4;

interface Group {
  readonly id: number;
  left: number;
}

/** Somebody, or a statement. */
interface Waiting {
  readonly exporter: string;
  readonly year: number;
  readonly key: CountKey | null;
  statement: Statement | null;
  /** Not known to be durable. */
  row: CountedRow | Stated | null;
  /** What no entry has said of the gate's own count: SENT and class bits. */
  sent: number;
  /** What no entry has said of openings. A statement is one word of its own. */
  readonly opened: Set<string>;
  readonly groups: Group[];
}

export interface UnnamedPeople {
  /** How many are waited for: by the disk, by an entry. */
  readonly size: number;
  /** Moved: the row is not on disk, and of what is new in it no entry knows. */
  moved(row: CountedRow, from: Reach, to: Reach): void;
  stated(row: Stated): void;
  /** The disk waits for a row of this person. */
  isUnsaved(exporter: string, year: number, key: CountKey): boolean;
  isWaiting(exporter: string, year: number, key: CountKey): boolean;
  /** Of these people, those whom the entry of a crossing has to name. */
  newcomers(exporter: string, year: number, keys: readonly CountKey[]): readonly Newcomer[];
  /** What is written with a commit; null: everybody in it is named. */
  groupOf(items: readonly (CountedRow | Stated)[]): UnnamedGroup | null;
  /** It is on disk, and so are its rows. */
  wrote(group: UnnamedGroup): void;
  saved(item: CountedRow | Stated): void;
  named(exporter: string, year: number, what: Named): void;
  all(): readonly Unnamed[];
}

/** @param reachOf of somebody as it is. @param over a group of which everybody is named. */
export function trackUnnamed(
  kept: Iterable<UnnamedGroup>,
  reachOf: (exporter: string, year: number, key: CountKey) => Reach,
  statementOf: (exporter: string, year: number, id: string) => Statement | undefined,
  over: (group: number) => void,
): UnnamedPeople {
  const waiting = new Map<string, Waiting>();
  let next = 1;

  const make = (exporter: string, year: number, key: CountKey | null, statement: Statement | null): Waiting => {
    const name = nameOf(exporter, year, key ?? statement!.id);
    const known = waiting.get(name);
    if (known !== undefined) return known;
    const one: Waiting = { exporter, year, key, statement, row: null, sent: 0, opened: new Set(), groups: [] };
    waiting.set(name, one);
    return one;
  };
  const settle = (one: Waiting): void => {
    if (one.sent !== 0 || one.opened.size > 0) return;
    for (const group of one.groups.splice(0)) {
      group.left -= 1;
      if (group.left === 0) over(group.id);
    }
    if (one.row === null) waiting.delete(nameOf(one.exporter, one.year, one.key ?? one.statement!.id));
  };
  const get = (exporter: string, year: number, id: string) => waiting.get(nameOf(exporter, year, id));

  // which of a person's ways were told before the crash nobody knows: all of them are told again
  for (const { id, people, statements } of kept) {
    next = Math.max(next, id + 1);
    const group = { id, left: 0 };
    for (const [exporter, year, keys] of people)
      for (const key of keys) {
        const one = make(exporter, year, key, null);
        owe(one, null, reachOf(exporter, year, key));
        join(one, group);
        settle(one);
      }
    for (const [exporter, year, name] of statements) {
      const statement = statementOf(exporter, year, name);
      if (statement !== undefined) oweStatement(join(make(exporter, year, null, statement), group));
    }
    if (group.left === 0) over(id);
  }

  return {
    get size() {
      return waiting.size;
    },
    moved(row, from, to) {
      const one = make(row.exporter, row.year, row.key, null);
      one.row = row;
      owe(one, from, to);
    },
    stated(row) {
      const one = make(row.exporter, row.year, null, row.statement);
      one.row = row;
      one.statement = row.statement;
      oweStatement(one);
    },
    isUnsaved: (exporter, year, key) => (get(exporter, year, key)?.row ?? null) !== null,
    isWaiting: (exporter, year, key) => waiting.has(nameOf(exporter, year, key)),
    newcomers(exporter, year, keys) {
      if (waiting.size === 0) return NOBODY;
      const found = new Map<CountKey, Newcomer>();
      for (const key of keys) {
        if ((get(exporter, year, key)?.sent ?? 0) === 0) continue;
        found.set(key, { key, ...classesOf(reachOf(exporter, year, key).sent ?? 0) });
      }
      return found.size === 0 ? NOBODY : [...found.values()];
    },
    groupOf(items) {
      const owed = owedIn(items, get);
      return owed.length === 0 ? null : groupOf(next, owed);
    },
    wrote({ id, people, statements }) {
      next = id + 1;
      const group = { id, left: 0 };
      for (const [exporter, year, keys] of people) for (const key of keys) enter(get(exporter, year, key), group);
      for (const [exporter, year, name] of statements) enter(get(exporter, year, name), group);
      if (group.left === 0) over(id);
    },
    saved(item) {
      const one = get(item.exporter, item.year, "key" in item ? item.key : item.statement.id);
      if (one === undefined || one.row !== item) return;
      one.row = null;
      settle(one);
    },
    named(exporter, year, what) {
      if ("statement" in what) {
        const { id, gross } = what.statement;
        // it may have grown meanwhile: that has an entry of its own
        return name(get(exporter, year, id), (one) => gross >= one.statement!.gross && one.opened.clear());
      }
      if ("opened" in what)
        for (const key of what.opened) name(get(exporter, year, key), (one) => say(one.opened, what.way));
      else
        for (const { key, ...classes } of what.people)
          name(get(exporter, year, key), (one) => {
            one.sent &= ~(SENT | (classes.nonSensitive ? 1 : 0) | (classes.sensitive ? 2 : 0));
          });
    },
    all: () => unnamedOf([...waiting.values()].filter(isOwed), reachOf),
  };

  function name(one: Waiting | undefined, tell: (one: Waiting) => unknown): void {
    if (one === undefined) return;
    tell(one);
    settle(one);
  }
}

const NOBODY: readonly Newcomer[] = [];

function nameOf(exporter: string, year: number, id: string): string {
  return `${year}${id}${exporter}`;
}

function isOwed({ sent, opened }: Waiting): boolean {
  return sent !== 0 || opened.size > 0;
}

/** @param from null: nothing of it was told. */
function owe(one: Waiting, from: Reach | null, to: Reach): void {
  if (to.sent !== null) {
    const before = from?.sent === undefined || from.sent === null ? 0 : from.sent | SENT;
    one.sent |= (to.sent | SENT) & ~before;
  }
  for (const way of to.ways) {
    if (way.by !== OPENING) continue;
    for (const word of wordsOf(way)) if (from === null || !stood(from, word)) one.opened.add(word);
  }
  // what was taken back is not told any more
  for (const word of one.opened) if (!stood(to, word)) one.opened.delete(word);
}

function stood({ ways }: Reach, word: string): boolean {
  return ways.some((way) => way.by === OPENING && wordsOf(way).includes(word));
}

function oweStatement(one: Waiting): void {
  one.opened.add("");
}

function say(opened: Set<string>, way: Opened): void {
  for (const word of wordsOf(way)) opened.delete(word);
}

function wordsOf({ recipient, nonSensitive, sensitive }: Opened): readonly string[] {
  const of = recipient ?? "";
  return [...(nonSensitive ? [`n${of}`] : []), ...(sensitive ? [`s${of}`] : [])];
}

function join(one: Waiting, group: Group): Waiting {
  one.groups.push(group);
  group.left += 1;
  return one;
}

/** Named meanwhile: it need not be in the group. */
function enter(one: Waiting | undefined, group: Group): void {
  if (one !== undefined && isOwed(one)) join(one, group);
}

function owedIn(
  items: readonly (CountedRow | Stated)[],
  get: (exporter: string, year: number, id: string) => Waiting | undefined,
): readonly Waiting[] {
  const owed = new Set<Waiting>();
  for (const item of items) {
    const one = get(item.exporter, item.year, "key" in item ? item.key : item.statement.id);
    if (one !== undefined && isOwed(one)) owed.add(one);
  }
  return [...owed];
}

function groupOf(id: number, owed: readonly Waiting[]): UnnamedGroup {
  const people = new Map<string, [string, number, CountKey[]]>();
  const statements: [string, number, string][] = [];
  for (const { exporter, year, key, statement } of owed) {
    if (key === null) {
      statements.push([exporter, year, statement!.id]);
      continue;
    }
    const name = `${year}${exporter}`;
    const mine = people.get(name) ?? [exporter, year, []];
    mine[2].push(key);
    people.set(name, mine);
  }
  return { id, people: [...people.values()], statements };
}

/** By the ways that reached them: an entry tells many at once. */
function unnamedOf(
  owed: readonly Waiting[],
  reachOf: (exporter: string, year: number, key: CountKey) => Reach,
): readonly Unnamed[] {
  const all = new Map<string, { -readonly [K in keyof Unnamed]: Unnamed[K] } & { people: CountKey[] }>();
  for (const { exporter, year, key, statement, row } of owed) {
    const { id, ways } = key === null ? { id: -1, ways: [] } : reachOf(exporter, year, key);
    const name = `${id} ${year} ${exporter} ${row === null}`;
    const mine = all.get(name) ?? { exporter, year, ways, people: [], statements: [], durable: row === null };
    if (key === null) mine.statements = [...mine.statements, statement!];
    else mine.people.push(key);
    all.set(name, mine);
  }
  return [...all.values()];
}
