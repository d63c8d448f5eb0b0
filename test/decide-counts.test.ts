// What decide makes of the year's count: an opening balance that is wanted, and numbers that policy declares.

import { describe, expect, test } from "vitest";
import { decide } from "../src/decide/decide.ts";
import type { Case, Policy } from "../src/words.ts";
import { CONTRACT, caseOf, finding, policyOf } from "./decide/cases.ts";

const mobile = finding("cn-mobile");
const card = finding("bank-card");
const counts = (more: Partial<Case["counts"]> = {}) => ({ nonSensitive: 0, sensitive: 0, gross: 0, ...more });

describe("without an opening balance", () => {
  const strict = policyOf({ withoutOpening: "block" });
  const codes = (policy: Policy, findings = [mobile], more: Partial<Case["counts"]> = {}) =>
    decide(caseOf(findings, { policy, counts: counts(more) })).reasons.map(({ code }) => code);

  test("the volume exemption rests, where policy asks for one", () => {
    expect(codes(strict)).toEqual(["COUNT_NOT_OPENED"]);
    expect(codes(strict, [mobile], { opened: true })).toEqual([]);
    expect(codes(policyOf())).toEqual([]);
  });

  test("what rests on something else goes: a contract, or nobody in it", () => {
    const contract = { ...strict, mechanisms: [CONTRACT] };
    expect(codes(contract, [card])).toEqual([]);
    expect(codes(strict, [])).toEqual([]);
  });
});

describe("flows that policy declares past the gate", () => {
  const flow = {
    ...{ id: "export", name: "CRM export", exporter: "shop", recipient: "acme", purpose: "support" },
    ...{ kinds: ["cn-mobile"], owner: "crm", peopleAYear: { nonSensitive: 60_000, sensitive: 9_000 } },
  };
  const declared = (more: object = {}, change: Partial<Policy> = {}) =>
    policyOf({ outsideFlows: [{ ...flow, ...more }], ...change });
  const legalOf = (policy: Policy, nonSensitive: number, findings = [mobile]) =>
    decide(caseOf(findings, { policy, counts: counts({ nonSensitive, gross: nonSensitive }) })).legal;

  test("are in the count: the line is reached so much earlier, and the store is told what is left", () => {
    expect(legalOf(declared(), 39_998)).toMatchObject({ rule: "E7", limit: { nonSensitive: 39_999, sensitive: null } });
    expect(legalOf(declared(), 39_999).rule).toBe("C1");
    expect(legalOf(policyOf(), 39_999).rule).toBe("E7");
    const two = [flow, { ...flow, id: "other", peopleAYear: { nonSensitive: 10, sensitive: 0 } }];
    expect(legalOf(policyOf({ outsideFlows: two }), 0).limit.nonSensitive).toBe(39_989);
  });

  test("sensitive people too", () => {
    expect(legalOf(declared(), 0, [card]).rule).toBe("C2");
    expect(legalOf(declared({ peopleAYear: { nonSensitive: 0, sensitive: 9_999 } }), 0, [card]).rule).toBe("S4");
  });

  test("not those of another company, nor what stays in the mainland", () => {
    expect(legalOf(declared({ exporter: "other" }), 99_998).rule).toBe("E7");
    const home = policyOf().recipients.get("acme")!;
    const recipients = new Map([...policyOf().recipients, ["home", { ...home, id: "home", country: "CN" }]]);
    expect(legalOf(declared({ recipient: "home" }, { recipients }), 99_998).rule).toBe("E7");
  });

  test("fill a contract's scale where they go to its recipients", () => {
    const mechanisms = [{ ...CONTRACT, scope: { ...CONTRACT.scope, maxNonSensitive: 60_005 } }];
    const at = (nonSensitive: number, more: object = {}) =>
      decide(
        caseOf([mobile], {
          policy: declared(more, { mechanisms }),
          counts: counts({
            nonSensitive: 400_000,
            scoped: [{ recipients: ["acme"], nonSensitive, sensitive: 0 }],
          }),
        }),
      );
    expect(at(4).legal).toMatchObject({
      mechanism: "sc-1",
      limit: { nonSensitive: 939_999, scoped: [{ recipients: ["acme"], nonSensitive: 5, sensitive: null }] },
    });
    expect(at(5).reasons.map(({ code }) => code)).toContain("SCOPE_VOLUME");
    expect(at(5, { recipient: "beta" }).legal.mechanism).toBe("sc-1");
  });
});
