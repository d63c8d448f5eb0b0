// Consent state = fold of events by (givenAt, sequence): a function of their set, whatever the order of arrival.
// Law: at one instant a withdrawal wins, unless the same source says by its sequence that the grant came after it.

import type { ConsentState } from "../../../words.ts";
import type { ConsentEvent } from "../../ports.ts";
import type { StoredEvent } from "./documents.ts";

/** All that the fold asks of a stored event. */
type Foldable = Pick<StoredEvent, "ordinal" | "event">;

/** Recipient and purpose of an event that concerns every scope. Only a withdrawal or an expiry may. */
export const ANY = "*";

/** ms since the epoch. Instants are compared as instants: `…+08:00` and `…Z` may name the same one. */
export function instantOf(iso: string): number {
  const atMs = Date.parse(iso);
  if (Number.isNaN(atMs)) throw new TypeError("a consent event's instant is not ISO 8601");
  return atMs;
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
  const scopes = new Map<string, ConsentEvent>();
  for (const { event } of events) scopes.set(JSON.stringify([event.recipient, event.purpose]), event);
  const states: ConsentState[] = [];
  for (const { recipient, purpose } of scopes.values()) {
    const concerned = events.filter(({ event }) => concerns(event, recipient, purpose));
    const state = fold(concerned, recipient, purpose);
    if (state !== null) states.push(state);
  }
  return states.sort(byScope);
}

/**
 * The same, from the states that were: for an event newer than all that they are the fold of. The states are those of
 * `foldAll` but for scopes of which nothing is left to say.
 */
export function foldOn(states: readonly ConsentState[], stored: Foldable): ConsentState[] {
  const { recipient, purpose } = stored.event;
  const wild = states.find((state) => state.recipient === ANY);
  const isAbout = (state: ConsentState) => concerns(stored.event, state.recipient, state.purpose);
  const next = states.map((state) => (isAbout(state) ? step(state, stored, state.recipient, state.purpose)! : state));
  if (!states.some((state) => state.recipient === recipient && state.purpose === purpose)) {
    const begun = wild === undefined ? null : { ...wild, recipient, purpose };
    const state = step(begun, stored, recipient, purpose);
    if (state !== null) next.push(state);
  }
  return next.sort(byScope);
}

function byScope(a: ConsentState, b: ConsentState): number {
  return compareText(a.recipient, b.recipient) || compareText(a.purpose, b.purpose);
}

function concerns(event: ConsentEvent, recipient: string, purpose: string): boolean {
  return event.recipient === ANY || (event.recipient === recipient && event.purpose === purpose);
}

function fold(events: readonly Foldable[], recipient: string, purpose: string): ConsentState | null {
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
      // A correction amends a consent that stands; it never brings back one that was withdrawn.
      return state?.granted ? { ...granted(stored), givenAt: state.givenAt } : state;
    case "expire":
      return state?.granted ? { ...state, validUntil: earlier(state.validUntil, event.givenAt) } : state;
    case "withdraw":
      return { ...(state ?? granted(stored)), recipient, purpose, granted: false, withdrawnAt: utc(event.givenAt) };
  }
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
function inOrder(events: readonly Foldable[]): Foldable[] {
  return events
    .filter((stored) => !overtaken(stored.event, events))
    .sort(
      (a, b) =>
        instantOf(a.event.givenAt) - instantOf(b.event.givenAt) ||
        RANK[a.event.action] - RANK[b.event.action] ||
        a.event.sequence - b.event.sequence ||
        compareText(a.event.source, b.event.source) ||
        compareText(a.event.event, b.event.event),
    );
}

function overtaken(event: ConsentEvent, events: readonly Foldable[]): boolean {
  if (event.action !== "withdraw" && event.action !== "expire") return false;
  return events.some(
    ({ event: other }) =>
      other.action === "grant" &&
      other.source === event.source &&
      other.sequence > event.sequence &&
      instantOf(other.givenAt) === instantOf(event.givenAt),
  );
}

function earlier(current: string | null, iso: string): string {
  return current !== null && instantOf(current) <= instantOf(iso) ? current : utc(iso);
}

function utc(iso: string): string {
  return new Date(instantOf(iso)).toISOString();
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
