// Records made into lines of a bulk. Law: a line is what mapping the whole record would give; of rows that differ only
// in whom they are about, when, and under which id, the rest is mapped once.

import { randomUUID } from "node:crypto";
import type { ApplyMapping, Fault } from "../../../io/admin/consents/mapping/apply.ts";
import { instantReader, type ReadInstant } from "../../../io/admin/consents/mapping/instants.ts";
import type { Mapping } from "../../../io/admin/consents/mapping/schema.ts";
import { recordOf, type SourceLine } from "./records.ts";

/** A line of the file, mapped. */
export interface Outgoing {
  readonly line: number;
  readonly text: string;
}

export type Made = string | { readonly faults: readonly Fault[] };

/** What the rows of a shape share, as text around what is their own. */
interface Shape {
  readonly isWithdrawal: boolean;
  /** One more than there are holes. */
  readonly texts: readonly string[];
}

/** Where a row's own columns stand. */
interface Columns {
  readonly value: number;
  readonly givenAt: number;
  /** -1: there is none. */
  readonly event: number;
  readonly others: readonly number[];
}

const SHAPES_MAX = 1_024;
const INSTANTS_MAX = 4_096;
const HOLE = randomUUID();

/** @param names of the columns; of NDJSON none. */
export function createOutgoing(mapping: Mapping, apply: ApplyMapping, names: readonly string[]) {
  const columns = columnsOf(mapping, names);
  const shaped = columns === null ? null : createShaped(mapping, columns);
  return (one: SourceLine, nowMs: number): Made => {
    const { fields, wrong } = one;
    if (wrong !== undefined) return { faults: [{ pointer: "", detail: wrong }] };
    const known = fields === undefined ? null : (shaped?.text(fields, nowMs) ?? null);
    if (known !== null) return known;
    const mapped = apply(fields === undefined ? one.record : recordOf(names, fields), nowMs);
    if ("faults" in mapped) return mapped;
    if (fields !== undefined) shaped?.learn(fields, mapped.line);
    return JSON.stringify(mapped.line);
  };
}

/** @returns null: the rows of this mapping share too little, or are looked into by pointers. */
function columnsOf(mapping: Mapping, names: readonly string[]): Columns | null {
  const { subject, event, givenAt, aliases, ...rest } = mapping;
  const isOwn = typeof event === "object" && event.values === undefined;
  const used = new Set(atsIn(isOwn ? rest : { ...rest, event }));
  const own = [subject.at, givenAt.at, ...(isOwn ? [event.at] : [])];
  if (aliases.length > 0 || [...used, ...own].some((at) => at.startsWith("/"))) return null;
  const at = (name: string) => names.indexOf(name);
  const others = [...used].map(at).filter((column) => column >= 0);
  if (own.some((name) => at(name) < 0)) return null;
  return { value: at(subject.at), givenAt: at(givenAt.at), event: isOwn ? at(event.at) : -1, others };
}

/** Every `at` of what the mapping says, however deep. */
function atsIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === "at" && typeof inner === "string" ? [inner] : atsIn(inner),
  );
}

function createShaped({ givenAt }: Mapping, columns: Columns) {
  const shapes = new Map<string, Shape>();
  const read = instantReader(givenAt.format, givenAt.zone)!;
  const readGrant = remembering(read);
  return {
    /** @returns null: map the whole record. */
    text(fields: readonly string[], nowMs: number): string | null {
      const shape = shapes.get(nameOf(fields, columns.others));
      if (shape === undefined) return null;
      const given = fields[columns.givenAt]!.trim();
      const instant = shape.isWithdrawal ? read(given, true, nowMs) : readGrant(given, false, nowMs);
      const event = columns.event < 0 ? null : fields[columns.event]!.trim();
      if (given === "" || instant === null || event === "") return null;
      const value = JSON.stringify(fields[columns.value]!.trim());
      const [first, second, third, last] = shape.texts;
      if (event === null) return first! + value + second! + JSON.stringify(instant) + third!;
      return first! + value + second! + JSON.stringify(event) + third! + JSON.stringify(instant) + last!;
    },
    learn(fields: readonly string[], line: Readonly<Record<string, unknown>>): void {
      const hasEvent = columns.event >= 0;
      if (line["givenAt"] === undefined || (hasEvent && fields[columns.event]!.trim() === "")) return;
      if (shapes.size === SHAPES_MAX) shapes.clear();
      shapes.set(nameOf(fields, columns.others), shapeOf(line, hasEvent));
    },
  };
}

function shapeOf(line: Readonly<Record<string, unknown>>, hasEvent: boolean): Shape {
  const subject = { ...(line["subject"] as object), value: HOLE };
  const holed = { ...line, subject, ...(hasEvent ? { event: HOLE } : {}), givenAt: HOLE };
  return { isWithdrawal: line["action"] === "withdraw", texts: JSON.stringify(holed).split(`"${HOLE}"`) };
}

/** Two rows have one name only if all these fields are equal, whatever stands in them. */
function nameOf(fields: readonly string[], columns: readonly number[]): string {
  let name = "";
  for (const column of columns) name += `${fields[column]!.length}:${fields[column]}`;
  return name;
}

/** Of grants, whose instants do not hang on when they are read: a file names the same days over and over. */
function remembering(read: ReadInstant): ReadInstant {
  const known = new Map<string, string | null>();
  return (text, isWithdrawal, nowMs) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const instant = read(text, isWithdrawal, nowMs);
    if (known.size === INSTANTS_MAX) known.clear();
    known.set(text, instant);
    return instant;
  };
}
