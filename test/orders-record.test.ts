// What two people have lifted, in the entry of the crossing.

import { describe, expect, test } from "vitest";
import { recordedFrom } from "../src/cli/explain/recorded.ts";
import { caseOf as caseOfEntry } from "../src/cli/replay/case.ts";
import type { Recorded } from "../src/cli/replay/entry.ts";
import { decide } from "../src/decide/decide.ts";
import { canonical } from "../src/record/canonical.ts";
import { crossingTexts } from "../src/record/crossing.ts";
import type { Case, Entry, Hold, Json, Lift, Orders, PersonKey } from "../src/words.ts";
import { AT, caseOf, consent, FORWARD, finding, individual, policyOf } from "./decide/cases.ts";
import { arrivalOf } from "./sim/demo-world.ts";

const release = {
  ...{ id: "rel_1", destination: "acme-api", types: ["cn-mobile", "person"], reason: "r", ticket: "T" },
  ...{ from: "2026-05-12T00:00:00.000Z", until: "2026-05-13T00:00:00.000Z", proposedBy: "a", approvedBy: "b" },
};

const HOLD: Hold = { id: "hold_0", of: "all", target: null, reason: "r", order: null, by: "op", at: AT };

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

const ANYBODY = () => consent();

describe("from its entry alone", () => {
  const found = [
    finding("cn-mobile", { path: "/orderNo", certainty: "format+context" }),
    finding("cn-mobile", { path: "/phone" }),
  ];
  const rules = [FORWARD, { ...FORWARD, id: "no", action: "block" as const, match: { pi: true } }];
  const base = caseOf(found, {
    individuals: [individual(0, [0], { consent: null }), individual(1, [1])],
    policy: policyOf({ rules }),
    unread: [{ path: "/f", class: "image", kind: "png" }],
  });
  const c = { ...base, flow: { ...base.flow, keyOf: ["k0", "k1"] as PersonKey[] } };
  const all: Lift[] = [
    { of: "rule", rule: "no" },
    { of: "opaque", class: "image" },
    { of: "false-finding", type: "cn-mobile", path: "/orderNo" },
  ];
  test.each<[string, Orders | undefined]>([
    ["no orders", undefined],
    ["a hold", { holds: [{ ...HOLD, id: "hold_1" }], releases: [] }],
    ["two holds and a release", { holds: [HOLD, { ...HOLD, id: "hold_2" }], releases: [{ ...release, lifts: all }] }],
    ["a release of everything", { holds: [], releases: [{ ...release, lifts: all }] }],
    ["two releases", { holds: [], releases: all.map((lift, i) => ({ ...release, id: `rel_${i}`, lifts: [lift] })) }],
    ["a release that is not enough", { holds: [], releases: [{ ...release, lifts: all.slice(1) }] }],
  ])("%s: the same decision, reasons and releases", (_what, orders) => {
    const said = decide({ ...c, orders });
    const entry = entryOf({ ...c, orders }) as unknown as Recorded;
    const again = decide(caseOfEntry(entry, c.policy, ANYBODY, { isCounted: false }));
    const told = ({ action, rule, reasons, lifted, legal }: typeof said) => ({
      action,
      rule,
      reasons,
      lifted,
      outcome: legal.outcome,
    });
    expect(told(again)).toEqual(told(said));
  });

  test("yumen explain shows it", () => {
    const entry = entryOf({ ...c, orders: { holds: [], releases: [{ ...release, lifts: all }] } });
    const recorded = recordedFrom([{ index: 0, entry }])!;
    expect(recorded.lifted.map(({ release: by, of, what }) => `${by} ${of} ${what}`)).toEqual([
      "rel_1 false-finding cn-mobile",
      "rel_1 opaque image",
      "rel_1 rule no",
    ]);
  });
});

test("a crossing without releases, or with those of others, says nothing of them", () => {
  const c = caseOf([finding("cn-mobile")]);
  expect(entryOf(c)).not.toHaveProperty("lifted");
  const elsewhere = { holds: [], releases: [{ ...release, destination: "other", lifts: [] }] };
  expect(entryOf({ ...c, orders: elsewhere })).toEqual(entryOf(c));
});
