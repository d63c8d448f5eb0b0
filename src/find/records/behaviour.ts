// Behaviour: what a record joins to an identifier, orders, events, notes (GB/T 35273-2020 Annex B lists records of
// purchases, browsing and deposits as sensitive; GB/T 45574-2025 does not). Law: only members of the records that hold
// a strong identifier, up to the next array; what is already a finding stays what it is.

import { pointerOf } from "../../decode/json/pointer.ts";
import { readString } from "../../decode/json/read.ts";
import { hold } from "../../decode/original.ts";
import type { Doc, Finding, Policy } from "../../words.ts";
import { recordsHolding } from "./record.ts";

type Profile = Policy["profile"];

const KEY = 2;
const STRING = 3;
const NUMBER = 4;
const KIND = 0x0f;
/** Values of one document that are told; the others travel with them. */
const TOLD_MAX = 256;
const SENSITIVE: Readonly<Record<Profile, boolean>> = { strict: true, gbt45574: false };

/**
 * @param findings in document order. @param behaving names of members whose value is what somebody did: their tokens.
 * @returns the behaviour of whom the records identify, in order; disjoint from `findings`, because a value that holds
 * one is left to it.
 */
export function behaviourIn(
  doc: Doc,
  findings: readonly Finding[],
  profile: Profile,
  behaving: ReadonlySet<number>,
): readonly Finding[] {
  const strong = findings.filter(({ where, identifies }) => where === "body" && identifies === "strong");
  if (strong.length === 0) return [];
  const records = recordsHolding(doc, strong);
  if (records.size === 0) return [];
  const taken = new Set(findings.filter(({ where }) => where === "body").map(({ token }) => token));
  const told: Finding[] = [];
  const { count, kind, start, end, parent, slot } = doc.tokens;
  let until = -1;
  for (let token = 0; token < count && told.length < TOLD_MAX; token++) {
    const kindOf = kind[token]! & KIND;
    if (kindOf !== KEY && behaving.has(slot[token]!) && records.has(parent[token]!))
      until = Math.max(until, end[token]!);
    const isTold = start[token]! < until && (kindOf === STRING || kindOf === NUMBER);
    if (isTold && end[token]! > start[token]! && !taken.has(token)) told.push(findingAt(doc, token, profile));
  }
  return told;
}

function findingAt(doc: Doc, token: number, profile: Profile): Finding {
  const text = readString(doc, token);
  return {
    type: "behaviour",
    where: "body",
    token,
    path: pointerOf(doc, token),
    start: 0,
    end: text.length,
    byteStart: doc.tokens.start[token]!,
    byteEnd: doc.tokens.end[token]!,
    certainty: "key",
    sensitive: SENSITIVE[profile],
    identifies: "weak",
    original: hold(text),
  };
}
