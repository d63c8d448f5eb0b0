// OpenAI chat completions on the wire (platform.openai.com/docs/api-reference/chat, chat/streaming).
// Law of this file: with n choices every choice says the whole text, interleaved; usage follows only when asked for.

import type { Ask } from "./ask.ts";
import { type Dialect, type Frame, type Says, tokensOf } from "./dialect.ts";

const ERROR_TYPES: Readonly<Record<number, string>> = {
  401: "invalid_request_error",
  403: "invalid_request_error",
  429: "requests",
};

export const openai: Dialect = {
  whole: (ask, says) =>
    JSON.stringify({
      ...head(ask, says, "chat.completion"),
      choices: numbers(ask.choices).map((index) => ({
        index,
        message: message(ask, says),
        logprobs: null,
        finish_reason: finish(says),
      })),
      usage: usage(ask, says),
    }),
  frames,
  error: (status, message) => {
    const type = ERROR_TYPES[status] ?? (status >= 500 ? "server_error" : "invalid_request_error");
    return JSON.stringify({ error: { message, type, param: null, code: null } });
  },
  requestId: (serial) => ["x-request-id", `req_${serial}`],
};

function* frames(ask: Ask, says: Says): Generator<Frame> {
  const all = numbers(ask.choices);
  for (const index of all) yield event("open", ask, says, [choice(index, opening(ask, says, index))]);
  yield* interleaved(ask, says, all);
  for (const index of all) yield event("close", ask, says, [choice(index, {}, finish(says))]);
  if (ask.streamUsage) yield event("close", ask, says, [], usage(ask, says));
  yield { step: "close", text: "data: [DONE]\n\n" };
}

/** One piece of each choice in turn, until all have said everything. */
function* interleaved(ask: Ask, says: Says, all: readonly number[]): Generator<Frame> {
  let open = all.map((index) => ({ index, pieces: says.pieces(index)[Symbol.iterator]() }));
  while (open.length > 0) {
    const still: typeof open = [];
    for (const one of open) {
      const piece = one.pieces.next();
      if (piece.done) continue;
      still.push(one);
      yield event("delta", ask, says, [choice(one.index, delta(says, piece.value))]);
    }
    open = still;
  }
}

function event(
  step: Frame["step"],
  ask: Ask,
  says: Says,
  choices: readonly object[],
  used: object | null = null,
): Frame {
  const chunk = { ...head(ask, says, "chat.completion.chunk"), choices, ...(ask.streamUsage ? { usage: used } : {}) };
  return { step, text: `data: ${JSON.stringify(chunk)}\n\n` };
}

function head(ask: Ask, says: Says, object: string): object {
  const created = Math.floor(says.createdMs / 1000);
  return { id: `chatcmpl-${says.serial}`, object, created, model: ask.model, system_fingerprint: "fp_overseas" };
}

function choice(index: number, delta: object, finishReason: string | null = null): object {
  return { index, delta, logprobs: null, finish_reason: finishReason };
}

function opening(ask: Ask, says: Says, index: number): object {
  if (!says.tool) return { role: "assistant", content: "", refusal: null };
  return { role: "assistant", content: null, tool_calls: [{ index: 0, ...call(ask, says, "", index) }] };
}

function delta(says: Says, piece: string): object {
  return says.tool ? { tool_calls: [{ index: 0, function: { arguments: piece } }] } : { content: piece };
}

function message(ask: Ask, says: Says): object {
  if (!says.tool) return { role: "assistant", content: says.text, refusal: null, annotations: [] };
  return { role: "assistant", content: null, tool_calls: [call(ask, says, says.text, 0)], refusal: null };
}

function call(ask: Ask, says: Says, args: string, index: number): object {
  return { id: `call_${says.serial}_${index}`, type: "function", function: { name: ask.tool, arguments: args } };
}

function finish(says: Says): string {
  return says.tool ? "tool_calls" : "stop";
}

function usage(ask: Ask, says: Says): object {
  const [prompt, completion] = [tokensOf(ask.texts), tokensOf([says.text]) * ask.choices];
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0 },
  };
}

function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}
