// What comes in, made into events: what it says, once for all lines that say the same (a shape), and whom and when.
// Law: a raw identifier becomes a key before anything else happens, and goes nowhere.

import { randomUUID } from "node:crypto";
import type { PersonKey, Policy } from "../../../words.ts";
import type { ConsentEvent } from "../../ports.ts";
import { ANY } from "../../stores/embedded/fold.ts";
import { OWN_NAME } from "../../stores/embedded/recording.ts";
import { invalid } from "../problem.ts";
import type { GrantBody, SubjectBody, WithdrawBody } from "../schema.ts";
import type { AdminWorld } from "../world.ts";
import { isoOf, readInstant } from "./instants.ts";

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

/** Neither of them, nor what is made anew for each line. */
type Said = Omit<ConsentEvent, "event" | "sequence" | "person" | "givenAt" | "recordedAt">;

/** What a line says, but not of whom, when and under which id of its own. */
export interface Shape {
  /** In force when it was checked: of a later one it says nothing. */
  readonly policy: Policy;
  readonly said: Said;
  /** Of the subject. */
  readonly type: string;
  readonly sequence: number | undefined;
  /** What the name of an event without an id is a digest of: between these stand the person and the instant. */
  readonly named: readonly [before: string, between: string, after: string];
}

/** What is each line's own. */
export interface Filling {
  /** null: it is known again by all that it says. */
  readonly event: string | null;
  readonly value: string;
  readonly givenAt: string | undefined;
}

/** @param event null: it is known again by all that it says. @throws Problem */
export function grantOf(world: Incoming, event: string | null, body: GrantBody): ConsentEvent {
  return filled(world, shapeOfGrant(world, body), { event, value: body.subject.value, givenAt: body.givenAt });
}

/**
 * Not held to the policy's recipients and purposes: a withdrawal is never refused because the policy has moved on.
 * @param event as with a grant. @throws Problem
 */
export function withdrawalOf(world: Incoming, event: string | null, body: WithdrawBody): ConsentEvent {
  return filled(world, shapeOfWithdrawal(world, body), { event, value: body.subject.value, givenAt: body.givenAt });
}

/** @throws Problem */
export function shapeOfGrant(world: Incoming, body: GrantBody): Shape {
  const { recipient, purpose, source, sequence, action, channel } = body;
  const policy = world.policy();
  if (!policy.recipients.has(recipient)) {
    throw invalid({ pointer: "/recipient", detail: "is no recipient of the policy in force" });
  }
  if (!policy.purposes.has(purpose)) {
    throw invalid({ pointer: "/purpose", detail: "is no purpose of the policy in force" });
  }
  const exporter = handlerOf(world, body.exporter);
  const { separate, guardian, sensitiveNotice, types, sensitiveTypes, validUntil } = body;
  const notice = body.notice === null ? null : present(body.notice);
  const kinds = { separate, guardian, sensitiveNotice, types, sensitiveTypes, notice };
  // in this order: the name of an event is a digest of it
  const named = { source, sequence: sequence ?? 0, exporter, person: HOLE, recipient, purpose, action, ...kinds };
  const said = { source, exporter, recipient, purpose, action, ...kinds, validUntil, channel, ...proofOf(body) };
  return {
    ...{ policy, said, type: body.subject.type, sequence },
    named: cut({ ...named, validUntil, channel, ...proofOf(body) }),
  };
}

/** @throws Problem */
export function shapeOfWithdrawal(world: Incoming, body: WithdrawBody): Shape {
  const exporter = handlerOf(world, body.exporter);
  const { source, channel } = body;
  const action = "withdraw";
  const scope = { recipient: body.recipient ?? ANY, purpose: body.purpose ?? ANY };
  const flags = { separate: false, guardian: false, sensitiveNotice: false };
  const kinds = { ...flags, types: [], sensitiveTypes: [], notice: null };
  // Without a number of its own it comes after all that its source said at that instant: when in doubt, withdrawn.
  const sequence = body.sequence ?? Number.MAX_SAFE_INTEGER;
  const named = { source, channel, action, exporter, sequence, person: HOLE, ...scope, ...kinds, validUntil: null };
  const said = { source, exporter, ...scope, action, ...kinds, validUntil: null, channel } as const;
  return { policy: world.policy(), said, type: body.subject.type, sequence, named: cut(named) };
}

/** Stands in no text that anybody sends. */
const HOLE = randomUUID();

/** What stands before the person and the instant, between them, and after. */
function cut(named: object): Shape["named"] {
  const [before, between, after] = JSON.stringify([named, HOLE]).split(HOLE);
  return [before!, between!, after!];
}

/** @throws Problem */
export function filled(world: Incoming, shape: Shape, { event, value, givenAt }: Filling): ConsentEvent {
  const { said, type, named } = shape;
  const { action } = said;
  const person = keyOf(world, said.exporter, { type, value }, "/subject");
  const nowMs = world.clock.nowMs();
  return {
    event: event ?? nameOf(world, named, person, givenAt),
    source: said.source,
    sequence: shape.sequence ?? (event === null ? 0 : nowMs),
    exporter: said.exporter,
    person,
    recipient: said.recipient,
    purpose: said.purpose,
    action,
    separate: said.separate,
    guardian: said.guardian,
    sensitiveNotice: said.sensitiveNotice,
    types: said.types,
    sensitiveTypes: said.sensitiveTypes,
    notice: said.notice,
    // however wrong the sender's clock: a withdrawal is never refused for it
    givenAt: action === "withdraw" ? heldToNow(givenAt, nowMs) : grantedAt(givenAt, nowMs),
    recordedAt: isoOf(nowMs),
    validUntil: said.validUntil,
    channel: said.channel,
    ...proofOf(said),
  };
}

const NO_PROOF = {};

type Proof = { readonly [K in "shownAt" | "act" | "evidence"]?: GrantBody[K] | ConsentEvent[K] };

function proofOf({ shownAt, act, evidence }: Proof): Pick<ConsentEvent, "shownAt" | "act" | "evidence"> {
  if (!shownAt && !act && !evidence) return NO_PROOF;
  return {
    ...(shownAt ? { shownAt } : {}),
    ...(act ? { act } : {}),
    ...(evidence ? { evidence: present(evidence) } : {}),
  };
}

export function freshEventId(): string {
  return randomUUID();
}

/**
 * An event without an id is named by a digest of all that was sent. Keyed: a bare one of a mobile can be guessed.
 * When it came is no part of it, and nor is what the instant was held to.
 */
function nameOf(world: Incoming, [before, between, after]: Shape["named"], person: PersonKey, givenAt?: string) {
  // the instant is one of JSON's plain strings
  const instant = givenAt === undefined ? `${between.slice(0, -1)}null${after.slice(1)}` : between + givenAt + after;
  return OWN_NAME + world.keys.digest(before + person + instant).slice(0, OWN_NAME_DIGITS);
}

/** Without the members that are undefined. */
function present<T extends object>(members: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}

function grantedAt(given: string | undefined, nowMs: number): string {
  if (given !== undefined && readInstant(given)!.ms > nowMs + AHEAD_MS_MAX) {
    throw invalid({ pointer: "/givenAt", detail: "lies in the future" });
  }
  return heldToNow(given, nowMs);
}

/** Never ahead of now: a grant from the future would stand above every withdrawal until then. */
function heldToNow(given: string | undefined, nowMs: number): string {
  const read = given === undefined ? null : readInstant(given);
  return read === null || read.ms > nowMs ? isoOf(nowMs) : read.iso;
}
