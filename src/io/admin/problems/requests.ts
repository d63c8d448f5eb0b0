// Problems of a request as such, and of the gate behind it. Law: what happened, then what to do, in both languages.

import type { ProblemText } from "./all.ts";

export const REQUESTS = {
  request_malformed: {
    status: 400,
    means: { zh: "请求不是可读的 JSON。", en: "The request cannot be read as JSON." },
    cure: { zh: "发送 UTF-8 的 JSON。", en: "Send JSON in UTF-8." },
  },
  request_invalid: {
    status: 400,
    means: { zh: "有些字段不对，见 `errors`。", en: "Some fields are not as they should be; see `errors`." },
    cure: {
      zh: "按 `errors` 里的指针逐个改；字段的写法见 /openapi.json。",
      en: "Mend the fields that the pointers in `errors` name; /openapi.json has their forms.",
    },
  },
  line_unreadable: {
    status: 400,
    means: { zh: "这一行超过 64 KiB，或不是 UTF-8。", en: "The line is longer than 64 KiB, or no UTF-8." },
    cure: { zh: "改好这一行再发；其余各行不受影响。", en: "Mend the line and send it again; the others stand." },
  },
  token_unknown: {
    status: 401,
    means: { zh: "令牌缺失、不认识，或已经到期、停用。", en: "The token is missing, unknown, ended or disabled." },
    cure: {
      zh: "带上 Authorization: Bearer <令牌>；到期就由本人 rotate，丢了就请人重新给席位（docs/identities.md）。",
      en: "Send Authorization: Bearer <token>. Rotate it before it ends; lost, be seated again (docs/identities.md).",
    },
  },
  role_insufficient: {
    status: 403,
    means: { zh: "这个角色不能做这件事。", en: "The role may not do this." },
    cure: {
      zh: "请有这个角色的人来做。谁能做什么：yumen identity list。",
      en: "Ask somebody who has the role: yumen identity list.",
    },
  },
  not_found: {
    status: 404,
    means: { zh: "这里没有这个页面。", en: "There is no such page here." },
    cure: { zh: "看 /openapi.json 里的路径。", en: "See the paths in /openapi.json." },
  },
  body_too_large: {
    status: 413,
    means: { zh: "请求体超过 64 KiB。", en: "The body is larger than 64 KiB." },
    cure: {
      zh: "分几次发；许多条用 NDJSON 的批量路径。",
      en: "Send it in parts; for many items take the NDJSON routes.",
    },
  },
  media_type_unsupported: {
    status: 415,
    means: { zh: "内容类型不对。", en: "The body is of a media type that is not taken here." },
    cure: {
      zh: "用 application/json；收行的路径用 application/x-ndjson。",
      en: "Send application/json, or application/x-ndjson where lines are taken.",
    },
  },
  rate_limited: {
    status: 429,
    means: {
      zh: "这个地址失败得太多，或正在进行的登录太多。",
      en: "Too many failures from this address, or too many sign-ins under way.",
    },
    cure: {
      zh: "等一分钟（Retry-After）。对的令牌、对的签名始终放行。",
      en: "Wait a minute (Retry-After). A right token or signature passes all the same.",
    },
  },
  internal: {
    status: 500,
    means: { zh: "网关出错，什么都没有确认。", en: "The gate failed. Nothing is confirmed." },
    cure: { zh: "再试一次；仍然出错就看网关的日志。", en: "Try again; where it stays, look at the gate's log." },
  },
  ledger_unavailable: {
    status: 503,
    means: {
      zh: "台账写不进去，所以不作答复为成功。",
      en: "The ledger takes no entry, so nothing is answered as done.",
    },
    cure: {
      zh: "看磁盘是否已满，修好后用同一个 id 再发。",
      en: "See whether the disk is full; then send it again under the same id.",
    },
  },
  store_unavailable: {
    status: 503,
    means: { zh: "存储没有应答。", en: "The store gives no answer." },
    cure: {
      zh: "什么都没有丢：再发一次。持续不好就看 /readyz。",
      en: "Nothing is lost: send it again. Where it stays, see /readyz.",
    },
  },
} as const satisfies Readonly<Record<string, ProblemText>>;
