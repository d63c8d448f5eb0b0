// Problems of consents, counts, duties, stops and releases. Law: as in requests.ts.

import type { ProblemText } from "./all.ts";

export const RECORDS = {
  event_known: {
    status: 409,
    means: {
      zh: "这个 id 已属于另一条同意事件（人、接收方、目的或动作不同），什么都没有记录。",
      en: "Another event has this id: of another person, recipient, purpose or action. Nothing was recorded.",
    },
    cure: { zh: "每条事件一个 id；重发同一条用原来的 id。", en: "One id an event; the same again for the same." },
  },
  events_full: {
    status: 409,
    means: {
      zh: "这个人的事件已到上限，不再收授予；撤回总是收的。",
      en: "So many events of one person are recorded that no grant is taken any more; a withdrawal always is.",
    },
    cure: { zh: "查来源为何反复发送同一个人。", en: "See why the source sends so much of one person." },
  },
  identifiers_full: {
    status: 409,
    means: {
      zh: "一个人没有这么多标识，什么都没有关联、没有记录。",
      en: "So many identifiers are no one person's. Nothing was linked, and nothing recorded.",
    },
    cure: { zh: "查是否把公用号码当成了一个人的。", en: "See whether a shared number was taken for one person's." },
  },
  signature_wrong: {
    status: 401,
    means: { zh: "没有这个来源，或签名不是它的。", en: "There is no such source, or the signature is not its own." },
    cure: {
      zh: "核对两边的密钥、签名的头和时间戳（docs/consent.md）；改了文件后 POST /v1/sources/reload。",
      en: "Compare secret, header and timestamp (docs/consent.md); after a change POST /v1/sources/reload.",
    },
  },
  some_refused: {
    status: 422,
    means: {
      zh: "其中一些没有收下，见 `errors`；其余的已记录。",
      en: "Some of it could not be taken; see `errors`. The rest is recorded.",
    },
    cure: {
      zh: "按指针改好那几条再发；重复的不会记两次。",
      en: "Mend those and send them again; what is known is not recorded twice.",
    },
  },
  sources_invalid: {
    status: 422,
    means: {
      zh: "consent-sources.yaml 不合格，原来的来源继续有效。",
      en: "consent-sources.yaml does not hold; the sources before stand.",
    },
    cure: { zh: "原因在网关的日志里。", en: "The reason stands in the gate's log." },
  },
  correction_too_large: {
    status: 409,
    means: {
      zh: "这一类、这个接收方没有以数字申报过这么多人。",
      en: "So many people were not stated as a number, in this class and for this recipient.",
    },
    cure: { zh: "看 yumen counts，改小。", en: "See yumen counts, and take back less." },
  },
  opening_shrinks: {
    status: 409,
    means: {
      zh: "这个来源之前申报的人数更多；减少要两个人。",
      en: "This source has stated more people before: only two people take a number back.",
    },
    cure: { zh: "提议 correction，由另一人批准。", en: "Propose the action correction; somebody else approves." },
  },
  duty_unknown: {
    status: 404,
    means: { zh: "现在没有这一项义务。", en: "There is no such item now." },
    cure: { zh: "yumen duties。", en: "yumen duties." },
  },
  duty_settled: {
    status: 409,
    means: { zh: "它已经以另一种方式了结。", en: "It was settled already, in another way." },
    cure: { zh: "不用再做；要改就在下一期。", en: "Nothing is to be done; the next one comes by itself." },
  },
  duty_not_yet: {
    status: 409,
    means: {
      zh: "离到期太远，到期前六十天内才能了结。",
      en: "It is too far ahead to be settled: from sixty days before its day on.",
    },
    cure: { zh: "到时候再做。", en: "Come back then." },
  },
  duty_not_to_do: {
    status: 409,
    means: { zh: "这一项没有要做的事，只是要保存到那天。", en: "Nothing is to be done there but to keep it." },
    cure: { zh: "不用做什么。", en: "Nothing." },
  },
  drift_unknown: {
    status: 404,
    means: { zh: "没有这一项新情况。", en: "There is no such item of drift." },
    cure: { zh: "yumen drift。", en: "yumen drift." },
  },
  drift_settled: {
    status: 409,
    means: { zh: "它已经以另一种方式了结。", en: "It was settled already, in another way." },
    cure: { zh: "看它的状态：yumen drift。", en: "See what became of it: yumen drift." },
  },
  hold_known: {
    status: 409,
    means: { zh: "这个 id 已是另一道停止命令。", en: "Another hold has this id." },
    cure: { zh: "换一个 id，或不给。", en: "Take another id, or none." },
  },
  hold_lifted: {
    status: 409,
    means: {
      zh: "这个 id 的停止已由两个人解除，现在什么都没有停。",
      en: "Two people have lifted the hold of this id: nothing is shut.",
    },
    cure: { zh: "用新的 id 再停一次。", en: "Stop it again under another id." },
  },
  hold_unwritten: {
    status: 503,
    means: {
      zh: "停止命令没能写下来；在这个进程结束前，这条路是停的。",
      en: "The order to stop could not be written down; the way is shut until this process ends.",
    },
    cure: { zh: "用同一个 id 再发一次。", en: "Send it again with the same id." },
  },
  file_remains: {
    status: 409,
    means: { zh: "下停止命令的文件还在目录里。", en: "The file that orders this stop still lies in the folder." },
    cure: { zh: "先移走文件，再批准一次。", en: "Remove it, then approve again." },
  },
  release_unknown: {
    status: 404,
    means: { zh: "没有这个放行。", en: "There is no such release." },
    cure: { zh: "yumen release list。", en: "yumen release list." },
  },
} as const satisfies Readonly<Record<string, ProblemText>>;
