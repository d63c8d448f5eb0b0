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
/** The second part of a JSON Web Token (RFC 7519 §3.1), which is read by whoever receives it. */
const CLAIMS = /(?<![A-Za-z0-9_.-])eyJ[A-Za-z0-9_-]{5,}\.(eyJ[A-Za-z0-9_-]{5,})\./;

/**
 * What is read of a credential that the caller sends: the header as it stands, the user and the password of Basic
 * (RFC 7617), the claims of a JSON Web Token. A token may leave there, somebody's number may not: what is no secret of
 * the header's own stands under another name. An injected secret is ours and is not read.
 */
export function credentialTexts(headers: HeaderPairs, destination: Destination): HeaderPairs {
  if (destination.credentials.mode === "inject") return [];
  const sent = credentialHeaders(headers, destination);
  if (!sent.some((text) => BASIC.test(text) || CLAIMS.test(text))) return sent;
  return sent.flatMap((text, i) => (i % 2 === 0 ? [] : [sent[i - 1]!, text, ...insideOf(sent[i - 1]!, text)]));
}

/** name, text, name, text …, one character a byte as headers are. */
function insideOf(name: string, text: string): string[] {
  const basic = BASIC.exec(text);
  if (basic !== null) {
    const pair = Buffer.from(basic[1]!, "base64").toString("latin1");
    const colon = pair.indexOf(":");
    return colon < 0 ? [name, pair] : [`${name} user`, pair.slice(0, colon), name, pair.slice(colon + 1)];
  }
  const claims = CLAIMS.exec(text);
  return claims === null ? [] : [`${name} claims`, Buffer.from(claims[1]!, "base64url").toString("latin1")];
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

/** The label of what was transcoded, in the place of the caller's or beside the rest. */
export function withContentType(headers: HeaderPairs, contentType: string): HeaderPairs {
  const at = headers.findIndex((name, i) => i % 2 === 0 && name === "content-type");
  if (at < 0) return [...headers, "content-type", contentType];
  return headers.with(at + 1, contentType);
}
