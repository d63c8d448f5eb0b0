// Problems of identities, seats, sign-ins and of what takes two people. Law: as in requests.ts.

import type { ProblemText } from "./all.ts";

export const PEOPLE = {
  identity_known: {
    status: 409,
    means: { zh: "这个 id 已经有人用，或是首次启动的三个之一。", en: "The id is taken, or one of the first start." },
    cure: { zh: "换一个 id。", en: "Take another id." },
  },
  identity_disabled: {
    status: 409,
    means: { zh: "这个身份已停用，不能再启用。", en: "The identity is disabled, for ever." },
    cure: { zh: "用新的 id 另加一个。", en: "Add another, under another id." },
  },
  identity_unusable: {
    status: 403,
    means: { zh: "身份提供方给的 id 不能用作 id。", en: "The claim of the identity's id is no id." },
    cure: { zh: "在 --oidc 的 idClaim 里选一个合格的声明。", en: "Name a claim that is one: idClaim of --oidc." },
  },
  own_identity: {
    status: 409,
    means: { zh: "不能停用自己。", en: "Nobody ends the identity that asks." },
    cure: { zh: "请另一位管理员来停用。", en: "Another admin does it." },
  },
  key_taken: {
    status: 409,
    means: { zh: "这把钥匙（令牌的摘要）已属于别的身份。", en: "Another identity has this key." },
    cure: {
      zh: "每人自己生成：yumen identity key <id>。",
      en: "Each holder makes one of her own: yumen identity key <id>.",
    },
  },
  two_people_needed: {
    status: 409,
    means: {
      zh: "一位管理员独自只能加审计员和系统，也不能替别人换令牌；参与双人事项的身份要两个人给席位。",
      en: "One admin alone makes auditors and systems only, and no token of anybody who has a part in what takes two.",
    },
    cure: {
      zh: "本人 yumen identity key；管理员 yumen identity add … --key 提议，另一人批准；或在网关的机器上 identity seat。",
      en: "She runs yumen identity key, an admin identity add … --key, another approves. Or: yumen identity seat.",
    },
  },
  seat_newer: {
    status: 409,
    means: {
      zh: "之后又给过新的席位，旧的不再补做。",
      en: "It has been seated anew since; the older seat is not finished.",
    },
    cure: { zh: "要换就重新提议。", en: "Propose it again if it should be replaced." },
  },
  person_unvouched: {
    status: 403,
    means: {
      zh: "没有人担保这是另一个人：这个身份没有席位，可能和给它令牌的管理员是同一个人。",
      en: "Nobody vouches that this is a person of its own: it has no seat, and may be the admin who made it.",
    },
    cure: {
      zh: "请两个人（或网关的机器）给它席位：docs/identities.md。",
      en: "Have it seated, by two people or on the gate's machine: docs/identities.md.",
    },
  },
  second_person_absent: {
    status: 409,
    means: { zh: "还没有第二个人能批准。", en: "There is no second person yet who could approve it." },
    cure: {
      zh: "在网关的机器上：yumen identity seat <id> --roles approver --key sha256:… --data <数据目录>。",
      en: "On the machine of the gate: yumen identity seat <id> --roles approver --key sha256:… --data <data folder>.",
    },
  },
  second_person_needed: {
    status: 403,
    means: {
      zh: "要由另一个人批准：不能是提议人自己；一边用令牌、一边用登录也不行，没有人担保那是两个人。",
      en: "Somebody else must approve: not who proposed it, nor by a sign-in where a token proposed, or the reverse.",
    },
    cure: {
      zh: "请另一位有席位的人（或同样登录的人）批准。",
      en: "Ask another who has a seat, or who signs in as the proposer did.",
    },
  },
  proposer_gone: {
    status: 409,
    means: {
      zh: "提议人之后被停用或换了席位，或当时没有席位。",
      en: "Who proposed it has been disabled or seated anew since, or had no seat.",
    },
    cure: { zh: "重新提议。", en: "Propose it again." },
  },
  proposal_unknown: {
    status: 404,
    means: { zh: "没有这个提议。", en: "There is no such proposal." },
    cure: { zh: "yumen proposal list。", en: "yumen proposal list." },
  },
  proposal_known: {
    status: 409,
    means: { zh: "这个 id 已是另一个提议。", en: "Another proposal has this id." },
    cure: { zh: "换一个 id，或不给。", en: "Take another id, or none." },
  },
  proposal_changed: {
    status: 409,
    means: { zh: "这不是当时给你看的提议。", en: "This is not the proposal that was shown." },
    cure: {
      zh: "再看一遍：yumen proposal show <id>，用那里的摘要批准。",
      en: "Look at it again: yumen proposal show <id>; approve with the digest there.",
    },
  },
  proposal_expired: {
    status: 409,
    means: { zh: "过了时限。", en: "Its time is over." },
    cure: { zh: "重新提议。", en: "Propose it again." },
  },
  proposal_closed: {
    status: 409,
    means: { zh: "已经批准、完成或撤回。", en: "It is approved, done or withdrawn already." },
    cure: { zh: "看它的状态：yumen proposal show <id>。", en: "See what became of it: yumen proposal show <id>." },
  },
  action_unknown: {
    status: 409,
    means: { zh: "这个版本不认识所提议的事项。", en: "This version does not know what it proposes." },
    cure: { zh: "升级，或撤回它。", en: "Upgrade, or withdraw it." },
  },
  mfa_required: {
    status: 403,
    means: {
      zh: "身份提供方没有说用了第二个因素。",
      en: "The identity provider does not say that a second factor was used.",
    },
    cure: {
      zh: "用第二个因素登录；或在 --oidc 里写明哪个 amr、acr 算数。",
      en: "Sign in with one; or say in --oidc which amr or acr counts as one.",
    },
  },
  sign_in_unknown: {
    status: 404,
    means: { zh: "这个网关没有接身份提供方。", en: "This gate has no identity provider." },
    cure: { zh: "yumen start --oidc FILE，或用令牌。", en: "yumen start --oidc FILE, or use a token." },
  },
  sign_in_refused: {
    status: 403,
    means: {
      zh: "没有这次登录，代码不对，或身份提供方的答复站不住。",
      en: "No such sign-in is under way, its code is wrong, or the identity provider's answer does not hold.",
    },
    cure: {
      zh: "重新 yumen login，十分钟内输入页面上的代码。",
      en: "yumen login again, and enter the code of its last page within ten minutes.",
    },
  },
  provider_unreachable: {
    status: 502,
    means: { zh: "连不上身份提供方。", en: "The identity provider cannot be reached." },
    cure: { zh: "稍后再试；查 issuer 与网络。", en: "Try again; look at the issuer and the network." },
  },
  file_unreadable: {
    status: 400,
    means: {
      zh: "席位文件读不了，或别人也能读写。",
      en: "The file of the seat cannot be read, or others can read or write it.",
    },
    cure: {
      zh: "属主设为网关的用户，权限 0600，重新放入。",
      en: "Give it to the gate's user, mode 0600, and lay it there again.",
    },
  },
} as const satisfies Readonly<Record<string, ProblemText>>;
