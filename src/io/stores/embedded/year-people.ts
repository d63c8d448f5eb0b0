// The people of one exporter in one Beijing year. Law: in memory and exact; every count follows from who was reached
// how, and is kept as people come, so that asking costs nothing.

import type { Counts, DayCounts, Heads, ScopedCounts, Statement } from "../../../words.ts";
import { dateOf, dayOfYear } from "./days.ts";
import { createKeyTable, type Words } from "./key-table.ts";
import { bitsThrough, NON_SENSITIVE, type Reach, type Reaches, SENSITIVE } from "./reaches.ts";

type Scopes = readonly (readonly string[])[];
type Numbers = Omit<ScopedCounts, "recipients">;

/** The people of some recipients, without those stated. */
interface Scope {
  readonly recipients: readonly string[];
  nonSensitive: number;
  sensitive: number;
}

/** Added to a reach's number in a row: it stands in place of all that was learnt of the person before. */
export const ONLY = 2 ** 31;

export class YearPeople {
  readonly #reaches: Reaches;
  readonly #year: number;
  readonly #table = createKeyTable();
  /** By the reach's id. */
  readonly #population: number[] = [];
  readonly #all = { nonSensitive: 0, sensitive: 0 };
  readonly #scopes = new Map<string, Scope>();
  /** What a day did, by its number: how many more people a reach has than before. */
  readonly #days = new Map<number, Map<Reach, number>>();
  #lastDay = 0;
  readonly #statements = new Map<string, Statement>();
  /** What `counts` answers until something changes; and with the scopes asked for last: a way asks for its own. */
  #counts: Counts | null = null;
  #asked: { readonly scopes: Scopes; readonly counts: Counts } | null = null;

  constructor(reaches: Reaches, year: number) {
    this.#reaches = reaches;
    this.#year = year;
  }

  /** Bytes that the keys take. */
  get bytes(): number {
    return this.#table.bytes;
  }

  /** Somebody was counted under a key, or stated as a number. */
  get isPeopled(): boolean {
    return this.#table.size > 0 || this.#statements.size > 0;
  }

  reachOf(keys: Words, at = 0): Reach {
    return this.#reaches.at(this.#table.get(keys, at));
  }

  /**
   * The number of a day, which never goes back: a crossing of yesterday that is admitted today is today's.
   * @param day a Beijing date; absent: the last one.
   */
  dayOn(day: string | undefined): number {
    if (day !== undefined) this.#lastDay = Math.max(this.#lastDay, dayOfYear(this.#year, day));
    return this.#lastDay;
  }

  /** @param day as `dayOn` says. */
  move(keys: Words, at: number, to: Reach, day: number): void {
    const from = this.#reaches.at(this.#table.put(keys, at, to.id));
    if (from === to) return;
    this.#moved(from, to, 1, day);
  }

  /**
   * What was learnt on a day. Nearly everybody is new: those are added up by reach, so that ten million are read in
   * seconds. @param words five a person: the key's four, and the reach: from ONLY on, in place of all before.
   */
  load(words: Words, day: number): void {
    const fresh: number[] = [];
    // what comes after it may say less than it does, and must stand behind it
    this.#lastDay = Math.max(this.#lastDay, day);
    for (let at = 0; at < words.length; at += 5) {
      const id = words[at + 4]!;
      if (id >= ONLY) {
        this.move(words, at, this.#reaches.at(id - ONLY), day);
        continue;
      }
      const before = this.#table.put(words, at, id);
      if (before === 0) fresh[id] = (fresh[id] ?? 0) + 1;
      else if (before !== id) this.#loadAgain(words, at, before, day);
    }
    fresh.forEach((people, id) => {
      this.#moved(this.#reaches.at(0), this.#reaches.at(id), people, day);
    });
  }

  /** Of two rows of a person all ways together, whichever came first. */
  #loadAgain(words: Words, at: number, before: number, day: number): void {
    const from = this.#reaches.at(before);
    const to = this.#reaches.union(from, this.#reaches.at(words[at + 4]!));
    this.#table.put(words, at, to.id);
    if (to !== from) this.#moved(from, to, 1, day);
  }

