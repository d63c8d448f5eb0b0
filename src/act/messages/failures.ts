// What cannot be read (law 2), and failures of the world. Law of this file: codes and statuses are those of words.ts
// (Unreadable) and io/errors.ts; tests compare.

import type { Fault, Message } from "./entry.ts";

function failure(status: number, fault: Fault, cures: readonly string[], zh: string, en: string): Message {
  return { status, fault, article: "", cures, says: { zh, en } };
}

export const FAILURE_MESSAGES = {
  body_too_large: failure(413, "caller", ["send_less"], "正文超过上限", "the body is over the limit"),
  encoding_unsupported: failure(
    415,
    "caller",
    ["mend_request"],
    "不支持的 Content-Encoding",
    "the Content-Encoding is not supported",
  ),
  encoding_broken: failure(
    400,
    "caller",
    ["mend_request"],
    "正文与其 Content-Encoding 不符",
    "the body does not match its Content-Encoding",
  ),
  media_type_unsupported: failure(
    415,
    "caller",
    ["send_json"],
    "网关读不了这种内容类型",
    "the gate cannot read this media type",
  ),
  body_invalid: failure(
    400,
    "caller",
    ["mend_request"],
    "正文与其内容类型不符",
    "the body is not well-formed for its media type",
  ),
  json_invalid: failure(400, "caller", ["mend_request"], "JSON 无效", "the JSON is invalid"),
  json_ambiguous: failure(
    400,
    "caller",
    ["mend_request"],
    "JSON 有歧义，不同解析器会读出不同内容",
    "the JSON is ambiguous: parsers would read it differently",
  ),
  json_too_deep: failure(400, "caller", ["mend_request"], "JSON 嵌套过深", "the JSON is nested too deeply"),
  charset_unsupported: failure(415, "caller", ["send_utf8"], "不支持的字符集", "the charset is not supported"),
  content_opaque: failure(
    415,
    "caller",
    ["remove_field"],
    "正文里有读不了的内容（图片、音频或文件的 base64）",
    "the body carries content that cannot be read (base64 of an image, audio or a file)",
  ),
  file_unreadable: failure(
    415,
    "caller",
    ["send_less", "remove_field"],
    "有一个文件没能在时间和内存的限度内读完",
    "a file could not be read within the limits of time and memory",
  ),
  target_ambiguous: failure(400, "caller", ["mend_request"], "请求地址有歧义", "the request target is ambiguous"),

  request_malformed: failure(
    400,
    "caller",
    ["mend_request"],
    "请求不合 HTTP 规范",
    "the request is not well-formed HTTP",
  ),
  method_not_allowed: failure(405, "caller", ["mend_request"], "不允许的方法", "the method is not allowed"),
  upgrade_unsupported: failure(
    501,
    "caller",
    ["mend_request"],
    "不支持 WebSocket：请改用 HTTP 接口",
    "WebSocket is not carried: use the API over HTTP",
  ),
  head_too_large: failure(431, "caller", ["send_less"], "请求头过大", "the request head is too large"),
  request_timeout: failure(408, "caller", ["retry_later"], "请求没有及时发完", "the request did not arrive in time"),
  body_too_costly: failure(
    413,
    "caller",
    ["send_less"],
    "检查这份正文用的时间或内存超过上限",
    "reading the body takes more time or memory than one body may",
  ),
  // nobody is there to be told: it stands in the ledger
  caller_gone: failure(
    499,
    "caller",
    ["retry_later"],
    "调用方在内容离开之前断开了连接",
    "the caller went away before anything left",
  ),
  caller_unknown: failure(401, "caller", ["check_key"], "调用方未经认证", "the caller is not authenticated"),
  rate_limited: failure(429, "caller", ["retry_later"], "请求过多", "too many requests"),
  destination_unknown: failure(404, "caller", ["check_destination"], "没有这个目的地", "there is no such destination"),
  store_unavailable: failure(
    503,
    "gate",
    ["retry_later"],
    "存储不可用，网关关闭出境",
    "the store is unavailable: nothing leaves",
  ),
  ledger_unavailable: failure(
    503,
    "gate",
    ["retry_later"],
    "台账写不进，网关关闭出境",
    "the ledger cannot be written: nothing leaves",
  ),
  gate_busy: failure(
    503,
    "gate",
    ["retry_later"],
    "同时要检查的大正文太多",
    "too many large bodies are being read at once",
  ),
  reader_lost: failure(
    503,
    "gate",
    ["retry_later", "tell_operator"],
    "检查这份正文的线程意外终止",
    "the thread that read the body ended unexpectedly",
  ),
  way_suspended: failure(
    403,
    "gate",
    ["tell_operator"],
    "这条去向在途中被要求停止",
    "the way was ordered to stop while this was under way",
  ),
  draining: failure(503, "gate", ["retry_later"], "网关正在停机", "the gate is shutting down"),
  internal: failure(500, "gate", ["tell_operator"], "网关内部错误", "the gate failed"),
  upstream_unreachable: failure(502, "upstream", ["retry_later"], "连不上目的地", "the destination cannot be reached"),
  upstream_timeout: failure(
    504,
    "upstream",
    ["retry_later"],
    "目的地没有及时答复",
    "the destination did not answer in time",
  ),
  upstream_truncated: failure(
    502,
    "upstream",
    ["retry_later"],
    "目的地的答复中断了",
    "the destination's answer was cut off",
  ),
  answer_unreadable: failure(
    502,
    "upstream",
    ["tell_operator"],
    "目的地的答复无法还原",
    "the destination's answer cannot be restored",
  ),
  policy_invalid: failure(500, "gate", ["tell_operator"], "策略无效", "the policy is invalid"),
} as const satisfies Readonly<Record<string, Message>>;
