// Synthetic people with their consents, for the demo and for policy tests.
// Law: never a real person; never loaded by a gate that serves.

import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import * as z from "zod";
import { canonicalise } from "../../find/canonicalise.ts";
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

/** @param file `people: {name: {exporter, aliases, consents}}`. Throws a ZodError or a YAML error: the file is ours. */
export async function loadDemoPeople(file: string): Promise<readonly Person[]> {
  const schema = z.strictObject({ people: z.record(z.string(), person) });
  const { people } = schema.parse(parse(await readFile(file, "utf8"), { version: "1.2" }));
  return Object.entries(people).map(([name, one]) => ({ name, ...one }));
}

export interface Seed {
  readonly links: readonly { readonly exporter: string; readonly key: PersonKey; readonly alias: PersonKey }[];
  readonly events: readonly ConsentEvent[];
}

/** What a consent store is told about them: first the links, then the events. Idempotent by (source, event). */
export function seedOf(people: readonly Person[], keys: Keys, recordedAt: string): Seed {
  const keysOf = (p: Person) => p.aliases.map(({ type, value }) => keys.person(p.exporter, type, value));
  const links = people.flatMap((p) => {
    const [key, ...others] = keysOf(p);
    return others.map((alias) => ({ exporter: p.exporter, key: key!, alias }));
  });
  let sequence = 0;
  const events = people.flatMap((p) =>
    p.consents.flatMap(({ withdrawnAt, ...c }) => {
      const scope = { ...c, exporter: p.exporter, person: keysOf(p)[0]!, recordedAt, source: "demo", channel: "demo" };
      const event = (action: "grant" | "withdraw", givenAt: string): ConsentEvent => {
        sequence += 1;
        return { ...scope, action, givenAt, sequence, event: `demo-${sequence}` };
      };
      const granted = event("grant", c.givenAt);
      return withdrawnAt === null ? [granted] : [granted, event("withdraw", withdrawnAt)];
    }),
  );
  return { links, events };
}
