// Consent state = fold of events by (givenAt, sequence): a function of their set, whatever the order of arrival.
// Law: at one instant a withdrawal wins, unless the same source says by its sequence that the grant came after it.

import type { ConsentState } from "../../../words.ts";
import type { ConsentEvent } from "../../ports.ts";
import type { StoredEvent } from "./documents.ts";

/** All that the fold asks of a stored event. */
type Foldable = Pick<StoredEvent, "ordinal" | "event">;

/** Recipient and purpose of an event that concerns every scope. Only a withdrawal or an expiry may. */
export const ANY = "*";

interface Instant {
  readonly atMs: number;
  /** To the millisecond. */
  readonly utc: string;
}

/** An event's instants are asked for again and again while it is recorded, and many events have the same ones. */
const read = new Map<string, Instant>();
const READ_MAX = 1_024;
/** One with more digits than anybody needs is not kept. */
const READ_UNITS_MAX = 40;

/** ms since the epoch. Instants are compared as instants: `…+08:00` and `…Z` may name the same one. */
export function instantOf(iso: string): number {
  return readOf(iso).atMs;
}

function readOf(iso: string): Instant {
  const known = read.get(iso);
  if (known !== undefined) return known;
  const atMs = Date.parse(iso);
  if (Number.isNaN(atMs)) throw new TypeError("a consent event's instant is not ISO 8601");
  const instant = { atMs, utc: new Date(atMs).toISOString() };
  if (iso.length > READ_UNITS_MAX) return instant;
  if (read.size === READ_MAX) read.clear();
  read.set(iso, instant);
  return instant;
}

/** Checks what the fold relies on. @throws TypeError before anything is written: the edge should have refused it. */
export function assertFoldable(event: ConsentEvent): void {
  instantOf(event.givenAt);
  if (event.validUntil !== null) instantOf(event.validUntil);
  const wild = event.recipient === ANY || event.purpose === ANY;
  if (!wild) return;
  if (event.recipient !== event.purpose) throw new TypeError("a scope is a recipient and a purpose, or * and *");
  if (event.action === "grant" || event.action === "correct") {
    throw new TypeError(
      "consent to everything is no consent: a grant names its recipient and purpose (PIPL Art. 14, 23)",
    );
  }
}

/** All scopes that the events of one person name, each folded. */
export function foldAll(events: readonly Foldable[]): ConsentState[] {
  const scopes = new Map<string, Timed[]>();
  for (const stored of events) {
    const name = scopeOf(stored.event);
    const timed = { ...stored, atMs: instantOf(stored.event.givenAt) };
    if (scopes.get(name)?.push(timed) === undefined) scopes.set(name, [timed]);
  }
  const wild = scopes.get(scopeOf({ recipient: ANY, purpose: ANY })) ?? [];
  const states: ConsentState[] = [];
  for (const own of scopes.values()) {
    const { recipient, purpose } = own[0]!.event;
    const state = fold(own === wild ? own : [...wild, ...own], recipient, purpose);
    if (state !== null) states.push(state);
  }
  return states.sort(byScope);
}

/**
 * The same, from the states that were: for events each newer than the one before, and than all that they are the fold
 * of. The states are those of `foldAll` but for scopes of which nothing is left to say.
 */
export function foldOn(states: readonly ConsentState[], newer: readonly Foldable[]): ConsentState[] {
  const [only] = newer;
  if (states.length === 0 && newer.length === 1) {
    const state = step(null, only!, only!.event.recipient, only!.event.purpose);
    return state === null ? [] : [state];
  }
  const scopes = new Map(states.map((state) => [scopeOf(state), state]));
  const everything = scopeOf({ recipient: ANY, purpose: ANY });
  for (const stored of newer) {
    const { recipient, purpose } = stored.event;
    const name = scopeOf(stored.event);
    const wild = scopes.get(everything);
    const begun = wild === undefined ? null : { ...wild, recipient, purpose };
    const others = recipient === ANY ? [...scopes] : [];
    const state = step(scopes.get(name) ?? begun, stored, recipient, purpose);
    if (state !== null) scopes.set(name, state);
    for (const [other, before] of others) {
      if (other !== name) scopes.set(other, step(before, stored, before.recipient, before.purpose)!);
    }
  }
  return [...scopes.values()].sort(byScope);
}

