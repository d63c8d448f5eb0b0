// What leaves, held against the inventory that the policy declares. Law of this file: from policy and Case alone; no
// value of a person, no index of a list; without an inventory nothing is asked.

import { matcherOf } from "../flow/pattern.ts";
import type { Case, Decision, Flow, InventoryRow, PiType, Sighting } from "../words.ts";
import { isPersonal } from "./personal.ts";

/** Told of one crossing: the first sight of more than this is a new way, not a new field. */
export const SIGHTINGS_MAX = 16;
/** UTF-16 units of a pointer. A longer one is cut, and so compared by its beginning. */
const FIELD_UNITS_MAX = 160;
const WAYS_MAX = 1024;
const FIELDS_MAX = 4096;

/** What the rows say of one way, as far as it was asked: place as found → kind → field, null where it is known. */
interface WayKnown {
  readonly way: Way;
  readonly rows: readonly { readonly kinds: ReadonlySet<PiType>; readonly fits: (field: string) => boolean }[];
  readonly asked: Map<string, Map<PiType, string | null>>;
}

type Way = Pick<Sighting, "caller" | "destination" | "purpose" | "recipient" | "model">;

const made = new WeakMap<readonly InventoryRow[], Map<string, WayKnown>>();
/** The way asked for last: comparing five ids is cheaper than joining them into a name. */
let last: { readonly rows: readonly InventoryRow[]; readonly known: WayKnown } | null = null;

/** @returns what the inventory does not know, each kind and field once. */
export function undeclaredIn({ policy: { inventory }, flow, findings }: Case): readonly Sighting[] {
  if (inventory === undefined) return NONE;
  let unknown: Sighting[] | null = null;
  const known = knownOn(inventory, flow);
  for (const finding of findings) {
    if (!isPersonal(finding)) continue;
    const { type: kind, path } = finding;
    const told = known.asked.get(path)?.get(kind);
    const field = told === undefined ? ask(known, path, kind) : told;
    if (field === null || unknown?.some((one) => one.kind === kind && one.field === field)) continue;
    const { caller, destination, purpose, recipient, model } = flow;
    unknown = [...(unknown ?? []), { caller, destination, purpose, recipient, kind, field, model }];
    if (unknown.length === SIGHTINGS_MAX) break;
  }
  return unknown ?? NONE;
}

const NONE: readonly Sighting[] = [];

/** Whether the inventory knows by now what it once did not. */
export function isDeclared(rows: readonly InventoryRow[], seen: Sighting): boolean {
  return make(rows, seen).rows.some(({ kinds, fits }) => kinds.has(seen.kind) && fits(seen.field));
}

/** The decision, with what nobody has declared of what it is about. What is no export is in no inventory of exports. */
export function withUndeclared(c: Case, decision: Decision): Decision {
  if (c.policy.inventory === undefined || decision.legal.outcome === "NOT_EXPORT") return decision;
  const undeclared = undeclaredIn(c);
  return undeclared.length === 0 ? decision : { ...decision, undeclared };
}

function ask(known: WayKnown, path: string, kind: PiType): string | null {
  const field = fieldOf(path);
  const declared = known.rows.some(({ kinds, fits }) => kinds.has(kind) && fits(field));
  if (known.asked.size >= FIELDS_MAX) known.asked.clear();
  const kinds = known.asked.get(path) ?? new Map<PiType, string | null>();
  known.asked.set(path, kinds.set(kind, declared ? null : field));
  return declared ? null : field;
}

// An index of a list becomes `*`: which item it was says nothing.
export function fieldOf(path: string): string {
  const field = path.replace(/\/\d+(?=\/|$)/g, "/*");
  return field.length <= FIELD_UNITS_MAX ? field : `${field.slice(0, FIELD_UNITS_MAX)}*`;
}

function knownOn(rows: readonly InventoryRow[], flow: Flow): WayKnown {
  if (last?.rows === rows && isSame(last.known.way, flow)) return last.known;
  const ways = made.get(rows) ?? new Map<string, WayKnown>();
  const { caller, destination, purpose, recipient, model } = flow;
  const key = [caller, destination, purpose, recipient, model ?? ""].join("\u0000");
  if (ways.size >= WAYS_MAX) ways.clear();
  const known = ways.get(key) ?? make(rows, flow);
  made.set(rows, ways.set(key, known));
  last = { rows, known };
  return known;
}

function isSame(a: Way, b: Way): boolean {
  return (
    a.destination === b.destination &&
    a.caller === b.caller &&
    a.purpose === b.purpose &&
    a.recipient === b.recipient &&
    a.model === b.model
  );
}

function make(rows: readonly InventoryRow[], { caller, destination, purpose, recipient, model }: Way): WayKnown {
  const speaks = (row: InventoryRow) =>
    row.destinations.includes(destination) &&
    row.callers?.includes(caller) !== false &&
    row.purposes?.includes(purpose) !== false &&
    row.recipients?.includes(recipient) !== false &&
    // as in a rule: a request that names no model fits none
    (row.models === undefined || (model !== null && row.models.some((pattern) => matcherOf(pattern)(model))));
  return {
    way: { caller, destination, purpose, recipient, model },
    rows: rows.filter(speaks).map(({ kinds, fields }) => ({ kinds: new Set(kinds), fits: fitting(fields) })),
    asked: new Map(),
  };
}

function fitting(fields: readonly string[] | undefined): (field: string) => boolean {
  if (fields === undefined) return () => true;
  const matchers = fields.map(matcherOf);
  return (field) => matchers.some((fits) => fits(field));
}
