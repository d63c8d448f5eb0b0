// OpenTelemetry over HTTP. Source: opentelemetry.io/docs/specs/otlp. Law: telemetry is kept over there: storage.
// Refused with a google.rpc.Status; 403 is not among what exporters send again.

import type { Provider, Refusal } from "../../../words.ts";
import { NO_LANES } from "../lanes.ts";
import { withOneV1 } from "../paths.ts";
import { sseEvent, yumenOf } from "../refusals.ts";
import { roles } from "../roles.ts";
import { routes } from "../routes.ts";

const ROUTES = routes(`
  POST            v1/logs                     storage
  POST            v1/traces                   storage
  POST            v1/metrics                  storage
  POST            v1development/profiles      storage
`);

const SIGNALS: ReadonlySet<string> = new Set(["logs", "traces", "metrics"]);

/** Of the JSON encoding; names of attributes are names, what they hold is text. */
const ROLES = `
  fixed /resourceSpans/*/scopeSpans/*/spans/*/{traceId,spanId,parentSpanId,traceState,attributes/*/key}
  fixed /resourceSpans/*/scopeSpans/*/spans/*/links/*/{traceId,spanId,traceState,attributes/*/key}
  fixed /resourceSpans/*/scopeSpans/*/spans/*/events/*/attributes/*/key
  fixed /resourceLogs/*/scopeLogs/*/logRecords/*/{traceId,spanId,severityText,attributes/*/key}
  fixed /resourceMetrics/*/scopeMetrics/*/metrics/*/{name,unit}
  fixed /{resourceSpans,resourceLogs,resourceMetrics}/*/resource/attributes/*/key
  fixed /{resourceSpans,resourceLogs,resourceMetrics}/*/schemaUrl
  fixed /resourceSpans/*/scopeSpans/*/{schemaUrl,scope/name,scope/version}
  fixed /resourceLogs/*/scopeLogs/*/{schemaUrl,scope/name,scope/version}
  fixed /resourceMetrics/*/scopeMetrics/*/{schemaUrl,scope/name,scope/version}
  metadata /{resourceSpans,resourceLogs,resourceMetrics}/*/resource/**`;

export const otlpHttp: Provider = {
  id: "otlp-http",
  modelAt: null,
  operation: (method, path) => ROUTES.operation(method, otlpHttp.canonicalPath(path).slice(1)),
  canonicalPath: (path) => withOneV1(path, SIGNALS),
  roleOf: roles(ROLES.trim()),
  refusal: (refusal) => JSON.stringify(errorOf(refusal)),
  streamRefusal: (refusal) => sseEvent(errorOf(refusal)),
  lanes: NO_LANES,
};

/** google.rpc.Code. */
const CODES: Readonly<Record<number, number>> = { 400: 3, 401: 16, 403: 7, 404: 5, 413: 3, 429: 8, 503: 14 };

function errorOf({ status, code, message, param, ...refusal }: Refusal): object {
  const rpc = CODES[status] ?? (status >= 500 ? 13 : 3);
  return { code: rpc, message, details: [], yumen: { code, param, ...yumenOf(refusal) } };
}