function scopeOf({ recipient, purpose }: Pick<ConsentState, "recipient" | "purpose">): string {
  return JSON.stringify([recipient, purpose]);
}

function byScope(a: ConsentState, b: ConsentState): number {
  return compareText(a.recipient, b.recipient) || compareText(a.purpose, b.purpose);
}

/** With its instant, which is compared many times. */
interface Timed extends Foldable {
  readonly atMs: number;
}

function fold(events: readonly Timed[], recipient: string, purpose: string): ConsentState | null {
  let state: ConsentState | null = null;
  for (const stored of inOrder(events)) state = step(state, stored, recipient, purpose);
  return state;
}

function step(state: ConsentState | null, stored: Foldable, recipient: string, purpose: string): ConsentState | null {
  const { event } = stored;
  switch (event.action) {
    case "grant":
      return granted(stored);
    case "correct":
      // A correction amends a consent that stands; it never brings back one that was withdrawn, or is over.
      return state?.granted ? { ...granted(stored), givenAt: state.givenAt, ...endOf(state, event) } : state;
    case "expire":
      return state?.granted ? { ...state, validUntil: earlier(state.validUntil, event.givenAt) } : state;
    case "withdraw":
      return { ...(state ?? granted(stored)), recipient, purpose, granted: false, withdrawnAt: utc(event.givenAt) };
  }
}

/** The end of a consent that had ended when it was corrected. */
function endOf({ validUntil }: ConsentState, { givenAt }: ConsentEvent): Partial<ConsentState> {
  return validUntil !== null && instantOf(validUntil) <= instantOf(givenAt) ? { validUntil } : {};
}

function granted({ event, ordinal }: Foldable): ConsentState {
  return {
    receipt: receiptOf(ordinal),
    recipient: event.recipient,
    purpose: event.purpose,
    granted: true,
    separate: event.separate,
    guardian: event.guardian,
    sensitiveNotice: event.sensitiveNotice,
    types: event.types,
    sensitiveTypes: event.sensitiveTypes,
    notice: event.notice,
    givenAt: utc(event.givenAt),
    withdrawnAt: null,
    validUntil: event.validUntil === null ? null : utc(event.validUntil),
  };
}

/** Stands in ledger entries, so it is the store's own number: a caller's event id might hold personal information. */
export function receiptOf(ordinal: number): string {
  return `rcp_${ordinal.toString().padStart(12, "0")}`;
}

export function receiptNumber(receipt: string): number {
  return Number(receipt.slice(receipt.indexOf("_") + 1));
}

const RANK = { grant: 0, correct: 1, expire: 2, withdraw: 3 } as const;

/** By instant; at one instant withdrawals last, except those that their own source overtook. */
function inOrder(events: readonly Timed[]): Timed[] {
  const overtaking = grantsOf(events);
  return events
    .filter(({ event, atMs }) => {
      if (event.action !== "withdraw" && event.action !== "expire") return true;
      return event.sequence >= (overtaking.get(`${atMs} ${event.source}`) ?? event.sequence);
    })
    .sort(
      (a, b) =>
        a.atMs - b.atMs ||
        RANK[a.event.action] - RANK[b.event.action] ||
        a.event.sequence - b.event.sequence ||
        compareText(a.event.source, b.event.source) ||
        compareText(a.event.event, b.event.event),
    );
}

/** The highest sequence of a grant of each instant and source. */
function grantsOf(events: readonly Timed[]): ReadonlyMap<string, number> {
  const highest = new Map<string, number>();
  for (const { event, atMs } of events) {
    if (event.action !== "grant") continue;
    const name = `${atMs} ${event.source}`;
    highest.set(name, Math.max(event.sequence, highest.get(name) ?? event.sequence));
  }
  return highest;
}

function earlier(current: string | null, iso: string): string {
  return current !== null && instantOf(current) <= instantOf(iso) ? current : utc(iso);
}

function utc(iso: string): string {
  return readOf(iso).utc;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
