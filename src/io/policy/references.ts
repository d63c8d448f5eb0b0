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
  /** Kinds of which a finding may be about nobody. */
  readonly impersonal: readonly string[];
  /** Kinds that are sensitive, by profile. */
  readonly sensitive: Readonly<Record<"strict" | "gbt45574", readonly string[]>>;
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

/** The ways that a paper is about. */
const ways = (w: {
  readonly exporters?: string[];
  readonly destinations?: string[];
  readonly recipients?: string[];
  readonly purposes?: string[];
}): Reference[] => [
  ...all(["exporters"], w.exporters, "exporters"),
  ...all(["destinations"], w.destinations, "destinations"),
  ...all(["recipients"], w.recipients, "recipients"),
  ...all(["purposes"], w.purposes, "purposes"),
];

const REFERENCES: { readonly [L in ListName]: (item: Item<L>) => Reference[] } = {
  groups: (g) => all(["exporters"], g.exporters, "exporters"),
  exporters: (e) => one(["handler"], e.handler, "exporters"),
  recipients: (r) => [
    ...one(["contract", "document"], r.contract?.document, "documents"),
    ...one(["dueDiligence", "document"], r.dueDiligence?.document, "documents"),
  ],
  destinations: (d) => [
    ...one(["recipient"], d.recipient, "recipients"),
    ...one(["exporter"], d.exporter, "exporters"),
    ...one(["purpose"], d.purpose, "purposes"),
    ...all(["providers"], d.providers, "providers"),
    ...d.subjectAt.flatMap((s, index) => one(["subjectAt", index, "type"], s.type, "subjects")),
    ...(d.recipientsBy ?? []).flatMap((r, index) =>
      one(["recipientsBy", index, "recipient"], r.recipient, "recipients"),
    ),
    ...one(["classification", "document"], d.classification?.document, "documents"),
  ],
  purposes: (p) => all(["neededTypes"], p.neededTypes, "types"),
  mechanisms: (m) => [
    ...all(["exporters"], m.exporters, "exporters"),
    ...all(["scope", "recipients"], m.scope.recipients, "recipients"),
    ...all(["scope", "purposes"], m.scope.purposes, "purposes"),
    ...all(["scope", "categories"], m.scope.categories, "types"),
    ...one(["document"], m.document, "documents"),
    ...one(["pipia"], m.pipia, "pipias"),
  ],
  notices: (n) => [
    ...all(["exporters"], n.exporters, "exporters"),
    ...all(["recipients"], n.recipients, "recipients"),
    ...all(["purposes"], n.purposes, "purposes"),
    ...all(["types"], n.types, "types"),
    ...(n.supersedes ?? []).flatMap((s, index) => one(["supersedes", index, "document"], s.document, "documents")),
    ...one(["document"], n.document, "documents"),
  ],
  pipias: (p) => [
    ...all(["exporters"], p.exporters, "exporters"),
    ...all(["recipients"], p.recipients, "recipients"),
    ...all(["purposes"], p.purposes, "purposes"),
    ...all(["types"], p.types, "types"),
    ...one(["document"], p.document, "documents"),
  ],
  exemptions: (e) => [...ways(e), ...all(["evidence"], e.evidence, "documents")],
  proofs: (p) => [...ways(p), ...one(["report"], p.report, "documents")],
  approvals: (a) => [...ways(a), ...one(["document"], a.document, "documents")],
  orders: (o) => [...ways(o), ...one(["document"], o.document, "documents")],
  restricted: () => [],
  ftzLists: (l) => l.items.flatMap((item, index) => all(["items", index, "types"], item.types, "types")),
  ftz: (z) => [...ways(z), ...one(["list"], z.list, "ftzLists"), ...one(["document"], z.document, "documents")],
  documents: () => [],
  callers: (c) => [
    ...all(["exporters"], c.exporters, "exporters"),
    ...all(["destinations"], c.destinations, "destinations"),
    ...all(["purposes"], c.purposes, "purposes"),
  ],
  duties: (d) => ways(d),
  inventory: (i) => [...ways(i), ...all(["callers"], i.callers, "callers"), ...all(["kinds"], i.kinds, "types")],
  alarms: () => [],
  outsideFlows: (o) => [
    ...one(["exporter"], o.exporter, "exporters"),
    ...one(["recipient"], o.recipient, "recipients"),
    ...one(["purpose"], o.purpose, "purposes"),
    ...all(["kinds"], o.kinds, "types"),
  ],
  rules: (r) => [...matchReferences(["match"], r.match), ...one(["proof"], r.proof, "proofs")],
};

/** What of a match names other things, however deep `any` and `not` go. */
interface Named {
  readonly exporter?: string[];
  readonly destination?: string[];
  readonly recipient?: string[];
  readonly purpose?: string[];
  readonly provider?: string[];
  readonly caller?: string[];
  readonly piAny?: string[];
  readonly any?: Named[];
  readonly not?: Named;
}

function matchReferences(path: readonly Step[], m: Named): Reference[] {
  return [
    ...all([...path, "exporter"], m.exporter, "exporters"),
    ...all([...path, "destination"], m.destination, "destinations"),
    ...all([...path, "recipient"], m.recipient, "recipients"),
    ...all([...path, "purpose"], m.purpose, "purposes"),
    ...all([...path, "provider"], m.provider, "providers"),
    ...all([...path, "caller"], m.caller, "callers"),
    ...all([...path, "piAny"], m.piAny, "types"),
    ...(m.any ?? []).flatMap((one, index) => matchReferences([...path, "any", index], one)),
    ...(m.not === undefined ? [] : matchReferences([...path, "not"], m.not)),
  ];
}

const WHAT: Readonly<Record<Target, Text>> = {
  groups: { zh: "集团", en: "group" },
  exporters: { zh: "个人信息处理者", en: "exporter" },
  recipients: { zh: "境外接收方", en: "recipient" },
  destinations: { zh: "目的地", en: "destination" },
  purposes: { zh: "目的", en: "purpose" },
  mechanisms: { zh: "出境机制", en: "mechanism" },
  notices: { zh: "告知", en: "notice" },
  pipias: { zh: "影响评估", en: "PIPIA" },
  exemptions: { zh: "豁免情形", en: "exemption" },
  proofs: { zh: "证明", en: "proof" },
  approvals: { zh: "主管机关批准", en: "approval" },
  orders: { zh: "停止令", en: "order" },
  restricted: { zh: "限制清单条目", en: "entry of the restricted list" },
  ftzLists: { zh: "负面清单", en: "free-trade-zone list" },
  ftz: { zh: "自贸区登记", en: "free-trade-zone registration" },
  documents: { zh: "文件", en: "document" },
  callers: { zh: "调用方", en: "caller" },
  rules: { zh: "规则", en: "rule" },
  duties: { zh: "义务", en: "duty" },
  inventory: { zh: "清单条目", en: "row of the inventory" },
  alarms: { zh: "告警去处", en: "place for alarms" },
  outsideFlows: { zh: "不经网关的出境", en: "flow past the gate" },
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
