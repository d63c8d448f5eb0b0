// What two people have let pass for a while (design.md §2, law 4). Law of this file: a release changes what a finding
// is taken for, or what a rule of the policy says, and nothing of what the law says of the rest; whatever it does not
// name to the letter it does not cover.

import type { Case, Finding, Individual, Lift, Lifted, OpaqueClass, Release } from "../words.ts";
import { isPersonal } from "./personal.ts";

/**
 * The Case with the releases that cover it and the findings that they excuse. The same Case where none does.
 * Excused findings come first: whom a release is about, and of which kinds, is asked of what is left.
 */
export function underReleases(c: Case): Case {
  const about = c.orders?.releases.filter((one) => isAbout(one, c)) ?? [];
  if (about.length === 0) return c;
  const candidates = about.map((release) => excusable(c, release));
  const covering = about.filter((release, i) => isWithin(c, release, candidates[i]!));
  if (covering.length === 0) return c;
  const by = new Map<number, string>();
  for (const release of covering)
    for (const i of candidates[about.indexOf(release)]!) if (!by.has(i)) by.set(i, release.id);
  if (by.size === 0) return { ...c, released: covering };
  const findings = c.findings.map((finding, i) => {
    const release = by.get(i);
    return release === undefined ? finding : { ...finding, identifies: "none" as const, excused: release };
  });
  const individuals = c.individuals.filter((one) => !isGone(one, by));
  return { ...c, findings, individuals, released: covering };
}

/** Whether a release that covers the Case lifts this. */
export function lifter(c: Case, lift: Lift): Release | undefined {
  return c.released?.find(({ lifts }) => lifts.some((one) => isSame(one, lift)));
}

/** Whatever is about him or her is excused: nobody is there. */
export function isGone(
  { findings }: Pick<Individual, "findings">,
  excused: { has(finding: number): boolean },
): boolean {
  return findings.length > 0 && findings.every((i) => excused.has(i));
}

/** What the releases did to the findings and to what nobody read; of rules, the policy's own rule tells. */
export function liftedOf({ findings, unread, released = [], policy, flow }: Case): readonly Lifted[] {
  const lifted = new Map<string, { -readonly [K in keyof Lifted]: Lifted[K] } & { findings: number[] }>();
  findings.forEach(({ excused, type, certainty }, i) => {
    if (excused === undefined) return;
    const of = certainty === "suspect" ? "suspect" : "false-finding";
    const key = `${excused} ${of} ${type}`;
    const one = lifted.get(key) ?? { release: excused, of, what: type, findings: [] };
    one.findings.push(i);
    lifted.set(key, one);
  });
  const signed = policy.destinations.get(flow.destination)?.opaque;
  const classes = [...new Set(unread?.map((one) => one.class))].filter((name) => signed?.has(name) !== true);
  const opaque = classes.flatMap((name): Lifted[] => {
    const release = released.find(({ lifts }) => lifts.some((one) => isSame(one, { of: "opaque", class: name })));
    return release === undefined ? [] : [{ release: release.id, of: "opaque", what: name }];
  });
  return [...lifted.values(), ...opaque];
}

/** A class of unread content that two people let pass here. */
export function liftsOpaque(c: Case, name: OpaqueClass): boolean {
  return lifter(c, { of: "opaque", class: name }) !== undefined;
}

/** On the way, and in its time. Instants of one spelling sort as text. */
function isAbout({ destination, exporter, purpose, from, until }: Release, { flow, at }: Case): boolean {
  return (
    destination === flow.destination &&
    (exporter === undefined || exporter === flow.exporter) &&
    (purpose === undefined || purpose === flow.purpose) &&
    from <= at &&
    at < until
  );
}

/**
 * Every kind that is left is one that it names. Of some people: one of them is there, and whoever else is there is
 * taken for nobody. A declared subject is never that: what nobody read may be about him or her.
 */
function isWithin(c: Case, { types, people }: Release, excused: ReadonlySet<number>): boolean {
  const left = (i: number) => isPersonal(c.findings[i]!) && !excused.has(i);
  if (c.findings.some(({ type }, i) => left(i) && !types.includes(type))) return false;
  if (people === undefined) return true;
  const isNamed = ({ countKey }: Individual) => people.includes(countKey);
  const isNobody = ({ declared, findings }: Individual) => !declared && !findings.some(left);
  return c.individuals.some(isNamed) && c.individuals.every((one) => isNamed(one) || isNobody(one));
}

/** Indexes of what it says is no personal information. A credential is none to begin with, and stays one. */
function excusable(c: Case, { types, lifts }: Release): ReadonlySet<number> {
  const excused = new Set<number>();
  c.findings.forEach((finding, i) => {
    if (isPersonal(finding) && lifts.some((lift) => excuses(lift, types, finding, c.valueKeys?.[i]))) excused.add(i);
  });
  return excused;
}

function excuses(lift: Lift, types: Release["types"], finding: Finding, key: string | null | undefined): boolean {
  if (lift.of === "suspect") return finding.certainty === "suspect" && types.includes(finding.type);
  if (lift.of !== "false-finding" || lift.type !== finding.type) return false;
  if (!isAt(lift.path, finding.path)) return false;
  if (lift.values === undefined) return isByPlace(finding);
  return key !== null && key !== undefined && lift.values.some((one) => one === key);
}

/**
 * A place may be excused as a whole where nothing in it vouches for the kind: a suspicion, a guess at a name. Where a
 * check digit, a label or a form of its own does, the member's name must say what other number it is, or it goes value
 * by value.
 */
function isByPlace({ certainty, identifies, path, start }: Finding): boolean {
  if (certainty === "suspect" || (certainty === "model" && identifies !== "strong")) return true;
  return certainty === "format+context" && start === 0 && namesOtherNumber(path);
}

/** Whether the member's own name says what number stands there. */
export function namesOtherNumber(path: string): boolean {
  return OTHER_NUMBER.test(path.slice(path.lastIndexOf("/") + 1));
}

/** Names of members that hold a company's own numbers, whole. */
const OTHER_NUMBER = new RegExp(
  "^(?:(?:[a-z]+_?)?(?:order|trade|trace|serial|batch|sku|ticket|invoice|request|transaction|shipment|item|product" +
    "|version|build|lot|seq)s?[_-]?(?:no|num|number|id|code|sn|key)?" +
    "|订单号?|单号|流水号?|批次号?|序列号|产品编号|货号|工单号?)$",
  "i",
);

/** Pointers are compared segment by segment: `*` is an index, and not a name that is cut for what it holds. */
function isAt(pattern: string, path: string): boolean {
  const [wanted, found] = [pattern.split("/"), path.split("/")];
  if (wanted.length !== found.length) return false;
  return wanted.every((one, i) => (one === "*" ? isIndex(found[i]!) : one === found[i]));
}

function isIndex(segment: string): boolean {
  return /^\d{1,6}$/.test(segment);
}

function isSame(a: Lift, b: Lift): boolean {
  if (a.of === "rule") return b.of === "rule" && a.rule === b.rule;
  return a.of === "opaque" && b.of === "opaque" && a.class === b.class;
}
