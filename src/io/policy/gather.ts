// Many files → one set of lists, each item with its place. Law of this file: an id stands once in the whole folder.

import type * as z from "zod";
import type { FailureChoices } from "../../words.ts";
import type { NamesMode } from "../names.ts";
import { parseAt } from "./issues.ts";
import { type Problem, problemAt } from "./problem.ts";
import { frame, type Item, LISTS, type ListName, SCALARS } from "./schema.ts";
import type { Source, Step } from "./source.ts";

export interface Placed<T> {
  readonly item: T;
  readonly source: Source;
  readonly path: readonly Step[];
}

/** Who wrote what the folder says, who approved it, which commit it is, and why it changed. */
export type Release = z.output<(typeof SCALARS)["release"]>;

export type Lists = { readonly [L in ListName]: readonly Placed<Item<L>>[] };

export interface Gathered {
  readonly profile: "strict" | "gbt45574";
  readonly names: NamesMode;
  readonly language: "zh" | "en";
  readonly unclassified: "general" | "unknown";
  readonly failures: FailureChoices;
  readonly warnAt: readonly number[];
  readonly withoutOpening: "warn" | "block";
  readonly switches: ReadonlyMap<string, Placed<boolean>>;
  readonly onDrift: "alarm" | "block";
  /** null: the folder does not say. */
  readonly release: Release | null;
  readonly lists: Lists;
  /** Ids as written, of items with mistakes too: a mistake in one item must not read as a missing id elsewhere. */
  readonly declared: Readonly<Record<ListName, ReadonlySet<string>>>;
  /** false: a file's frame is broken, so whole lists may be missing and loose ends mean nothing. */
  readonly framed: boolean;
  readonly problems: readonly Problem[];
}

const NAMES = Object.keys(LISTS) as ListName[];

export function gather(read: readonly Source[]): Gathered {
  const sources = read.filter((source) => source.problems.length === 0);
  const problems: Problem[] = [];
  const frames = sources.flatMap((source) => {
    const parsed = parseAt(frame, source.value, source, []);
    problems.push(...parsed.problems);
    return source.value === null || typeof source.value !== "object" ? [] : [{ source, said: asLists(source.value) }];
  });
  const framed = sources.length === read.length && problems.length === 0;
  const settled = settings(sources, problems);
  const declared = Object.fromEntries(NAMES.map((name) => [name, new Set<string>()])) as unknown as Record<
    ListName,
    Set<string>
  >;
  const places = new Map<string, At>();
  const lists = Object.fromEntries(
    NAMES.map((name) => [
      name,
      frames.flatMap(({ source, said }) =>
        (said[name] ?? []).flatMap((raw, index) => {
          const path = [name, index];
          noteId(raw, { name, source, path, declared: declared[name], places, problems });
          const parsed = parseAt(LISTS[name], raw, source, path);
          problems.push(...parsed.problems);
          return parsed.item === null ? [] : [{ item: parsed.item, source, path }];
        }),
      ),
    ]),
  ) as unknown as Lists;
  return { ...settled, lists, declared, framed, problems };
}

/** The lists of a file, whatever else is wrong with its frame. */
function asLists(value: object): Partial<Record<ListName, readonly unknown[]>> {
  return Object.fromEntries(Object.entries(value).filter(([, list]) => Array.isArray(list)));
}

type At = Pick<Placed<unknown>, "source" | "path">;

interface Noting {
  readonly name: ListName;
  readonly source: Source;
  readonly path: readonly Step[];
  readonly declared: Set<string>;
  readonly places: Map<string, At>;
  readonly problems: Problem[];
}

function noteId(raw: unknown, n: Noting): void {
  const id = (raw as { id?: unknown } | null)?.id;
  if (typeof id !== "string") return;
  const at = [...n.path, "id"];
  const earlier = n.places.get(`${n.name}/${id}`);
  if (earlier === undefined) n.places.set(`${n.name}/${id}`, { source: n.source, path: at });
  else {
    const { file, line, column } = earlier.source.place(earlier.path, "value");
    const first = `${file}:${line}:${column}`;
    const text = { zh: `id 重复：已在 ${first} 定义`, en: `duplicate id: already defined at ${first}` };
    n.problems.push(problemAt(n.source, at, "id_duplicate", text));
  }
  n.declared.add(id);
}

/** Settings of one value, and those that are a table of which each member may stand in another file. */
const ONCE = ["profile", "names", "language", "unclassified", "thresholds", "release", "onDrift"] as const;
const TABLES = ["switches", "failures"] as const;

const WARN_AT = [0.8, 0.95];

/** Said once in the folder. */
function settings(
  sources: readonly Source[],
  problems: Problem[],
): Pick<
  Gathered,
  | "profile"
  | "names"
  | "language"
  | "unclassified"
  | "failures"
  | "warnAt"
  | "withoutOpening"
  | "switches"
  | "release"
  | "onDrift"
> {
  const said = new Map<string, Placed<unknown>>();
  const note = (source: Source, path: readonly Step[], item: unknown) => {
    const name = path.join(".");
    const earlier = said.get(name);
    if (earlier === undefined) said.set(name, { item, source, path });
    else {
      const { file, line, column } = earlier.source.place(earlier.path, "key");
      const message = {
        zh: `${name} 已在 ${file}:${line}:${column} 写过`,
        en: `${name} was already said at ${file}:${line}:${column}`,
      };
      problems.push(problemAt(source, path, "setting_duplicate", message, { aim: "key" }));
    }
  };
  for (const source of sources) {
    const value = (source.value ?? {}) as Record<string, unknown>;
    for (const name of ONCE) if (value[name] !== undefined) note(source, [name], value[name]);
    for (const table of TABLES)
      for (const [name, item] of Object.entries(value[table] ?? {})) note(source, [table, name], item);
  }
  const members = (table: string) =>
    [...said].flatMap(([name, placed]) =>
      name.startsWith(`${table}.`) ? [[name.slice(table.length + 1), placed] as const] : [],
    );
  const value = (name: string, otherwise: unknown) => said.get(name)?.item ?? otherwise;
  const failures = Object.fromEntries(members("failures").map(([name, { item }]) => [name, item]));
  const { warnAt = WARN_AT, withoutOpening = "warn" } =
    SCALARS.thresholds.safeParse(value("thresholds", {})).data ?? {};
  return {
    profile: value("profile", "strict") as Gathered["profile"],
    names: value("names", "keys") as NamesMode,
    language: value("language", "zh") as Gathered["language"],
    unclassified: value("unclassified", "general") as Gathered["unclassified"],
    failures: { lawNotReviewed: "block", calendarUnknown: "block", ...failures } as FailureChoices,
    warnAt: [...warnAt].sort((a, b) => a - b),
    withoutOpening,
    onDrift: value("onDrift", "alarm") as Gathered["onDrift"],
    switches: new Map(members("switches") as [string, Placed<boolean>][]),
    release: SCALARS.release.safeParse(value("release", null)).data ?? null,
  };
}
