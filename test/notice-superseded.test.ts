// A consent on a text that was changed in what matters (PIPL Art. 14 para 2): whose notice, which version, from which
// day, and of whom it is told.

import { describe, expect, test } from "vitest";
import { isVoid, supersededNotice } from "../src/decide/rules/superseded-notice/rule.ts";
import type { Case, ConsentState, Finding, Notice } from "../src/words.ts";
import { caseOf, consent, finding, individual, policyOf } from "./decide/cases.ts";

const DAY = "2026-05-12";
const change = (version: string, on: string, material = true) => ({ version, on, material });
const NOTICE = policyOf().notices[0]!;
const notice = (more: Partial<Notice> = {}): Notice =>
  ({
    ...NOTICE,
    id: "n",
    version: "3",
    supersedes: [change("1", "2026-03-01"), change("2", "2026-05-01")],
    ...more,
  }) as Notice;
const given = (version: string | null, givenAt: string): Pick<ConsentState, "notice" | "givenAt"> => ({
  notice: version === null ? null : { id: "n", version },
  givenAt,
});

describe("a version that is known: the change after it decides, whenever consent was given", () => {
  test.each<[string, string, boolean]>([
    ["3", "the one in force", false],
    ["2", "replaced", true],
    ["1", "replaced twice", true],
  ])("version %s: %s", (version, _, expected) => {
    expect(isVoid(notice(), given(version, "2026-05-11T00:00:00.000Z"), DAY)).toBe(expected);
  });

  test("from the day of the change on, and only if it was material", () => {
    const two = notice({ supersedes: [change("1", "2026-03-01", false), change("2", "2026-05-12")] });
    const on = (version: string, day: string) => isVoid(two, given(version, "2026-01-01T00:00:00.000Z"), day);
    expect([on("2", "2026-05-11"), on("2", "2026-05-12"), on("2", "2026-05-13")]).toEqual([false, true, true]);
    expect([on("1", "2026-05-11"), on("1", "2026-05-12")]).toEqual([false, true]);
    const slight = notice({ supersedes: [change("1", "2026-03-01"), change("2", "2026-05-01", false)] });
    expect(isVoid(slight, given("2", "2026-01-01T00:00:00.000Z"), DAY)).toBe(false);
  });
});

describe("a version that nobody knows, or none: the Beijing day of consent decides", () => {
  test.each<[string, string | null, string, boolean]>([
    ["on the day of the last change", "x", "2026-04-30T16:00:00.000Z", false],
    ["the day before, in Beijing", "x", "2026-04-30T15:59:59.999Z", true],
    ["no text on record", null, "2026-04-30T15:59:59.999Z", true],
    ["no text on record, later", null, "2026-05-02T00:00:00.000Z", false],
  ])("%s", (_, version, givenAt, expected) => {
    expect(isVoid(notice(), given(version, givenAt), DAY)).toBe(expected);
  });

  test("a change that is still to come voids nothing; one of today does", () => {
    const from = (on: string) =>
      isVoid(notice({ supersedes: [change("1", on)] }), given(null, "2026-01-01T00:00:00.000Z"), DAY);
    expect([from("2026-05-11"), from("2026-05-12"), from("2026-05-13")]).toEqual([true, true, false]);
    expect(
      isVoid(notice({ supersedes: [change("1", DAY, false)] }), given(null, "2026-01-01T00:00:00.000Z"), DAY),
    ).toBe(false);
    expect(isVoid(NOTICE, given(null, "2020-01-01T00:00:00.000Z"), DAY)).toBe(false);
  });
});

describe("in a Case", () => {
  const OLD = { id: "n", version: "1" };
  function told(notices: readonly Notice[], shown: ConsentState["notice"], more: Partial<Case> = {}): string[] | null {
    const c = caseOf([finding("cn-mobile")], {
      policy: policyOf({ notices }),
      individuals: [individual(0, [0], { consent: consent({ notice: shown }) })],
      ...more,
    });
    const opinion = supersededNotice.judge(c);
    return opinion === null
      ? null
      : opinion.reasons.map(({ code, about, path, type }) => `${code} ${about} ${path} ${type}`);
  }
  const VOID = ["CONSENT_NOTICE_SUPERSEDED n /cn-mobile cn-mobile"];

  test("the notice that was shown, by its id", () => {
    expect(told([notice()], OLD)).toEqual(VOID);
    expect(told([notice()], { id: "n", version: "3" })).toBeNull();
    expect(told([notice({ id: "m" })], OLD)).toBeNull();
    expect(told([NOTICE], OLD)).toBeNull();
  });

  test.each<[string, Partial<Notice>, boolean]>([
    ["of this way", {}, true],
    ["of another recipient", { recipients: ["other"] }, false],
    ["of another purpose", { purposes: ["other"] }, false],
    ["of another company", { exporters: ["other"] }, false],
    ["of ours by name", { exporters: ["shop"] }, true],
  ])("none on record: the notice %s", (_, more, expected) => {
    expect(told([notice(more)], null)).toEqual(expected ? VOID : null);
  });

  test("the first of several that were changed is told; one that was not says nothing", () => {
    const both = [notice({ id: "a" }), notice({ id: "b" })];
    expect(told(both, null)).toEqual(["CONSENT_NOTICE_SUPERSEDED a /cn-mobile cn-mobile"]);
    const later = notice({ id: "a", supersedes: [change("1", "2026-12-01")] });
    expect(told([later, notice({ id: "b" })], null)).toEqual(["CONSENT_NOTICE_SUPERSEDED b /cn-mobile cn-mobile"]);
  });

  test("told of each person at the first finding that is about him or her", () => {
    const findings: Finding[] = [
      finding("uscc"),
      finding("cn-mobile"),
      finding("person"),
      finding("cn-mobile", { path: "/b" }),
    ];
    const individuals = [
      individual(0, [0, 1, 2], { consent: consent({ notice: OLD }) }),
      individual(1, [3], { consent: consent({ notice: OLD }) }),
      individual(2, [0], { consent: consent({ notice: OLD }) }),
      individual(3, [3], { consent: null }),
      individual(4, [2], { consent: consent({ notice: { id: "n", version: "3" } }) }),
    ];
    const c = caseOf(findings, { policy: policyOf({ notices: [notice()] }), individuals });
    expect(supersededNotice.judge(c)).toMatchObject({
      ...{ effect: "forbid", rule: "superseded-notice" },
      reasons: [
        { path: "/cn-mobile", type: "cn-mobile" },
        { path: "/b", type: "cn-mobile" },
      ],
    });
    expect(supersededNotice.judge(c)?.reasons).toHaveLength(2);
  });

  test("asked again under the same policy, and under another", () => {
    for (let i = 0; i < 2; i += 1) {
      expect(told([notice()], OLD)).toEqual(VOID);
      expect(told([NOTICE], OLD)).toBeNull();
    }
  });

  test("where consent is not what it rests on, nothing is said", () => {
    const booked = { legalBasis: "contract", contract: { individualIsParty: true, necessary: true } } as const;
    const purpose = { ...policyOf().purposes.get("support")!, basis: booked };
    const policy = policyOf({ notices: [notice()], purposes: new Map([["support", purpose]]) });
    expect(told([notice()], OLD, { policy })).toBeNull();
  });
});
