// The admin plane described to machines (OpenAPI 3.1), from the very schemas that check what comes in.

import { z } from "zod";
import { ROUTES } from "./routes.ts";

export function openApi(version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const { path, method, summary, body, lines } of ROUTES.flatMap(({ operations }) => operations)) {
    const asked = body === null ? {} : { requestBody: bodyOf(body, lines === true) };
    const operation = { summary, parameters: parametersOf(path), ...asked, responses: RESPONSES };
    paths[path] = { ...paths[path], [method]: operation };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Yumen admin", version },
    security: [{ bearer: [] }],
    components: { securitySchemes: { bearer: { type: "http", scheme: "bearer" } } },
    paths,
  };
}

const RESPONSES = {
  "2XX": { description: "Durable and recorded" },
  default: { description: "A problem (RFC 9457)", content: { "application/problem+json": {} } },
};

function bodyOf(body: z.ZodType, lines: boolean): object {
  return {
    required: true,
    content: {
      [lines ? "application/x-ndjson" : "application/json"]: { schema: z.toJSONSchema(body, { io: "input" }) },
    },
  };
}

/** Those in the path: `/v1/consents/{event}`. */
function parametersOf(path: string): readonly object[] {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
  return names.map((name) => ({ name, in: "path", required: true, schema: { type: "string" } }));
}
