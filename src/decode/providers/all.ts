// The registry of API shapes: one line each. `any-json` stands last: it knows every path.

import type { Provider } from "../../words.ts";
import { anthropicMessages } from "./anthropic-messages/shape.ts";
import { anyJson } from "./any-json/shape.ts";
import { openaiChat } from "./openai-chat/shape.ts";

export const PROVIDERS: ReadonlyMap<string, Provider> = new Map(
  [openaiChat, anthropicMessages, anyJson].map((provider) => [provider.id, provider]),
);
