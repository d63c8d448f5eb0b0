// Docs, findings and keys for the act and restore tests: built here, so that these tests stand on nothing but words.ts.

import { createHmac } from "node:crypto";
import { ALPHABET } from "../src/act/shape.ts";
import { byteOffsets, textOf } from "../src/act/strings.ts";
import { hold } from "../src/decode/original.ts";
import { jsonStrings } from "../src/restore/json-strings.ts";
import type { CountKey, Doc, Finding, Keys, LaneShape, PersonKey, Tokens } from "../src/words.ts";

/** Strings, keys and numbers of a JSON text, in order, as the tokenizer lists them. */
export function docOf(json: string): Doc {
  const strings = jsonStrings(json).map(({ start, end, isKey }) => ({ start, end, kind: isKey ? 2 : 3 }));
  const inStrings = (at: number): boolean => strings.some(({ start, end }) => at >= start - 1 && at <= end);
  const numbers = [...json.matchAll(/-?\d[\d.eE+-]*/g)]
    .filter((match) => !inStrings(match.index))
    .map((match) => ({ start: match.index, end: match.index + match[0].length, kind: 4 }));
  const all = [...strings, ...numbers].sort((a, b) => a.start - b.start);
  const byteAt = (unit: number): number => Buffer.byteLength(json.slice(0, unit));
  const tokens: Tokens = {
    count: all.length,
    kind: Uint8Array.from(all.map(({ kind, start, end }) => kind | (json.slice(start, end).includes("\\") ? 0x10 : 0))),
    start: Int32Array.from(all.map(({ start }) => byteAt(start))),
    end: Int32Array.from(all.map(({ end }) => byteAt(end))),
    parent: new Int32Array(all.length).fill(-1),
    slot: new Int32Array(all.length),
  };
  return { codec: "json", bytes: Buffer.from(json), tokens, head: [] };
}

/** A finding of units [start, end) of a token. */
export function findingAt(
  doc: Doc,
  token: number,
  start: number,
  end: number,
  type: string,
  canonical?: string,
): Finding {
  const [byteStart, byteEnd] = byteOffsets(doc, token, [start, end]);
  return {
    type,
    where: "body",
    token,
    path: "",
    start,
    end,
    byteStart: byteStart!,
    byteEnd: byteEnd!,
    certainty: "checksum",
    sensitive: false,
    identifies: "strong",
    original: hold(canonical ?? textOf(doc, token).slice(start, end)),
  };
}

/** Every occurrence of every needle, in keys, strings and numbers. */
export function findingsOf(doc: Doc, needles: Readonly<Record<string, string>>): Finding[] {
  const found: Finding[] = [];
  for (let token = 0; token < doc.tokens.count; token++) {
    const text = textOf(doc, token);
    for (const [needle, type] of Object.entries(needles)) {
      for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length)) {
        found.push(findingAt(doc, token, at, at + needle.length, type));
      }
    }
  }
  return found;
}

export function testKeys(secret = "k"): Keys {
  return {
    person: () => "" as PersonKey,
    count: () => "" as CountKey,
    digest: () => "",
    pseudonym(scope, type, canonical) {
      const mac = createHmac("sha256", secret).update([scope, type, canonical].join("\u001f")).digest();
      return [...mac.subarray(0, 7)].map((byte) => ALPHABET.charAt(byte & 31)).join("");
    },
  };
}

export const all = (findings: readonly Finding[]): number[] => findings.map((_, i) => i);

export const NO_LANES: LaneShape = { lane: () => null, ends: () => "none" };
