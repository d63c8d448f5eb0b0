// The opening balance: whom the other channels of an exporter have sent this year (CNT-1). Law: an identifier becomes a
// key before anything else happens; what is stated twice counts once; nothing that was stated is taken back here.

import { z } from "zod";
import { beijingDate, beijingYear } from "../../../law/year.ts";
import type { Admission, Statement } from "../../../words.ts";
import type { Shelf } from "../../ports.ts";
import { handlerOf, keyOf } from "../consents/incoming.ts";
import { freeText } from "../free-text.ts";
import { invalid, Problem } from "../problem.ts";
import { id } from "../schema.ts";
import type { AdminWorld } from "../world.ts";

/** As many as a body and an entry have room for. */
const SUBJECTS_MAX = 1_000;
/** More people than there are. */
const PEOPLE_MAX = 2_000_000_000;

export const openingBody = z
  .strictObject({
    exporter: id,
    year: z.int().min(2021).max(9999),
    /** ns: non-sensitive; s: sensitive. Who is in both is stated in both. */
    class: z.enum(["ns", "s"]),
    /** Known people, who are merged with those counted. */
    subjects: z
      .array(z.strictObject({ type: id, value: z.string().min(1).max(512) }))
      .min(1)
      .max(SUBJECTS_MAX)
      .optional(),
    /** People whom nobody can name: they are added. 0 is a statement too. */
    people: z.int().min(0).max(PEOPLE_MAX).optional(),
    /** Absent: not known, so it may be any. */
    recipient: id.optional(),
    /** Where the number comes from. One statement a source: stating it again changes nothing, or lets it grow. */
    source: freeText(200),
    /** Who answers for it. */
    by: id,
  })
  .refine(({ subjects, people }) => (subjects === undefined) !== (people === undefined), {
    path: ["people"],
    error: "either subjects or people: the other is left out",
  });

export type OpeningBody = z.infer<typeof openingBody>;

/** What stands under a statement's id besides its numbers. */
export interface Opening extends Pick<OpeningBody, "year" | "class" | "source" | "by"> {
  readonly id: string;
  /** The PI handler whose year it is. */
  readonly exporter: string;
  readonly recipient: string | null;
  /** The number stated; and how many known people came in under it, over all requests. */
  readonly people: number;
  readonly identified: number;
  readonly recordedBy: string;
  readonly at: string;
}

export function openingShelf({ register }: Pick<AdminWorld, "register">): Shelf<Opening> {
  return register.shelf<Opening>("opening");
}

export interface Opened {
  readonly opening: Opening;
  /** Known people who were not counted in this class before. */
  readonly added: number;
  /** The statement grew, or is new. */
  readonly grew: boolean;
}

/**
 * Memory first, then the disk, then the ledger: what fails half-way over-counts, and may be sent again.
 * @throws Problem: what cannot be stated, and nothing is counted.
 */
export async function open(world: AdminWorld, body: OpeningBody, recordedBy: string): Promise<Opened> {
  const exporter = handlerOf(world, body.exporter);
  const nowMs = world.clock.nowMs();
  check(body, world, nowMs);
  const { year, people = 0, recipient = null, source, by } = body;
  const ofClass = { nonSensitive: body.class === "ns", sensitive: body.class === "s" };
  const about = [exporter, year, body.class, recipient, source] as const;
  const statement: Statement = {
    ...{ id: `opening_${world.keys.digest(JSON.stringify(about)).slice(0, 32)}`, of: "opening", recipient },
    nonSensitive: ofClass.nonSensitive ? people : 0,
    sensitive: ofClass.sensitive ? people : 0,
    ...{ gross: people, day: beijingDate(nowMs) },
  };
  const stood = world.people.statements(exporter, year).find((one) => one.id === statement.id);
  if (body.people !== undefined && stood !== undefined && stood.gross > people) throw shrinks();

  const admissions = (body.subjects ?? []).map(({ type, value }, i): Admission => {
    const key = keyOf(world, exporter, { type, value }, `/subjects/${i}`);
    const counted = world.keys.count(exporter, year, world.consent.resolve(exporter, key));
    return { key: counted, ...ofClass, recipient, by: "opening" };
  });
  const fresh = new Set(admissions.flatMap(({ key }) => (isIn(world, exporter, year, key, ofClass) ? [] : [key])));
  const admitted = await world.people.admit(exporter, year, admissions, NO_LIMIT, { day: statement.day });
  if (!admitted.ok) throw new Problem(500, "internal", "The opening balance met a limit where there is none.");
  await world.people.state(exporter, year, statement);
  const opening = await openingShelf(world).change(statement.id, (before) => ({
    ...{ id: statement.id, exporter, year, class: body.class, recipient, source, by, recordedBy },
    people: Math.max(before?.people ?? 0, people),
    identified: (before?.identified ?? 0) + fresh.size,
    at: new Date(nowMs).toISOString(),
  }));
  const keys = [...new Set(admissions.map(({ key }) => key))];
  await world.note("opening", {
    ...{ id: statement.id, exporter, year, class: body.class, recipient, stated: opening.people, people: keys },
    ...{ added: fresh.size, by, recordedBy, source: world.keys.digest(source) },
  });
  // until here a crash leaves them as people and a number that no entry tells, which the next start tells
  world.people.named(exporter, year, { opened: keys, way: { recipient, ...ofClass } });
  world.people.named(exporter, year, { statement: { id: statement.id, gross: opening.people } });
  return { opening, added: fresh.size, grew: stood === undefined || stood.gross < people || fresh.size > 0 };
}

const NO_LIMIT = { nonSensitive: null, sensitive: null };

type OfClass = Pick<Admission, "nonSensitive" | "sensitive">;

function isIn({ people }: AdminWorld, exporter: string, year: number, key: Admission["key"], of: OfClass): boolean {
  const { nonSensitive, sensitive } = people.counted(exporter, year, key);
  return of.nonSensitive ? nonSensitive : sensitive;
}

function check({ year, recipient }: OpeningBody, { policy }: AdminWorld, nowMs: number): void {
  const now = beijingYear(nowMs);
  // the year before: its evidence may still be made
  if (year !== now && year !== now - 1) throw invalid({ pointer: "/year", detail: "is not this year or the last" });
  if (recipient !== undefined && !policy().recipients.has(recipient))
    throw invalid({ pointer: "/recipient", detail: "is no recipient of the policy in force" });
}

function shrinks(): Problem {
  return new Problem(
    409,
    "opening_shrinks",
    "This source has stated more people before: only two people take a number back (the action correction).",
  );
}
