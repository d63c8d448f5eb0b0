// `yumen policy inventory`: what it drafts knows all that was seen, and no kind in a field where none was.

import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { inventoryOf, type Left, yamlOf } from "../src/cli/policy/inventory.ts";
import { fieldOf, isDeclared } from "../src/decide/inventory.ts";
import { LISTS } from "../src/io/policy/schema.ts";

const LEFT: Left = {
  ...{
    kind: "crossing",
    action: "forward",
    app: "crm",
    destination: "openai",
    purpose: "support",
    recipient: "openai",
  },
  ...{ outcome: "EXEMPT", model: "gpt-5", t: "2026-06-01T00:00:00.000Z" },
  findings: [{ type: "person", path: "/messages/0/content" }],
};
const sightingOf = (e: Left, { type, path }: Left["findings"][number]) => ({
  ...{ caller: e.app, destination: e.destination!, purpose: e.purpose!, recipient: e.recipient! },
  ...{ kind: type, field: fieldOf(path ?? ""), model: e.model ?? null },
});

test("kinds of the same fields share a row; indexes are gone; models stand where every request named one", async () => {
  const more = { type: "cn-mobile", path: "/messages/7/content" };
  const rows = await inventoryOf(
    [LEFT, { ...LEFT, model: "gpt-4", findings: [more, { type: "email", path: "/user" }] }],
    [],
  );
  const way = { callers: ["crm"], destinations: ["openai"], purposes: ["support"], recipients: ["openai"] };
  expect(rows).toEqual([
    {
      id: "seen-1",
      ...way,
      kinds: ["cn-mobile", "person"],
      fields: ["/messages/*/content"],
      models: ["gpt-4", "gpt-5"],
    },
    { id: "seen-2", ...way, kinds: ["email"], fields: ["/user"], models: ["gpt-4", "gpt-5"] },
  ]);
  expect((await inventoryOf([LEFT, { ...LEFT, model: null }], []))[0]).not.toHaveProperty("models");
});

test.each<[string, Partial<Left>]>([
  ["it was blocked", { action: "block" }],
  ["it stayed inside", { outcome: "NOT_EXPORT" }],
  ["it was stopped before it was judged", { outcome: null }],
  ["an answer's end is no crossing", { kind: "outcome" }],
  ["it is about nobody", { findings: [{ type: "uscc", path: "/a" }] }],
  ["it left before", { t: "2026-05-31T23:59:59.999Z" }],
])("not drafted: %s", async (_, change) => {
  expect(await inventoryOf([{ ...LEFT, ...change }], ["uscc"], "2026-06-01T00:00:00.000Z")).toEqual([]);
});

test("an entry that does not say the field declares the kind in any", async () => {
  const [row] = await inventoryOf([LEFT, { ...LEFT, findings: [{ type: "person" }] }], []);
  expect(row).not.toHaveProperty("fields");
});

test("what it drafts loads as a policy, knows what was seen, and not what was not", async () => {
  const kinds = ["person", "email", "cn-mobile"];
  const paths = ["/a", "/b/0/c", "/b/12/c", "/d"];
  const anyFinding = fc.record({ type: fc.constantFrom(...kinds), path: fc.constantFrom(...paths) });
  const anyEntry = fc
    .record({ app: fc.constantFrom("x", "y"), findings: fc.array(anyFinding, { minLength: 1, maxLength: 4 }) })
    .map((change) => ({ ...LEFT, ...change }));
  await fc.assert(
    fc.asyncProperty(fc.array(anyEntry, { minLength: 1, maxLength: 5 }), async (entries) => {
      const rows = await inventoryOf(entries, []);
      const said = parse(yamlOf(rows)) as { inventory: object[] };
      for (const row of said.inventory) expect(LISTS.inventory.safeParse(row).success).toBe(true);
      const seen = new Set(entries.flatMap((e) => e.findings.map((f) => JSON.stringify(sightingOf(e, f)))));
      for (const app of ["x", "y"])
        for (const type of kinds)
          for (const path of paths) {
            const sighting = sightingOf({ ...LEFT, app }, { type, path });
            expect(isDeclared(rows, sighting)).toBe(seen.has(JSON.stringify(sighting)));
          }
    }),
    { numRuns: 50 },
  );
});

test("what passes no gate stands beside it as a comment, marked as declared: the draft loads as before", () => {
  const flow = {
    ...{ id: "mailer", name: "Newsletters", exporter: "e", recipient: "beta", purpose: "support" },
    ...{ kinds: ["email"], peopleAYear: { nonSensitive: 30, sensitive: 0 }, owner: "m@shop.example" },
  };
  const text = yamlOf([{ id: "seen-1", destinations: ["beta"], kinds: ["email"] }], [flow]);
  expect(parse(text)).toEqual(parse(yamlOf([{ id: "seen-1", destinations: ["beta"], kinds: ["email"] }])));
  expect(text).toMatch(/^# Declared in the policy \(outsideFlows\)[^\n]*unverified\.\n# {3}- \{"id":"mailer"/m);
  expect(yamlOf([])).not.toContain("outsideFlows");
});
