// The X-Yumen-* headers on every answer. Law: ASCII, ids and kinds only.

import type { HeaderPairs } from "../words.ts";
import type { Crossing, Settled } from "./perform.ts";

/** Names a browser may read across origins. */
const EXPOSED = "X-Yumen-Decision, X-Yumen-Action, X-Yumen-Rule, X-Yumen-Policy, X-Yumen-Findings, Server-Timing";

/**
 * Headers of a crossing that was judged, put behind `headers`. `Server-Timing` is the gate's own time so far, in ms,
 * the wait for the disk included.
 */
export function withVerdict(headers: string[], crossing: Crossing, { decision, case: it }: Settled): HeaderPairs {
  withPlain(headers, crossing, decision.action, decision.rule);
  headers.push("x-yumen-findings", findingsOf(it.findings));
  if (decision.would !== null) headers.push("x-yumen-would", decision.would);
  return headers;
}

/** Headers of a crossing that was stopped or failed before a judgement. */
export function withPlain(headers: string[], crossing: Crossing, action: string, rule: string): HeaderPairs {
  const { arrival, policy, startedMs } = crossing;
  const gateMs = Math.round((performance.now() - startedMs) * 100) / 100;
  headers.push("x-yumen-decision", arrival.id, "x-yumen-action", action, "x-yumen-rule", rule);
  headers.push("x-yumen-policy", policy.hash, "server-timing", `yumen;dur=${gateMs}`);
  headers.push("access-control-expose-headers", EXPOSED);
  return headers;
}

function findingsOf(findings: readonly { readonly type: string }[]): string {
  if (findings.length === 0) return "none";
  if (findings.length === 1) return `${findings[0]!.type}=1`;
  const kinds = new Map<string, number>();
  for (const { type } of findings) kinds.set(type, (kinds.get(type) ?? 0) + 1);
  return [...kinds].map(([type, n]) => `${type}=${n}`).join(", ");
}
