// The request head, checked on rawHeaders: node's parser is not a security boundary. What passes here has one meaning,
// and holds nothing that concerns only this hop. Pure; a refusal's detail is a constant text, nothing of the input.
// Source: RFC 9112 §3, §6; RFC 9110 §5.5, §7.6.1; threats 12-15.

import type { Asserted, HeaderPairs, Language } from "../../words.ts";
import type { GateCode } from "../errors.ts";
import { FIELD, fieldOf, isLikeDryRun } from "./fields.ts";
import { readTarget } from "./target.ts";

export interface HeadFault {
  readonly ok: false;
  readonly code: GateCode;
  readonly detail: string;
}

export interface CheckedHead {
  readonly ok: true;
  readonly destination: string;
  /** Origin-form without the destination's segment, at least "/". */
  readonly target: string;
  /** End-to-end headers in ASCII, lower-case names, duplicates kept, X-Yumen-* taken out. */
  readonly headers: HeaderPairs;
  /** Declared bytes; -1 when none is declared. */
  readonly contentLength: number;
  readonly chunked: boolean;
  readonly contentType: string;
  readonly contentEncoding: string;
  /** X-Yumen-Key. */
  readonly key: string | null;
  /** A proxy, or a page from elsewhere in a browser, stands between: the peer's address says nothing of the caller. */
  readonly relayed: boolean;
  readonly asserted: Asserted;
  readonly acceptLanguage: string;
  /** X-Yumen-Dry-Run: nothing is to be sent. */
  readonly dryRun: boolean;
  /** `headers` is the very list of the request before on this connection (again.ts). */
  readonly repeated: boolean;
}

const METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]);

/** What one pass over the headers collects. */
export class Reading {
  readonly headers: string[] = [];
  host: string | null = null;
  contentLength: number = -1;
  chunked = false;
  contentType: string | null = null;
  contentEncoding = "";
  key: string | null = null;
  relayed = false;
  subject: string | null = null;
  purpose: string | null = null;
  conversation: string | null = null;
  exporter: string | null = null;
  dryRun: string | null = null;
  acceptLanguage = "";
  connection = "";
  webSocket = false;
}

/**
 * @param rawHeaders name, value, name, value … as node parsed them.
 * @param headersCountMax more header lines than this are refused.
 */
export function checkHead(
  method: string,
  url: string,
  httpVersion: string,
  rawHeaders: readonly string[],
  headersCountMax: number,
): HeadFault | CheckedHead {
  if (httpVersion !== "1.1" && httpVersion !== "1.0") return malformed("HTTP version");
  if (!METHODS.has(method)) return { ok: false, code: "method_not_allowed", detail: "method" };
  if (rawHeaders.length > headersCountMax * 2) return { ok: false, code: "head_too_large", detail: "header count" };
  const read = new Reading();
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const fault = readField(read, rawHeaders[i]!.toLowerCase(), rawHeaders[i + 1]!);
    if (fault !== null) return malformed(fault);
  }
  if (read.webSocket) return { ok: false, code: "upgrade_unsupported", detail: "" };
  if (read.host === null) return malformed("Host is missing");
  if (read.chunked && httpVersion === "1.0") return malformed("Transfer-Encoding on HTTP/1.0");
  if (read.chunked && read.contentLength !== -1) return malformed("Transfer-Encoding with Content-Length");
  const target = readTarget(url, read.host);
  if (typeof target === "string") return malformed(target);
  const headers = read.connection === "" ? read.headers : withoutNamed(read.headers, read.connection);
  if (headers === null) return malformed("Connection names an end-to-end header");
  return {
    ok: true,
    destination: target.destination,
    target: target.rest,
    headers,
    contentLength: read.contentLength,
    chunked: read.chunked,
    contentType: read.contentType ?? "",
    contentEncoding: read.contentEncoding,
    key: read.key,
    relayed: read.relayed,
    asserted: {
      subject: read.subject,
      purpose: read.purpose,
      conversation: read.conversation,
      exporter: read.exporter,
    },
    acceptLanguage: read.acceptLanguage,
    dryRun: isDry(read),
    repeated: false,
  };
}

function malformed(detail: string): HeadFault {
  return { ok: false, code: "request_malformed", detail };
}

/** @param name in lower case. @returns null, or why the field is refused. */
export function readField(read: Reading, name: string, value: string): string | null {
  const alphabet = alphabetOf(value);
  if (alphabet === CONTROL) return "control character in a header";
  switch (fieldOf(name)) {
    case FIELD.endToEnd:
      // bytes of an unknown charset: what cannot be read one way does not go on
      if (alphabet === ASCII) read.headers.push(name, value);
      return null;
    case FIELD.host:
      if (read.host !== null) return "more than one Host";
      if (!isAuthority(value)) return "Host";
      read.host = value;
      return null;
    case FIELD.contentLength:
      if (read.contentLength !== -1) return "more than one Content-Length";
      read.contentLength = lengthOf(value);
      return read.contentLength === -1 ? "Content-Length" : null;
    case FIELD.transferEncoding:
      if (read.chunked || value !== "chunked") return "Transfer-Encoding other than chunked";
      read.chunked = true;
      return null;
    case FIELD.contentType:
      if (read.contentType !== null) return "more than one Content-Type";
      if (alphabet !== ASCII) return "Content-Type is not ASCII";
      read.contentType = value;
      read.headers.push(name, value);
      return null;
    case FIELD.contentEncoding:
      read.contentEncoding = read.contentEncoding === "" ? value : read.contentEncoding + ", " + value;
      return null;
    case FIELD.expect:
      return value.toLowerCase() === "100-continue" ? null : "Expect other than 100-continue";
    case FIELD.connection:
      read.connection += "," + value;
      return null;
    case FIELD.acceptLanguage:
      read.acceptLanguage = value;
      if (alphabet === ASCII) read.headers.push(name, value);
      return null;
    case FIELD.relay:
      read.relayed = true;
      return null;
    case FIELD.origin:
      if (!isOriginHere(value)) read.relayed = true;
      if (alphabet === ASCII) read.headers.push(name, value);
      return null;
    case FIELD.upgrade:
      // any other offer may be passed over (RFC 9110 §7.8); who speaks WebSocket next could not be read
      if (/\bwebsocket\b/i.test(value)) read.webSocket = true;
      return null;
    case FIELD.dropped:
      return null;
    default:
      return readOwn(read, name, value);
  }
}

