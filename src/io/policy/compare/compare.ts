// What loosens and what tightens between two policies. A policy loosens another if some crossing that the other blocks,
// or rewrites, may leave, or leave less rewritten. Law of this file: structural and conservative; if nothing here
// loosens, nothing that was blocked leaves (test/policy-compare.test.ts asks decide, on random policies and Cases).

import { SWITCH_DEFAULTS } from "../../../law/switches.ts";
import { coverageOf } from "../covering.ts";
import type { Gathered, Placed } from "../gather.ts";
import { shown } from "../issues.ts";
import type { Text } from "../problem.ts";
import { type Item, LISTS, type ListName } from "../schema.ts";
import type { Place, Step } from "../source.ts";
import { anything, type Effect, isSame } from "./directions.ts";
import { PARTS, SETTINGS } from "./members.ts";
import { addedRule, changedRule, removedRule } from "./rules.ts";

export interface Change {
  readonly effect: Effect;
  /** `<list>/<id>`, or the name of a setting. */
  readonly what: string;
  readonly message: Text;
  /** In the new policy; of what is gone in the old one; null: a setting that neither says. */
  readonly place: Place | null;
}

/** @param impersonal kinds of which a finding may be about nobody. Both without problems. In a fixed order. */
export function compare(old: Gathered, next: Gathered, impersonal: readonly string[]): readonly Change[] {
  const lists = (Object.keys(LISTS) as ListName[]).flatMap((name) => listChanges(name, old, next, impersonal));
  return [...settingChanges(old, next), ...lists];
}

export function loosens(changes: readonly Change[]): boolean {
  return changes.some(({ effect }) => effect === "loosens");
}

type Thing = Placed<{ readonly id: string }>;

/** A field that is not what it was. */
interface Turn {
  readonly field: string;
  readonly effect: Effect;
  readonly was: unknown;
  readonly is: unknown;
}

interface Judge {
  added(item: Thing["item"]): Effect;
  removed(item: Thing["item"]): Effect;
  changed(a: Thing["item"], b: Thing["item"]): readonly Turn[];
}

function listChanges(name: ListName, old: Gathered, next: Gathered, impersonal: readonly string[]): Change[] {
  const [before, now] = [old, next].map((g) => new Map((g.lists[name] as readonly Thing[]).map((p) => [p.item.id, p])));
  const judge = name === "rules" ? ruleJudge(old, next, impersonal) : partJudge(name);
  const ids = [...new Set([...before!.keys(), ...now!.keys()])].sort();
  return ids.flatMap((id): Change[] => {
    const [a, b] = [before!.get(id), now!.get(id)];
    const what = `${name}/${id}`;
    if (a === undefined) return [changeOf(judge.added(b!.item), what, b!, [], { zh: "新增", en: "added" })];
    if (b === undefined) return [changeOf(judge.removed(a.item), what, a, [], { zh: "删去", en: "removed" })];
    return judge
      .changed(a.item, b.item)
      .map(({ field, effect, was, is }) => changeOf(effect, what, b, [field], turned(field, was, is)));
  });
}

function partJudge(name: Exclude<ListName, "rules">): Judge {
  const { added, removed, fields, ordered = [], view = (item: object) => item } = PARTS[name];
  return {
    added: () => added,
    removed: () => removed,
    changed: (a, b) =>
      turnsOf(view(a as never), view(b as never), ordered).map((turn) => ({
        ...turn,
        effect: (fields[turn.field] ?? anything)(turn.was, turn.is),
      })),
  };
}

function ruleJudge(old: Gathered, next: Gathered, impersonal: readonly string[]): Judge {
  const coverage = coverageOf(impersonal);
  const [before, now] = [old, next].map(({ lists }) => lists.rules.map(({ item }) => item));
  return {
    added: (item) => addedRule(item as Item<"rules">, before!, coverage),
    removed: (item) => removedRule(item as Item<"rules">, now!, coverage),
    changed(a, b) {
      const effect = changedRule(a as Item<"rules">, b as Item<"rules">, coverage);
      return turnsOf(a, b, []).map((turn) => ({ ...turn, effect: turn.field === "why" ? "neutral" : effect }));
    },
  };
}

function turnsOf(a: object, b: object, ordered: readonly string[]): readonly Omit<Turn, "effect">[] {
  const [was, is] = [a, b] as [Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .sort()
    .filter((field) => !isSame(was[field], is[field], ordered.includes(field)))
    .map((field) => ({ field, was: was[field], is: is[field] }));
}

function settingChanges(old: Gathered, next: Gathered): Change[] {
  const [before, now] = [settingsOf(old), settingsOf(next)];
  return [...new Set([...before.keys(), ...now.keys()])].sort().flatMap((name): Change[] => {
    const [was, is] = [before.get(name), now.get(name)];
    if (isSame(was, is)) return [];
    const effect = (SETTINGS[name] ?? anything)(was, is);
    return [{ effect, what: name, message: turned(name, was, is), place: null }];
  });
}

/** With the defaults of what is not said. */
function settingsOf(g: Gathered): ReadonlyMap<string, unknown> {
  const { profile, names, language, unclassified, warnAt, withoutOpening, release, failures, switches } = g;
  const said = Object.fromEntries([...switches].map(([name, { item }]) => [name, item]));
  return new Map<string, unknown>([
    ...Object.entries({ profile, names, language, unclassified, thresholds: warnAt, release }),
    ["thresholds.withoutOpening", withoutOpening],
    ...Object.entries(failures).map(([name, value]) => [`failures.${name}`, value] as const),
    ...Object.entries({ ...SWITCH_DEFAULTS, ...said }).map(([name, value]) => [`switches.${name}`, value] as const),
  ]);
}

function changeOf(effect: Effect, what: string, at: Thing, path: readonly Step[], message: Text): Change {
  return { effect, what, message, place: at.source.place([...at.path, ...path], "value") };
}

function turned(field: string, was: unknown, is: unknown): Text {
  const say = (value: unknown) => (value === undefined ? "—" : shown(JSON.stringify(value)));
  return {
    zh: `${field} 由 ${say(was)} 改为 ${say(is)}`,
    en: `${field} was ${say(was)}, is ${say(is)}`,
  };
}

/** How many of each, for a last line. */
export function counted(changes: readonly Change[]): Readonly<Record<Effect, number>> {
  const of = (effect: Effect) => changes.filter((change) => change.effect === effect).length;
  return { loosens: of("loosens"), tightens: of("tightens"), neutral: of("neutral") };
}
