// Anthropic messages on the wire (docs.anthropic.com: messages, streaming).
// Law of this file: one content block; a ping follows its start, as the real service sends it.

import type { Ask } from "./ask.ts";
import { type Dialect, type Frame, type Says, tokensOf } from "./dialect.ts";

const ERROR_TYPES: Readonly<Record<number, string>> = {
  401: "authentication_error",
  403: "permission_error",
  404: "not_found_error",
  413: "request_too_large",
  429: "rate_limit_error",
  529: "overloaded_error",
};

export const anthropic: Dialect = {
  whole: (ask, says) =>
    JSON.stringify({
      ...head(ask, says),
      content: [
        says.tool ? { ...block(ask, says), input: JSON.parse(says.text) as object } : { type: "text", text: says.text },
      ],
      stop_reason: stopReason(says),
      stop_sequence: null,
      usage: usage(ask, tokensOf([says.text])),
    }),
  frames,
  error: (status, message, serial) => {
    const type = ERROR_TYPES[status] ?? (status >= 500 ? "api_error" : "invalid_request_error");
    return JSON.stringify({ type: "error", error: { type, message }, request_id: `req_${serial}` });
  },
  requestId: (serial) => ["request-id", `req_${serial}`],
};

function* frames(ask: Ask, says: Says): Generator<Frame> {
  const message = { ...head(ask, says), content: [], stop_reason: null, stop_sequence: null, usage: usage(ask, 1) };
  yield event("open", "message_start", { message });
  yield event("open", "content_block_start", { index: 0, content_block: block(ask, says) });
  yield event("open", "ping", {});
  for (const piece of says.pieces(0)) {
    const delta = says.tool ? { type: "input_json_delta", partial_json: piece } : { type: "text_delta", text: piece };
    yield event("delta", "content_block_delta", { index: 0, delta });
  }
  yield event("close", "content_block_stop", { index: 0 });
  const delta = { stop_reason: stopReason(says), stop_sequence: null };
  yield event("close", "message_delta", { delta, usage: { output_tokens: tokensOf([says.text]) } });
  yield event("close", "message_stop", {});
}

function event(step: Frame["step"], type: string, members: object): Frame {
  return { step, text: `event: ${type}\ndata: ${JSON.stringify({ type, ...members })}\n\n` };
}

function head(ask: Ask, says: Says): object {
  return { id: `msg_${says.serial}`, type: "message", role: "assistant", model: ask.model };
}

/** The block as a stream opens it: still empty. */
function block(ask: Ask, says: Says): object {
  if (!says.tool) return { type: "text", text: "" };
  return { type: "tool_use", id: `toolu_${says.serial}`, name: ask.tool, input: {} };
}

function stopReason(says: Says): string {
  return says.tool ? "tool_use" : "end_turn";
}

function usage(ask: Ask, outputTokens: number): object {
  return {
    input_tokens: tokensOf(ask.texts),
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    output_tokens: outputTokens,
  };
}
