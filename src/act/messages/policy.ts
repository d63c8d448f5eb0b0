// Reasons of the gate's own rules, and requests that policy does not know how to carry. Law: what decide and flow
// can say, and nothing else; tests compare.

import type { Message } from "./entry.ts";

const SECURITY = "PIPL Art.51";

/** Nobody read it, and nobody signed for it on this way. */
function unread(zh: string, en: string): Message {
  return {
    status: 415,
    fault: "caller",
    article: SECURITY,
    cures: ["remove_field", "change_policy"],
    says: { zh: `有网关读不了的内容：${zh}`, en: `there is content that the gate cannot read: ${en}` },
  };
}

export const POLICY_MESSAGES = {
  CREDENTIAL_FOUND: {
    status: 403,
    fault: "caller",
    article: SECURITY,
    cures: ["remove_field"],
    says: { zh: "内容中有密钥或口令", en: "the content holds a credential" },
  },
  PI_IN_HEAD: {
    status: 403,
    fault: "caller",
    article: SECURITY,
    cures: ["move_to_body", "remove_field"],
    says: {
      zh: "地址或头部中有个人信息，无法安全改写",
      en: "personal information stands in the path, query or a header, where it cannot be rewritten",
    },
  },
  PI_IN_FILE: {
    status: 403,
    fault: "caller",
    article: SECURITY,
    cures: ["remove_field"],
    says: {
      zh: "文件里有个人信息，文件只检查、不改写",
      en: "personal information stands in a file, which is read and never rewritten",
    },
  },
  OPAQUE_IMAGE: unread("图片", "a picture"),
  OPAQUE_AUDIO: unread("录音", "a recording"),
  OPAQUE_VIDEO: unread("视频", "a film"),
  OPAQUE_ARCHIVE: unread("打不开的压缩包", "an archive that cannot be opened"),
  OPAQUE_DATASET: unread("二进制数据集或数据库", "a binary dataset or database"),
  OPAQUE_DOCUMENT: unread(
    "打不开的文档（加密、损坏或旧格式）",
    "a document that cannot be opened (encrypted, broken or old)",
  ),
  OPAQUE_MODEL_WEIGHTS: unread("模型权重", "model weights"),
  OPAQUE_UNKNOWN: unread("不明的二进制内容", "a binary of no known kind"),
  LAW_NOT_REVIEWED: {
    status: 403,
    fault: "operator",
    article: "PIPL Art.38",
    cures: ["update_law", "change_policy"],
    says: {
      zh: "这一天的法律数据尚无人复核，策略要求拦截",
      en: "nobody has reviewed the law data for this date, and policy blocks then",
    },
  },
  CALENDAR_UNKNOWN: {
    status: 403,
    fault: "operator",
    article: "SC Measures Art.7",
    cures: ["update_law", "change_policy"],
    says: {
      zh: "备案期限所需的工作日历尚未公布，策略要求拦截",
      en: "the calendar for the filing deadline is not published yet, and policy blocks then",
    },
  },
  RULE_FAILED: {
    status: 403,
    fault: "operator",
    article: SECURITY,
    cures: ["mend_rule"],
    says: { zh: "一条规则执行出错，出错即禁止", en: "a rule failed, and a rule that fails forbids" },
  },
  CONSENT_FEED_STALE: {
    status: 403,
    fault: "gate",
    article: "PIPL Art.15",
    cures: ["retry_later"],
    says: {
      zh: "同意记录不是最新的，撤回可能未到达",
      en: "the consent record is not up to date: a withdrawal may be missing",
    },
  },
  CONSENT_NOTICE_SUPERSEDED: {
    status: 403,
    fault: "exporter",
    article: "PIPL Art.14",
    cures: ["obtain_separate_consent"],
    says: {
      zh: "告知已作实质性变更，之前的同意不再有效",
      en: "the notice was changed in what matters, and this consent was given on the text before",
    },
  },
  COUNT_NOT_OPENED: {
    status: 403,
    fault: "operator",
    article: "Provisions Art.5(1)(4)",
    cures: ["state_opening", "change_policy"],
    says: {
      zh: "其他渠道今年出境的人数还没有登记，不能按人数免予申报",
      en: "the people that other channels sent this year are not stated, so there is no exemption by number",
    },
  },
  DUTY_OVERDUE: {
    status: 403,
    fault: "operator",
    article: SECURITY,
    cures: ["do_duty", "change_policy"],
    says: { zh: "有义务逾期未做，策略要求停止", en: "a duty is overdue, and policy stops this way until it is done" },
  },
  PAPER_LAPSED: {
    status: 403,
    fault: "exporter",
    article: SECURITY,
    cures: ["renew_paper", "change_policy"],
    says: {
      zh: "这条路所依据的文件已过期或尚未生效，策略要求停止",
      en: "a paper that this way rests on has ended or not begun, and policy stops it then",
    },
  },
  DRIFT_UNDECLARED: {
    status: 403,
    fault: "operator",
    article: "PIPL Arts.55, 56",
    cures: ["declare_flow", "remove_field"],
    says: {
      zh: "出境清单里没有这一项，策略要求拦截",
      en: "the policy's inventory does not know of this, and policy blocks then",
    },
  },
  POLICY_FORBIDS: {
    status: 403,
    fault: "operator",
    article: SECURITY,
    cures: ["change_policy"],
    says: { zh: "策略禁止", en: "policy forbids it" },
  },
  NO_RULE_MATCHED: {
    status: 403,
    fault: "operator",
    article: SECURITY,
    cures: ["change_policy"],
    says: { zh: "没有规则允许", en: "no rule permits it" },
  },
  RESIDUAL_PI: {
    status: 403,
    fault: "gate",
    article: SECURITY,
    cures: ["remove_field"],
    says: { zh: "替换后仍发现个人信息", en: "personal information was left after replacing" },
  },

  exporter_not_allowed: {
    status: 403,
    fault: "caller",
    article: "",
    cures: ["change_policy"],
    says: { zh: "该调用方不得代表该个人信息处理者发送", en: "this caller may not send for that exporter" },
  },
  purpose_not_allowed: {
    status: 403,
    fault: "caller",
    article: "",
    cures: ["change_policy"],
    says: { zh: "该调用方不得以该目的发送", en: "this caller may not send for that purpose" },
  },
  assertion_not_allowed: {
    status: 403,
    fault: "caller",
    article: "",
    cures: ["drop_assertion", "change_policy"],
    says: { zh: "该调用方不得声明此项", en: "this caller may not assert that" },
  },
  operation_not_allowed: {
    status: 403,
    fault: "caller",
    article: "",
    cures: ["change_policy"],
    says: { zh: "该目的地不允许此操作", en: "the destination does not allow this operation" },
  },
  destination_not_allowed: {
    status: 403,
    fault: "caller",
    article: "",
    cures: ["change_policy"],
    says: { zh: "该调用方不得使用该目的地", en: "this caller may not use that destination" },
  },
  recipient_ambiguous: {
    status: 403,
    fault: "operator",
    article: "PIPL Art.39",
    cures: ["change_policy"],
    says: {
      zh: "策略对该模型或区域写了不止一个接收方",
      en: "policy names several recipients for this model or region",
    },
  },
  force_impossible: {
    status: 403,
    fault: "caller",
    article: "PIPL Art.6",
    cures: ["mend_request", "change_policy"],
    says: {
      zh: "策略要求在内容中写定某个值，而这里无法写入",
      en: "policy sets a value in what leaves, and it cannot be set in this body",
    },
  },
  model_unreadable: {
    status: 400,
    fault: "caller",
    article: "",
    cures: ["mend_request"],
    says: {
      zh: "策略要看所用的模型，而这份正文里读不准模型名",
      en: "policy depends on the model, and this body does not name it in a way that is certain",
    },
  },
  subject_malformed: {
    status: 400,
    fault: "caller",
    article: "",
    cures: ["mend_request"],
    says: { zh: "X-Yumen-Subject 格式不对", en: "X-Yumen-Subject is malformed" },
  },
  purpose_missing: {
    status: 400,
    fault: "caller",
    article: "PIPL Art.6",
    cures: ["declare_purpose"],
    says: { zh: "没有声明目的", en: "no purpose is declared" },
  },
} as const satisfies Readonly<Record<string, Message>>;
