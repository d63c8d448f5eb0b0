// People of flows that go past the gate, as policy declares them: they are in the year's count (CNT-1), and the store
// knows nothing of them. Law: judged with them, admitted without them, by the same numbers.

import type { CountLimit, Policy, ScopedLimit } from "../words.ts";

interface Numbers {
  readonly nonSensitive: number;
  readonly sensitive: number;
}

const NOBODY: Numbers = { nonSensitive: 0, sensitive: 0 };

/** @param handler whose year it is. @param recipients only those sent to one of them. */
export function outsideOf(policy: Policy, handler: string, recipients?: readonly string[]): Numbers {
  if (policy.outsideFlows === undefined) return NOBODY;
  const sum = { nonSensitive: 0, sensitive: 0 };
  for (const flow of policy.outsideFlows) {
    const isOurs = policy.exporters.get(flow.exporter)?.handler === handler;
    const isHome = policy.recipients.get(flow.recipient)?.country === "CN";
    if (!isOurs || isHome || recipients?.includes(flow.recipient) === false) continue;
    sum.nonSensitive += flow.peopleAYear.nonSensitive;
    sum.sensitive += flow.peopleAYear.sensitive;
  }
  return sum;
}

/** What is left of a limit for those whom the store counts. */
export function lessOutside(limit: CountLimit, policy: Policy, handler: string): CountLimit {
  if (policy.outsideFlows === undefined) return limit;
  const all = less(limit, outsideOf(policy, handler));
  const scoped = limit.scoped?.map(
    (one): ScopedLimit => ({
      recipients: one.recipients,
      ...less(one, outsideOf(policy, handler, one.recipients)),
    }),
  );
  return scoped === undefined ? all : { ...all, scoped };
}

function less(limit: Pick<CountLimit, "nonSensitive" | "sensitive">, { nonSensitive, sensitive }: Numbers) {
  return {
    nonSensitive: limit.nonSensitive === null ? null : limit.nonSensitive - nonSensitive,
    sensitive: limit.sensitive === null ? null : limit.sensitive - sensitive,
  };
}
