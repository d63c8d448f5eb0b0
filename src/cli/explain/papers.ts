// Ids of the papers that a decision rests on, by kind. Law: they are taken from the entry, or from a policy only where
// it is the very one that was in force; what the policy on disk says today is no evidence of that day.

import type { Pipia, Policy } from "../../words.ts";
import type { Recorded } from "./recorded.ts";

export interface Papers {
  readonly notices: readonly string[];
  readonly pipias: readonly string[];
  /** Of the mechanism that carries it, or of those that fail; empty: not known. */
  readonly mechanismTypes: readonly string[];
  /** Of another kind, or of a kind that cannot be told without the policy. */
  readonly other: readonly string[];
}

/** @param policy the one in force, or null: then the kind of an id is not known. */
export function papersOf(recorded: Recorded, policy: Policy | null): Papers {
  const { papers, way, mechanismType, reasons } = recorded;
  const carried = mechanismType === null ? [] : [mechanismType];
  if (policy === null) return { notices: [], pipias: [], mechanismTypes: carried, other: papers };
  const failing = policy.mechanisms.filter(({ id }) => reasons.some(({ about }) => about === id));
  const isOfWay = ({ exporters, recipients, purposes }: Pick<Pipia, "exporters" | "recipients" | "purposes">) =>
    exporters?.includes(way.exporter ?? "") !== false &&
    recipients.includes(way.recipient ?? "") &&
    purposes.includes(way.purpose ?? "");
  const notices = named(policy.notices.filter(isOfWay), papers);
  const pipias = named(
    policy.pipias.filter((one) => one.done && isOfWay(one)),
    papers,
  );
  const known = new Set([...notices, ...pipias].map(({ id }) => id));
  return {
    notices: notices.map(({ id, version }) => `${id}@${version}`),
    pipias: pipias.map(({ id }) => id),
    mechanismTypes: carried.length > 0 ? carried : [...new Set(failing.map(({ type }) => type))],
    other: papers.filter((id) => !known.has(id)),
  };
}

/** Those that the entry names; where it names none of this kind, those that speak of the way. */
function named<T extends { readonly id: string }>(ofWay: readonly T[], papers: readonly string[]): readonly T[] {
  const recorded = ofWay.filter(({ id }) => papers.includes(id));
  return recorded.length > 0 ? recorded : ofWay;
}

/** @returns the policy of the folder if its hash is the one recorded; else what it is instead. */
export async function policyInForce(
  dir: string,
  hash: string | null,
  variables: Readonly<Record<string, string>>,
): Promise<{ readonly policy: Policy | null; readonly hash: string | null }> {
  const { loadPolicy } = await import("../../io/policy/load.ts");
  const { lawData } = await import("../check.ts");
  // the reader of names has no part in the hash, and its model is megabytes
  const loaded = await loadPolicy(dir, { law: await lawData(), variables, names: () => null });
  if (!loaded.ok) return { policy: null, hash: null };
  return { policy: loaded.policy.hash === hash ? loaded.policy : null, hash: loaded.policy.hash };
}
