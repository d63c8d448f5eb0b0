// What the caller is told: every code in both languages, never too long, never a value.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { KINDS } from "../src/act/kinds.ts";
import { CATALOGUE } from "../src/act/messages/all.ts";
import { articleIn } from "../src/act/messages/articles.ts";
import { CURES } from "../src/act/messages/cures.ts";
import { MESSAGE_UNITS_MAX, refuse, refuseCode } from "../src/act/refuse.ts";
import { CATALOGUE as DECIDED } from "../src/decide/reasons.ts";
import { CODES } from "../src/io/errors.ts";
import { REASONS } from "../src/law/reasons.ts";
import type { CrossingId, Language, Misrouted, Reason, Unreadable } from "../src/words.ts";

const decision = "dec_01JD7Q0000000000000000000" as CrossingId;
const languages: readonly Language[] = ["zh", "en"];
/** What helps, how near it is, or that nothing does. */
const HELP = /What helps: |First: |conditions? away: |Nothing lifts|先要：|怎么办：|差一项：|还差 |无法解除/;

describe("the catalogue", () => {
  test("says what the law and decide say: same codes, articles and cures", () => {
    const ours = Object.fromEntries(
      Object.keys({ ...REASONS, ...DECIDED }).map((code) => [
        code,
        CATALOGUE[code] && { article: CATALOGUE[code].article, cures: [...CATALOGUE[code].cures] },
      ]),
    );
    expect(ours).toEqual(
      Object.fromEntries(
        Object.entries({ ...REASONS, ...DECIDED }).map(([code, { article, cures }]) => [
          code,
          { article, cures: [...cures] },
        ]),
      ),
    );
  });

  test("has every failure of the gate, with its status and whose fault it is", () => {
    const ours = Object.fromEntries(
      Object.keys(CODES).map((code) => [
        code,
        CATALOGUE[code] && { status: CATALOGUE[code].status, fault: CATALOGUE[code].fault },
      ]),
    );
    expect(ours).toEqual(CODES);
  });

  // Complete by the compiler: a code that words.ts gains or loses is an error here.
  const unreadable: Record<Unreadable["code"], number> = {
    body_too_large: 413,
    encoding_unsupported: 415,
    encoding_broken: 400,
    media_type_unsupported: 415,
    body_invalid: 400,
    json_invalid: 400,
    json_ambiguous: 400,
    json_too_deep: 400,
    charset_unsupported: 415,
    content_opaque: 415,
    file_unreadable: 415,
    target_ambiguous: 400,
  };
  const misrouted: Record<Misrouted["code"], number> = {
    destination_unknown: 404,
    exporter_not_allowed: 403,
    purpose_not_allowed: 403,
    assertion_not_allowed: 403,
    operation_not_allowed: 403,
    destination_not_allowed: 403,
    recipient_ambiguous: 403,
    force_impossible: 403,
    model_unreadable: 400,
    subject_malformed: 400,
    purpose_missing: 400,
  };

  test.each(Object.entries({ ...unreadable, ...misrouted }))("%s is %i", (code, status) => {
    expect(CATALOGUE[code]?.status).toBe(status);
    expect(refuseCode({ decision, language: "en", code, detail: "" })).toMatchObject({ status, code });
  });

  test("every cure is known in both languages, every sentence is one without a full stop", () => {
    for (const [code, { says, cures }] of Object.entries(CATALOGUE)) {
      for (const cure of cures) expect(CURES[cure], `${code}: ${cure}`).toBeDefined();
      for (const language of languages) expect(says[language], code).toMatch(/^[^.。\n]+[^.。\s]$/);
      expect(says.zh).toMatch(/\p{Script=Han}/u);
    }
    const used = new Set(Object.values(CATALOGUE).flatMap(({ cures }) => cures));
    expect(Object.keys(CURES).filter((cure) => !used.has(cure))).toEqual([]);
  });
});

