// The way of one crossing, on one screen. Law: pure and synchronous; the world is asked once, between the two halves.
//
//   inspect:  decode → find → flow           bytes in, a question for the facts out
//   judge:    decide → act → look once more  facts in, what leaves (or why not) out

import { pseudonymize } from "./act/pseudonymize.ts";
import { decide } from "./decide/decide.ts";
import { decode } from "./decode/decode.ts";
import { readAt } from "./decode/json/read.ts";
import { PROVIDERS } from "./decode/providers/all.ts";
import { canonicalise } from "./find/canonicalise.ts";
import { find } from "./find/find.ts";
import { trace } from "./flow/flow.ts";
import { forwardedHeaders } from "./flow/headers.ts";
import { individualsOf } from "./flow/people.ts";
import { type Route, route } from "./flow/route.ts";
import { beijingYear } from "./law/year.ts";
import type {
  Arrival,
  Case,
  Decision,
  Departure,
  Doc,
  Facts,
  FactsAsk,
  Finding,
  Flow,
  HeaderPairs,
  Keys,
  Misrouted,
  Policy,
  Unreadable,
} from "./words.ts";

/** Everything known about a crossing before the facts. */
export interface Inspected {
  readonly arrival: Arrival;
  readonly policy: Policy;
  readonly route: Route;
  /** The caller's headers that will leave, inspected. */
  readonly headers: HeaderPairs;
  readonly doc: Doc;
  readonly findings: readonly Finding[];
  readonly flow: Flow;
  /** The PI handler whose people and counts these are: the exporter, or the one that entrusted it (CNT-7). */
  readonly handler: string;
  readonly ask: FactsAsk;
}

/** A request that got no further: it cannot be read, or policy does not carry it. */
export interface Stopped {
  readonly stopped: Unreadable | Misrouted;
}

export interface Judged {
  readonly case: Case;
  readonly decision: Decision;
  /** null: nothing leaves. */
  readonly departure: Departure | null;
}

/** What leaves China: the request as it arrived, or the answer of a service here to somebody overseas. */
export type Leg = Pick<Arrival, "target" | "method" | "headers" | "contentType" | "contentEncoding" | "body">;

/** First half. @returns what to ask the facts about, or why the crossing stops here. Throws nothing for bad input. */
export function inspect(arrival: Arrival, policy: Policy, keys: Keys, leg: Leg = arrival): Inspected | Stopped {
  const way = route(arrival, policy, PROVIDERS);
  if ("code" in way) return { stopped: way };
  const headers = forwardedHeaders(leg.headers, way.destination);
  const doc = decode(leg, headers, way.destination.limits);
  if ("code" in doc) return { stopped: doc };
  const findings = find(doc, policy.profile);
  const flow = trace(arrival, way, doc, findings, policy, keys, { read: readAt, canonicalise, year: beijingYear });
  if ("code" in flow) return { stopped: flow };
  const handler = policy.exporters.get(flow.exporter)!.handler;
  const { recipient, purpose, year, identifiers } = flow;
  const ask = { exporter: handler, recipient, purpose, year, identifiers };
  return { arrival, policy, route: way, headers, doc, findings, flow, handler, ask };
}

/**
 * Second half. @returns the decision and, unless it blocks, the bytes that leave: read once more if they were
 * rewritten.
 */
export function judge(inspected: Inspected, facts: Facts, keys: Keys): Judged {
  const { arrival, policy, doc, findings, flow, handler } = inspected;
  const it: Case = {
    at: new Date(arrival.atMs).toISOString(),
    flow,
    findings,
    individuals: individualsOf(flow, handler, facts, keys),
    counts: facts.counts,
    stale: facts.stale,
    policy,
    hidden: new Set(),
  };
  const decision = decide(it);
  if (decision.action === "block") return { case: it, decision, departure: null };
  if (decision.action === "forward") return { case: it, decision, departure: { body: doc.bytes, minted: new Map() } };
  const departure = pseudonymize(doc, findings, decision.hide, `${arrival.caller}\u001f${flow.conversation}`, keys);
  const left = residual(departure, inspected, decision);
  if (left === null) return { case: it, decision, departure };
  const reason = { code: "RESIDUAL_PI", article: "PIPL Art.51", path: left.path, type: left.type };
  const blocked: Decision = {
    ...decision,
    action: "block",
    rule: "residual",
    reasons: [reason],
    cures: ["remove_field"],
  };
  return { case: it, decision: blocked, departure: null };
}

/**
 * What leaves after rewriting is looked at as if it had just arrived: the first finding that was not meant to leave.
 */
function residual(departure: Departure, { doc, findings, policy }: Inspected, decision: Decision): Finding | null {
  const hidden = new Set(decision.hide);
  const expected = new Set(findings.filter((_, i) => !hidden.has(i)).map(identity));
  const rewritten = decode(
    { method: "POST", target: "/", contentType: "application/json", contentEncoding: "", body: departure.body },
    [],
    { bodyBytesMax: Number.MAX_SAFE_INTEGER },
  );
  if ("code" in rewritten) return findings[decision.hide[0]!]!;
  const again = find({ ...rewritten, head: doc.head }, policy.profile);
  return again.find((finding) => !expected.has(identity(finding))) ?? null;
}

function identity({ type, original, where }: Finding): string {
  return `${where}\u001f${type}\u001f${original.reveal()}`;
}
