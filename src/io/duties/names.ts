// What each kind of dated item is called. Law: a kind that somebody may be told of has a name in both languages.

import type { DatedDuty, OwnKind, PaperKind } from "../../words.ts";
import type { Text } from "../policy/problem.ts";

export const KIND_NAMES: Readonly<Record<PaperKind | OwnKind, Text>> = {
  filing: { zh: "标准合同备案", en: "file the standard contract" },
  refiling: { zh: "变更后重新备案或申报", en: "file or declare the change" },
  "pipia-for-filing": { zh: "影响评估须在备案前三个月内完成", en: "the PIPIA is fresh enough to be filed until then" },
  "mechanism-end": { zh: "出境机制到期", en: "the mechanism ends" },
  "extension-opens": { zh: "可以申请延长安全评估有效期", en: "an extension of the assessment may be asked for" },
  "extension-half": { zh: "申请延长的期限已过一半", en: "half of the time to ask for an extension is over" },
  renewal: { zh: "申请认证续期", en: "ask for the renewal of the certificate" },
  "pipia-kept": { zh: "影响评估报告保存至此日", en: "the PIPIA is kept until then" },
  "contract-end": { zh: "合同到期", en: "the contract ends" },
  "due-diligence-end": { zh: "接收方尽职调查到期", en: "look into the recipient again" },
  "document-end": { zh: "文件到期", en: "the document ends" },
  "document-kept": { zh: "文件保存至此日", en: "the document is kept until then" },
  "claim-end": { zh: "豁免、证明、批准或登记到期", en: "an exemption, proof, approval or registration ends" },
  "trial-end": { zh: "试行结束", en: "the trial ends" },
  deletion: { zh: "取得接收方的删除证明", en: "get the recipient's certificate of deletion" },
  "access-review": { zh: "访问权限复核", en: "access review" },
  "surveillance-audit": { zh: "年度监督审核", en: "surveillance audit" },
  "compliance-audit": { zh: "合规审计", en: "compliance audit" },
  drill: { zh: "应急演练", en: "incident drill" },
  "minors-audit": { zh: "未成年人个人信息合规审计", en: "minors' audit" },
  localisation: { zh: "境内存储声明", en: "attest that the primary store is in the mainland" },
  "contract-review": { zh: "合同履行检查", en: "contract review" },
  "due-diligence": { zh: "接收方尽职调查", en: "due diligence on the recipient" },
  "deletion-certificate": { zh: "删除证明", en: "certificate of deletion" },
  training: { zh: "培训", en: "training" },
  other: { zh: "其他义务", en: "another duty" },
};

/** In words: the duty's own, or those of its kind. */
export function whatOf({ kind, own }: Pick<DatedDuty, "kind" | "own">): Text {
  return own?.what ?? KIND_NAMES[kind];
}
