// API shapes: what each path is for, the path that is dialled, the model that it names, and refusals in the dialect that
// SDKs read.

import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PROVIDERS } from "../src/decode/providers/all.ts";
import { routes } from "../src/decode/providers/routes.ts";
import type { CrossingId, Refusal } from "../src/words.ts";
import { cpuMs } from "./cpu.ts";

interface Row {
  readonly note: string;
  readonly method: string;
  readonly path: string;
  readonly operation: string | null;
  readonly canonical: string;
  /** What the path names; left out: not looked at. */
  readonly model?: string | null;
  readonly region?: string | null;
  readonly unrestorable?: boolean;
}

const rows = [...PROVIDERS.keys()].flatMap((id) =>
  readFileSync(new URL(`../src/decode/providers/${id}/cases.jsonl`, import.meta.url), "utf8")
    .trim()
    .split("\n")
    .map((line) => ({ id, ...(JSON.parse(line) as Row) })),
);

test.each(rows)("$id: $note: $method $path", ({ id, method, path, operation, canonical, ...named }) => {
  const provider = PROVIDERS.get(id)!;
  expect(provider.canonicalPath(path)).toBe(canonical);
  expect(provider.canonicalPath(canonical)).toBe(canonical);
  expect(provider.operation(method, path)).toBe(operation);
  expect(provider.operation(method, canonical)).toBe(operation);
  for (const at of [path, canonical]) {
    if (named.model !== undefined) expect(provider.modelIn?.(at) ?? null).toBe(named.model);
    if (named.region !== undefined) expect(provider.regionIn?.(at) ?? null).toBe(named.region);
    if (named.unrestorable !== undefined) expect(provider.unrestorable?.(at) ?? false).toBe(named.unrestorable);
  }
});

test("any-json stands last and knows every path", () => {
  expect([...PROVIDERS.keys()].at(-1)).toBe("any-json");
  expect([...PROVIDERS.entries()].every(([id, provider]) => id === provider.id)).toBe(true);
});

describe("where policy names no shape, the first that knows the path has it", () => {
  const first = (method: string, path: string): string => {
    for (const [id, shape] of PROVIDERS) {
      const operation = shape.operation(method, shape.canonicalPath(path));
      if (operation !== null) return `${id} ${operation}`;
    }
    return "";
  };

  test.each([
    ["POST", "/v1/chat/completions", "openai-chat inference"],
    ["POST", "/v1/responses", "openai-chat inference"],
    ["POST", "/openai/deployments/d/chat/completions", "openai-chat inference"],
    ["POST", "/models/chat/completions", "azure-openai inference"],
    ["POST", "/v1/messages", "anthropic-messages inference"],
    ["POST", "/v1/messages/count_tokens", "anthropic-messages inference"],
    ["POST", "/v1beta/models/g:generateContent", "gemini inference"],
    ["POST", "/v1/models/g:generateContent", "gemini inference"],
    ["POST", "/v1/projects/p/locations/l/publishers/google/models/g:generateContent", "vertex inference"],
    ["POST", "/model/m/converse", "bedrock inference"],
    ["POST", "/api/v1/chat/completions", "openrouter inference"],
    ["POST", "/v1/fim/completions", "mistral inference"],
    ["POST", "/v1/batch/jobs", "mistral batch"],
    ["POST", "/v1/chat", "cohere inference"],
    ["POST", "/v2/chat", "cohere inference"],
    ["POST", "/v1/embed", "cohere embedding"],
    ["POST", "/api/chat", "ollama inference"],
    ["POST", "/v1/traces", "otlp-http storage"],
    ["POST", "/v1/track", "segment storage"],
    ["POST", "/v1/batch", "segment storage"],
    ["POST", "/api/7/envelope/", "sentry storage"],
    // What nobody knows is `unknown`, whatever it looks like.
    ["POST", "/v1/chat/completion", "any-json unknown"],
    ["POST", "/v1/Chat/completions", "any-json unknown"],
    ["POST", "/V1/chat/completions", "any-json unknown"],
    ["POST", "/v2/chat/completions", "any-json unknown"],
    ["POST", "//v1/chat/completions", "any-json unknown"],
    ["POST", "/v1//chat/completions", "any-json unknown"],
    ["POST", "/v1/%63hat/completions", "any-json unknown"],
    ["POST", "/v1/chat/completions;x=1", "any-json unknown"],
    ["BREW", "/v1/chat/completions", "any-json unknown"],
    ["POST", "/", "any-json unknown"],
    ["POST", "", "any-json unknown"],
    ["POST", "*", "any-json unknown"],
    ["POST", "/__proto__", "any-json unknown"],
  ])("%s %s: %s", (method, path, expected) => {
    expect(first(method, path)).toBe(expected);
  });

  test("a query, whatever it holds, changes no operation; canonical paths are canonical", () => {
    const known = rows.map(({ method, path }) => ({ method, path: path.split("?", 1)[0]! }));
    fc.assert(
      fc.property(fc.constantFrom(...known), fc.string(), ({ method, path }, query) => {
        for (const shape of PROVIDERS.values()) {
          const target = `${path}?${query.replace(/[?#]/g, "")}`;
          expect(shape.operation(method, target)).toBe(shape.operation(method, path));
          const canonical = shape.canonicalPath(target);
          expect(shape.canonicalPath(canonical)).toBe(canonical);
          expect(canonical.slice(canonical.indexOf("?"))).toBe(target.slice(target.indexOf("?")));
        }
      }),
    );
  });

  test("hostile paths throw nothing and cost no square", () => {
    const started = cpuMs();
    const hostile = ["/v1".repeat(20_000), "/api".repeat(20_000), "/v1beta".repeat(20_000), "/model/%".repeat(10_000)];
    for (const path of [...hostile, `/v1/models/${":a".repeat(30_000)}`, `/openai${"/v1".repeat(20_000)}/x`])
      for (const shape of PROVIDERS.values()) {
        shape.operation("POST", shape.canonicalPath(path));
        shape.modelIn?.(path);
        shape.regionIn?.(path);
      }
    expect(cpuMs() - started).toBeLessThan(2_000);
  });
});

