// What would help, by cure id, in order of effort: what stands first costs least. Law: an instruction to somebody who
// can carry it out; one list, and no other place ranks cures.

import type { Language } from "../../words.ts";

/** developer: of the service that sends; operator: of the gate; product: who talks to the people concerned. */
export type Who = "developer" | "operator" | "product" | "lawyer";

export interface Cure extends Readonly<Record<Language, string>> {
  readonly who: Who;
  /** How long it usually takes: the law's clock where there is one (SA Measures Arts. 7, 12; SC filing guide). */
  readonly lead: Readonly<Record<Language, string>>;
}

const MINUTES = { zh: "几分钟", en: "minutes" };
const HOURS = { zh: "几小时", en: "hours" };
const DAYS = { zh: "几天", en: "days" };

function cure(who: Who, lead: Cure["lead"], zh: string, en: string): Cure {
  return { who, lead, zh, en };
}

export const CURES: Readonly<Record<string, Cure>> = {
  mend_request: cure("developer", MINUTES, "改正请求", "mend the request"),
  check_destination: cure("developer", MINUTES, "检查地址的第一段", "check the first segment of the path"),
  check_key: cure("developer", MINUTES, "检查 X-Yumen-Key", "check X-Yumen-Key"),
  declare_purpose: cure("developer", MINUTES, "用 X-Yumen-Purpose 声明目的", "declare it with X-Yumen-Purpose"),
  drop_assertion: cure("developer", MINUTES, "去掉该 X-Yumen 头", "drop that X-Yumen header"),
  send_json: cure("developer", MINUTES, "改用 application/json", "send application/json"),
  send_utf8: cure("developer", MINUTES, "改用 UTF-8", "send UTF-8"),
  retry_later: cure("developer", MINUTES, "稍后重试", "retry later"),
  tell_operator: cure("developer", MINUTES, "把决策号告诉管理员", "give the operator the decision id"),
  remove_field: cure("developer", HOURS, "删去该字段", "remove the field"),
  move_to_body: cure("developer", HOURS, "把它移到正文", "move it into the body"),
  send_less: cure("developer", HOURS, "减小请求", "send less"),
  mend_rule: cure("operator", HOURS, "请管理员修好该规则", "ask the operator to mend the rule"),
  pseudonymize: cure("operator", HOURS, "让策略对该类信息作假名化", "let policy pseudonymize this kind"),
  update_law: cure(
    "operator",
    HOURS,
    "更新并复核法律数据 policies/law",
    "update and review the law data in policies/law",
  ),
  change_policy: cure("operator", DAYS, "请管理员修改策略", "ask the operator to change policy"),
  do_duty: cure(
    "operator",
    DAYS,
    "补做该义务并登记：yumen duties done",
    "do the duty and record it: yumen duties done",
  ),
  state_opening: cure(
    "operator",
    DAYS,
    "登记期初人数（可为零）：yumen counts open",
    "state the opening balance: yumen counts open",
  ),
  renew_paper: cure("lawyer", DAYS, "续签或重做该文件，更新策略里的日期", "renew it, then change its dates in policy"),
  declare_flow: cure(
    "operator",
    DAYS,
    "评估后写进策略的出境清单 inventory",
    "assess it, then write it into the policy's inventory",
  ),
  choose_other_recipient: cure("developer", DAYS, "改用其他接收方", "choose another recipient"),
  obtain_separate_consent: cure(
    "product",
    { zh: "当面几分钟；新做界面一两周", en: "minutes with the person there; a week or two to build the screen" },
    "取得单独同意后重试",
    "obtain separate consent, then retry",
  ),
  obtain_guardian_consent: cure(
    "product",
    { zh: "几天；新做界面一两周", en: "days; a week or two to build the screen" },
    "取得监护人同意后重试",
    "obtain the guardian's consent, then retry",
  ),
  complete_notice: cure("lawyer", DAYS, "补全告知", "complete the notice"),
  correct_basis: cure("lawyer", DAYS, "更正该目的的合法性基础", "correct the purpose's legal basis"),
  obtain_instruction: cure(
    "lawyer",
    { zh: "几天到两周", en: "days to two weeks" },
    "取得个人信息处理者的授权",
    "obtain the handler's instruction",
  ),
  extend_pipia: cure(
    "lawyer",
    { zh: "一两周", en: "a week or two" },
    "把这一情形补入影响评估",
    "extend the impact assessment to this scenario",
  ),
  record_pipia: cure(
    "lawyer",
    { zh: "两到六周；已做完的几分钟", en: "two to six weeks; minutes if it is done and only not on file" },
    "完成并登记影响评估",
    "carry out and record the impact assessment",
  ),
  await_effect: cure(
    "lawyer",
    { zh: "到文件上的生效日", en: "until the day of effect on the paper" },
    "等出境机制生效",
    "wait until the mechanism takes effect",
  ),
  file_contract: cure(
    "lawyer",
    { zh: "准备几天；省级网信办查验 15 个工作日", en: "days to prepare; 15 working days of provincial check" },
    "完成标准合同备案",
    "file the standard contract",
  ),
  renew_mechanism: cure("lawyer", { zh: "一到六个月", en: "one to six months" }, "续期出境机制", "renew the mechanism"),
  amend_mechanism: cure(
    "lawyer",
    { zh: "一到三个月", en: "one to three months" },
    "补充或重订出境机制并重新备案",
    "amend the mechanism and file it again",
  ),
  reinstate_mechanism: cure(
    "lawyer",
    { zh: "由认证机构定", en: "as the certifier decides" },
    "恢复被暂停的认证",
    "have the suspended certification reinstated",
  ),
  await_result: cure(
    "lawyer",
    { zh: "受理后 45 个工作日，可延长", en: "45 working days from acceptance, may be extended" },
    "等安全评估通过",
    "wait for the assessment's result",
  ),
  record_mechanism: cure(
    "lawyer",
    {
      zh: "标准合同一到三个月，认证两到六个月，安全评估三到九个月；已生效的几分钟",
      en: "contract 1–3 months, certification 2–6, assessment 3–9; minutes if in force and only not on file",
    },
    "登记一项适用的出境机制",
    "record a mechanism that serves this route",
  ),
  obtain_authority_approval: cure(
    "lawyer",
    { zh: "由主管机关定，没有法定期限", en: "as the authority decides: no statutory clock" },
    "取得主管机关批准",
    "obtain the authority's approval",
  ),
};

const RANKS = new Map(Object.keys(CURES).map((id, rank) => [id, rank]));

/** 0 costs least. What is not in the list comes behind all that is. */
export function effortOf(id: string): number {
  return RANKS.get(id) ?? RANKS.size;
}

/** @returns each once, least effort first. */
export function byEffort(ids: Iterable<string>): readonly string[] {
  return [...new Set(ids)].sort((a, b) => effortOf(a) - effortOf(b));
}
