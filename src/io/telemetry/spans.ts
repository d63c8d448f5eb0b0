// The span of a crossing: begun at its arrival, ended when it is decided, active for all that happens between. Law 6:
// ids, kinds and codes; of the caller's headers nothing but the two ids of a W3C traceparent, never tracestate or
// baggage, which are free text.

import { type Context, context, isSpanContextValid, ROOT_CONTEXT, SpanKind, trace } from "@opentelemetry/api";
import type { HeaderPairs } from "../../words.ts";

const tracer = trace.getTracer("yumen");

/** What a span needs of an arrival, or of one that failed before it was whole and has no headers. */
export interface Begun {
  readonly atMs: number;
  readonly headers?: HeaderPairs;
}

/** Runs a crossing within its span. Costs one look while no SDK is registered. @returns what `run` returns. */
export function withSpan(begun: Begun, run: () => Promise<void>): Promise<void> {
  if (!isTraced()) return run();
  const from = { startTime: begun.atMs, kind: SpanKind.SERVER };
  const span = tracer.startSpan("crossing", from, parentOf(begun.headers ?? []));
  return context.with(trace.setSpan(ROOT_CONTEXT, span), run).finally(() => span.end());
}

/** Says of the running crossing what was decided; each name stands under `yumen.`. */
export function describeSpan(attributes: Readonly<Record<string, string>>): void {
  const span = trace.getActiveSpan();
  if (span === undefined) return;
  for (const [name, value] of Object.entries(attributes)) span.setAttribute(`yumen.${name}`, value);
}

/** W3C trace id of the running crossing; null when nothing records spans. */
export function runningTraceId(): string | null {
  return trace.getActiveSpan()?.spanContext().traceId ?? null;
}

/** The API's provider stands in front of nothing until an SDK is registered. */
function isTraced(): boolean {
  const provider = trace.getTracerProvider() as { getDelegate?(): { constructor: { name: string } } };
  return provider.getDelegate?.().constructor.name !== "NoopTracerProvider";
}

/** W3C Trace Context §3.2: a later version may say more behind the flags; version 00 may not, ff does not exist. */
const TRACEPARENT = /^(?!ff)([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/**
 * Ids are random, so a mobile or a number of 15 digits in one is a caller's mistake that would stand in every span and
 * entry (the standard forbids it too). One random pair of ids in sixty-five has such a run: it loses its parent.
 */
const LIKE_A_NUMBER = /1[3-9]\d{9}|\d{15}/;

function parentOf(headers: HeaderPairs): Context {
  const [, version, traceId, spanId, flags, more] = TRACEPARENT.exec(onlyTraceparent(headers)) ?? [];
  if (traceId === undefined || spanId === undefined || (version === "00" && more !== undefined)) return ROOT_CONTEXT;
  const parent = { traceId, spanId, traceFlags: Number.parseInt(flags!, 16) & 1, isRemote: true };
  if (!isSpanContextValid(parent) || LIKE_A_NUMBER.test(traceId) || LIKE_A_NUMBER.test(spanId)) return ROOT_CONTEXT;
  return trace.setSpanContext(ROOT_CONTEXT, parent);
}

/** "" when there is none, or more than one: then none of them is believed. */
function onlyTraceparent(headers: HeaderPairs): string {
  const at = headers.findIndex((text, i) => i % 2 === 0 && text.toLowerCase() === "traceparent");
  const again = headers.findIndex((text, i) => i % 2 === 0 && i > at && text.toLowerCase() === "traceparent");
  return at < 0 || again >= 0 ? "" : (headers[at + 1] ?? "").trim();
}
