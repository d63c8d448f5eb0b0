// Sentry's ingestion. Source: develop.sentry.dev/sdk/overview. Law: events are kept over there: storage; its web API
// does too many things to be named after one.

import type { Provider, Refusal } from "../../../words.ts";
import { NO_LANES } from "../lanes.ts";
import { sseEvent, yumenOf } from "../refusals.ts";
import { roles, under } from "../roles.ts";
import { routes } from "../routes.ts";

const ROUTES = routes(`
  *               api/0/**                        unknown
  POST            api/*/envelope                  storage
  POST            api/*/store                     storage
  POST            api/*/minidump                  storage
  POST            api/*/security                  storage
  POST            api/*/csp-report                storage
  POST            api/*/unreal/*                  storage
  POST            api/*/playstation               storage
  POST            api/*/attachment                storage
  POST            api/*/feedback                  storage
  POST            api/embed/error-page            storage
  GET|POST        api/*/cron/**                   storage
  POST            api/*/integration/otlp/**       storage
`);

/** An event, in the old store or as an item of an envelope. */
const EVENT = `
  fixed /{event_id,platform,level,release,environment,dist,type,start_timestamp,timestamp} /sdk/**
  fixed /contexts/trace/{trace_id,span_id,parent_span_id,op,type} /spans/*/{trace_id,span_id,parent_span_id}
  fixed /debug_meta/** /exception/values/*/stacktrace/frames/*/{instruction_addr,debug_id} /trace/** /dsn
  metadata /user/** /tags/** /contexts/** /server_name`;

export const sentry: Provider = {
  id: "sentry",
  modelAt: null,
  operation: (method, path) => ROUTES.operation(method, path.slice(1)),
  canonicalPath: (path) => path,
  roleOf: roles(`${EVENT} ${under("/*", EVENT)}`.trim()),
  refusal: (refusal) => JSON.stringify(errorOf(refusal)),
  streamRefusal: (refusal) => sseEvent(errorOf(refusal)),
  lanes: NO_LANES,
};

/** Its SDKs log `detail`; the event is dropped, not sent again. */
function errorOf({ code, message, param, ...refusal }: Refusal): object {
  return { detail: message, causes: [code], yumen: { code, param, ...yumenOf(refusal) } };
}
