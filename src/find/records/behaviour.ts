// Behaviour: what a record joins to an identifier, orders, events, notes (GB/T 35273-2020 Annex B lists records of
// purchases, browsing and deposits as sensitive; GB/T 45574-2025 does not). Law: only members of the records that hold
// a strong identifier, up to the next array; what is already a finding stays what it is.

import { pointerOf } from "../../decode/json/pointer.ts";
import { readString } from "../../decode/json/read.ts";
import { hold } from "../../decode/original.ts";
import type { Doc, Finding, Policy } from "../../words.ts";
import { plainName } from "../shared/label.ts";
import { recordsHolding } from "./record.ts";

type Profile = Policy["profile"];

const KEY = 2;
const STRING = 3;
const NUMBER = 4;
const KIND = 0x0f;
/** Values of one document that are told; the others travel with them. */
const TOLD_MAX = 256;
const NAME_BYTES_MAX = 48;
const SENSITIVE: Readonly<Record<Profile, boolean>> = { strict: true, gbt45574: false };
const NAMES = new RegExp(
  `^(?:${[
    "(?:user|customer|page|track|analytics)?events?|eventnames?|eventtypes?",
    "(?:user|last)?actions?|activit(?:y|ies)|activitylog",
    "orders?|(?:order|line|cart)items?|orderhistory|(?:last)?purchases?",
    "purchasehistory|transactions?|transactionhistory|cart",
    "visits?|visithistory|pageviews?|clicks?|clickstream|brows(?:e|ing)(?:history|log|records?)?",
    "viewed|viewhistory|watchhistory",
    "search(?:es|history|terms|records?)|favou?rites|wishlist|likes|journey",
    "behaviou?rs?|usagehistory|callrecords?|calllogs?",
    "notes?|remarks?|memo|servicerecords?|followup|tickets?|complaints?|appointments?|reservations?|bookings?",
    "dingdan|ddxx|beizhu|bz|gouwujilu|liulanjilu|备注|订单|浏览记录|购买记录|跟进记录",
  ].join("|")})$`,
);

/**
 * @param findings in document order. @returns the behaviour of whom the records identify, in order; disjoint from
 * `findings`, because a value that holds one is left to it.
 */
export function behaviourIn(doc: Doc, findings: readonly Finding[], profile: Profile): readonly Finding[] {
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
    if (kindOf !== KEY && records.has(parent[token]!) && isNamed(doc, slot[token]!))
      until = Math.max(until, end[token]!);
    const isTold = start[token]! < until && (kindOf === STRING || kindOf === NUMBER);
    if (isTold && end[token]! > start[token]! && !taken.has(token)) told.push(findingAt(doc, token, profile));
  }
  return told;
}

function isNamed(doc: Doc, key: number): boolean {
  const { start, end, kind } = doc.tokens;
  if (key < 0 || (kind[key]! & KIND) !== KEY || end[key]! - start[key]! > NAME_BYTES_MAX) return false;
  return NAMES.test(plainName(readString(doc, key)));
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
