// What a recipient sealed and wants back as it came: signatures of thinking, encrypted reasoning. Law: it is believed
// only where the API's own shape has such a place, and only while it reads as nothing: text or a file under the same
// name is content like any other.

import { isUtf8 } from "node:buffer";
import type { Doc, StringRole } from "../../words.ts";
import { magicOf } from "../magic.ts";
import { KEY, KIND, OBJECT } from "./classes.ts";
import { pointerOf } from "./pointer.ts";
import { readAt, readString } from "./read.ts";

export type RoleOf = (pointer: string) => StringRole;

/** Anthropic, OpenAI Responses, Gemini, Bedrock. */
const NAMES: ReadonlySet<string> = new Set([
  "signature",
  "encrypted_content",
  "encrypted_index",
  "encrypted_stdout",
  "thought_signature",
  "thoughtSignature",
  "redactedContent",
]);
/** A member of so common a name says by the type beside it that it is sealed: Anthropic's, OpenRouter's. */
const COMMON_NAME = "data";
const TYPES: ReadonlySet<unknown> = new Set(["redacted_thinking", "reasoning.encrypted"]);

/** @param token a string. @param roleOf of the API's shape; absent: nothing is known to be sealed there. */
export function isSealed(doc: Doc, token: number, roleOf: RoleOf | undefined): boolean {
  const { kind, parent, slot } = doc.tokens;
  const container = parent[token]!;
  if (roleOf === undefined || container < 0 || kind[container] !== OBJECT) return false;
  if ((kind[token]! & KIND) === KEY) return false;
  const name = readString(doc, slot[token]!);
  if (!NAMES.has(name) && name !== COMMON_NAME) return false;
  const pointer = pointerOf(doc, token);
  if (roleOf(pointer) !== "fixed") return false;
  const beside = pointer.slice(0, pointer.lastIndexOf("/"));
  if (name === COMMON_NAME && !TYPES.has(readAt(doc, `${beside}/type`))) return false;
  return readsAsNothing(readString(doc, token));
}

/** Digits enough for a person, or an address: of what is sealed, one in a million holds one by chance. */
const LEGIBLE = /\d{11}|[\w.-]{3,}@[\w-]{2,}\.[a-z]{2,}/i;

function readsAsNothing(text: string): boolean {
  const bytes = Buffer.from(text, "base64");
  return !isUtf8(bytes) && magicOf(bytes, false) === null && !LEGIBLE.test(bytes.toString("latin1"));
}