describe("a table of routes", () => {
  const table = routes(`
    POST        a              inference
    GET|DELETE  a/**           storage
    *           a/*/b.c        admin
    POST        m/*x*:go       embedding
  `);

  test.each([
    ["POST", "a", "inference"],
    ["POST", "a/", "inference"],
    ["POST", "a?q=/b", "inference"],
    ["GET", "a", "storage"],
    ["DELETE", "a/1/2/3", "storage"],
    ["POST", "a/1/b.c", "admin"],
    ["POST", "a/1/bxc", null],
    ["POST", "a/1/2/b.c", null],
    ["POST", "a/b.c", null],
    ["PUT", "a", null],
    ["GET", "ab", null],
    ["POST", "m/axb:go", "embedding"],
    ["POST", "m/a/x:go", null],
    ["POST", "m/axb:gone", null],
    ["POST", "", null],
  ])("%s %s: %s", (method, path, expected) => {
    expect(table.operation(method, path)).toBe(expected);
  });

  test("names its resources", () => {
    expect([...table.resources]).toEqual(["a", "m"]);
  });
});

// ── Refusals ────────────────────────────────────────────────────────────────────────────────────────────────────────

const refusal: Refusal = {
  decision: "dec_01JD7Q0000000000000000000" as CrossingId,
  status: 403,
  code: "consent_missing",
  message: "出境已拦截\n第二行",
  param: "/messages/0/content",
  reasons: [{ code: "CONSENT_MISSING", article: "PIPL Art.39", path: "/messages/0/content", type: "cn-id" }],
};
const { decision, code, message, param, reasons } = refusal;
const yumen = { decision, reasons };

const openai = { error: { message, type: "permission_error", code, param, yumen } };
const google = {
  error: {
    code: 403,
    message,
    status: "PERMISSION_DENIED",
    details: [
      {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        reason: "CONSENT_MISSING",
        domain: "yumen",
        metadata: { decision, param },
      },
    ],
    yumen: { code, decision, reasons },
  },
};
const ours = { code, param, decision, reasons };

const dialects: Record<string, object> = {
  "openai-chat": openai,
  "azure-openai": openai,
  "anthropic-messages": {
    type: "error",
    error: { type: "permission_error", message, code, param, details: { decision, reasons } },
    request_id: decision,
  },
  gemini: google,
  vertex: google,
  bedrock: { __type: "AccessDeniedException", message, yumen: ours },
  openrouter: { error: { code: 403, message, type: "permission_error", param, metadata: { code, ...yumen } } },
  mistral: {
    object: "error",
    message,
    type: "permission_error",
    param,
    code,
    error: { message, type: "permission_error", param, code },
    yumen,
  },
  cohere: { message, yumen: ours },
  ollama: { error: message, yumen: ours },
  "otlp-http": { code: 7, message, details: [], yumen: ours },
  segment: { success: false, code, message, param, yumen },
  sentry: { detail: message, causes: [code], yumen: ours },
  "any-json": { error: { code, message, param, decision, reasons } },
};
/** Streams of another kind, or of none. */
const eventName: Record<string, string> = { "anthropic-messages": "error", cohere: "message-end" };

