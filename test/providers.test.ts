// API shapes: what each path is for, the path that is dialled, and refusals in the dialect that SDKs read.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { PROVIDERS } from "../src/decode/providers/all.ts";
import type { CrossingId, Refusal } from "../src/words.ts";

interface Row {
  readonly note: string;
  readonly method: string;
  readonly path: string;
  readonly operation: string | null;
  readonly canonical: string;
}

const rows = [...PROVIDERS.keys()].flatMap((id) =>
  readFileSync(new URL(`../src/decode/providers/${id}/cases.jsonl`, import.meta.url), "utf8")
    .trim()
    .split("\n")
    .map((line) => ({ id, ...(JSON.parse(line) as Row) })),
);

test.each(rows)("$id: $note: $method $path", ({ id, method, path, operation, canonical }) => {
  const provider = PROVIDERS.get(id)!;
  expect(provider.canonicalPath(path)).toBe(canonical);
  expect(provider.canonicalPath(canonical)).toBe(canonical);
  expect(provider.operation(method, path)).toBe(operation);
  expect(provider.operation(method, canonical)).toBe(operation);
});

test("any-json stands last and knows every path", () => {
  expect([...PROVIDERS.keys()].at(-1)).toBe("any-json");
  expect([...PROVIDERS.entries()].every(([id, provider]) => id === provider.id)).toBe(true);
});

const refusal: Refusal = {
  decision: "dec_01JD7Q0000000000000000000" as CrossingId,
  status: 403,
  code: "consent_missing",
  message: "出境已拦截\n第二行",
  param: "/messages/0/content",
  reasons: [{ code: "CONSENT_MISSING", article: "PIPL Art.39", path: "/messages/0/content", type: "cn-id" }],
};

const dialects: Record<string, (status: number, type: string) => unknown> = {
  "openai-chat": (_status, type) => ({
    error: {
      message: refusal.message,
      type,
      code: refusal.code,
      param: refusal.param,
      yumen: { decision: refusal.decision, reasons: refusal.reasons },
    },
  }),
  "anthropic-messages": (_status, type) => ({
    type: "error",
    error: {
      type,
      message: refusal.message,
      code: refusal.code,
      param: refusal.param,
      details: { decision: refusal.decision, reasons: refusal.reasons },
    },
    request_id: refusal.decision,
  }),
  "any-json": () => ({
    error: {
      code: refusal.code,
      message: refusal.message,
      param: refusal.param,
      decision: refusal.decision,
      reasons: refusal.reasons,
    },
  }),
};

describe.each([...PROVIDERS.keys()])("%s", (id) => {
  const provider = PROVIDERS.get(id)!;

  test("a refusal in its dialect: permission_error for 403", () => {
    expect(JSON.parse(provider.refusal(refusal))).toEqual(dialects[id]!(403, "permission_error"));
  });

  test("the same as one event of a stream", () => {
    const event = provider.streamRefusal(refusal);
    expect(event.endsWith("\n\n")).toBe(true);
    expect(event.trimEnd()).not.toContain("\n\n");
    const data = event.trimEnd().split("\n").at(-1)!;
    expect(JSON.parse(data.replace(/^data: /, ""))).toEqual(JSON.parse(provider.refusal(refusal)));
    expect(event.startsWith("event: error\n")).toBe(id === "anthropic-messages");
  });
});

test.each([
  { status: 400, openai: "invalid_request_error", anthropic: "invalid_request_error" },
  { status: 401, openai: "authentication_error", anthropic: "authentication_error" },
  { status: 404, openai: "invalid_request_error", anthropic: "not_found_error" },
  { status: 413, openai: "invalid_request_error", anthropic: "request_too_large" },
  { status: 429, openai: "rate_limit_error", anthropic: "rate_limit_error" },
  { status: 503, openai: "server_error", anthropic: "api_error" },
])("$status has the type that the SDKs know", ({ status, openai, anthropic }) => {
  const typeIn = (id: string): unknown =>
    (JSON.parse(PROVIDERS.get(id)!.refusal({ ...refusal, status })) as { error: { type: string } }).error.type;
  expect([typeIn("openai-chat"), typeIn("anthropic-messages")]).toEqual([openai, anthropic]);
});