describe("a block", () => {
  const reasons: Reason[] = [
    { code: "CONSENT_MISSING", article: "PIPL Art.39", path: "/messages/3/content", type: "cn-id" },
    { code: "CONSENT_MISSING", article: "PIPL Art.39", path: "/messages/4/content", type: "cn-mobile" },
    { code: "NO_MECHANISM", article: "PIPL Art.38", about: "openai-us" },
  ];
  const blocked = { decision, reasons, cures: ["obtain_separate_consent", "remove_field"], destination: "openai" };

  test("in Chinese", () => {
    expect(refuse({ ...blocked, language: "zh" })).toEqual({
      decision,
      status: 403,
      code: "consent_missing",
      param: "/messages/3/content",
      reasons,
      message:
        `出境已拦截，目的地 openai（决策 ${decision}）。/messages/3/content 中的身份证号：没有该个人的单独同意（依据《个人信息保护法》第39条）。` +
        "没有登记安全评估、标准合同或认证 [openai-us]（依据《个人信息保护法》第38条）。只差一项：删去该字段。",
    });
  });

  test("in English", () => {
    expect(refuse({ ...blocked, language: "en" }).message).toBe(
      `Blocked from leaving China for openai (decision ${decision}). /messages/3/content, resident ID number: this individual has not given separate consent (PIPL Art.39). ` +
        "no security assessment, standard contract or certification is on record [openai-us] (PIPL Art.38). One condition away: remove the field.",
    );
  });

  test("without cures, those of the reasons; a cure that is no id as it stands; no reasons at all", () => {
    expect(refuse({ ...blocked, cures: [], language: "en" }).message).toContain(
      "2 conditions away: obtain separate consent, then retry; and record a mechanism that serves this route.",
    );
    expect(refuse({ ...blocked, cures: ["without /bank_card E7 applies"], language: "en" }).message).toContain(
      "without /bank_card E7 applies",
    );
    expect(refuse({ decision, language: "zh", reasons: [], cures: [] })).toMatchObject({
      status: 403,
      code: "no_rule_matched",
      param: null,
    });
  });

  test("any reasons: at most 400 units, one line, with the decision, the first reason and a cure", () => {
    const reason = fc.record(
      {
        code: fc.oneof(fc.constantFrom(...Object.keys(CATALOGUE)), fc.constantFrom("UNHEARD_OF", "constructor")),
        article: fc.constantFrom("", "PIPL Art.39", "SA Measures Art.17 / SC template Art.7 / Cert Measures Art.10"),
        path: fc.oneof(fc.string(), fc.string({ minLength: 300 }), fc.constant("/messages/0/content")),
        type: fc.constantFrom(...Object.keys(KINDS), "unheard-of"),
        about: fc.string(),
      },
      { requiredKeys: ["code", "article"] },
    );
    fc.assert(
      fc.property(
        fc.array(reason),
        fc.array(fc.oneof(fc.constantFrom(...Object.keys(CURES)), fc.string())),
        fc.constantFrom(...languages),
        (list, cures, language) => {
          const { message } = refuse({ decision, language, reasons: list, cures, destination: "d".repeat(100) });
          expect(message.length).toBeLessThanOrEqual(MESSAGE_UNITS_MAX);
          expect(message).toContain(decision);
          expect(message).not.toMatch(/[\u0000-\u001f\u2028\u2029]/);
          if (cures.length > 0) expect(message).toMatch(HELP);
        },
      ),
    );
  });

  test("every code of the catalogue fits whole, in both languages, with a long path and three cures", () => {
    for (const [code, { article, cures, says }] of Object.entries(CATALOGUE)) {
      for (const language of languages) {
        const path = `/messages/12/content/3/${"x".repeat(40)}`;
        const { message } = refuse({
          decision,
          language,
          reasons: [{ code, article, path, type: "cn-id" }],
          cures,
          destination: "openai-us",
        });
        expect(message).toContain(says[language]);
        if (cures.length > 0) expect(message).toContain(CURES[cures[0]!]![language]);
        expect(message.endsWith("。") || message.endsWith(".")).toBe(true);
      }
    }
  });
});

describe("a failure", () => {
  test("names the code and the detail; an unknown code is told as internal", () => {
    expect(
      refuseCode({ decision, language: "zh", code: "json_ambiguous", detail: "duplicate member at byte 12" }).message,
    ).toBe(
      `请求未出境（决策 ${decision}）。JSON 有歧义，不同解析器会读出不同内容（duplicate member at byte 12）。怎么办：改正请求。`,
    );
    expect(refuseCode({ decision, language: "en", code: "unheard_of", detail: "" })).toMatchObject({
      status: 500,
      code: "unheard_of",
    });
    expect(refuseCode({ decision, language: "en", code: "toString", detail: "" }).status).toBe(500);
  });
});

test.each([
  ["PIPL Art.39", "《个人信息保护法》第39条"],
  ["PIPL Arts.23, 39", "《个人信息保护法》第23、39条"],
  ["Provisions Arts.7-8", "《促进和规范数据跨境流动规定》第7-8条"],
  ["SC Measures Art.7 / NDSMR Art.35(3)", "《个人信息出境标准合同办法》第7条、《网络数据安全管理条例》第35(3)条"],
  ["NDSMR Art.38 / SC template Appendix I(4)(5)", "《网络数据安全管理条例》第38条、标准合同范本附录一(4)(5)"],
  ["Something else 3", "Something else 3"],
])("%s is %s", (en, zh) => {
  expect(articleIn("zh", en)).toBe(zh);
  expect(articleIn("en", en)).toBe(en);
});

test("a name of a member that holds digits or an address, glued to letters, is not told", () => {
  const told = (path: string) => {
    const reasons: Reason[] = [{ code: "CONSENT_MISSING", article: "PIPL Art.39", path, type: "cn-mobile" }];
    return refuse({ decision, language: "en", reasons, cures: [] });
  };
  for (const name of ["id_13812345678", "a110105194912310021", "x+li@qq.com"]) {
    const refusal = told(`/users/12/${name}/tel`);
    expect(refusal.param).toBe("/users/12/*/tel");
    expect(JSON.stringify(refusal)).not.toContain(name);
  }
  expect(told("/messages/123456/content_2024").param).toBe("/messages/123456/content_2024");
  expect(told("/姓名/手机号").param).toBe("/姓名/手机号");
});