describe.each([...PROVIDERS.keys()])("%s", (id) => {
  const provider = PROVIDERS.get(id)!;

  test("a refusal in its dialect", () => {
    expect(JSON.parse(provider.refusal(refusal))).toEqual(dialects[id]);
  });

  test.skipIf(["bedrock", "ollama"].includes(id))("the same as one event of a stream", () => {
    const event = provider.streamRefusal(refusal);
    expect(event.endsWith("\n\n")).toBe(true);
    expect(event.trimEnd()).not.toContain("\n\n");
    const [name, data] = event.includes("event: ") ? event.trimEnd().split("\n") : [undefined, event.trimEnd()];
    expect(name).toBe(eventName[id] === undefined ? undefined : `event: ${eventName[id]}`);
    const said = JSON.parse(data!.replace(/^data: /, "")) as object;
    if (id !== "cohere") expect(said).toEqual(JSON.parse(provider.refusal(refusal)));
    else expect(said).toEqual({ type: "message-end", delta: { finish_reason: "ERROR", error: message, yumen: ours } });
  });

  test.each([400, 401, 403, 404, 413, 415, 429, 500, 503])(
    "status %i has a type and tells message and decision",
    (status) => {
      const told = provider.refusal({ ...refusal, status, param: null });
      expect(told).toContain(JSON.stringify(message));
      expect(told).toContain(decision);
      expect(told).not.toContain("undefined");
    },
  );
});

test("Ollama's stream is a line; Bedrock's frames cannot say it", () => {
  const { ollama, bedrock } = Object.fromEntries(PROVIDERS);
  expect(ollama!.streamRefusal(refusal)).toBe(`${ollama!.refusal(refusal)}\n`);
  expect(ollama!.refusal(refusal)).not.toContain("\n");
  expect(bedrock!.streamRefusal(refusal)).toBe("");
});

test.each([
  {
    status: 400,
    openai: "invalid_request_error",
    anthropic: "invalid_request_error",
    google: "INVALID_ARGUMENT",
    rpc: 3,
  },
  {
    status: 401,
    openai: "authentication_error",
    anthropic: "authentication_error",
    google: "UNAUTHENTICATED",
    rpc: 16,
  },
  { status: 404, openai: "invalid_request_error", anthropic: "not_found_error", google: "NOT_FOUND", rpc: 5 },
  { status: 413, openai: "invalid_request_error", anthropic: "request_too_large", google: "INVALID_ARGUMENT", rpc: 3 },
  {
    status: 415,
    openai: "invalid_request_error",
    anthropic: "invalid_request_error",
    google: "INVALID_ARGUMENT",
    rpc: 3,
  },
  { status: 429, openai: "rate_limit_error", anthropic: "rate_limit_error", google: "RESOURCE_EXHAUSTED", rpc: 8 },
  { status: 500, openai: "server_error", anthropic: "api_error", google: "INTERNAL", rpc: 13 },
  { status: 503, openai: "server_error", anthropic: "api_error", google: "UNAVAILABLE", rpc: 14 },
])("$status has the type that the SDKs know", ({ status, openai, anthropic, google, rpc }) => {
  const told = (id: string) =>
    JSON.parse(PROVIDERS.get(id)!.refusal({ ...refusal, status })) as { error: Record<string, unknown>; code: number };
  expect([told("openai-chat").error["type"], told("anthropic-messages").error["type"]]).toEqual([openai, anthropic]);
  expect([told("gemini").error["status"], told("gemini").error["code"]]).toEqual([google, status]);
  expect([told("openrouter").error["code"], told("otlp-http").code]).toEqual([status, rpc]);
});

test.each([
  [400, "ValidationException"],
  [401, "UnrecognizedClientException"],
  [404, "ResourceNotFoundException"],
  [415, "ValidationException"],
  [429, "ThrottlingException"],
  [500, "InternalServerException"],
  [503, "ServiceUnavailableException"],
])("Bedrock %i: %s", (status, type) => {
  expect(JSON.parse(PROVIDERS.get("bedrock")!.refusal({ ...refusal, status }))).toMatchObject({ __type: type });
});
