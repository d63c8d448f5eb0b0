// The X-Yumen-* headers on every answer. Law: ASCII, ids and kinds only.

import type { HeaderPairs } from "../words.ts";
import type { Crossing, Settled } from "./perform.ts";

/** Names a browser may read across origins. */
const EXPOSED = "X-Yumen-Decision, X-Yumen-Action, X-Yumen-Rule, X-Yumen-Policy, X-Yumen-Findings, Server-Timing";

/**
 * Headers of a crossing that was judged. `Server-Timing` is the gate's own time so far, in ms, the wait for the disk
 * included.
 */
export function verdictHeaders(crossing: Crossing, settled: Settled): HeaderPairs {
  const { decision, case: it } = settled;
  return [
    ...plainHeaders(crossing, decision.action, decision.rule),
    "x-yumen-findings",
    findingsOf(it.findings),
    ...(decision.would === null ? [] : ["x-yumen-would", decision.would]),
  ];
}

/** Headers of a crossing that was stopped or failed before a judgement. */
export function plainHeaders({ arrival, policy, startedMs }: Crossing, action: string, rule: string): HeaderPairs {
  return [
    "x-yumen-decision",
    arrival.id,
    "x-yumen-action",
    action,
    "x-yumen-rule",
    rule,
    "x-yumen-policy",
    policy.hash,
    "server-timing",
    `yumen;dur=${(performance.now() - startedMs).toFixed(2)}`,
    "access-control-expose-headers",
    EXPOSED,
  ];
}

function findingsOf(findings: readonly { readonly type: string }[]): string {
  if (findings.length === 0) return "none";
  const kinds = new Map<string, number>();
  for (const { type } of findings) kinds.set(type, (kinds.get(type) ?? 0) + 1);
  return [...kinds].map(([type, n]) => `${type}=${n}`).join(", ");
}
