// The question to the facts. Law: it names all that the judgement will count by, and the same way always asks the same.

import type { FactsAsk, Flow, Mechanism, Policy } from "../words.ts";

type Scopes = NonNullable<FactsAsk["scopes"]>;

/** `exporter` of the answer is the PI handler whose people and counts these are (CNT-7). */
export function askOf(flow: Flow, policy: Policy): FactsAsk {
  const { recipient, purpose, year, identifiers } = flow;
  const exporter = policy.exporters.get(flow.exporter)!.handler;
  const ask = { exporter, recipient, purpose, year, identifiers };
  const scopes = scopesOf(policy, flow, exporter);
  return scopes.length === 0 ? ask : { ...ask, scopes };
}

const known = new WeakMap<Policy, Map<string, Scopes>>();

/** Whose people the mechanisms of the way may not have more of than they say: those that name this recipient. */
function scopesOf(policy: Policy, { exporter, recipient }: Flow, handler: string): Scopes {
  let byWay = known.get(policy);
  if (byWay === undefined) {
    byWay = new Map();
    known.set(policy, byWay);
  }
  const way = `${exporter}\u0000${recipient}`;
  let scopes = byWay.get(way);
  if (scopes === undefined) {
    const ours = policy.mechanisms.filter(
      ({ exporters }) => exporters.includes(exporter) || exporters.includes(handler),
    );
    const sets = ours.flatMap((one) => recipientsOf(one)).filter((recipients) => recipients.includes(recipient));
    scopes = [...new Map(sets.map((recipients) => [recipients.join("\u0000"), recipients])).values()];
    byWay.set(way, scopes);
  }
  return scopes;
}

/** Sorted, so that contracts with the same recipients share their people. */
function recipientsOf({ scope }: Mechanism): Scopes {
  const hasScale = scope.maxNonSensitive !== undefined || scope.maxSensitive !== undefined;
  return hasScale && scope.recipients !== undefined ? [[...scope.recipients].sort()] : [];
}
