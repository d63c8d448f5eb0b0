// Whom a recipient passes data on to, by id and by name, near and far, also where two are called alike: to stop one is
// to stop whoever may reach it (decide/onward.ts).

import { describe, expect, test } from "vitest";
import { isNamed, partiesOf, wayTo } from "../src/decide/onward.ts";
import type { Recipient } from "../src/words.ts";
import { policyOf } from "./decide/cases.ts";

const ACME = policyOf().recipients.get("acme")!;
const one = (id: string, name: string, onwardTo: readonly string[] = [], more: Partial<Recipient> = {}): Recipient => ({
  ...{ ...ACME, id, name, onwardTo, ...more },
});
const among = (...all: Recipient[]) => ({ recipients: new Map(all.map((each) => [each.id, each])) });

describe("the way to a party", () => {
  test("itself, one further on, one behind that; nobody else", () => {
    const policy = among(one("acme", "Acme", ["far"]), one("far", "Far Ltd", ["Cloud Inc"]), one("other", "Other"));
    expect(wayTo(policy, "acme", "acme")).toEqual(["acme"]);
    expect(wayTo(policy, "acme", "far")).toEqual(["acme", "far"]);
    expect(wayTo(policy, "acme", "Cloud Inc")).toEqual(["acme", "far", "Cloud Inc"]);
    expect(wayTo(policy, "far", "acme")).toBeNull();
    expect(wayTo(policy, "acme", "other")).toBeNull();
    // a name alone is nobody that is sent to
    expect(wayTo(policy, "acme", "Acme")).toBeNull();
  });

  test("a recipient that nobody knows reaches nobody but itself", () => {
    const policy = among(one("acme", "Acme", ["far"]));
    expect(wayTo(policy, "gone", "far")).toBeNull();
    expect(wayTo(policy, "gone", "gone")).toEqual(["gone"]);
  });

  test.each([["FAR-LTD."], ["far ltd"], ["ＦＡＲ ＬＴＤ"]])("however it is spelled: %s", (written) => {
    const policy = among(one("acme", "Acme", [written]), one("f", "Far Ltd"));
    expect(wayTo(policy, "acme", "f")).toEqual(["acme", "f"]);
    expect(wayTo(among(one("acme", "Acme", [written])), "acme", "Far Ltd")).toEqual(["acme", written]);
  });

  test("under a name that two bear it may be either, the nearest way to it", () => {
    const policy = among(one("acme", "Acme", ["Far Ltd"]), one("far", "Far Ltd"), one("far2", "Far Ltd", ["far"]));
    expect(wayTo(policy, "acme", "far2")).toEqual(["acme", "far2"]);
    expect(wayTo(policy, "acme", "far")).toEqual(["acme", "far2"]);
  });

  test("ids that are spelled alike are alike", () => {
    const policy = among(one("acme", "Acme", ["far-1"]), one("far-1", "One"), one("far1", "Two"));
    expect(wayTo(policy, "acme", "far-1")).not.toBeNull();
    expect(wayTo(policy, "acme", "far1")).not.toBeNull();
  });

  test("asked again, and of another policy, it is the same", () => {
    const policy = among(one("acme", "Acme", ["far"]), one("far", "Far Ltd"));
    const other = among(one("acme", "Acme"), one("far", "Far Ltd"));
    for (let i = 0; i < 2; i += 1) {
      expect(wayTo(policy, "acme", "far")).toEqual(["acme", "far"]);
      expect(wayTo(other, "acme", "far")).toBeNull();
    }
  });

  test("more parties than are remembered", () => {
    const policy = among(one("acme", "Acme", ["far"]), one("far", "Far Ltd"));
    for (let n = 0; n < 4200; n += 1) expect(wayTo(policy, "acme", `p-${n}`)).toBeNull();
    expect(wayTo(policy, "acme", "far")).toEqual(["acme", "far"]);
  });
});

describe("all parties", () => {
  test("the recipient first, the nearest next, each once however it is written", () => {
    const far = one("far", "Far Ltd", ["acme", "Cloud Inc"], { restricted: true });
    const policy = among(one("acme", "Acme", ["far", "Far Ltd", "cloud inc."]), far);
    expect(partiesOf(policy, policy.recipients.get("acme")!)).toEqual([
      { names: ["acme", "acme"], restricted: false, passedOnAs: null, way: ["acme"] },
      { names: ["far", "farltd"], restricted: true, passedOnAs: "far", way: ["acme", "far"] },
      { names: ["cloudinc"], restricted: false, passedOnAs: "cloudinc", way: ["acme", "cloud inc."] },
    ]);
  });

  test("an id is one's own, whoever else is called so", () => {
    const policy = among(one("acme", "Acme", ["far"]), one("far", "Far Ltd"), one("x", "far"));
    expect(partiesOf(policy, policy.recipients.get("acme")!).map(({ way }) => way.at(-1))).toEqual(["acme", "far"]);
  });
});

test("named: as a recipient by its id, or by what somebody passes data on to", () => {
  const policy = among(one("acme", "Acme", ["Cloud Inc"]), one("far", "Far Ltd"));
  const named = (party: string) => isNamed(policy, party);
  for (let i = 0; i < 2; i += 1)
    expect(["acme", "far", "cloud-inc", "Cloud Inc"].map(named)).toEqual([true, true, true, true]);
  expect(["Acme", "Far Ltd", "nobody"].map(named)).toEqual([false, false, false]);
});
