// Reasons of the law (law.md §3, §5, §6): the exporter's record does not allow the transfer. Law of this file: articles
// and cures are those of src/law/reasons.ts; a test compares.

import type { Message } from "./entry.ts";

const MEND = ["amend_mechanism"];
const CONSENT = ["obtain_separate_consent"];

function law(article: string, cures: readonly string[], zh: string, en: string): Message {
  return { status: 403, fault: "exporter", article, cures, says: { zh, en } };
}

export const LAW_MESSAGES = {
  PROHIBITED_X1: law(
    "NDSMR Art.63 / DSL Art.21",
    [],
    "核心数据和国家秘密不经本网关出境",
    "core data and state secrets never leave through this gate",
  ),
  PROHIBITED_X2: law(
    "PIPL Art.42",
    ["choose_other_recipient"],
    "接收方在限制或禁止提供清单上",
    "the recipient is on the restricted list",
  ),
  PROHIBITED_X3: law(
    "PIPL Art.41 / DSL Art.36",
    ["obtain_authority_approval"],
    "向外国司法或执法机构提供数据须经主管机关批准",
    "data for a foreign judicial or law-enforcement request needs approval in China",
  ),
  PROHIBITED_X4: law(
    "SA Measures Art.17 / Provisions Art.12",
    [],
    "主管部门或本单位已要求停止该出境活动",
    "this transfer was ordered to stop, by an authority or by the company",
  ),
  NO_MECHANISM: law(
    "PIPL Art.38",
    ["record_mechanism"],
    "没有登记安全评估、标准合同或认证",
    "no security assessment, standard contract or certification is on record",
  ),
  SCOPE_EXPORTER: law(
    "PIPL Art.38",
    ["record_mechanism", "amend_mechanism"],
    "已登记的出境机制不属于该个人信息处理者",
    "the mechanism on record belongs to another exporter",
  ),
  MECH_NOT_ALLOWED_FOR_ROUTE: law(
    "Provisions Arts.7-8",
    ["record_mechanism"],
    "已登记的机制种类不适用于这一路径",
    "the kind of mechanism on record does not serve this route",
  ),
  MECH_PENDING: law(
    "SA Measures Art.12 / PIPL Art.38",
    ["await_result"],
    "安全评估尚未通过",
    "the security assessment has not been passed yet",
  ),
  MECH_REVOKED: law(
    "SA Measures Art.17 / SC template Art.7 / Cert Measures Art.10",
    ["record_mechanism"],
    "出境机制已终止或撤销",
    "the mechanism was terminated or revoked",
  ),
  MECH_SUSPENDED: law("Cert Measures Art.10", ["reinstate_mechanism"], "认证已暂停", "the certification is suspended"),
  MECH_NOT_YET_EFFECTIVE: law(
    "SC Measures Art.6 / PIPL Art.38",
    ["await_effect"],
    "出境机制尚未生效",
    "the mechanism is not in effect yet",
  ),
  MECH_EXPIRED: law(
    "Provisions Art.9 / Cert Measures Art.8",
    ["renew_mechanism"],
    "出境机制已过有效期",
    "the mechanism has expired",
  ),
  SC_FILING_REJECTED: law(
    "SC Measures Art.7 / NDSMR Art.35(3)",
    ["file_contract"],
    "标准合同备案未获通过",
    "the filing of the standard contract was rejected",
  ),
  SC_FILING_OVERDUE: law(
    "SC Measures Art.7 / NDSMR Art.35(3)",
    ["file_contract"],
    "标准合同生效后十个工作日内未备案",
    "the standard contract was not filed within ten working days",
  ),
  SC_TEMPLATE_MODIFIED: law(
    "SC Measures Art.6",
    MEND,
    "标准合同的范本条款被改动",
    "the standard contract's template terms were changed",
  ),
  MECH_CHANGE_NOT_REFILED: law(
    "SA Measures Art.14 / SC Measures Art.8",
    MEND,
    "情况变化后没有重新申报或备案",
    "a change was not declared or filed again",
  ),
  SCOPE_RECIPIENT: law(
    "NDSMR Art.38 / SC template Appendix I(1)",
    MEND,
    "出境机制不包括该接收方",
    "the mechanism does not name this recipient",
  ),
  SCOPE_PURPOSE: law(
    "NDSMR Art.38 / SC template Appendix I(2)",
    MEND,
    "出境机制不包括该目的",
    "the mechanism does not cover this purpose",
  ),
  SCOPE_CATEGORY: law(
    "NDSMR Art.38 / SC template Appendix I(4)(5)",
    ["pseudonymize", "remove_field", "amend_mechanism"],
    "出境机制不包括该类个人信息",
    "the mechanism does not cover this kind of personal information",
  ),
  SCOPE_VOLUME: law(
    "NDSMR Art.38 / SC template Appendix I(3)",
    MEND,
    "人数超过出境机制的规模",
    "the number of people passes the mechanism's scale",
  ),
  SCOPE_ONWARD: law(
    "SA Measures Art.9(3) / SC template Art.3(8)",
    MEND,
    "再转移的接收方不在出境机制内",
    "an onward recipient is not in the mechanism",
  ),
  PROCESSOR_NOT_AUTHORISED: law(
    "PIPL Arts.21, 59",
    ["obtain_instruction"],
    "受托人未获个人信息处理者的授权",
    "the entrusted processor has no instruction from the handler",
  ),
  BASIS_NOT_MADE_OUT: law(
    "PIPL Art.13",
    ["correct_basis"],
    "所主张的合法性基础不成立",
    "the legal basis claimed is not made out",
  ),
  CONSENT_MISSING: law(
    "PIPL Art.39",
    CONSENT,
    "没有该个人的单独同意",
    "this individual has not given separate consent",
  ),
  CONSENT_NOT_SEPARATE: law(
    "PIPL Art.39 / NDSMR Art.62(7)",
    CONSENT,
    "同意不是单独作出的",
    "the consent was bundled, not separate",
  ),
  CONSENT_WITHDRAWN: law("PIPL Art.15", CONSENT, "该个人已撤回同意", "this individual withdrew consent"),
  CONSENT_EXPIRED: law("PIPL Art.14", CONSENT, "同意已过期", "the consent has expired"),
  CONSENT_RECIPIENT: law("PIPL Arts.23, 39", CONSENT, "同意不包括该接收方", "the consent does not name this recipient"),
  CONSENT_PURPOSE: law("PIPL Art.14", CONSENT, "同意不包括该目的", "the consent does not cover this purpose"),
  CONSENT_CATEGORY: law(
    "PIPL Arts.14, 29",
    ["obtain_separate_consent", "remove_field"],
    "同意不包括该类个人信息",
    "the consent does not cover this kind of personal information",
  ),
  GUARDIAN_CONSENT_MISSING: law(
    "PIPL Art.31",
    ["obtain_guardian_consent"],
    "不满十四周岁，缺少监护人同意",
    "the individual is under 14 and no guardian has consented",
  ),
  SENSITIVE_NOTICE_MISSING: law(
    "PIPL Art.30",
    ["complete_notice"],
    "没有告知处理敏感个人信息的必要性和影响",
    "the necessity and impact of sensitive information were not told",
  ),
  NOTICE_INCOMPLETE: law("PIPL Arts.17, 39", ["complete_notice"], "告知事项不全", "the notice lacks required items"),
  PIPIA_MISSING: law(
    "PIPL Arts.55, 56",
    ["record_pipia"],
    "没有个人信息保护影响评估",
    "no impact assessment (PIPIA) is on record",
  ),
  PIPIA_NOT_COVERING: law(
    "PIPL Arts.55, 56",
    ["extend_pipia"],
    "个人信息保护影响评估不包括这一情形",
    "the impact assessment (PIPIA) does not cover this scenario",
  ),
  NOT_NECESSARY: law(
    "PIPL Art.6",
    ["pseudonymize", "remove_field"],
    "该类个人信息不是该目的所必需",
    "this kind of information is not necessary for the purpose",
  ),
} as const satisfies Readonly<Record<string, Message>>;
