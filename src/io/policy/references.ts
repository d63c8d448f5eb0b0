// Ids that point at other ids. Law of this file: one table says what each field may name; a loose end is an error.

import type { Gathered, Placed } from "./gather.ts";
import { shown, withGuess } from "./issues.ts";
import { type Problem, problemAt, type Text } from "./problem.ts";
import type { Item, ListName } from "./schema.ts";
import type { Step } from "./source.ts";
import { nearest } from "./suggest.ts";

/** What the program knows besides the policy: registries of its own. */
export interface Known {
  readonly providers: readonly string[];
  /** Kinds that have a name: a contract, a notice, a consent may speak of them. */
  readonly types: readonly string[];
  /** Those of them that the gate finds. */
  readonly detected: readonly string[];
  /** null: any switch is taken. */
  readonly switches: readonly string[] | null;
}

type Target = ListName | "providers" | "types" | "subjects";

interface Reference {
  readonly path: readonly Step[];
  readonly id: string;
  readonly to: Target;
}

const all = (path: readonly Step[], ids: readonly string[] | undefined, to: Target): Reference[] =>
  (ids ?? []).map((id, index) => ({ path: [...path, index], id, to }));

const one = (path: readonly Step[], id: string | undefined, to: Target): Reference[] =>
  id === undefined ? [] : [{ path, id, to }];

const REFERENCES: { readonly [L in ListName]: (item: Item<L>) => Reference[] } = {
  exporters: (e) => one(["handler"], e.handler, "exporters"),
  recipients: () => [],
  destinations: (d) => [
    ...one(["recipient"], d.recipient, "recipients"),
    ...one(["exporter"], d.exporter, "exporters"),
    ...one(["purpose"], d.purpose, "purposes"),
    ...all(["providers"], d.providers, "providers"),
    ...d.subjectAt.flatMap((s, index) => one(["subjectAt", index, "type"], s.type, "subjects")),
  ],
  purposes: (p) => all(["neededTypes"], p.neededTypes, "types"),
  mechanisms: (m) => [
    ...all(["exporters"], m.exporters, "exporters"),
    ...all(["scope", "recipients"], m.scope.recipients, "recipients"),
    ...all(["scope", "purposes"], m.scope.purposes, "purposes"),
    ...all(["scope", "categories"], m.scope.categories, "types"),
  ],
  notices: (n) => [...all(["recipients"], n.recipients, "recipients"), ...all(["purposes"], n.purposes, "purposes")],
  pipias: (p) => [
    ...all(["recipients"], p.recipients, "recipients"),
    ...all(["purposes"], p.purposes, "purposes"),
    ...all(["types"], p.types, "types"),
  ],
  callers: (c) => [
    ...all(["exporters"], c.exporters, "exporters"),
    ...all(["destinations"], c.destinations, "destinations"),
    ...all(["purposes"], c.purposes, "purposes"),
  ],
  rules: (r) => [
    ...all(["match", "destination"], r.match.destination, "destinations"),
    ...all(["match", "purpose"], r.match.purpose, "purposes"),
    ...all(["match", "caller"], r.match.caller, "callers"),
    ...all(["match", "piAny"], r.match.piAny, "types"),
  ],
};

const WHAT: Readonly<Record<Target, Text>> = {
  exporters: { zh: "个人信息处理者", en: "exporter" },
  recipients: { zh: "境外接收方", en: "recipient" },
  destinations: { zh: "目的地", en: "destination" },
  purposes: { zh: "目的", en: "purpose" },
  mechanisms: { zh: "出境机制", en: "mechanism" },
  notices: { zh: "告知", en: "notice" },
  pipias: { zh: "影响评估", en: "PIPIA" },
  callers: { zh: "调用方", en: "caller" },
  rules: { zh: "规则", en: "rule" },
  providers: { zh: "接口形状", en: "provider" },
  types: { zh: "个人信息种类", en: "kind of personal information" },
  subjects: { zh: "主体标识种类", en: "kind of subject" },
};

/** Every loose end of the folder. */
export function checkReferences(g: Gathered, known: Known): Problem[] {
  const targets: Readonly<Record<Target, ReadonlySet<string>>> = {
    ...g.declared,
    providers: new Set(known.providers),
    types: new Set(known.types),
    subjects: new Set(["id", ...known.types]),
  };
  const check = <L extends ListName>(name: L): Problem[] =>
    (g.lists[name] as readonly Placed<Item<L>>[]).flatMap(({ item, source, path }) =>
      REFERENCES[name](item)
        .filter((reference) => !targets[reference.to].has(reference.id))
        .map((r) => problemAt(source, [...path, ...r.path], `${r.to}_unknown`, loose(r, targets[r.to]))),
    );
  return [...(Object.keys(REFERENCES) as ListName[]).flatMap((name) => check(name)), ...checkSwitches(g, known)];
}

function loose(r: Reference, candidates: ReadonlySet<string>): Text {
  const what = WHAT[r.to];
  const text = { zh: `没有名为 ${shown(r.id)} 的${what.zh}`, en: `no ${what.en} named ${shown(r.id)}` };
  return withGuess(text, nearest(r.id, candidates));
}

function checkSwitches(g: Gathered, known: Known): Problem[] {
  const names = known.switches;
  if (names === null) return [];
  return [...g.switches]
    .filter(([name]) => !names.includes(name))
    .map(([name, { source, path }]) => {
      const text = { zh: `没有名为 ${shown(name)} 的开关`, en: `no switch named ${shown(name)}` };
      return problemAt(source, path, "switch_unknown", withGuess(text, nearest(name, names)), { aim: "key" });
    });
}
