// What a release is proposed with, and what of it is kept. Law: an identifier becomes a key before anything else
// happens; what could never lift anything is refused when it is proposed, with the reason.

import { z } from "zod";
import { namesOtherNumber } from "../../../decide/releases.ts";
import { DETECTORS } from "../../../find/all.ts";
import { beijingYear } from "../../../law/year.ts";
import type { CountKey, Lift, PersonKey } from "../../../words.ts";
import { KNOWN } from "../../policy/known.ts";
import { freeText, holdsPersonal } from "../free-text.ts";
import { type FieldProblem, invalid, parseBody } from "../problem.ts";
import { id } from "../schema.ts";
import type { AdminWorld } from "../world.ts";

const HOURS_MAX = 30 * 24;
const HOUR_MS = 3_600_000;
/** A proposal may lie so long before it is approved. */
const OPEN_MS_MAX = 7 * 24 * HOUR_MS;

const CLASSES = ["image", "audio", "video", "archive", "dataset", "document", "model-weights", "unknown"] as const;

const kind = z.string().refine((type) => KNOWN.types.includes(type), { error: "is no kind of personal information" });
/** RFC 6901 with `*` for an index, or the name of a field of the head. */
const path = z
  .string()
  .regex(/^(?:\/[^\p{C}]*|[a-z0-9-]{1,64})$/u)
  .max(240)
  .refine((text) => !holdsPersonal(text), { error: "must not hold anybody's number" });

const lift = z.discriminatedUnion("of", [
  z.strictObject({ of: z.literal("rule"), rule: id }),
  z.strictObject({ of: z.literal("suspect") }),
  z.strictObject({
    of: z.literal("false-finding"),
    type: kind,
    path,
    /** The very identifiers that are nobody's: keyed on arrival, never kept, never shown again. */
    values: z.array(z.string().min(1).max(512)).min(1).max(100).optional(),
  }),
  z.strictObject({ of: z.literal("opaque"), class: z.enum(CLASSES) }),
]);

const subject = z.strictObject({ type: z.string().max(64), value: z.string().min(1).max(512) });

export const releaseBody = z.strictObject({
  destination: id,
  exporter: id.optional(),
  purpose: id.optional(),
  /** Kinds that may be in the crossing besides what is excused. */
  types: z.array(kind).max(32).default([]),
  people: z.array(subject).min(1).max(1_000).optional(),
  lifts: z.array(lift).min(1).max(16),
  /** From the approval on. */
  hours: z.int().min(1).max(HOURS_MAX).default(24),
  reason: freeText(),
  ticket: freeText(120),
});

type Sent = z.infer<typeof releaseBody>;

export interface ReleaseBody extends Omit<Sent, "people" | "lifts" | "exporter" | "purpose"> {
  readonly exporter?: string;
  readonly purpose?: string;
  readonly people?: readonly CountKey[];
  readonly lifts: readonly Lift[];
}

/** @throws Problem with the place of each fault. */
export function parseRelease(sent: unknown, world: AdminWorld): ReleaseBody {
  const parsed = parseBody(releaseBody, sent);
  const faults = [...unknownIn(parsed, world), ...idleIn(parsed)];
  if (faults.length > 0) throw invalid(...faults);
  const { people, lifts, exporter, purpose, ...rest } = parsed;
  return {
    ...rest,
    ...(exporter === undefined ? {} : { exporter }),
    ...(purpose === undefined ? {} : { purpose }),
    lifts: lifts.map((one, i): Lift => (one.of === "false-finding" ? keyed(one, i, parsed, world) : one)),
    ...(people === undefined ? {} : { people: countKeys(people, parsed, world) }),
  };
}

function unknownIn({ destination, exporter, purpose, lifts }: Sent, { policy }: AdminWorld): FieldProblem[] {
  const { destinations, exporters, purposes, rules } = policy();
  const no = (pointer: string, what: string) => ({ pointer, detail: `is no ${what} of the policy in force` });
  return [
    ...(destinations.has(destination) ? [] : [no("/body/destination", "destination")]),
    ...(exporter === undefined || exporters.has(exporter) ? [] : [no("/body/exporter", "exporter")]),
    ...(purpose === undefined || purposes.has(purpose) ? [] : [no("/body/purpose", "purpose")]),
    ...lifts.flatMap((one, i) =>
      one.of !== "rule" || one.rule === "default" || rules.some((rule) => rule.id === one.rule)
        ? []
        : [no(`/body/lifts/${i}/rule`, "rule")],
    ),
  ];
}

const STRONG = new Set(DETECTORS.flatMap(({ type, identifies }) => (identifies === "strong" ? [type] : [])));
const SECRET = new Set(DETECTORS.flatMap(({ type, identifies }) => (identifies === "secret" ? [type] : [])));

/** What would lift nothing, or less than its authors believe. */
function idleIn({ types, lifts, people, exporter }: Sent): FieldProblem[] {
  const faults: FieldProblem[] = [];
  const fault = (pointer: string, detail: string) => faults.push({ pointer, detail });
  if (people !== undefined && exporter === undefined) fault("/body/exporter", "is wanted: people are an exporter's");
  for (const [i, one] of lifts.entries()) {
    const at = `/body/lifts/${i}`;
    if (one.of === "suspect" && types.length === 0) fault("/body/types", "is wanted: suspects of which kinds");
    if (one.of !== "false-finding") continue;
    if (SECRET.has(one.type)) fault(`${at}/type`, "is a credential: no release lets one go");
    if (one.values !== undefined && exporter === undefined)
      fault("/body/exporter", "is wanted: keys are an exporter's");
    if (one.values === undefined && STRONG.has(one.type) && !namesOtherNumber(one.path))
      fault(
        `${at}/values`,
        "are wanted: this kind names somebody, and nothing at the place says that it is another number",
      );
  }
  return faults;
}

type FalseFinding = Extract<Sent["lifts"][number], { readonly of: "false-finding" }>;

function keyed({ values, ...rest }: FalseFinding, i: number, { exporter }: Sent, world: AdminWorld): Lift {
  if (values === undefined) return rest;
  const keyOf = (value: string, n: number) => keyIn(world, exporter!, rest.type, value, `/body/lifts/${i}/values/${n}`);
  return { ...rest, values: values.map(keyOf) };
}

/** In every year that the release may reach into. */
function countKeys(people: NonNullable<Sent["people"]>, { exporter, hours }: Sent, world: AdminWorld): CountKey[] {
  const { handler } = world.policy().exporters.get(exporter!)!;
  const nowMs = world.clock.nowMs();
  const years = new Set([beijingYear(nowMs), beijingYear(nowMs + OPEN_MS_MAX + hours * HOUR_MS)]);
  return people.flatMap(({ type, value }, i) => {
    const key = keyIn(world, exporter!, type, value, `/body/people/${i}/value`);
    const person = world.consent.resolve(handler, key);
    return [...years].map((year) => world.keys.count(handler, year, person));
  });
}

function keyIn(
  { canonicalise, keys, policy }: AdminWorld,
  exporter: string,
  type: string,
  value: string,
  pointer: string,
): PersonKey {
  const canonical = canonicalise(type, value);
  if (canonical === null) throw invalid({ pointer, detail: "is no identifier of the type given" });
  return keys.person(policy().exporters.get(exporter)!.handler, type, canonical);
}