  #moved(from: Reach, to: Reach, people: number, day: number): void {
    this.#changed();
    this.#lastDay = Math.max(this.#lastDay, day);
    this.#populate(from, -people, day);
    this.#populate(to, people, day);
    step(this.#all, from.bits, to.bits, people);
    for (const scope of this.#scopes.values())
      step(scope, bitsThrough(from, scope.recipients), bitsThrough(to, scope.recipients), people);
  }

  counts(scopes?: Scopes): Counts {
    this.#counts ??= this.#countsNow();
    if (scopes === undefined) return this.#counts;
    if (this.#asked?.scopes !== scopes) {
      const scoped = scopes.map((recipients) => this.scoped(recipients));
      this.#asked = { scopes, counts: Object.freeze({ ...this.#counts, scoped }) };
    }
    return this.#asked.counts;
  }

  scoped(recipients: readonly string[]): ScopedCounts {
    const { nonSensitive, sensitive } = this.#scopeOf(recipients);
    const stated = sumOf(this.#statedOf(recipients));
    return {
      recipients,
      nonSensitive: nonSensitive + stated.nonSensitive,
      sensitive: sensitive + stated.sensitive,
    };
  }

  heads(): readonly Heads[] {
    return this.#population.flatMap((people, id) =>
      people > 0 && this.#reaches.at(id).ways.length > 0 ? [{ ways: this.#reaches.at(id).ways, people }] : [],
    );
  }

  series(recipients?: readonly string[]): readonly DayCounts[] {
    const statements = recipients === undefined ? this.statements() : this.#statedOf(recipients);
    const statedOn = (day: number) => statements.filter((one) => dayOfYear(this.#year, one.day) === day);
    const days = new Set([...this.#days.keys(), ...statements.map(({ day }) => dayOfYear(this.#year, day))]);
    const sum = { nonSensitive: 0, sensitive: 0, gross: 0 };
    return [...days]
      .sort((a, b) => a - b)
      .map((day) => {
        for (const [reach, people] of this.#days.get(day) ?? []) {
          const bits = recipients === undefined ? reach.bits : bitsThrough(reach, recipients);
          if (bits & NON_SENSITIVE) sum.nonSensitive += people;
          if (bits & SENSITIVE) sum.sensitive += people;
          if (recipients === undefined ? reach.ways.length > 0 : goesTo(reach, recipients)) sum.gross += people;
        }
        const stated = sumOf(statedOn(day));
        sum.nonSensitive += stated.nonSensitive;
        sum.sensitive += stated.sensitive;
        sum.gross += stated.gross;
        return { ...sum, day: day === 0 ? null : dateOf(this.#year, day) };
      });
  }

  statements(): readonly Statement[] {
    return [...this.#statements.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  statement(id: string): Statement | undefined {
    return this.#statements.get(id);
  }

  /** @returns what stands under the id now: of two statements the higher numbers. */
  state(statement: Statement): Statement {
    const before = this.#statements.get(statement.id);
    const now = before === undefined ? statement : higher(before, statement);
    this.#statements.set(now.id, now);
    this.#changed();
    return now;
  }

  #changed(): void {
    this.#counts = null;
    this.#asked = null;
  }

  #populate(reach: Reach, people: number, day: number): void {
    this.#population[reach.id] = (this.#population[reach.id] ?? 0) + people;
    const changes = this.#days.get(day) ?? new Map<Reach, number>();
    this.#days.set(day, changes.set(reach, (changes.get(reach) ?? 0) + people));
  }

  #countsNow(): Counts {
    const statements = this.statements();
    const stated = sumOf(statements);
    const { noneLeft } = this.#reaches;
    const takenBack = noneLeft === null ? 0 : (this.#population[noneLeft.id] ?? 0);
    const counts = {
      nonSensitive: this.#all.nonSensitive + stated.nonSensitive,
      sensitive: this.#all.sensitive + stated.sensitive,
      gross: this.#table.size - takenBack + stated.gross,
    };
    return Object.freeze(statements.some(({ of }) => of === "opening") ? { ...counts, opened: true as const } : counts);
  }

  /** Worked out when first asked for, and kept from then on. */
  #scopeOf(recipients: readonly string[]): Scope {
    const name = recipients.join("\u0000");
    const known = this.#scopes.get(name);
    if (known !== undefined) return known;
    const scope = { recipients, nonSensitive: 0, sensitive: 0 };
    for (const [id, people] of this.#population.entries()) {
      if (people === undefined || people === 0) continue;
      const bits = bitsThrough(this.#reaches.at(id), recipients);
      if (bits & NON_SENSITIVE) scope.nonSensitive += people;
      if (bits & SENSITIVE) scope.sensitive += people;
    }
    this.#scopes.set(name, scope);
    return scope;
  }

  /** Whose recipients are not known may be anybody's. */
  #statedOf(recipients: readonly string[]): readonly Statement[] {
    if (this.#statements.size === 0) return [];
    return this.statements().filter(({ recipient }) => recipient === null || recipients.includes(recipient));
  }
}

function step(counts: { nonSensitive: number; sensitive: number }, from: number, to: number, people: number): void {
  counts.nonSensitive += ((to & NON_SENSITIVE) - (from & NON_SENSITIVE)) * people;
  counts.sensitive += (((to & SENSITIVE) - (from & SENSITIVE)) / SENSITIVE) * people;
}

function goesTo({ ways }: Reach, recipients: readonly string[]): boolean {
  return ways.some(({ recipient }) => recipient === null || recipients.includes(recipient));
}

function sumOf(statements: readonly Statement[]): Numbers & { readonly gross: number } {
  const sum = { nonSensitive: 0, sensitive: 0, gross: 0 };
  for (const { nonSensitive, sensitive, gross } of statements) {
    sum.nonSensitive += nonSensitive;
    sum.sensitive += sensitive;
    sum.gross += gross;
  }
  return sum;
}

function higher(a: Statement, b: Statement): Statement {
  return {
    ...a,
    nonSensitive: Math.max(a.nonSensitive, b.nonSensitive),
    sensitive: Math.max(a.sensitive, b.sensitive),
    gross: Math.max(a.gross, b.gross),
  };
}
