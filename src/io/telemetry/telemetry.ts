// What operators see of a crossing: one canonical decision line, counters, a span. Law 6: ids, kinds, codes and sizes
// only.

import type { Logger } from "pino";
import type { OutcomeRecord } from "../../record/crossing.ts";
import type { Action, Arrival } from "../../words.ts";
import type { Drift } from "../drift/drift.ts";
import type { GateError } from "../errors.ts";
import type { Observations } from "../observed.ts";
import type { Crossing, Settled } from "../perform.ts";
import type { Meters } from "./meters.ts";
import { describeSpan, runningTraceId } from "./spans.ts";

export interface Telemetry {
  /** W3C trace id of the running span; null when nothing records spans. */
  traceId(): string | null;
  /** Its decision entry is durable; nothing has left yet. */
  decided(crossing: Crossing, settled: Settled): void;
  /** Stopped before a judgement; its entry is durable. */
  stopped(crossing: Crossing, code: string): void;
  /** A dry run: what the same request would have met. Its entry is durable. */
  tried(crossing: Crossing, would: Action, rule: string): void;
  answered(crossing: Crossing, outcome: OutcomeRecord): void;
  failed(arrival: Arrival | null, error: GateError): void;
}

/** @param observed hears of ways on trial, @param drift of what nobody has declared; absent: nobody keeps count. */
export function createTelemetry(
  log: Logger,
  meters: Meters,
  observed?: Pick<Observations, "count">,
  drift?: Pick<Drift, "saw">,
): Telemetry {
  return {
    traceId: runningTraceId,
    decided(crossing, settled) {
      const ms = performance.now() - crossing.startedMs;
      const { decision, case: it, inspected } = settled;
      const destination = inspected.route.destination.id;
      meters.crossing(destination, decision.action, ms / 1000);
      for (const { type } of it.findings) meters.finding(type, destination);
      if (decision.would !== null) {
        meters.observed(destination, decision.reasons[0]?.code ?? "");
        observed?.count({ destination }, decision);
      }
      if (decision.undeclared !== undefined) drift?.saw(crossing.arrival.id, it.flow.exporter, decision);
      if (log.isLevelEnabled("info")) log.info(decisionLine(crossing, settled, ms), "decision");
      describeSpan({ decision: crossing.arrival.id, action: decision.action, rule: decision.rule, destination });
    },
    stopped(crossing, code) {
      const { arrival } = crossing;
      const ms = performance.now() - crossing.startedMs;
      const destination = crossing.policy.destinations.has(arrival.destination) ? arrival.destination : "unknown";
      meters.crossing(destination, "block", ms / 1000);
      const line = { id: arrival.id, caller: arrival.caller, action: "block", rule: code, ms: round(ms) };
      log.info(line, "decision");
      describeSpan({ decision: arrival.id, action: "block", rule: code, destination });
    },
    tried({ arrival, policy, startedMs }, would, rule) {
      const destination = policy.destinations.has(arrival.destination) ? arrival.destination : "unknown";
      meters.dryRun(destination, would);
      const ms = round(performance.now() - startedMs);
      log.info({ id: arrival.id, caller: arrival.caller, destination, would, rule, ms }, "dry run");
      describeSpan({ decision: arrival.id, action: "dry_run", would, rule, destination });
    },
    answered({ arrival }, { status, result, restored, unrestored, bytesIn }) {
      meters.outcome(result);
      log.debug({ id: arrival.id, status, result, restored, unrestored, bytesIn }, "answer");
    },
    failed(arrival, error) {
      meters.failure(error.code);
      // The cause may quote what it failed on: only its class and code are written.
      const { cause } = error;
      const why = cause instanceof Error ? { cause: cause.name, at: place(cause) } : {};
      log.error({ id: arrival?.id, code: error.code, ...why }, "failure");
    },
  };
}

function decisionLine({ arrival }: Crossing, { decision, case: it, inspected }: Settled, ms: number): object {
  const { caller, exporter, purpose } = it.flow;
  return {
    id: arrival.id,
    caller,
    exporter,
    destination: inspected.route.destination.id,
    purpose,
    action: decision.action,
    ...(decision.would === null ? {} : { would: decision.would }),
    rule: decision.rule,
    outcome: decision.legal.outcome,
    reasons: decision.reasons.length === 0 ? NO_REASONS : decision.reasons.map((reason) => reason.code),
    findings: it.findings.length,
    people: it.individuals.length,
    ms: round(ms),
  };
}

const NO_REASONS: readonly string[] = [];
const OWN_FRAME = /^ {4}at .*\/(?:src|dist)\/([\w./-]+:\d+(?::\d+)?)/m;

/** The first line of our own in the stack: a place in the code, never the message, which could quote what was read. */
function place({ stack = "", message }: Error): string | undefined {
  const said = stack.indexOf(message);
  return said < 0 ? undefined : OWN_FRAME.exec(stack.slice(said + message.length))?.[1];
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
