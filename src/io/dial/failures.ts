// What undici and the system say went wrong, as a GateError. Never with a cause: a parser's error holds the bytes it
// could not parse. Only the fixed vocabulary of error codes is repeated.

import { GateError } from "../errors.ts";

const TIMEOUTS: ReadonlyMap<string, string> = new Map([
  ["UND_ERR_CONNECT_TIMEOUT", "connecting took too long"],
  ["UND_ERR_HEADERS_TIMEOUT", "no answer began in time"],
  ["UND_ERR_BODY_TIMEOUT", "the answer stood still for too long"],
  ["ETIMEDOUT", "connecting took too long"],
]);

/** @param begun the answer's head has been handed on: what fails now is an answer cut short. */
export function failureOf(error: unknown, begun: boolean): GateError {
  const code = codeOf(error);
  const timeout = TIMEOUTS.get(code);
  if (timeout !== undefined) return new GateError("upstream_timeout", timeout);
  if (begun) return new GateError("upstream_truncated", `the answer was cut short (${code})`);
  return new GateError("upstream_unreachable", `no answer (${code})`);
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return /^[A-Z][A-Z0-9_]{2,60}$/.test(code) ? code : "UNKNOWN";
}
