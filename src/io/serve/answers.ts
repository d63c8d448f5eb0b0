// What the gate itself answers when no provider's dialect is known: JSON, zh or en, never a byte of the request.

import type { CrossingId, Language } from "../../words.ts";
import { CODES, type GateCode } from "../errors.ts";

const MESSAGES: Readonly<Record<GateCode, Readonly<Record<Language, string>>>> = {
  request_malformed: { zh: "请求不符合 HTTP 规范或存在歧义", en: "The request is malformed or ambiguous" },
  method_not_allowed: { zh: "不支持该请求方法", en: "The method is not allowed" },
  upgrade_unsupported: { zh: "不支持 WebSocket", en: "WebSocket is not carried" },
  head_too_large: { zh: "请求头过大", en: "The request head is too large" },
  body_too_large: { zh: "请求体超出限制", en: "The request body is over the limit" },
  request_timeout: { zh: "请求未在时限内到齐", en: "The request did not arrive in time" },
  body_too_costly: { zh: "检查请求体所需的时间或内存超出限制", en: "Reading the body takes more than one body may" },
  caller_gone: { zh: "调用方已断开连接", en: "The caller went away" },
  caller_unknown: { zh: "调用方身份未通过验证", en: "The caller is not authenticated" },
  rate_limited: { zh: "失败次数过多，请稍后再试", en: "Too many failures, try again later" },
  destination_unknown: { zh: "未配置该目的地", en: "The destination is not configured" },
  store_unavailable: { zh: "存储不可用，已拒绝放行", en: "A store is unavailable: nothing leaves" },
  ledger_unavailable: { zh: "账本不可用，已拒绝放行", en: "The ledger is unavailable: nothing leaves" },
  gate_busy: { zh: "同时检查的大请求体太多", en: "Too many large bodies at once" },
  reader_lost: { zh: "检查请求体的线程意外终止", en: "The thread that read the body ended unexpectedly" },
  way_suspended: { zh: "这条去向已被要求停止", en: "This way was ordered to stop" },
  draining: { zh: "网关正在停机", en: "The gate is shutting down" },
  internal: { zh: "网关内部错误，已拒绝放行", en: "Internal error: nothing leaves" },
  upstream_unreachable: { zh: "无法连接境外接收方", en: "The recipient cannot be reached" },
  upstream_timeout: { zh: "境外接收方响应超时", en: "The recipient did not answer in time" },
  upstream_truncated: { zh: "境外接收方的响应不完整", en: "The recipient's answer was cut short" },
  answer_unreadable: { zh: "境外接收方的响应无法解读", en: "The recipient's answer cannot be read" },
  policy_invalid: { zh: "策略无效", en: "The policy is invalid" },
};

/** The sentence for a code. */
export function messageOf(code: GateCode, language: Language): string {
  return MESSAGES[code][language];
}

/**
 * `{"error":{"code","message","decision"?}}`, UTF-8.
 * @param detail a constant text of the gate's own, never of the request; "" for none.
 */
export function errorBody(code: GateCode, detail: string, language: Language, id: CrossingId | null): Buffer {
  const sentence = MESSAGES[code][language];
  const message = detail === "" ? sentence : `${sentence}${language === "zh" ? "：" : ": "}${detail}`;
  return Buffer.from(JSON.stringify({ error: id === null ? { code, message } : { code, message, decision: id } }));
}

/** Header pairs for such an answer; content-length comes from the body. */
export function errorHeaders(code: GateCode, language: Language, id: CrossingId | null): string[] {
  const headers = ["content-type", "application/json; charset=utf-8", "content-language", language];
  if (code === "method_not_allowed") headers.push("allow", "GET, HEAD, POST, PUT, PATCH, DELETE");
  if (code === "rate_limited") headers.push("retry-after", "60");
  if (CODES[code].fault === "caller") headers.push("x-should-retry", "false");
  if (id !== null) headers.push("x-yumen-decision", id);
  return headers;
}

/** The whole answer as bytes, for a connection on which node parsed no request. The connection closes after it. */
export function rawAnswer(code: GateCode, detail: string, language: Language): Buffer {
  const body = errorBody(code, detail, language, null);
  const pairs = errorHeaders(code, language, null);
  let head = `HTTP/1.1 ${CODES[code].status} ${REASONS[CODES[code].status] ?? "Error"}\r\n`;
  for (let i = 0; i < pairs.length; i += 2) head += `${pairs[i]}: ${pairs[i + 1]}\r\n`;
  return Buffer.concat([Buffer.from(`${head}content-length: ${body.length}\r\nconnection: close\r\n\r\n`), body]);
}

/** What node's parser failed with. */
export function codeOf(error: NodeJS.ErrnoException): GateCode {
  if (error.code === "HPE_HEADER_OVERFLOW") return "head_too_large";
  return error.code === "ERR_HTTP_REQUEST_TIMEOUT" ? "request_timeout" : "request_malformed";
}

const REASONS: Readonly<Record<number, string>> = {
  400: "Bad Request",
  405: "Method Not Allowed",
  408: "Request Timeout",
  431: "Request Header Fields Too Large",
};
