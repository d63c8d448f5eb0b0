// What comes in, made into events. Law: a raw identifier becomes a key before anything else happens, and goes nowhere.

import { randomUUID } from "node:crypto";
import type { PersonKey } from "../../../words.ts";
import type { ConsentEvent } from "../../ports.ts";
import { ANY } from "../../stores/embedded/fold.ts";
import { OWN_NAME } from "../../stores/embedded/recording.ts";
import { invalid } from "../problem.ts";
import type { GrantBody, SubjectBody, WithdrawBody } from "../schema.ts";
import type { AdminWorld } from "../world.ts";

/** All that making an event asks of the world. */
export type Incoming = Pick<AdminWorld, "policy" | "keys" | "clock" | "canonicalise">;

/** Clocks differ; a grant further ahead than this is an error. What is ahead else is taken as given now. */
const AHEAD_MS_MAX = 300_000;

/** 128 bits of a keyed digest, hex. */
const OWN_NAME_DIGITS = 32;

/** People are keyed and counted under the handler that answers for the exporter (CNT-7). @throws Problem */
export function handlerOf({ policy }: Incoming, exporter: string): string {
  const found = policy().exporters.get(exporter);
  if (found === undefined) throw invalid({ pointer: "/exporter", detail: "is no exporter of the policy in force" });
  return found.handler;
}

/** @throws Problem: no identifier of its type. */
export function keyOf(
  { canonicalise, keys }: Incoming,
  handler: string,
  subject: SubjectBody,
  pointer: string,
): PersonKey {
  const canonical = canonicalise(subject.type, subject.value);
  if (canonical === null) {
    throw invalid({
      pointer: `${pointer}/value`,
      detail: "is no identifier of the type given, or the type is not known",
    });
  }
  return keys.person(handler, subject.type, canonical);
}

/** @param event null: it is known again by all that it says. @throws Problem */
export function grantOf(world: Incoming, event: string | null, body: GrantBody): ConsentEvent {
  const { recipient, purpose } = body;
  const policy = world.policy();
  if (!policy.recipients.has(recipient)) {
    throw invalid({ pointer: "/recipient", detail: "is no recipient of the policy in force" });
  }
  if (!policy.purposes.has(purpose)) {
    throw invalid({ pointer: "/purpose", detail: "is no purpose of the policy in force" });
  }
  const exporter = handlerOf(world, body.exporter);
  const nowMs = world.clock.nowMs();
  const notice = body.notice === null ? null : present(body.notice);
  return named(world, body, {
    event: event ?? "",
    source: body.source,
    sequence: body.sequence ?? (event === null ? 0 : nowMs),
    exporter,
    person: keyOf(world, exporter, body.subject, "/subject"),
    recipient,
    purpose,
    action: body.action,
    separate: body.separate,
    guardian: body.guardian,
    sensitiveNotice: body.sensitiveNotice,
    types: body.types,
    sensitiveTypes: body.sensitiveTypes,
    notice,
    givenAt: grantedAt(body.givenAt, nowMs),
    recordedAt: iso(nowMs),
    validUntil: body.validUntil,
    channel: body.channel,
    ...proofOf(body),
  });
}

const NO_PROOF = {};

function proofOf({ shownAt, act, evidence }: GrantBody): Pick<ConsentEvent, "shownAt" | "act" | "evidence"> {
  if (shownAt === null && act === null && evidence === null) return NO_PROOF;
  return {
    ...(shownAt === null ? {} : { shownAt }),
    ...(act === null ? {} : { act }),
    ...(evidence === null ? {} : { evidence: present(evidence) }),
  };
}

/**
 * Not held to the policy's recipients and purposes: a withdrawal is never refused because the policy has moved on.
 * @param event as with a grant. @throws Problem
 */
export function withdrawalOf(world: Incoming, event: string | null, body: WithdrawBody): ConsentEvent {
  const exporter = handlerOf(world, body.exporter);
  const nowMs = world.clock.nowMs();
  return named(world, body, {
    ...{ event: event ?? "", source: body.source, channel: body.channel, action: "withdraw", exporter },
    // Without a number of its own it comes after all that its source said at that instant: when in doubt, withdrawn.
    sequence: body.sequence ?? Number.MAX_SAFE_INTEGER,
    person: keyOf(world, exporter, body.subject, "/subject"),
    ...{ recipient: body.recipient ?? ANY, purpose: body.purpose ?? ANY },
    ...{ separate: false, guardian: false, sensitiveNotice: false, types: [], sensitiveTypes: [], notice: null },
    // however wrong the sender's clock: a withdrawal is never refused for it
    ...{ givenAt: heldToNow(body.givenAt, nowMs), recordedAt: iso(nowMs), validUntil: null },
  });
}

export function freshEventId(): string {
  return randomUUID();
}

/**
 * An event without an id is named by a digest of all that was sent. Keyed: a bare one of a mobile can be guessed.
 * When it came is no part of it, and nor is what the instant was held to.
 */
function named(world: Incoming, { givenAt }: { givenAt?: string | undefined }, event: ConsentEvent): ConsentEvent {
  if (event.event !== "") return event;
  const { event: _, recordedAt: __, givenAt: ___, ...said } = event;
  const name = world.keys.digest(JSON.stringify([said, givenAt])).slice(0, OWN_NAME_DIGITS);
  return { ...event, event: OWN_NAME + name };
}

/** Without the members that are undefined. */
function present<T extends object>(members: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}

function grantedAt(given: string | undefined, nowMs: number): string {
  if (given !== undefined && Date.parse(given) > nowMs + AHEAD_MS_MAX) {
    throw invalid({ pointer: "/givenAt", detail: "lies in the future" });
  }
  return heldToNow(given, nowMs);
}

/** Never ahead of now: a grant from the future would stand above every withdrawal until then. */
function heldToNow(given: string | undefined, nowMs: number): string {
  return iso(given === undefined ? nowMs : Math.min(Date.parse(given), nowMs));
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
