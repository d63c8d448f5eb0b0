// OneTrust, in the two shapes that its workflows post. Law: a test receipt is nobody's consent; a word that nobody has
// said (IMPLICIT, PENDING, EXTEND, CHANGE_PREFERENCES, NO_CHOICE, NOT_OPTED_OUT, ALWAYS_ACTIVE) changes nothing.
//
// A consent receipt: identifier, interactionDate, test, purposes[] of {Id, TransactionType, ExpiryDate}
// (developer.onetrust.com/onetrust/reference/createconsentreceiptusingpost; words as docs.loyjoy.com/docs/bpmn/
// subprocesses/one_trust lists them). The event 3010, Data Subject Profile Updated: payload.dataSubjectEmail, which is
// the identifier, and payload.profiles[] of {purposeId, profileFields} with TransactionStatus and dates in seconds
// (the workflow that OneTrust publishes for Segment: segment.com/docs/connections/sources/catalog/cloud-apps/onetrust,
// where its statuses are listed; commit 747b35d of segmentio/segment-docs). OneTrust publishes no catalogue of its
// webhooks: what a company's workflow posts otherwise is a `generic` source with a mapping.

import type { Mapped } from "../mapping/apply.ts";
import { type Action, lineOf, meaningOf, membersOf, type Shaped } from "./said.ts";

/** Of both lists: `TransactionType` of a receipt, `TransactionStatus` of a profile. */
const WORDS: ReadonlyMap<string, Action> = new Map([
  ["CONFIRMED", "grant"],
  ["ACTIVE", "grant"],
  ["WITHDRAWN", "withdraw"],
  ["OPT_OUT", "withdraw"],
  ["HARD_OPT_OUT", "withdraw"],
  ["NOTGIVEN", "withdraw"],
  ["NO_CONSENT", "withdraw"],
  ["CANCEL", "withdraw"],
  ["EXPIRED", "expire"],
]);

export function oneTrust(item: unknown, config: Shaped): readonly Mapped[] {
  const { payload, test, purposes, ...receipt } = membersOf(item);
  if (payload !== undefined) return profilesOf(membersOf(payload), config);
  if (test === true) return [];
  return listOf(purposes).flatMap((purpose) => {
    const { Id, TransactionType, ExpiryDate } = membersOf(purpose);
    const [action, means] = [actionOf(TransactionType), meaningOf(config, Id)];
    if (action === undefined || means === undefined) return [];
    const { identifier: value, interactionDate: givenAt } = receipt;
    const validUntil = action === "grant" && ExpiryDate !== undefined && ExpiryDate !== null ? ExpiryDate : undefined;
    return [lineOf(config, means, { action, value, givenAt, validUntil })];
  });
}

function profilesOf({ dataSubjectEmail, profiles }: Readonly<Record<string, unknown>>, config: Shaped): Mapped[] {
  return listOf(profiles).flatMap((profile) => {
    const { purposeId, profileFields } = membersOf(profile);
    const { TransactionStatus, ConsentDate, WithdrawalDate, LastTransaction } = membersOf(profileFields);
    const [action, means] = [actionOf(TransactionStatus), meaningOf(config, purposeId)];
    if (action === undefined || means === undefined) return [];
    const said = action === "grant" ? ConsentDate : action === "withdraw" ? WithdrawalDate : null;
    return [lineOf(config, means, { action, value: dataSubjectEmail, givenAt: instantOf(said ?? LastTransaction) })];
  });
}

function actionOf(word: unknown): Action | undefined {
  return typeof word === "string" ? WORDS.get(word.toUpperCase()) : undefined;
}

/** Seconds since the epoch, as a text; what is none is left to be refused. */
function instantOf(seconds: unknown): unknown {
  return /^\d{9,11}$/.test(String(seconds)) ? new Date(Number(seconds) * 1_000).toISOString() : seconds;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
