// Which environment variable points which client at a base URL. Law: one row a variable, read out of the client's own
// source or documents; what a client does with it is said beside it. A client without a variable stands in NO_VARIABLE.

import type { Text } from "../../io/policy/problem.ts";

export interface ClientVariable {
  readonly name: string;
  /** The API shape that the client speaks. */
  readonly provider: string;
  /** Stands behind `http://gate/<destination>`. */
  readonly suffix: string;
  readonly does: Text;
}

export const CLIENTS: readonly ClientVariable[] = [
  {
    name: "OPENAI_BASE_URL",
    provider: "openai-chat",
    suffix: "/v1",
    does: {
      zh: "OpenAI SDK（Node、Python）、Vercel @ai-sdk/openai、LangChain：在它后面接 /chat/completions 等",
      en: "OpenAI SDKs (Node, Python), Vercel @ai-sdk/openai, LangChain: /chat/completions … is put behind it",
    },
  },
  {
    name: "OPENAI_API_BASE",
    provider: "openai-chat",
    suffix: "/v1",
    does: { zh: "LangChain（Python）、LiteLLM 的旧名", en: "LangChain (Python) and LiteLLM: the older name" },
  },
  {
    name: "OPENAI_PROXY_URL",
    provider: "openai-chat",
    suffix: "/v1",
    does: { zh: "LobeChat（有无 /v1 网关都认）", en: "LobeChat (with or without /v1, the gate takes both)" },
  },
  {
    name: "AZURE_OPENAI_ENDPOINT",
    provider: "azure-openai",
    suffix: "",
    does: {
      zh: "AzureOpenAI（OpenAI SDK）：在它后面接 /openai/deployments/…；不要同时设 OPENAI_BASE_URL",
      en: "AzureOpenAI (OpenAI SDK): /openai/deployments/… is put behind it; takes no OPENAI_BASE_URL beside it",
    },
  },
  {
    name: "ANTHROPIC_BASE_URL",
    provider: "anthropic-messages",
    suffix: "",
    does: {
      zh: "Anthropic SDK、Claude Code：在它后面接 /v1/messages；Vercel @ai-sdk/anthropic 接 /messages，网关补上 /v1",
      en: "Anthropic SDKs, Claude Code put /v1/messages behind it; Vercel @ai-sdk/anthropic /messages: /v1 is added",
    },
  },
  {
    name: "GOOGLE_GEMINI_BASE_URL",
    provider: "gemini",
    suffix: "",
    does: {
      zh: "Google GenAI SDK：在它后面接 /v1beta/models/…",
      en: "Google GenAI SDKs: /v1beta/models/… is put behind it",
    },
  },
  {
    name: "GOOGLE_VERTEX_BASE_URL",
    provider: "vertex",
    suffix: "",
    does: { zh: "Google GenAI SDK 的 Vertex 模式", en: "Google GenAI SDKs in Vertex mode" },
  },
  {
    name: "AWS_ENDPOINT_URL_BEDROCK_RUNTIME",
    provider: "bedrock",
    suffix: "",
    does: {
      zh: "AWS SDK：Bedrock 运行时的地址；SigV4 签名含主机名和正文，需改写正文的请求会被拒",
      en: "AWS SDKs: where Bedrock's runtime is; SigV4 signs host and body: over there a changed body is refused",
    },
  },
  {
    name: "CO_API_URL",
    provider: "cohere",
    suffix: "",
    does: { zh: "Cohere SDK（Python）", en: "Cohere SDK (Python)" },
  },
  {
    name: "OLLAMA_HOST",
    provider: "ollama",
    suffix: "",
    does: { zh: "Ollama 命令行和 Python 客户端", en: "Ollama's command line and Python client" },
  },
  {
    name: "OTEL_EXPORTER_OTLP_ENDPOINT",
    provider: "otlp-http",
    suffix: "",
    does: {
      zh: "OpenTelemetry SDK：在它后面接 /v1/traces 等；协议设为 http/json，网关才读得懂",
      en: "OpenTelemetry SDKs: /v1/traces … is put behind it; set the protocol to http/json, which the gate reads",
    },
  },
];

/** Shapes whose clients take a base URL in code only. */
export const NO_VARIABLE: Text = {
  zh: "没有通用的环境变量，在客户端代码或界面里填写这个地址",
  en: "has no variable that its clients share: give this address in the client's code or settings",
};

/** Hosts of the recipients' own endpoints → the shape spoken there. */
const HOSTS: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\.)openai\.azure\.com$/, "azure-openai"],
  [/(?:^|\.)openai\.com$/, "openai-chat"],
  [/(?:^|\.)(?:anthropic|claude)\.com$/, "anthropic-messages"],
  [/^generativelanguage\.googleapis\.com$/, "gemini"],
  [/(?:^|-)aiplatform\.googleapis\.com$/, "vertex"],
  [/^bedrock-runtime\..*\.amazonaws\.com$/, "bedrock"],
  [/(?:^|\.)openrouter\.ai$/, "openrouter"],
  [/(?:^|\.)mistral\.ai$/, "mistral"],
  [/(?:^|\.)cohere\.(?:ai|com)$/, "cohere"],
  [/(?:^|\.)sentry\.io$/, "sentry"],
  [/(?:^|\.)segment\.(?:io|com)$/, "segment"],
];

/** Words of a destination's or recipient's id → the shape; a gateway of one's own hides the host. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/azure/, "azure-openai"],
  [/openrouter/, "openrouter"],
  [/openai|chatgpt|gpt/, "openai-chat"],
  [/anthropic|claude/, "anthropic-messages"],
  [/vertex/, "vertex"],
  [/gemini|google/, "gemini"],
  [/bedrock/, "bedrock"],
  [/mistral/, "mistral"],
  [/cohere/, "cohere"],
  [/ollama/, "ollama"],
  [/otlp|otel/, "otlp-http"],
  [/sentry/, "sentry"],
  [/segment/, "segment"],
];

/** What is known of a destination. */
export interface Pointed {
  readonly id: string;
  readonly recipient: string;
  readonly url: string;
  /** As policy lists them, tried in this order. */
  readonly providers: readonly string[];
}

/**
 * The shape that a destination's clients speak: the one that policy names first where it names few, else by the host,
 * else by the id. null: not to be told.
 * @param all every shape there is: a destination that lists them all names none.
 */
export function shapeOf({ id, recipient, url, providers }: Pointed, all: number): string | null {
  if (providers.length < all) return providers.find((provider) => provider !== "any-json") ?? null;
  const { hostname } = new URL(url);
  const byHost = HOSTS.find(([host]) => host.test(hostname));
  if (byHost !== undefined) return byHost[1];
  const byWord = [id, recipient].flatMap((name) => WORDS.filter(([word]) => word.test(name)))[0];
  return byWord?.[1] ?? null;
}
