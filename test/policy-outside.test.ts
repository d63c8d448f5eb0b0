// Flows past the gate in a policy: they are read, point at what there is, and are warned of where they count too few.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { loadLawData } from "../src/io/law-data.ts";
import { loadPolicy } from "../src/io/policy/load.ts";

const root = mkdtempSync(join(tmpdir(), "yumen-outside-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const BASE = `apiVersion: yumen/v1
exporters: [{ id: acme, name: Acme, ciio: false }]
recipients:
  - { id: far, name: Far Ltd, country: US, contact: dpo@far.example }
  - { id: near, name: Near Ltd, country: CN, contact: dpo@near.example }
destinations: [{ id: model, recipient: far, url: "https://api.far.example", exporter: acme, purpose: support }]
purposes: [{ id: support, label: Support, basis: consent }]
callers: [{ id: app, loopback: true, exporters: acme, destinations: model, purposes: support }]
rules: [{ id: go, why: go, action: forward, match: { destination: model } }]
`;
const FLOW = "id: crm, name: CRM export, exporter: acme, recipient: far, purpose: support, owner: crm-team";

let folders = 0;
async function loaded(more: string, base = BASE) {
  const dir = mkdtempSync(join(root, `${folders++}-`));
  writeFileSync(join(dir, "a.yaml"), `${base}${more}\n`);
  return loadPolicy(dir, { law: loadLawData("policies/law") });
}
const codesOf = (problems: readonly { code: string }[]) => problems.map(({ code }) => code);

test("a flow is in the policy as it is written; without one the policy is the one it was", async () => {
  const one = await loaded(`outsideFlows: [{ ${FLOW}, kinds: cn-mobile, peopleAYear: { nonSensitive: 500 } }]`);
  expect(one.ok && one.policy.outsideFlows).toEqual([
    {
      ...{ id: "crm", name: "CRM export", exporter: "acme", recipient: "far", purpose: "support", owner: "crm-team" },
      ...{ kinds: ["cn-mobile"], peopleAYear: { nonSensitive: 500, sensitive: 0 } },
    },
  ]);
  const none = await loaded("");
  expect(none.ok && "outsideFlows" in none.policy).toBe(false);
  expect(one.ok && none.ok && one.policy.hash !== none.policy.hash).toBe(true);
});

test("the opening balance that is wanted is in the policy only where it is", async () => {
  const block = await loaded("thresholds: { withoutOpening: block }");
  expect(block.ok && [block.policy.withoutOpening, block.policy.warnAt]).toEqual(["block", [0.8, 0.95]]);
  const warn = await loaded("thresholds: { warnAt: [70%], withoutOpening: warn }");
  expect(warn.ok && ["withoutOpening" in warn.policy, warn.policy.warnAt]).toEqual([false, [0.7]]);
});

test.each([
  ["nobody", `${FLOW}, kinds: cn-mobile, peopleAYear: {}`, "outside_flow_counts_nobody"],
  [
    "no sensitive people",
    `${FLOW}, kinds: bank-card, peopleAYear: { nonSensitive: 5 }`,
    "outside_flow_sensitive_uncounted",
  ],
  [
    "what stays in the mainland",
    `${FLOW.replace("far", "near")}, kinds: cn-mobile, peopleAYear: { nonSensitive: 5 }`,
    "outside_flow_domestic",
  ],
])("a flow that counts %s is warned of", async (_what, flow, code) => {
  const load = await loaded(`outsideFlows: [{ ${flow} }]`);
  expect(load.ok && codesOf(load.warnings).filter((one) => one.startsWith("outside_"))).toEqual([code]);
});

test.each([
  ["a recipient that is none", `${FLOW.replace("far", "other")}, kinds: cn-mobile, peopleAYear: { nonSensitive: 5 }`],
  ["a kind that is none", `${FLOW}, kinds: nonsense, peopleAYear: { nonSensitive: 5 }`],
  ["no numbers", `${FLOW}, kinds: cn-mobile`],
  ["people below zero", `${FLOW}, kinds: cn-mobile, peopleAYear: { nonSensitive: -5 }`],
])("%s does not load", async (_what, flow) => {
  expect((await loaded(`outsideFlows: [{ ${flow} }]`)).ok).toBe(false);
});
