// The registry of API shapes: one line each, tried in this order where policy names none. Where several know a path the
// first has it; `any-json` stands last: it knows every path.

import type { Provider } from "../../words.ts";
import { anthropicMessages } from "./anthropic-messages/shape.ts";
import { anyJson } from "./any-json/shape.ts";
import { azureOpenai } from "./azure-openai/shape.ts";
import { bedrock } from "./bedrock/shape.ts";
import { cohere } from "./cohere/shape.ts";
import { gemini } from "./gemini/shape.ts";
import { mistral } from "./mistral/shape.ts";
import { ollama } from "./ollama/shape.ts";
import { openaiChat } from "./openai-chat/shape.ts";
import { openrouter } from "./openrouter/shape.ts";
import { otlpHttp } from "./otlp-http/shape.ts";
import { segment } from "./segment/shape.ts";
import { sentry } from "./sentry/shape.ts";
import { vertex } from "./vertex/shape.ts";

const SHAPES: readonly Provider[] = [
  openaiChat,
  anthropicMessages,
  azureOpenai,
  gemini,
  vertex,
  bedrock,
  openrouter,
  mistral,
  cohere,
  ollama,
  otlpHttp,
  segment,
  sentry,
  anyJson,
];

export const PROVIDERS: ReadonlyMap<string, Provider> = new Map(SHAPES.map((shape) => [shape.id, shape]));
