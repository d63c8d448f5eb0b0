// POST /v1/decide: a request written down in JSON, which is tried and never sent. Law: what it says goes through the
// same check as a head on the wire, its `json` is inspected byte for byte as it stands, and it is always a dry run.

import { isUtf8 } from "node:buffer";
import * as z from "zod";
import { KEY, KIND, OBJECT, STRING } from "../../decode/json/classes.ts";
import { readString } from "../../decode/json/read.ts";
import { tokenize } from "../../decode/json/tokenize.ts";
import type { Doc, Policy } from "../../words.ts";
import { GateError } from "../errors.ts";
import type { BodyTaker } from "./body.ts";
import type { Crossing } from "./crossing.ts";
import { type CheckedHead, checkHead } from "./head.ts";

/** It is taken apart on the main thread. What is larger asks by X-Yumen-Dry-Run, where threads read it. */
export const ENVELOPE_BYTES_MAX = 512 * 1024;

const HEADERS_MAX = 100;
const MEMBERS_MAX = 20;
/** RFC 9110 §5.6.2. On the wire node's parser has seen to it. */
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Lengths and hops of a message that is not on its way. */
const OF_THE_WIRE = /^(?:content-length|transfer-encoding|connection)$/i;
const ASSERTED = ["subject", "purpose", "conversation", "exporter"] as const;

const schema = z.strictObject({
  destination: z.string().min(1),
  method: z.string().default("POST"),
  /** Path and query after the destination. */
  path: z.string().startsWith("/").default("/"),
  headers: z.record(z.string().regex(NAME), z.string()).default({}),
  /** It stands in the bytes. */
  json: z.literal(true).exactOptional(),
  text: z.string().exactOptional(),
  base64: z.base64().exactOptional(),
  subject: z.string().exactOptional(),
  purpose: z.string().exactOptional(),
  conversation: z.string().exactOptional(),
  exporter: z.string().exactOptional(),
});

type Envelope = z.output<typeof schema>;

/** A request that is not on the wire. */
export interface Unwrapped {
  readonly method: string;
  readonly head: CheckedHead;
  readonly body: Uint8Array;
}

/** @returns who takes the body; null: not a request for it. It comes before a destination of that name. */
export function envelopeOf(
  method: string,
  head: CheckedHead,
  crossing: Crossing,
  { destinations }: Policy,
): BodyTaker | null {
  if (method !== "POST" || head.destination !== "v1" || head.target !== "/decide") return null;
  const asked = crossing.instead(method, { ...head, dryRun: true });
  return {
    failed: (error) => asked.failed(error, false),
    arrived(bytes) {
      const coded = head.contentEncoding !== "" && head.contentEncoding.toLowerCase() !== "identity";
      const unwrapped = coded ? malformed("it has a content-encoding") : unwrap(bytes);
      if (unwrapped instanceof GateError) return asked.failed(unwrapped, false);
      const { limits } = destinations.get(unwrapped.head.destination) ?? {};
      const inside = crossing.instead(unwrapped.method, unwrapped.head);
      if (limits === undefined) return inside.failed(new GateError("destination_unknown", ""), false);
      if (unwrapped.body.byteLength > limits.bodyBytesMax)
        return inside.failed(new GateError("body_too_large", `more than ${limits.bodyBytesMax} bytes`));
      inside.arrived(unwrapped.body);
    },
  };
}

/** @returns the request that an envelope holds, or why it holds none: a constant text, nothing of the input. */
export function unwrap(bytes: Uint8Array): Unwrapped | GateError {
  if (!isUtf8(bytes)) return malformed("it is not UTF-8");
  const tokens = tokenize(bytes);
  if ("code" in tokens) return malformed(tokens.code);
  const doc: Doc = { codec: "json", bytes, tokens, head: [] };
  const members = membersOf(doc, 0, MEMBERS_MAX);
  const read = schema.safeParse(members === null ? null : readMembers(doc, members));
  if (!read.success) return malformed(placeOf(read.error));
  const { method, destination, path, json, text, base64 } = read.data;
  if ([json, text, base64].filter((body) => body !== undefined).length > 1)
    return malformed("one of json, text and base64");
  const checked = checkHead(method, `/${destination}${path}`, "1.1", rawHeaders(read.data), HEADERS_MAX);
  if (!checked.ok) return new GateError(checked.code, `the envelope: ${checked.detail}`);
  if (checked.destination !== destination) return malformed("destination");
  return { method, head: { ...checked, dryRun: true }, body: bodyOf(read.data, doc, members!.get("json")) };
}

/** Value tokens by name; null: no object, or one of more members than that. What lies in them is not read. */
function membersOf(doc: Doc, object: number, membersMax: number): Map<string, number> | null {
  const { count, kind, parent, slot } = doc.tokens;
  if (kind[object] !== OBJECT) return null;
  const members = new Map<string, number>();
  for (let token = object + 1; token < count; token++) {
    if (parent[token] !== object || (kind[token]! & KIND) === KEY) continue;
    if (members.size === membersMax) return null;
    members.set(readString(doc, slot[token]!), token);
  }
  return members;
}

/** Strings, and headers of strings. */
function readMembers(doc: Doc, members: ReadonlyMap<string, number>): Record<string, unknown> {
  const textAt = (token: number) => ((doc.tokens.kind[token]! & KIND) === STRING ? readString(doc, token) : null);
  const read = [...members].map(([name, token]): [string, unknown] => {
    if (name === "json") return [name, true];
    if (name !== "headers") return [name, textAt(token)];
    const headers = membersOf(doc, token, HEADERS_MAX);
    return [name, headers && Object.fromEntries([...headers].map(([field, at]) => [field, textAt(at)]))];
  });
  return Object.fromEntries(read);
}

function malformed(what: string): GateError {
  return new GateError("request_malformed", `the envelope: ${what}`);
}

/** The member that is wrong; one that is not ours is the caller's text. */
function placeOf({ issues }: z.ZodError): string {
  const name = issues[0]?.path[0];
  const isOurs = typeof name === "string" && Object.hasOwn(schema.shape, name);
  return isOurs ? name : "its members are those of docs/dry-run.md";
}

/** name, value, name, value … as node would hand them over: one unit a byte. */
function rawHeaders(envelope: Envelope): string[] {
  const given = Object.entries(envelope.headers).filter(([name]) => !OF_THE_WIRE.test(name));
  const has = (wanted: string) => given.some(([name]) => name.toLowerCase() === wanted);
  const raw = has("host") ? [] : ["host", "gate"];
  const isJson = envelope.json === true;
  const label = isJson ? "application/json" : "text/plain; charset=utf-8";
  if (!has("content-type") && (isJson || envelope.text !== undefined)) raw.push("content-type", label);
  for (const [name, value] of given) raw.push(name, asBytes(value));
  for (const name of ASSERTED) {
    const said = envelope[name];
    if (said !== undefined) raw.push(`x-yumen-${name}`, asBytes(said));
  }
  return raw;
}

function asBytes(text: string): string {
  return Buffer.from(text).toString("latin1");
}

function bodyOf({ text, base64 }: Envelope, { bytes, tokens }: Doc, jsonAt: number | undefined): Uint8Array {
  if (jsonAt !== undefined) {
    // quotes are no part of a token
    const quote = (tokens.kind[jsonAt]! & KIND) === STRING ? 1 : 0;
    return bytes.slice(tokens.start[jsonAt]! - quote, tokens.end[jsonAt]! + quote);
  }
  return base64 === undefined ? Buffer.from(text ?? "") : Buffer.from(base64, "base64");
}
