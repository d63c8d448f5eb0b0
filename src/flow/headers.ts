// Which of the caller's headers leave. Law: what is not listed stays here; what is listed is read like the body.

import type { Destination, HeaderPairs } from "../words.ts";

/**
 * What AI SDKs need to be answered at all. Anything that describes the caller's machine (x-stainless-*, cookies, Via)
 * stays.
 */
const ALWAYS: ReadonlySet<string> = new Set([
  "accept",
  "content-type",
  "user-agent",
  "openai-organization",
  "openai-project",
  "openai-beta",
  "anthropic-version",
  "anthropic-beta",
  "idempotency-key",
]);

/**
 * The caller's headers that leave and are inspected: the allow-list and the destination's own additions.
 * The destination's credential headers are not among them (see `credentials`).
 */
export function forwardedHeaders(headers: HeaderPairs, destination: Destination): HeaderPairs {
  return pick(
    headers,
    (name) =>
      !destination.credentials.headers.includes(name) && (ALWAYS.has(name) || destination.headers.includes(name)),
  );
}

/** The destination's own credential: passed through or injected, exempt from inspection, recorded nowhere. */
export function credentialHeaders(headers: HeaderPairs, destination: Destination): HeaderPairs {
  const { mode, headers: names, inject } = destination.credentials;
  if (mode === "passthrough") return pick(headers, (name) => names.includes(name));
  return [...inject].flatMap(([name, secret]) => [name, secret.reveal()]);
}

/** The first value of a header; "" when absent. @param name lower case. */
export function headerOf(headers: HeaderPairs, name: string): string {
  for (let i = 0; i + 1 < headers.length; i += 2) if (headers[i]!.toLowerCase() === name) return headers[i + 1]!;
  return "";
}

function pick(headers: HeaderPairs, wanted: (name: string) => boolean): string[] {
  const kept: string[] = [];
  for (let i = 0; i + 1 < headers.length; i += 2) if (wanted(headers[i]!)) kept.push(headers[i]!, headers[i + 1]!);
  return kept;
}
