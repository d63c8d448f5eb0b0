// The schema that a policy file is loaded by, as editors and readers see it: what loads is valid, what is misspelt is
// not, and no field of it goes without a word in docs/policy.md.

import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { policyJsonSchema } from "../src/io/policy/json-schema.ts";
import { LISTS, type ListName } from "../src/io/policy/schema.ts";

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly description?: string;
  readonly [key: string]: unknown;
}

// fastify's own validator; it has no types of its own for this draft under our resolution
const Ajv = createRequire(import.meta.url)("ajv/dist/2020") as new (
  options: object,
) => { compile(schema: object): (value: unknown) => boolean };
const SCHEMA = policyJsonSchema() as Schema;
const isValid = new Ajv({ strict: false, allErrors: true }).compile(SCHEMA);
const PAGE = readFileSync("docs/policy.md", "utf8");
const demo = (): Record<string, unknown> =>
  parse(readFileSync("policies/demo/yumen.yaml", "utf8")) as Record<string, unknown>;

/** Every name that a file may use, wherever it stands. */
function namesIn(schema: unknown): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const own = (schema as Schema).properties;
  return [
    ...(own === undefined ? [] : Object.keys(own)),
    ...Object.values(schema).flatMap((member) => namesIn(member)),
  ];
}

describe("the JSON Schema", () => {
  test("takes the policies that are shipped", () => {
    for (const folder of readdirSync("policies").filter((name) => name !== "law"))
      for (const name of readdirSync(`policies/${folder}`))
        if (/(?<!\.test|\.people)\.yaml$/.test(name))
          expect(isValid(parse(readFileSync(`policies/${folder}/${name}`, "utf8"))), `${folder}/${name}`).toBe(true);
  });

  const misspelt: readonly (readonly [string, (policy: Record<string, unknown[]>) => void])[] = [
    ["a list", (p) => Object.assign(p, { ruels: [] })],
    ["a field", (p) => Object.assign(p["rules"]![0] as object, { acton: "block" })],
    ["a member of a match", (p) => Object.assign((p["rules"]![0] as { match: object }).match, { destnation: "x" })],
    ["a member of any", (p) => Object.assign((p["rules"]![0] as { match: object }).match, { any: [{ purpse: "x" }] })],
    ["an action", (p) => Object.assign(p["rules"]![0] as object, { action: "blok" })],
    ["a level", (p) => Object.assign(p["destinations"]![0] as object, { classification: { level: "secret" } })],
    ["a number where a list belongs", (p) => Object.assign(p["callers"]![0] as object, { exporters: 3 })],
    ["a missing field", (p) => delete (p["recipients"]![0] as { country?: string }).country],
    ["a missing version", (p) => delete (p as { apiVersion?: unknown }).apiVersion],
  ];

  test.each(misspelt)("refuses %s", (_, spoil) => {
    const policy = demo();
    expect(isValid(policy)).toBe(true);
    spoil(policy as Record<string, unknown[]>);
    expect(isValid(policy)).toBe(false);
  });

  test("takes short forms: one for a list of one, `8 MiB`, one text for both languages, a bare secret", () => {
    const policy = demo();
    Object.assign((policy["destinations"] as object[])[0]!, {
      limits: { body: "8 MiB", headersTimeout: 10_000 },
      credentials: { mode: "inject", inject: { authorization: "env:KEY" } },
      operations: "inference",
    });
    Object.assign((policy["purposes"] as object[])[0]!, { label: "x" });
    policy["thresholds"] = { warnAt: ["80%", 0.9] };
    expect(isValid(policy)).toBe(true);
  });

  test("says of every list and setting what it is, in both languages", () => {
    for (const [name, { description }] of Object.entries(SCHEMA.properties!)) {
      expect(description, name).toMatch(/[\u4e00-\u9fff]/);
      expect(description, name).toMatch(/[a-z]{3}/);
    }
  });
});

describe("docs/policy.md", () => {
  test("names every field of the schema as code", () => {
    const code = [...PAGE.matchAll(/```[\s\S]*?```|`[^`]+`|\*\*\w+\*\*/g)].map(([text]) => text).join("\n");
    const words = new Set(code.match(/[\w-]+/g));
    const missing = [...new Set(namesIn(SCHEMA))].filter((name) => !words.has(name));
    expect(namesIn(SCHEMA).length).toBeGreaterThan(150);
    expect(missing).toEqual([]);
  });

  const blocks = [...PAGE.matchAll(/```yaml\n([\s\S]*?)```/g)]
    .map(([, text]) => text!.replaceAll("<64 hex>", "a".repeat(64)))
    .filter((text) => !text.startsWith("suite:"));

  test("its examples are of the schema", () => {
    expect(blocks.length).toBeGreaterThan(3);
    for (const text of blocks) {
      const said = parse(text) as Record<string, unknown[]>;
      expect(isValid({ apiVersion: "yumen/v1", ...said }), text).toBe(true);
      for (const [name, items] of Object.entries(said).filter(([key]) => key in LISTS))
        for (const item of items) expect(LISTS[name as ListName].safeParse(item).error, text).toBeUndefined();
    }
  });
});
