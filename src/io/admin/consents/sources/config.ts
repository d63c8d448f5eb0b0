// `consent-sources.yaml` in the data folder: who may send consents by webhook. Law: secrets stand there by reference
// only, are read when the gate starts and when it is told to, and print as nothing.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Original } from "../../../../words.ts";
import { GateError } from "../../../errors.ts";
import { isReference, readSecret } from "../../../policy/secrets.ts";
import { readSource } from "../../../policy/source.ts";
import { mappingSchema } from "../mapping/schema.ts";

/** It is sent as it is: it must not be guessed. */
const BEARER_UNITS_MIN = 24;
const FILE = "consent-sources.yaml";
const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);
const header = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,64}$/)
  .transform((name) => name.toLowerCase());

/** What a purpose or category of theirs means here. */
const meaning = z.strictObject({
  recipient: z.string(),
  purpose: z.string(),
  types: z.array(z.string()),
  sensitiveTypes: z.array(z.string()).default([]),
  separate: z.boolean(),
  sensitiveNotice: z.boolean().default(false),
  notice: z.strictObject({ id: z.string(), version: z.string() }).optional(),
});

const COMMON = {
  id,
  secret: z.string().refine(isReference, { error: "is env:NAME or file:PATH: the secret itself does not stand here" }),
  /** Nothing heard for so long is an alarm. Absent: silence is no sign. */
  heartbeatMinutes: z.number().positive().optional(),
  header: header.optional(),
  timestampHeader: header.nullable().optional(),
  windowSeconds: z.number().positive().max(86_400).default(300),
  /** bearer: for senders that cannot sign; their header holds the secret itself. */
  algorithm: z.enum(["sha256", "sha1", "bearer"]).optional(),
};
const SHAPED = { ...COMMON, exporter: z.string(), subjectType: z.string(), means: z.record(z.string(), meaning) };

const source = z.discriminatedUnion("shape", [
  z.strictObject({ ...SHAPED, shape: z.literal("onetrust") }),
  z.strictObject({ ...SHAPED, shape: z.literal("segment") }),
  z.strictObject({ ...COMMON, shape: z.literal("generic"), mapping: mappingSchema }),
]);

const schema = z.strictObject({ sources: z.array(source) });

export type SourceConfig = z.infer<typeof source>;
export type Meaning = z.infer<typeof meaning>;

export interface ConfiguredSource {
  readonly config: SourceConfig;
  readonly secret: Original;
}

/** @param dir the data folder. @returns none where the file is absent. @throws GateError policy_invalid */
export async function readSources(
  dir: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly ConfiguredSource[]> {
  const path = join(dir, FILE);
  if (!existsSync(path)) return [];
  const read = readSource(path, readFileSync(path, "utf8"));
  const parsed = read.problems.length > 0 ? null : schema.safeParse(read.value);
  if (parsed === null) throw new GateError("policy_invalid", `${FILE} is no YAML`);
  if (!parsed.success) throw new GateError("policy_invalid", `${FILE} ${told(parsed.error)}`);
  const { sources } = parsed.data;
  if (new Set(sources.map((one) => one.id)).size !== sources.length)
    throw new GateError("policy_invalid", `${FILE}: two sources have one id`);
  return Promise.all(sources.map(async (config) => ({ config, secret: await secretOf(config, dir, env) })));
}

function told({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => `${path.map(String).join(".")}: ${message}`).join("; ");
}

async function secretOf(config: SourceConfig, dir: string, env: Readonly<Record<string, string | undefined>>) {
  const read = await readSecret(config.secret, { env, dir, prefix: "" });
  if (!read.ok) throw new GateError("policy_invalid", `${FILE}: the secret of ${config.id} ${read.why.en}`);
  if (config.algorithm === "bearer" && read.secret.reveal().length < BEARER_UNITS_MIN)
    throw new GateError("policy_invalid", `${FILE}: the secret of ${config.id} is too short to be a bearer's`);
  return read.secret;
}
