// Consent as version 1 of the file kept it (all events of a key in one document) made into the present documents.
// Law: what is read is left as it is; the file's owner runs it in one transaction, so that one cut off changes nothing.

import type { PersonKey } from "../../../words.ts";
import type { ConsentEvent } from "../../ports.ts";
import type { StoredEvent, Writer } from "../embedded/documents.ts";
import { foldAll, instantOf } from "../embedded/fold.ts";
import type { RowKey, Rows } from "./documents.ts";

interface EventThen {
  readonly ordinal: number;
  readonly event: ConsentEvent;
}

interface PersonThen {
  readonly members: readonly PersonKey[];
}

interface SeenThen {
  readonly ordinal: number;
}

const EVENTS_THEN = { start: ["events"] as never, end: ["events", "\uffff"] as never };

/** Whether anything stands there in the old form. */
export function isFirst(rows: Rows): boolean {
  return [...rows.getKeys({ ...EVENTS_THEN, limit: 1 })].length > 0;
}

/** @param into what its `put` replaces may be the very rows that are read. */
export function upgradeFirst(rows: Rows, into: Writer): void {
  /** Puts the events of one key. @returns the ordinal of the newest. */
  const chain = (events: readonly EventThen[]): number => {
    let before = 0;
    for (const { ordinal, event } of events) {
      into.put("event", ordinal, "", { ordinal, event, before });
      before = ordinal;
    }
    return before;
  };
  const eventsOf = (exporter: string, key: string) =>
    (rows.get(["events", exporter, key]) ?? []) as readonly EventThen[];

  for (const {
    key: [, exporter, key],
    value,
  } of each(rows, "person")) {
    const { members } = value as PersonThen;
    const of = members.map((member) => eventsOf(String(exporter), member));
    const tails = of.map(chain);
    const events = of.flat().map((stored): StoredEvent => ({ ...stored, before: 0 }));
    events.sort((a, b) => a.ordinal - b.ordinal);
    const newestMs = Math.max(...events.map(({ event }) => instantOf(event.givenAt)));
    into.put("person", exporter, key, { members, tails, newestMs, states: foldAll(events), count: events.length });
  }
  for (const {
    key: [, source, event],
    value,
  } of each(rows, "seen"))
    into.put("seen", source, event, (value as SeenThen).ordinal);
  for (const {
    key: [, exporter, key],
    value,
  } of each(rows, "alias"))
    into.put("alias", exporter, key, value as PersonKey);
  const cursor = rows.get(["meta", "cursor", ""]) as number | undefined;
  if (cursor !== undefined) into.put("meta", "cursor", "", cursor);
}

/** What stands in its place now was put by `upgradeFirst`. */
export function removeFirst(rows: Rows): void {
  for (const { key } of each(rows, "events")) rows.remove(key);
}

/** Rows read at a time: a cursor does not stay where it is while its table is written. */
const ROWS_MAX = 1_000;

/** Of one kind, in order. What was read may be replaced before the next is asked for. */
function* each(rows: Rows, kind: string): Generator<{ key: RowKey; value: unknown }> {
  const end = [kind, "\uffff"] as never;
  for (let start: unknown = [kind], exclusiveStart = false; ; exclusiveStart = true) {
    const page = [...rows.getRange({ start: start as RowKey, exclusiveStart, end, limit: ROWS_MAX })];
    yield* page;
    if (page.length < ROWS_MAX) return;
    start = page.at(-1)!.key;
  }
}
