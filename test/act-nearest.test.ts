// The nearest way out of a block: smallest, cheapest, and only what lifts every reason.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CATALOGUE } from "../src/act/messages/all.ts";
import { byEffort, CURES, effortOf } from "../src/act/messages/cures.ts";
import { REASONS_PER_CODE_MAX, wayOut } from "../src/act/nearest.ts";
import { REASONS_PER_CODE_MAX as DECIDED_MAX } from "../src/decide/reasons.ts";
import type { Reason } from "../src/words.ts";

const because = (code: string, about?: string): Reason => ({
  code,
  article: CATALOGUE[code]?.article ?? "",
  ...(about === undefined ? {} : { about }),
});
const stepsOf = (reasons: readonly Reason[], cures: readonly string[] = []) =>
  wayOut(reasons, cures).steps.map(({ cure }) => cure);

describe("the table of cures", () => {
  test("says of each, in both languages, what, who and how long", () => {
    for (const [id, { zh, en, who, lead }] of Object.entries(CURES)) {
      expect(
        [id, zh, lead.zh].slice(1).every((text) => /\p{Script=Han}/u.test(text)),
        id,
      ).toBe(true);
      expect(`${en}${lead.en}`, id).toMatch(/^[\x20-\x7e–]+$/);
      expect(["developer", "operator", "product", "lawyer"]).toContain(who);
    }
  });

  test("is in order of effort: a developer's minutes before an operator's hours before a mechanism", () => {
    const order = ["mend_request", "remove_field", "pseudonymize", "change_policy", "obtain_separate_consent"];
    expect(byEffort([...order].reverse())).toEqual(order);
    expect(byEffort(["record_mechanism", "complete_notice", "file_contract", "complete_notice"])).toEqual([
      "complete_notice",
      "file_contract",
      "record_mechanism",
    ]);
    expect(effortOf("unheard_of")).toBe(Object.keys(CURES).length);
  });
});

