// The admin plane described to machines (OpenAPI 3.1), from the very schemas that check what comes in.

import { z } from "zod";
import { aliasBody, grantBody, lookupBody, withdrawBody } from "./schema.ts";

const OPERATIONS = [
  { path: "/v1/consents/{event}", method: "put", summary: "Record a consent, idempotent by event", body: grantBody },
  { path: "/v1/consents/withdraw", method: "post", summary: "Withdraw a consent, or all", body: withdrawBody },
  { path: "/v1/consents/lookup", method: "post", summary: "What a person has consented to", body: lookupBody },
  { path: "/v1/aliases", method: "post", summary: "Say that identifiers are one person's", body: aliasBody },
] as const;

export function openApi(version: string): object {
  const paths = OPERATIONS.map(({ path, method, summary, body }) => {
    const schema = z.toJSONSchema(body, { io: "input" });
    const requestBody = { required: true, content: { "application/json": { schema } } };
    const event = { name: "event", in: "path", required: true, schema: { type: "string" } };
    const parameters = path.includes("{event}") ? [event] : [];
    return [path, { [method]: { summary, parameters, requestBody, responses: RESPONSES } }];
  });
  return {
    openapi: "3.1.0",
    info: { title: "Yumen admin", version },
    security: [{ bearer: [] }],
    components: { securitySchemes: { bearer: { type: "http", scheme: "bearer" } } },
    paths: Object.fromEntries(paths),
  };
}

const RESPONSES = {
  "2XX": { description: "Durable and recorded" },
  default: { description: "A problem (RFC 9457)", content: { "application/problem+json": {} } },
};
