// One record of another system made into a line of a bulk. Law: a function of record, mapping and now; a fault names
// the field of the line and never quotes.

import { instantReader, type ReadInstant } from "./instants.ts";
import type { MappedField, MappedInstant, MappedList, Mapping } from "./schema.ts";

/** A CSV row by its header, or a JSON document. */
export type SourceRecord = unknown;

export interface Fault {
  /** JSON Pointer into the line that was to be. */
  readonly pointer: string;
  readonly detail: string;
}

/** A member that is undefined is absent: it is left to the gate's default, or to its refusal. */
export type Mapped = { readonly line: Readonly<Record<string, unknown>> } | { readonly faults: readonly Fault[] };

export type ApplyMapping = (record: SourceRecord, nowMs: number) => Mapped;

/** @param exporter stands above the mapping's. */
export function createMapper(mapping: Mapping, exporter?: string): ApplyMapping {
  const instants = new Map<MappedInstant, ReadInstant>();
  for (const one of [mapping.givenAt, mapping.shownAt, mapping.validUntil])
    if (one !== undefined) instants.set(one, instantReader(one.format, one.zone)!);

  return (record, nowMs) => {
    const faults: Fault[] = [];
    const read = createFields(record, nowMs, instants, faults);
    const action = read.field("/action", mapping.action);
    const line =
      action === "withdraw" ? withdrawal(mapping, exporter, read) : { action, ...grant(mapping, exporter, read) };
    return faults.length === 0 ? { line } : { faults };
  };
}

type Fields = ReturnType<typeof createFields>;

function common(mapping: Mapping, exporter: string | undefined, read: Fields, isWithdrawal: boolean) {
  const { subject, aliases, source } = mapping;
  const known = aliases.flatMap(({ at, type }) => {
    const value = textAt(read.record, at);
    return value === "" ? [] : [{ type, value }];
  });
  return {
    exporter: exporter ?? read.field("/exporter", mapping.exporter),
    subject: { type: subject.type, value: textAt(read.record, subject.at) },
    ...(known.length === 0 ? {} : { aliases: known }),
    ...{ event: read.field("/event", mapping.event, String), source, channel: read.field("/channel", mapping.channel) },
    sequence: read.field("/sequence", mapping.sequence, Number),
    ...{ recipient: read.field("/recipient", mapping.recipient), purpose: read.field("/purpose", mapping.purpose) },
    givenAt: read.instant("/givenAt", mapping.givenAt, isWithdrawal),
  };
}

function withdrawal(mapping: Mapping, exporter: string | undefined, read: Fields) {
  return { action: "withdraw", ...common(mapping, exporter, read, true) };
}

function grant(mapping: Mapping, exporter: string | undefined, read: Fields) {
  const { notice, evidence } = mapping;
  return {
    ...common(mapping, exporter, read, false),
    separate: read.field("/separate", mapping.separate, flagOf),
    guardian: read.field("/guardian", mapping.guardian, flagOf),
    sensitiveNotice: read.field("/sensitiveNotice", mapping.sensitiveNotice, flagOf),
    types: read.list("/types", mapping.types),
    sensitiveTypes: read.list("/sensitiveTypes", mapping.sensitiveTypes),
    notice:
      notice &&
      anyOf({
        id: read.field("/notice/id", notice.id, String),
        version: read.field("/notice/version", notice.version, String),
        sha256: read.field("/notice/sha256", notice.sha256),
      }),
    shownAt: mapping.shownAt && read.instant("/shownAt", mapping.shownAt, false),
    validUntil: mapping.validUntil && read.instant("/validUntil", mapping.validUntil, false),
    act: read.field("/act", mapping.act),
    evidence:
      evidence &&
      anyOf({
        uri: read.field("/evidence/uri", evidence.uri),
        sha256: read.field("/evidence/sha256", evidence.sha256),
      }),
  };
}

/** Nothing, where the record says nothing of any of them. */
function anyOf(members: object): object | undefined {
  return Object.values(members).every((value) => value === undefined) ? undefined : members;
}

function createFields(
  record: SourceRecord,
  nowMs: number,
  instants: ReadonlyMap<MappedInstant, ReadInstant>,
  faults: Fault[],
) {
  const fault = (pointer: string, detail: string): undefined => void faults.push({ pointer, detail });
  return {
    record,
    field(pointer: string, field: MappedField | undefined, as: (value: string) => unknown = (text) => text): unknown {
      if (typeof field === "string") return as(field);
      if (typeof field !== "object") return as === String && field !== undefined ? String(field) : field;
      const text = textAt(record, field.at);
      if (text === "") return field.default;
      if (field.values === undefined) return as(text);
      return Object.hasOwn(field.values, text)
        ? field.values[text]
        : fault(pointer, "the mapping gives no meaning to what stands there");
    },
    list(pointer: string, list: MappedList): readonly unknown[] {
      if (Array.isArray(list)) return list;
      const found = valueAt(record, list.at);
      const items = Array.isArray(found) ? found.map(String) : textAt(record, list.at).split(list.split);
      return items
        .map((item) => item.trim())
        .filter((item) => item !== "")
        .map((item) => {
          if (list.values === undefined) return item;
          return Object.hasOwn(list.values, item)
            ? list.values[item]
            : fault(pointer, "the mapping gives no meaning to an item that stands there");
        });
    },
    instant(pointer: string, instant: MappedInstant, isWithdrawal: boolean): string | undefined {
      const text = textAt(record, instant.at);
      if (text === "") return undefined;
      const read = instants.get(instant)!(text, isWithdrawal, nowMs);
      return read ?? fault(pointer, `is no instant of the form ${instant.format}`);
    },
  };
}

function flagOf(text: string): unknown {
  if (text === "true") return true;
  if (text === "false") return false;
  return text;
}

/** "" for what is absent, null, or no text, number or flag. */
function textAt(record: SourceRecord, at: string): string {
  const value = valueAt(record, at);
  return typeof value === "object" || value === undefined ? "" : String(value).trim();
}

/** RFC 6901 for what begins with `/`. Own members only. */
function valueAt(record: SourceRecord, at: string): unknown {
  if (!at.startsWith("/")) return memberOf(record, at);
  let value = record;
  for (const part of at.slice(1).split("/")) value = memberOf(value, part.replaceAll("~1", "/").replaceAll("~0", "~"));
  return value;
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}