/**
 * X-Yumen-*: once each, UTF-8 (node hands over bytes as Latin-1). Unknown ones are dropped, but for one that may be
 * meant for a dry run: whoever wanted to try must not send.
 */
function readOwn(read: Reading, name: string, value: string): string | null {
  const member = OWN.get(name);
  if (member === undefined) return isLikeDryRun(name) ? "no such header; X-Yumen-Dry-Run is one" : null;
  if (read[member] !== null) return "an X-Yumen header more than once";
  const text = utf8(value);
  if (text === null) return "an X-Yumen header is not UTF-8";
  read[member] = text;
  return member === "dryRun" && !DRY.has(text) ? "X-Yumen-Dry-Run other than 1, true or 0" : null;
}

/** What X-Yumen-Dry-Run may say, and whether that is yes. */
const DRY: ReadonlyMap<string, boolean> = new Map([
  ["1", true],
  ["true", true],
  ["0", false],
]);

/** @param read well-formed. */
export function isDry({ dryRun }: Reading): boolean {
  return dryRun !== null && DRY.get(dryRun) === true;
}

const OWN: ReadonlyMap<string, "key" | "subject" | "purpose" | "conversation" | "exporter" | "dryRun"> = new Map([
  ["x-yumen-key", "key"],
  ["x-yumen-subject", "subject"],
  ["x-yumen-purpose", "purpose"],
  ["x-yumen-conversation", "conversation"],
  ["x-yumen-exporter", "exporter"],
  ["x-yumen-dry-run", "dryRun"],
] as const);

function utf8(latin1: string): string | null {
  if (alphabetOf(latin1) === ASCII) return latin1;
  const text = Buffer.from(latin1, "latin1").toString("utf8");
  return text.includes("\uFFFD") ? null : text;
}

const ASCII = 0;
const NOT_ASCII = 1;
const CONTROL = 2;

function alphabetOf(value: string): number {
  let alphabet = ASCII;
  for (let i = 0; i < value.length; i++) {
    const c = value.charCodeAt(i);
    if ((c < 0x20 && c !== 9) || c === 0x7f) return CONTROL;
    if (c > 0x7f) alphabet = NOT_ASCII;
  }
  return alphabet;
}

/** Digits without a leading zero or sign, exact as a double. -1: anything else. */
function lengthOf(value: string): number {
  if (value === "0") return 0;
  if (value.length === 0 || value.length > 15 || value.charCodeAt(0) === 0x30) return -1;
  for (let i = 0; i < value.length; i++) {
    const c = value.charCodeAt(i);
    if (c < 0x30 || c > 0x39) return -1;
  }
  return Number(value);
}

/** host [":" port], host a name, an IPv4 address or a bracketed IPv6 address. No user information, nothing encoded. */
function isAuthority(value: string): boolean {
  return (
    value.length <= 261 && /^(?:[A-Za-z0-9_](?:[A-Za-z0-9._-]*)|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?$/.test(value)
  );
}

/** A page of this machine's own; browsers say so with every POST, also after DNS rebinding (RFC 6454 §7). */
function isOriginHere(origin: string): boolean {
  return /^https?:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/.test(origin);
}

/**
 * RFC 9110 §7.6.1: what Connection names stays on this hop. null when it names what the gate itself reads: a caller
 * could otherwise show the gate one Content-Type and the recipient none.
 */
function withoutNamed(headers: readonly string[], connection: string): readonly string[] | null {
  const lower = connection.toLowerCase();
  if (lower === ",keep-alive" || lower === ",close") return headers;
  const named = lower.split(",").map((name) => name.trim());
  if (named.some((name) => name === "host" || name.startsWith("content-") || name.startsWith("x-yumen-"))) return null;
  const kept: string[] = [];
  for (let i = 0; i < headers.length; i += 2) {
    if (!named.includes(headers[i]!)) kept.push(headers[i]!, headers[i + 1]!);
  }
  return kept;
}

/** The first of zh and en in the order listed; `q=0` does not count. */
export function languageOf(acceptLanguage: string, fallback: Language): Language {
  if (acceptLanguage === "") return fallback;
  for (const item of acceptLanguage.toLowerCase().split(",")) {
    const tag = item.trim();
    if (/;\s*q=0(\.0*)?$/.test(tag)) continue;
    if (/^zh\b/.test(tag)) return "zh";
    if (/^en\b/.test(tag)) return "en";
  }
  return fallback;
}
