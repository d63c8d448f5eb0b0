// A mapping: from the fields of another system's records to those of a line of a bulk. Law: what it names is checked
// when it is read; a record that it does not fit is told by the name of the field, never by what stood there.

import { z } from "zod";
import { zhCN } from "zod/locales";
import type { Language } from "../../../../words.ts";
import { instantReader } from "./instants.ts";

const scalar = z.union([z.string(), z.boolean(), z.number()]);

/** A column or member by its name; a JSON Pointer when it begins with `/`. */
const at = z.string().min(1).max(256);

/** `values`: what stands there → what it means; other texts are mistakes. `default`: where nothing stands. */
const from = z.strictObject({ at, values: z.record(z.string(), scalar).optional(), default: scalar.optional() });

const field = z.union([scalar, from]);

const list = z.union([
  z.array(z.string()),
  z.strictObject({
    at,
    /** Between items; JSON arrays need none. */
    split: z.string().min(1).default(","),
    values: z.record(z.string(), z.string()).optional(),
  }),
]);

const instant = z
  .strictObject({
    at,
    format: z.string().max(64).default("iso"),
    zone: z
      .string()
      .regex(/^(Z|[+-](0\d|1[0-4]):[0-5]\d)$/)
      .default("+08:00"),
  })
  .refine(({ format, zone }) => instantReader(format, zone) !== null, {
    path: ["format"],
    error: "must be iso, epoch-s, epoch-ms, or a pattern such as YYYY-MM-DD HH:mm:ss",
  });

const identifier = z.strictObject({ at, type: z.string().min(1).max(64) });

export const mappingSchema = z.strictObject({
  /** Default: by the file's ending. */
  format: z.enum(["csv", "ndjson"]).optional(),
  encoding: z.enum(["utf-8", "gb18030"]).default("utf-8"),
  delimiter: z.string().length(1).default(","),
  exporter: field.optional(),
  subject: identifier,
  aliases: z.array(identifier).max(15).default([]),
  event: field.optional(),
  source: z.string().default("import"),
  channel: field.default("import"),
  sequence: field.optional(),
  recipient: field.optional(),
  purpose: field.optional(),
  /** grant, correct, expire, withdraw. */
  action: field.default("grant"),
  separate: field.optional(),
  guardian: field.optional(),
  sensitiveNotice: field.optional(),
  types: list.default([]),
  sensitiveTypes: list.default([]),
  notice: z.strictObject({ id: field, version: field, sha256: field.optional() }).optional(),
  givenAt: instant,
  shownAt: instant.optional(),
  validUntil: instant.optional(),
  act: field.optional(),
  evidence: z.strictObject({ uri: field.optional(), sha256: field }).optional(),
});

/** zod's own words are in the language asked for; ours are English. */
export function parseMapping(value: unknown, language: Language) {
  return mappingSchema.safeParse(value, language === "zh" ? { error: zhCN().localeError } : {});
}

export type Mapping = z.infer<typeof mappingSchema>;
export type MappingInput = z.input<typeof mappingSchema>;
export type MappedField = z.infer<typeof field>;
export type MappedList = z.infer<typeof list>;
export type MappedInstant = z.infer<typeof instant>;