describe("the nearest way out", () => {
  test.each<[string, Reason[], string[], string[]]>([
    ["one reason, one cure", [because("CONSENT_MISSING")], ["obtain_separate_consent"], ["obtain_separate_consent"]],
    [
      "one reason, several cures: the least effort is the step, all suffice",
      [because("SCOPE_CATEGORY", "SCC-1")],
      ["remove_field"],
      ["remove_field", "pseudonymize", "amend_mechanism"],
    ],
    [
      "several reasons that one cure lifts",
      [because("SCOPE_RECIPIENT", "SCC-1"), because("SCOPE_PURPOSE", "SCC-1"), because("SCOPE_CATEGORY", "SCC-1")],
      ["amend_mechanism"],
      ["amend_mechanism"],
    ],
    [
      "two that have nothing in common",
      [because("CONSENT_MISSING"), because("PIPIA_MISSING")],
      ["obtain_separate_consent", "record_pipia"],
      [],
    ],
    [
      "consent lifts what the consent lacks, whichever the reason",
      [because("CONSENT_WITHDRAWN"), because("CONSENT_PURPOSE"), because("CONSENT_CATEGORY")],
      ["obtain_separate_consent"],
      ["obtain_separate_consent"],
    ],
    [
      "a basis that is not made out is not mended by consent",
      [because("BASIS_NOT_MADE_OUT")],
      ["correct_basis"],
      ["correct_basis"],
    ],
    ["no cure at all", [because("PROHIBITED_X1")], [], []],
    ["one without a cure among others", [because("PROHIBITED_X4"), because("CONSENT_MISSING")], [], []],
    ["a code that is in no catalogue", [because("constructor")], [], []],
  ])("%s", (_, reasons, steps, alone) => {
    expect(stepsOf(reasons)).toEqual(steps);
    expect(wayOut(reasons, []).alone).toEqual(alone);
  });

  test("of several mechanisms on file the one that lacks least", () => {
    const reasons = [
      because("MECH_EXPIRED", "OLD"),
      because("SC_FILING_OVERDUE", "OLD"),
      because("SCOPE_PURPOSE", "NEW"),
      because("CONSENT_MISSING", "support"),
    ];
    expect(wayOut(reasons, [])).toMatchObject({ mechanism: "NEW", alone: [] });
    expect(stepsOf(reasons)).toEqual(["obtain_separate_consent", "amend_mechanism"]);
  });

  test("either of two mechanisms, one cure each: both suffice", () => {
    const reasons = [because("MECH_EXPIRED", "A"), because("SC_FILING_REJECTED", "B")];
    expect(wayOut(reasons, [])).toMatchObject({ mechanism: "B", alone: ["file_contract", "renew_mechanism"] });
  });

  test("where reasons may have been cut, no mechanism is said to lack less than was seen", () => {
    expect(REASONS_PER_CODE_MAX).toBe(DECIDED_MAX);
    const cut = Array.from({ length: REASONS_PER_CODE_MAX }, (_, i) => because("SCOPE_PURPOSE", `M${i}`));
    expect(stepsOf([...cut, because("MECH_EXPIRED", "M16")])).toEqual(["renew_mechanism", "amend_mechanism"]);
  });

  test("a way around the law's question lifts the law's reasons, and only those", () => {
    const law = [because("MECH_EXPIRED", "SCC-1"), because("CONSENT_MISSING")];
    expect(wayOut(law, ["renew_mechanism", "obtain_separate_consent", "remove_field"]).alone).toEqual(["remove_field"]);
    expect(stepsOf([...law, because("NO_RULE_MATCHED")], ["remove_field"])).toEqual(["remove_field", "change_policy"]);
  });

  test("another reason's cure is no way around: only taking the field out is, and what is no cure's id", () => {
    const law = [because("CONSENT_MISSING")];
    expect(wayOut(law, ["record_pipia"]).alone).toEqual(["obtain_separate_consent"]);
    expect(wayOut(law, ["without /bank_card E7 applies"]).alone).toContain("without /bank_card E7 applies");
  });

  test("behind a prohibition or a failure nothing else was asked yet", () => {
    expect(wayOut([because("PROHIBITED_X2")], [])).toMatchObject({
      judgedAnew: true,
      alone: ["choose_other_recipient"],
    });
    expect(wayOut([because("json_invalid")], []).judgedAnew).toBe(true);
    expect(wayOut([because("CONSENT_MISSING")], []).judgedAnew).toBe(false);
  });

  test("each step says which reasons fall by it", () => {
    const reasons = [because("NOT_NECESSARY"), because("SCOPE_CATEGORY", "SCC-1"), because("PIPIA_MISSING")];
    expect(wayOut(reasons, []).steps).toEqual([
      { cure: "remove_field", lifts: reasons.slice(0, 2) },
      { cure: "record_pipia", lifts: reasons.slice(2) },
    ]);
  });

  test("any reasons: every reason falls by a step, no smaller choice does, and the order of reasons never shows", () => {
    const codes = Object.keys(CATALOGUE).filter((code) => CATALOGUE[code]!.cures.length > 0);
    const drawn = fc.array(fc.constantFrom(...codes), { minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(drawn, (list) => {
        const reasons = list.map((code) => because(code));
        const steps = stepsOf(reasons);
        const lifts = (chosen: readonly string[]) =>
          reasons.every(({ code }) => CATALOGUE[code]!.cures.some((cure) => chosen.includes(cure)));
        expect(lifts(steps)).toBe(true);
        expect(stepsOf([...reasons].reverse())).toEqual(steps);
        expect(byEffort(steps)).toEqual(steps);
        const every = [...new Set(reasons.flatMap(({ code }) => CATALOGUE[code]!.cures))];
        for (let mask = 0; mask < 2 ** Math.min(every.length, 10); mask++) {
          const chosen = every.filter((_, i) => (mask >> i) & 1);
          if (chosen.length < steps.length) expect(lifts(chosen)).toBe(false);
        }
      }),
    );
  });
});
