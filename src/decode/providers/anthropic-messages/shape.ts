// The Anthropic API. Sources: docs.anthropic.com/en/api (messages, batches, files, streaming, errors).

import type { Provider, Refusal } from "../../../words.ts";
import { anthropicLanes } from "../anthropic-lanes.ts";
import { ANTHROPIC_ROLES } from "../anthropic-roles.ts";
import { ANTHROPIC_ROUTES } from "../anthropic-routes.ts";
import { belowV1, withOneV1 } from "../paths.ts";
import { sseEvent } from "../refusals.ts";
import { roles } from "../roles.ts";

export const anthropicMessages: Provider = {
  id: "anthropic-messages",
  modelAt: "/model",

  operation(method, path) {
    const below = belowV1(anthropicMessages.canonicalPath(path));
    return below === null ? null : ANTHROPIC_ROUTES.operation(method, below);
  },

  canonicalPath: (path) => withOneV1(path, ANTHROPIC_ROUTES.resources),
  roleOf: roles(ANTHROPIC_ROLES),
  refusal: (refusal) => JSON.stringify(errorOf(refusal)),
  streamRefusal: (refusal) => sseEvent(errorOf(refusal), "error"),
  lanes: anthropicLanes,
};

function errorOf({ decision, status, code, message, param, reasons }: Refusal): object {
  const error = { type: typeOf(status), message, code, param, details: { decision, reasons } };
  return { type: "error", error, request_id: decision };
}

function typeOf(status: number): string {
  if (status === 401) return "authentication_error";
  if (status === 403) return "permission_error";
  if (status === 404) return "not_found_error";
  if (status === 413) return "request_too_large";
  if (status === 429) return "rate_limit_error";
  return status >= 500 ? "api_error" : "invalid_request_error";
}
