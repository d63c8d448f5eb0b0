// What two people have lifted, in the entry of the crossing.

import { expect, test } from "vitest";
import { decide } from "../src/decide/decide.ts";
import { canonical } from "../src/record/canonical.ts";
import { crossingTexts } from "../src/record/crossing.ts";
import type { Case, Entry, Json, PersonKey } from "../src/words.ts";
import { AT, caseOf, FORWARD, finding, individual, policyOf } from "./decide/cases.ts";
import { arrivalOf } from "./sim/demo-world.ts";

const release = {
  ...{ id: "rel_1", destination: "acme-api", types: ["cn-mobile", "person"], reason: "r", ticket: "T" },
  ...{ from: "2026-05-12T00:00:00.000Z", until: "2026-05-13T00:00:00.000Z", proposedBy: "a", approvedBy: "b" },
};

function entryOf(c: Case): Entry & Readonly<Record<string, Json>> {
  const decision = decide(c);
  const record = { arrival: arrivalOf(1, ""), case: c, decision, counts: c.counts, added: [], digest: "", bytesOut: 0 };
  const [text] = crossingTexts({ ...record, asOf: AT, salt: "s", trace: null });
  const entry = JSON.parse(text!) as Entry;
  expect(canonical(entry)).toBe(text);
  return entry;
}

test("names the release, what it lifted and where; whoever was only a false finding is not in it", () => {
  const found = [
    finding("cn-mobile", { path: "/orderNo", certainty: "format+context" }),
    finding("cn-mobile", { path: "/phone" }),
  ];
  const c = caseOf(found, {
    individuals: [individual(0, [0], { consent: null }), individual(1, [1])],
    policy: policyOf({ rules: [FORWARD, { ...FORWARD, id: "no", action: "block", match: { pi: true } }] }),
  });
  const lifts = [
    { of: "rule", rule: "no" } as const,
    { of: "false-finding", type: "cn-mobile", path: "/orderNo" } as const,
  ];
  const keyed = { ...c, flow: { ...c.flow, keyOf: ["k0", "k1"] as PersonKey[] } };
  const entry = entryOf({ ...keyed, orders: { holds: [], releases: [{ ...release, lifts }] } });
  expect(entry["lifted"]).toEqual([
    { findings: [0], of: "false-finding", release: "rel_1", what: "cn-mobile" },
    { of: "rule", release: "rel_1", what: "no" },
  ]);
  expect([entry["action"], entry["people"], entry["rule"]]).toEqual(["forward", ["c1"], "let-go"]);
  expect((entry["findings"] as { person?: number }[]).map(({ person }) => person)).toEqual([undefined, 0]);
});

test("a crossing without releases, or with those of others, says nothing of them", () => {
  const c = caseOf([finding("cn-mobile")]);
  expect(entryOf(c)).not.toHaveProperty("lifted");
  const elsewhere = { holds: [], releases: [{ ...release, destination: "other", lifts: [] }] };
  expect(entryOf({ ...c, orders: elsewhere })).toEqual(entryOf(c));
});
