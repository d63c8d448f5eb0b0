// What refusals of several APIs share: the kinds of error that SDKs tell apart, and the framing of an event.
// Law: whatever the dialect, the message, the code and the decision are in it; never a value.

import type { Refusal } from "../../words.ts";

/** `type` of an error as OpenAI's SDKs and their many relatives read it. */
export function openaiTypeOf(status: number): string {
  if (status === 401) return "authentication_error";
  if (status === 403) return "permission_error";
  if (status === 429) return "rate_limit_error";
  return status >= 500 ? "server_error" : "invalid_request_error";
}

/** The SDKs read message, type, code and param; `yumen` is ours. */
export function openaiError({ status, code, message, param, ...refusal }: Refusal): object {
  return { error: { message, type: openaiTypeOf(status), code, param, yumen: yumenOf(refusal) } };
}

/** What is ours in a dialect that has no place for it. */
export function yumenOf({ decision, reasons }: Pick<Refusal, "decision" | "reasons">): object {
  return { decision, reasons };
}

/** One server-sent event. */
export function sseEvent(body: object, name?: string): string {
  return `${name === undefined ? "" : `event: ${name}\n`}data: ${JSON.stringify(body)}\n\n`;
}
