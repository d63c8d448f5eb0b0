// Consent's documents as rows. Law: a row is an array of arrays; a position never changes its meaning and new ones are
// added at the end. Without names a row is a third as long.

import type { ConsentState, PersonKey } from "../../../words.ts";
import type { AffirmativeAct, ConsentEvent } from "../../ports.ts";
import type { StoredEvent } from "../embedded/documents.ts";
import { receiptNumber, receiptOf } from "../embedded/fold.ts";
import type { PersonDocument } from "../embedded/person.ts";

export type EventRow = readonly [
  before: number,
  who: readonly [exporter: string, key: string],
  from: readonly [source: string, event: string, sequence: number, channel: string],
  what: readonly [recipient: string, purpose: string, action: number, ...kinds: Kinds],
  when: readonly [givenAt: string, recordedAt: string, validUntil: string | null, shownAt: string | null],
  notice: NoticeRow | null,
  act: string | null,
  evidence: readonly [sha256: string, uri: string | null] | null,
];

/** The person's own key stands in the row's key: `members` is null when it is the only one. */
export type PersonRow = readonly [
  members: readonly PersonKey[] | null,
  tails: readonly number[],
  newestMs: number,
  states: readonly StateRow[],
  count?: number | null,
];

/** Instants are ms since the epoch: those of a state are in UTC, to the millisecond. */
type StateRow = readonly [
  receipt: number,
  what: readonly [recipient: string, purpose: string, ...kinds: Kinds],
  when: readonly [givenMs: number, withdrawnMs: number | null, validUntilMs: number | null],
  notice: NoticeRow | null,
];

type Kinds = [flags: number, types: readonly string[], sensitiveTypes: readonly string[]];
type NoticeRow = readonly [id: string, version: string, sha256: string | null];
type Flagged = Pick<ConsentState, "separate" | "guardian" | "sensitiveNotice" | "types" | "sensitiveTypes">;

const ACTIONS = ["grant", "withdraw", "expire", "correct"] as const;
const GRANTED = 1;
const SEPARATE = 2;
const GUARDIAN = 4;
const SENSITIVE_NOTICE = 8;

export function rowOfEvent({ before, event: e }: StoredEvent): EventRow {
  return [
    before,
    [e.exporter, e.person],
    [e.source, e.event, e.sequence, e.channel],
    [e.recipient, e.purpose, ACTIONS.indexOf(e.action), ...kindsOf(e, 0)],
    [e.givenAt, e.recordedAt, e.validUntil, e.shownAt ?? null],
    noticeRow(e.notice),
    e.act ?? null,
    e.evidence === undefined ? null : [e.evidence.sha256, e.evidence.uri ?? null],
  ];
}

export function eventOfRow(row: EventRow, ordinal: number): StoredEvent {
  const [before, [exporter, key], [source, id, sequence, channel], what, when, notice, act, evidence] = row;
  const [recipient, purpose, action, ...kinds] = what;
  const [givenAt, recordedAt, validUntil, shownAt] = when;
  const event: ConsentEvent = {
    ...{ event: id, source, sequence, exporter, person: key as PersonKey, recipient, purpose },
    ...{ action: ACTIONS[action]!, ...readKinds(kinds), notice: readNotice(notice) },
    ...{ givenAt, recordedAt, validUntil, channel },
    ...(shownAt === null ? {} : { shownAt }),
    ...(act === null ? {} : { act: act as AffirmativeAct }),
    ...(evidence === null ? {} : { evidence: readEvidence(evidence) }),
  };
  return { ordinal, event, before };
}

export function rowOfPerson({ members, tails, newestMs, states, count }: PersonDocument): PersonRow {
  return [members.length === 1 ? null : members, tails, newestMs, states.map(rowOfState), count];
}

export function personOfRow([members, tails, newestMs, states, count]: PersonRow, key: PersonKey): PersonDocument {
  return { members: members ?? [key], tails, newestMs, states: states.map(stateOfRow), count: count ?? null };
}

function rowOfState(state: ConsentState): StateRow {
  return [
    receiptNumber(state.receipt),
    [state.recipient, state.purpose, ...kindsOf(state, state.granted ? GRANTED : 0)],
    [Date.parse(state.givenAt), msOrNull(state.withdrawnAt), msOrNull(state.validUntil)],
    noticeRow(state.notice),
  ];
}

function stateOfRow([receipt, what, [givenMs, withdrawnMs, validUntilMs], notice]: StateRow): ConsentState {
  const [recipient, purpose, ...kinds] = what;
  return {
    ...{ receipt: receiptOf(receipt), recipient, purpose, granted: (kinds[0] & GRANTED) !== 0, ...readKinds(kinds) },
    ...{ notice: readNotice(notice), givenAt: iso(givenMs) },
    withdrawnAt: withdrawnMs === null ? null : iso(withdrawnMs),
    validUntil: validUntilMs === null ? null : iso(validUntilMs),
  };
}

function kindsOf({ separate, guardian, sensitiveNotice, types, sensitiveTypes }: Flagged, flags: number): Kinds {
  const told = (separate ? SEPARATE : 0) | (guardian ? GUARDIAN : 0) | (sensitiveNotice ? SENSITIVE_NOTICE : 0);
  return [flags | told, types, sensitiveTypes];
}

function readKinds([flags, types, sensitiveTypes]: Kinds): Flagged {
  return {
    separate: (flags & SEPARATE) !== 0,
    guardian: (flags & GUARDIAN) !== 0,
    sensitiveNotice: (flags & SENSITIVE_NOTICE) !== 0,
    types,
    sensitiveTypes,
  };
}

function noticeRow(notice: ConsentState["notice"]): NoticeRow | null {
  return notice === null ? null : [notice.id, notice.version, notice.sha256 ?? null];
}

function readNotice(row: NoticeRow | null): ConsentState["notice"] {
  if (row === null) return null;
  const [id, version, sha256] = row;
  return sha256 === null ? { id, version } : { id, version, sha256 };
}

function readEvidence([sha256, uri]: readonly [string, string | null]) {
  return uri === null ? { sha256 } : { sha256, uri };
}

function msOrNull(text: string | null): number | null {
  return text === null ? null : Date.parse(text);
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
