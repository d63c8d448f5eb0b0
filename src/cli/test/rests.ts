// Which papers of the policy a decision rests on. Law: by trial: take the paper away, and it would be decided
// otherwise, or the law would name other papers.

import { decide } from "../../decide/decide.ts";
import type { Case, Decision, Policy } from "../../words.ts";

/** Lists of the policy that hold papers. */
export const PAPERS = [
  "mechanisms",
  "notices",
  "pipias",
  "exemptions",
  "proofs",
  "approvals",
  "orders",
  "restricted",
  "ftzLists",
  "ftz",
] as const;

export type PaperList = (typeof PAPERS)[number];

export interface Paper {
  readonly list: PaperList;
  readonly id: string;
}

export function papersOf(policy: Policy): readonly Paper[] {
  return PAPERS.flatMap((list) => idsOf(policy, list).map((id) => ({ list, id })));
}

function idsOf(policy: Policy, list: PaperList): readonly string[] {
  const papers = policy[list];
  return "keys" in papers && !Array.isArray(papers)
    ? [...papers.keys()].map(String)
    : (papers as readonly { id: string }[]).map(({ id }) => id);
}

/** @returns those of `among` without which the Case would be decided otherwise. */
export function restsOn(it: Case, among: readonly Paper[]): readonly Paper[] {
  const before = saidOf(decide(it));
  return among.filter((paper) => saidOf(decide({ ...it, policy: without(it.policy, paper) })) !== before);
}

/** Remembered, so that a suite makes each smaller policy once. */
const smaller = new WeakMap<Policy, Map<string, Policy>>();

function without(policy: Policy, { list, id }: Paper): Policy {
  const made = smaller.get(policy) ?? new Map<string, Policy>();
  smaller.set(policy, made);
  const name = `${list}/${id}`;
  const known = made.get(name);
  if (known !== undefined) return known;
  const papers = policy[list];
  const left =
    list === "ftzLists"
      ? new Map([...policy.ftzLists].filter(([one]) => one !== id))
      : (papers as readonly { id: string }[]).filter((one) => one.id !== id);
  const policyWithout: Policy = { ...policy, [list]: left };
  made.set(name, policyWithout);
  return policyWithout;
}

function saidOf({ action, rule, reasons, hide, remove, would, unread, legal }: Decision): string {
  const { outcome, rule: law, mechanism, warnings, proof, papers } = legal;
  const places = unread?.map(({ path }) => path);
  return JSON.stringify([
    action,
    rule,
    reasons,
    hide,
    remove,
    would,
    places,
    outcome,
    law,
    mechanism,
    warnings,
    proof,
    papers,
  ]);
}
