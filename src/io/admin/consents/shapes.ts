// Lines of a bulk that say the same but for whom, when and under which id: read once, and then only what differs.
// Law: what it gives is what reading the whole line would give; it gives nothing for a line that is not quite so, which
// is then read whole, with whatever there is to say about it. Of a line that names other identifiers nothing is kept.

import { randomUUID } from "node:crypto";
import type { ConsentWrite } from "../../ports.ts";
import { bulkGrant, bulkWithdrawal, eventId, SUBJECT_UNITS_MAX } from "../schema.ts";
import { filled, type Incoming, type Shape, shapeOfGrant, shapeOfWithdrawal } from "./incoming.ts";
import { readInstant } from "./instants.ts";

/** Of one body. A file has a few: as many as it has recipients, purposes and versions of a notice. */
const SHAPES_MAX = 128;
/** Texts seen once: a second one makes a shape. */
const ONCE_MAX = 256;

const VALUE = '"value":"';
const EVENT = '"event":"';
const GIVEN_AT = '"givenAt":"';

/** What a JSON string may hold and mean just that. */
const PLAIN = /^[^\\\u0000-\u001f]+$/;

/** A longer line is one of many members, or is none. */
const LINE_UNITS_MAX = 2_048;

/** Stand in no text that anybody sends: where they come out is where the line's own would have. */
const HOLES = { value: randomUUID(), event: randomUUID(), givenAt: randomUUID() };
/** For the schema, in place of such a one. */
const AN_INSTANT = "2026-01-01T00:00:00Z";

/** A line, taken apart. `event` null: it has no such member where it is looked for. */
interface Parts {
  /** Around what is its own, in order. */
  readonly texts: readonly string[];
  readonly value: string;
  readonly event: string | null;
  readonly givenAt: string;
}

export type ReadShaped = (world: Incoming, line: string) => ConsentWrite | null;

/** For one body. @returns null: read the whole line. @throws Problem as reading the whole line would */
export function createShapes(): ReadShaped {
  const shapes = new Map<string, Shape | null>();
  const once = new Set<string>();
  /** Its texts are those of the line before, mostly: to compare them costs less than to look them up. */
  let last: { readonly texts: readonly string[]; readonly shape: Shape } | null = null;
  const lookUp = (world: Incoming, parts: Parts): Shape | null => {
    const rest = restOf(parts);
    const known = shapes.get(rest);
    if (known === null || known?.policy === world.policy()) return known;
    if (known === undefined && !once.delete(rest)) {
      if (once.size === ONCE_MAX) once.clear();
      once.add(rest);
      return null;
    }
    const made = makeShape(world, rest, parts.event !== null);
    if (shapes.size === SHAPES_MAX) shapes.clear();
    shapes.set(rest, made);
    return made;
  };
  const shapeOf = (world: Incoming, parts: Parts): Shape | null => {
    const { texts } = parts;
    if (last !== null && last.shape.policy === world.policy() && areEqual(last.texts, texts)) return last.shape;
    const shape = lookUp(world, parts);
    if (shape !== null) last = { texts, shape };
    return shape;
  };
  return (world, line) => {
    const parts = takeApart(line);
    if (parts === null) return null;
    const shape = shapeOf(world, parts);
    return shape === null ? null : { event: filled(world, shape, parts) };
  };
}

/** @returns null: it has not these members in this order, written plainly. */
function takeApart(line: string): Parts | null {
  if (line.length > LINE_UNITS_MAX || line.includes('"aliases"')) return null;
  const from = line.indexOf(VALUE) + VALUE.length;
  const until = line.indexOf('"', from);
  const eventAt = line.indexOf(EVENT, until);
  const eventFrom = eventAt + EVENT.length;
  const eventUntil = eventAt < 0 ? until : line.indexOf('"', eventFrom);
  const givenFrom = line.indexOf(GIVEN_AT, eventUntil) + GIVEN_AT.length;
  const givenUntil = line.indexOf('"', givenFrom);
  if (from < VALUE.length || until < 0 || eventUntil < until || givenFrom < eventUntil || givenUntil < 0) return null;
  const value = line.slice(from, until);
  const event = eventAt < 0 ? null : line.slice(eventFrom, eventUntil);
  const givenAt = line.slice(givenFrom, givenUntil);
  const isPlain = value.length <= SUBJECT_UNITS_MAX && PLAIN.test(value) && readInstant(givenAt) !== null;
  if (!isPlain || (event !== null && !eventId.safeParse(event).success)) return null;
  const middle = event === null ? [] : [line.slice(until, eventFrom)];
  const texts = [line.slice(0, from), ...middle, line.slice(eventUntil, givenFrom), line.slice(givenUntil)];
  return { texts, value, event, givenAt };
}

function areEqual(one: readonly string[], other: readonly string[]): boolean {
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}

/** The line with holes in it. */
function restOf({ texts: [first, second, third, fourth] }: Parts): string {
  if (fourth === undefined) return first! + HOLES.value + second! + HOLES.givenAt + third!;
  return first! + HOLES.value + second! + HOLES.event + third! + HOLES.givenAt + fourth;
}

/** @returns null: it is no line without faults, or what was taken out of it is not what it seemed. */
function makeShape(world: Incoming, rest: string, hasEvent: boolean): Shape | null {
  try {
    const parsed = JSON.parse(rest) as { subject?: { value?: unknown }; event?: unknown; givenAt?: unknown };
    const isEvent = parsed.event === (hasEvent ? HOLES.event : undefined);
    if (parsed.subject?.value !== HOLES.value || parsed.givenAt !== HOLES.givenAt || !isEvent) return null;
    const line = { ...parsed, givenAt: AN_INSTANT };
    if ((line as { action?: unknown }).action === "withdraw")
      return shapeOfWithdrawal(world, bulkWithdrawal.parse(line));
    return shapeOfGrant(world, bulkGrant.parse(line));
  } catch {
    return null;
  }
}
