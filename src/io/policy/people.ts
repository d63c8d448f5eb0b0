// Synthetic people with their consents, for the demo and for policy tests.
// Law: never a real person; never loaded by a gate that serves.

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import * as z from "zod";
import { canonicalise } from "../../find/canonicalise.ts";
import { canonical } from "../../record/canonical.ts";
import type { Keys, PersonKey } from "../../words.ts";
import type { ConsentEvent } from "../ports.ts";
import { date, filled, id, listOf, must } from "./fields.ts";

/** `<type>:<value>`, as in X-Yumen-Subject; to its canonical form, so that it meets what is found in a body. */
const alias = must(z.string(), (text) => canonicalAlias(text) !== null, {
  zh: "应为 <种类>:<值>，且值合该种类的格式，如 id:u-1、cn-mobile:13800138000",
  en: "must be <type>:<value>, well-formed for its type, such as id:u-1 or cn-mobile:13800138000",
}).transform((text) => canonicalAlias(text)!);

function canonicalAlias(text: string): { readonly type: string; readonly value: string } | null {
  const colon = text.indexOf(":");
  const type = text.slice(0, Math.max(colon, 0));
  const value = canonicalise(type, text.slice(colon + 1));
  return value === null ? null : { type, value };
}

/** An instant with offset, or a Beijing date for its first moment. To ISO 8601 UTC. */
const instant = z
  .union([date.transform((day) => `${day}T00:00:00+08:00`), z.iso.datetime({ offset: true })])
  .transform((text) => new Date(text).toISOString());

const consent = z.strictObject({
  recipient: id,
  purpose: id,
  separate: z.boolean().default(true),
  guardian: z.boolean().default(false),
  sensitiveNotice: z.boolean().default(false),
  types: listOf(id),
  sensitiveTypes: listOf(id).default([]),
  notice: z.strictObject({ id, version: filled }).nullable().default(null),
  givenAt: instant,
  withdrawnAt: instant.nullable().default(null),
  validUntil: instant.nullable().default(null),
});

/** A synthetic person: the aliases stand for one individual. */
export const person = z.strictObject({
  exporter: id,
  aliases: z.array(alias).min(1),
  consents: z.array(consent).default([]),
});

export type Person = z.output<typeof person> & { readonly name: string };

/** What other channels have sent this year, as a number (CNT-1). */
const opening = z.strictObject({
  exporter: id,
  class: z.enum(["ns", "s"]),
  people: z.int().min(0),
  source: filled,
  by: id,
});

const demoFile = z.strictObject({ people: z.record(z.string(), person), openings: z.array(opening).default([]) });

export interface DemoPeople {
  readonly people: readonly Person[];
  readonly openings: readonly z.output<typeof opening>[];
}

/**
 * @param file `people: {name: {exporter, aliases, consents}}`, `openings: [{exporter, class, people, source, by}]`.
 * Throws a ZodError or a YAML error: the file is ours.
 */
export async function loadDemo(file: string): Promise<DemoPeople> {
  const { people, openings } = demoFile.parse(parse(await readFile(file, "utf8"), { version: "1.2" }));
  return { people: Object.entries(people).map(([name, one]) => ({ name, ...one })), openings };
}

/** The people alone. */
export async function loadDemoPeople(file: string): Promise<readonly Person[]> {
  return (await loadDemo(file)).people;
}

export interface Seed {
  readonly links: readonly { readonly exporter: string; readonly key: PersonKey; readonly alias: PersonKey }[];
  readonly events: readonly ConsentEvent[];
}

/**
 * What a consent store is told about them: first the links, then the events. Idempotent: an event is named by all that
 * it says, so that what is changed in the file is told anew to a store that knows the old one.
 */
export function seedOf(people: readonly Person[], keys: Keys, recordedAt: string): Seed {
  const keysOf = (p: Person) => p.aliases.map(({ type, value }) => keys.person(p.exporter, type, value));
  const links = people.flatMap((p) => {
    const [key, ...others] = keysOf(p);
    return others.map((alias) => ({ exporter: p.exporter, key: key!, alias }));
  });
  let sequence = 0;
  const events = people.flatMap((p) =>
    p.consents.flatMap(({ withdrawnAt, ...c }) => {
      const scope = { ...c, exporter: p.exporter, person: keysOf(p)[0]!, source: "demo", channel: "demo" };
      const eventOf = (action: "grant" | "withdraw", givenAt: string): ConsentEvent => {
        sequence += 1;
        const said = { ...scope, action, givenAt, sequence };
        const name = createHash("sha256").update(canonical(said)).digest("hex").slice(0, 24);
        return { ...said, recordedAt, event: `demo-${name}` };
      };
      const granted = eventOf("grant", c.givenAt);
      return withdrawnAt === null ? [granted] : [granted, eventOf("withdraw", withdrawnAt)];
    }),
  );
  return { links, events };
}
