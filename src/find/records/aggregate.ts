// Ordinary kinds that together become sensitive (GB/T 45574-2025: several ordinary items taken together are treated as
// sensitive where their leak would harm as much). Law: only within one record, and only what the rule names is raised;
// nothing is ever lowered.

import type { Finding, PiType, Policy } from "../../words.ts";
import { recordPath } from "./record.ts";

type Profile = Policy["profile"];
type Rule = readonly (readonly PiType[])[];

const IDENTITY: readonly PiType[] = [
  "cn-id",
  "cn-id15",
  "cn-fpr",
  "cn-passport",
  "hm-permit",
  "tw-permit",
  "hkid",
  "moid",
  "twid",
];
const NAME: readonly PiType[] = ["person"];
const REACH: readonly PiType[] = ["cn-mobile", "cn-landline", "phone", "address", "email", "wechat-id", "qq"];
const MONEY_OR_HEALTH: readonly PiType[] = [
  "bank-card",
  "bank-acct",
  "iban",
  "alipay",
  "health",
  "medical-record",
  "social-security",
  "housing-fund",
];
/** One kind of each group in a record. Under `strict` identity numbers are sensitive by themselves. */
const RULES: Readonly<Record<Profile, readonly Rule[]>> = {
  // Who, with a document to prove it, and how to reach him or her: enough to take somebody's place.
  gbt45574: [
    [IDENTITY, NAME, REACH],
    [IDENTITY, MONEY_OR_HEALTH],
    [NAME, ["address"], ["cn-mobile", "phone", "cn-landline"], ["plate", "vin", "dob", "courier-no"]],
  ],
  strict: [[NAME, ["address"], ["cn-mobile", "phone", "cn-landline"], ["plate", "vin", "dob", "courier-no"]]],
};

/** @returns the findings, those that a rule of the profile raises as sensitive; the same array where none is. */
export function aggregated(findings: readonly Finding[], profile: Profile): readonly Finding[] {
  if (findings.length < 2 || !RULES[profile].some((rule) => isMet(rule, findings))) return findings;
  const raised = new Set<number>();
  for (const record of recordsIn(findings))
    for (const rule of RULES[profile]) for (const i of raisedBy(rule, record, findings)) raised.add(i);
  if (raised.size === 0) return findings;
  return findings.map((finding, i) => (raised.has(i) ? { ...finding, sensitive: true } : finding));
}

/** Whether the document has one of each group at all. */
function isMet(rule: Rule, findings: readonly Finding[]): boolean {
  return rule.every((group) => findings.some(({ type }) => group.includes(type)));
}

/** Indices by record; single findings are no aggregate. */
function recordsIn(findings: readonly Finding[]): readonly (readonly number[])[] {
  const records = new Map<string, number[]>();
  findings.forEach((finding, i) => {
    const path = recordPath(finding);
    const record = records.get(path);
    if (record === undefined) records.set(path, [i]);
    else record.push(i);
  });
  return [...records.values()].filter(({ length }) => length > 1);
}

/** The ordinary findings of the rule's kinds, where the record has one of each group. */
function raisedBy(rule: Rule, record: readonly number[], findings: readonly Finding[]): readonly number[] {
  const typeOf = (i: number) => findings[i]!.type;
  if (!rule.every((group) => record.some((i) => group.includes(typeOf(i))))) return [];
  return record.filter((i) => !findings[i]!.sensitive && rule.some((group) => group.includes(typeOf(i))));
}
