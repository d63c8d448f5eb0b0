// What a hold is over, and what is told of it: each sort by its own names, whoever else is called so.

import { describe, expect, test } from "vitest";
import { decide } from "../src/decide/decide.ts";
import { heldBy, holdsOn, isKnown, isOver } from "../src/decide/holds.ts";
import type { Hold, Policy } from "../src/words.ts";
import { AT, caseOf, finding, policyOf } from "./decide/cases.ts";

const hold = (of: Hold["of"], target: string | null, id = "hold_1"): Hold => ({
  ...{ id, of, target, reason: "r", order: null, by: "op", at: AT },
});

/** The recipient passes data on to somebody who is called like a destination, and to one like an exporter. */
function parties(onwardTo: readonly string[] = ["acme-api", "shop", "Cloud Inc"]): Policy {
  const policy = policyOf();
  const acme = policy.recipients.get("acme")!;
  const far = { ...acme, id: "far", name: "Far", onwardTo: [] };
  return policyOf({
    recipients: new Map([
      ["acme", { ...acme, onwardTo }],
      ["far", far],
    ]),
  });
}

describe("whether the policy knows what is shut", () => {
  test.each<[Hold["of"], string | null, boolean]>([
    ["all", null, true],
    ["recipient", null, false],
    ["destination", null, false],
    ["exporter", null, false],
    ["all", "acme", false],
    ["recipient", "acme", true],
    ["recipient", "Cloud Inc", true],
    ["recipient", "nobody", false],
    ["destination", "acme-api", true],
    ["destination", "acme", false],
    ["destination", "shop", false],
    ["exporter", "shop", true],
    ["exporter", "acme", false],
    ["exporter", "acme-api", false],
  ])("%s %s: %s", (of, target, known) => {
    expect(isKnown({ of, target }, policyOf({ ...parties(["Cloud Inc"]) }))).toBe(known);
  });
});

describe("what it is over", () => {
  const policy = parties();
  const way = {
    exporter: "shop",
    handler: "handler",
    destination: "acme-api",
    recipient: "acme",
    purpose: "support",
    policy,
  };
  test.each<[Hold["of"], string | null, boolean]>([
    ["all", null, true],
    ["recipient", "acme", true],
    ["recipient", "Cloud Inc", true],
    ["recipient", "far", false],
    ["recipient", "nobody", true],
    ["destination", "acme-api", true],
    ["destination", "nobody", true],
    ["exporter", "shop", true],
    ["exporter", "nobody", true],
    ["exporter", null, true],
  ])("%s %s: %s", (of, target, over) => expect(isOver({ of, target }, way)).toBe(over));

  test("another destination or exporter that is known is another; a handler is shut with whom it entrusts", () => {
    const two = {
      ...policy,
      destinations: new Map([...policy.destinations, ["other", policy.destinations.get("acme-api")!]]),
    };
    const exporters = new Map([
      ...policy.exporters,
      ["handler", policy.exporters.get("shop")!],
      ["third", policy.exporters.get("shop")!],
    ]);
    const on = { ...way, policy: { ...two, exporters } };
    expect(isOver({ of: "destination", target: "other" }, on)).toBe(false);
    expect(isOver({ of: "exporter", target: "handler" }, on)).toBe(true);
    expect(isOver({ of: "exporter", target: "third" }, on)).toBe(false);
  });
});

describe("in a Case", () => {
  const under = (...holds: Hold[]) => {
    const c = caseOf([finding("cn-mobile")], { policy: parties() });
    return holds.length === 0 ? c : { ...c, orders: { holds, releases: [] } };
  };

  test("no orders, or no holds: nothing", () => {
    expect(holdsOn(under())).toEqual([]);
    expect(holdsOn({ ...under(), orders: { holds: [], releases: [] } })).toEqual([]);
    expect(heldBy(under())).toEqual([]);
  });

  test("the way is told of a party further on, and of nothing else that is called like one", () => {
    const about = (of: Hold["of"], target: string | null) => heldBy(under(hold(of, target)));
    expect(about("recipient", "Cloud Inc")).toEqual([{ about: "hold_1", via: "acme > Cloud Inc" }]);
    expect(about("recipient", "acme")).toEqual([{ about: "hold_1" }]);
    expect(about("destination", "acme-api")).toEqual([{ about: "hold_1" }]);
    expect(about("exporter", "shop")).toEqual([{ about: "hold_1" }]);
    expect(about("all", null)).toEqual([{ about: "hold_1" }]);
    expect(about("recipient", "far")).toEqual([]);
    expect(heldBy(under(hold("recipient", "far"), hold("all", null, "hold_2")))).toEqual([{ about: "hold_2" }]);
  });

  test("the decision: X4, with every hold, whether or not anything is exported", () => {
    const held = under(hold("all", null), hold("recipient", "Cloud Inc", "hold_2"));
    const { action, rule, reasons, legal } = decide(held);
    expect({ action, rule, outcome: legal.outcome }).toEqual({ action: "block", rule: "X4", outcome: "PROHIBITED" });
    expect(reasons.filter(({ code }) => code === "PROHIBITED_X4").map(({ about, via }) => [about, via])).toEqual([
      ["hold_1", undefined],
      ["hold_2", "acme > Cloud Inc"],
    ]);
    expect(decide(under()).reasons.map(({ code }) => code)).not.toContain("PROHIBITED_X4");
    expect(decide({ ...under(), orders: { holds: [], releases: [] } }).legal.outcome).not.toBe("PROHIBITED");
  });
});
