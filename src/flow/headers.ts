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

const BASIC = /^basic +([A-Za-z0-9+/_=-]+)$/i;

/**
 * What is read of a credential that the caller sends: the header as it stands, and the name and password of Basic
 * (RFC 7617). A token may leave there, somebody's number may not. An injected secret is ours and is not read.
 */
export function credentialTexts(headers: HeaderPairs, destination: Destination): HeaderPairs {
  if (destination.credentials.mode === "inject") return [];
  const sent = credentialHeaders(headers, destination);
  if (!sent.some((text) => BASIC.test(text))) return sent;
  return sent.flatMap((text, i) => {
    const basic = i % 2 === 1 ? BASIC.exec(text) : null;
    return basic === null ? [text] : [text, sent[i - 1]!, Buffer.from(basic[1]!, "base64").toString("latin1")];
  });
}

/** The first value of a header; "" when absent. @param name lower case. */
export function headerOf(headers: HeaderPairs, name: string): string {
  for (let i = 0; i + 1 < headers.length; i += 2) if (isNamed(headers[i]!, name)) return headers[i + 1]!;
  return "";
}

/** Most names come in lower case already, and are the same string. */
function isNamed(header: string, name: string): boolean {
  return header === name || (header.length === name.length && header.toLowerCase() === name);
}

function pick(headers: HeaderPairs, wanted: (name: string) => boolean): string[] {
  const kept: string[] = [];
  for (let i = 0; i + 1 < headers.length; i += 2) if (wanted(headers[i]!)) kept.push(headers[i]!, headers[i + 1]!);
  return kept;
}
