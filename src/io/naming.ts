// Whoever is counted and whom no entry names is named: what a failed write, a crash or a midnight left. Law: nothing
// waits for this; a crossing under way is left the time to do it itself, and being named again does nobody harm.

import type { Entry, Unnamed } from "../words.ts";
import type { PeopleCounter } from "./ports.ts";

const LOOK_MS = 10_000;
/** As many as an entry has room for. */
const PEOPLE_PER_ENTRY_MAX = 2_000;

export interface NamingParts {
  readonly people: Pick<PeopleCounter, "unnamed" | "named" | "drain">;
  note(kind: Entry["kind"], members: Omit<Entry, "v" | "kind" | "t">): Promise<unknown>;
}

export interface Naming {
  /** Names those whom the last look saw too. Rejects nothing. */
  look(): Promise<void>;
  /** Names everybody, if the ledger takes it. */
  close(): Promise<void>;
}

/** Names at once whom the process before left, then looks every ten seconds. */
export function watchUnnamed({ people, note }: NamingParts): Naming {
  let seen: ReadonlySet<string> = new Set();
  let last: Promise<void> = Promise.resolve();

  const tell = async (isDue: (name: string) => boolean): Promise<void> => {
    await people.drain().catch(() => {});
    const all = people.unnamed().filter(({ durable }) => durable);
    seen = new Set(all.flatMap(namesOf));
    for (const one of all) await nameAll(people, note, dueOf(one, isDue));
  };
  const inTurn = (isDue: (name: string) => boolean): Promise<void> => {
    // a ledger that takes nothing is told of elsewhere: they wait
    last = last.then(() => tell(isDue)).catch(() => {});
    return last;
  };
  const look = (): Promise<void> => {
    const before = seen;
    return inTurn((name) => before.has(name));
  };
  void inTurn(() => true);
  const timer = setInterval(() => void look(), LOOK_MS).unref();
  return {
    look,
    close() {
      clearInterval(timer);
      return inTurn(() => true);
    },
  };
}

function namesOf({ exporter, year, people, statements }: Unnamed): readonly string[] {
  return [...people, ...statements.map(({ id }) => id)].map((id) => `${year} ${id} ${exporter}`);
}

function dueOf(one: Unnamed, isDue: (name: string) => boolean): Unnamed {
  const { exporter, year } = one;
  const due = (id: string) => isDue(`${year} ${id} ${exporter}`);
  return { ...one, people: one.people.filter(due), statements: one.statements.filter(({ id }) => due(id)) };
}

/** The entry first; what it says is what they are counted as when it is written. */
async function nameAll(
  people: NamingParts["people"],
  note: NamingParts["note"],
  { exporter, year, ways, people: keys, statements }: Unnamed,
): Promise<void> {
  const sent = ways.filter(({ by }) => by !== "opening");
  const opened = ways.filter(({ by }) => by === "opening");
  for (let from = 0; from < keys.length; from += PEOPLE_PER_ENTRY_MAX) {
    const some = keys.slice(from, from + PEOPLE_PER_ENTRY_MAX);
    await note("counted", { exporter, year, people: some, ways: ways.map((way) => ({ ...way })) });
    const classes = {
      nonSensitive: sent.some(({ nonSensitive }) => nonSensitive),
      sensitive: sent.some(({ sensitive }) => sensitive),
    };
    if (sent.length > 0) people.named(exporter, year, { people: some.map((key) => ({ key, ...classes })) });
    for (const way of opened) people.named(exporter, year, { opened: some, way });
  }
  for (const statement of statements) {
    await note("counted", { exporter, year, people: [], ways: [], stated: { ...statement } });
    people.named(exporter, year, { statement });
  }
}
