// Bodies of any codec for the tests: read, looked at as the JSON that their tokens are shaped as, and rewritten.

import { pseudonymize } from "../src/act/pseudonymize.ts";
import { textOf } from "../src/act/strings.ts";
import { decode } from "../src/decode/decode.ts";
import { readString } from "../src/decode/json/read.ts";
import type { Doc, Unreadable } from "../src/words.ts";
import { all, findingAt, testKeys } from "./act-doc.ts";

export function read(contentType: string, body: string | Uint8Array, contentEncoding = ""): Doc | Unreadable {
  const leaving = { method: "POST", target: "/", contentType, contentEncoding, body: Buffer.from(body) };
  return decode(leaving, [], { bodyBytesMax: 1 << 26 });
}

export function docFrom(contentType: string, body: string | Uint8Array): Doc {
  const doc = read(contentType, body);
  if ("code" in doc) throw new Error(`${doc.code}: ${doc.detail}`);
  return doc;
}

/** `codec`, or the code of the refusal. */
export function outcome(contentType: string, body: string | Uint8Array): string {
  const doc = read(contentType, body);
  return "code" in doc ? doc.code : doc.codec;
}

/** The tokens as plain values; members of one name in one array under it. */
export function shapeOf(doc: Doc): unknown {
  const { count, kind, parent, slot } = doc.tokens;
  const values: unknown[] = [];
  let root: unknown;
  for (let token = 0; token < count; token++) {
    const of = kind[token]! & 0x0f;
    if (of === 2) continue;
    const value = of === 0 ? {} : of === 1 ? [] : of === 4 ? Number(readString(doc, token)) : readString(doc, token);
    values[token] = value;
    if (parent[token]! < 0) root = value;
    else put(values[parent[token]!], doc, slot[token]!, value);
  }
  return root;
}

function put(container: unknown, doc: Doc, slot: number, value: unknown): void {
  if (Array.isArray(container)) {
    if (container.length !== slot) throw new Error(`ordinal ${slot} after ${container.length}`);
    container.push(value);
    return;
  }
  const named = container as Record<string, unknown>;
  const name = readString(doc, slot);
  named[name] = name in named ? [named[name], value].flat() : value;
}

/** Every string, key and number that holds `needle`, replaced as act replaces it. @returns what leaves. */
export function hidden(doc: Doc, needle: string): { readonly body: Buffer; readonly pseudonym: string } {
  const findings = [];
  for (let token = 0; token < doc.tokens.count; token++) {
    if ((doc.tokens.kind[token]! & 0x0f) < 2) continue;
    const text = textOf(doc, token);
    for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length))
      findings.push(findingAt(doc, token, at, at + needle.length, "cn-mobile"));
  }
  const { body, minted } = pseudonymize(doc, findings, all(findings), "s", testKeys());
  return { body: Buffer.from(body), pseudonym: [...minted.keys()][0] ?? "" };
}

/** Everything that is inspected, body and head, as one text. */
export function inspectedText(doc: Doc): string {
  const texts = doc.head.map(({ text }) => text);
  for (let token = 0; token < doc.tokens.count; token++) texts.push(readString(doc, token));
  return texts.join("\n");
}
