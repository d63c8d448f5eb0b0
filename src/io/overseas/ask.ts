// A chat request as both APIs spell it → what the endpoint needs of it.
// Law of this file: any JSON is survived; what is not a chat request is a sentence that says why.

export type Api = "openai" | "anthropic";

export interface Ask {
  readonly model: string;
  readonly stream: boolean;
  /** The text of every message in order, the system prompt first. */
  readonly texts: readonly string[];
  /** The text of the last user message. */
  readonly last: string;
  /** OpenAI `n`: how many choices, 1 to 128. */
  readonly choices: number;
  /** OpenAI `stream_options.include_usage`. */
  readonly streamUsage: boolean;
  /** The first tool offered, or `note`. */
  readonly tool: string;
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** Reads a request body (identity encoding, UTF-8 JSON). A string is the reason why it is not one. */
export function readAsk(body: Buffer): Ask | string {
  let root: Json;
  try {
    root = JSON.parse(body.toString("utf8")) as Json;
  } catch {
    return "We could not parse the JSON body of your request.";
  }
  const model = member(root, "model");
  if (typeof model !== "string" || model === "") return "you must provide a model parameter";
  const messages = member(root, "messages");
  if (!Array.isArray(messages) || messages.length === 0) return "messages: at least one message is required";
  const choices = member(root, "n") ?? 1;
  if (typeof choices !== "number" || !Number.isInteger(choices) || choices < 1 || choices > 128) return "n: 1 to 128";
  const texts = messages.map((message) => messageText(message));
  const system = textOf(member(root, "system"));
  const lastUser = messages.findLastIndex((message) => member(message, "role") === "user");
  return {
    model,
    stream: member(root, "stream") === true,
    texts: system === "" ? texts : [system, ...texts],
    last: lastUser < 0 ? "" : texts[lastUser]!,
    choices,
    streamUsage: member(member(root, "stream_options"), "include_usage") === true,
    tool: toolName(member(root, "tools")),
  };
}

function member(value: Json | undefined, name: string): Json | undefined {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, name) ? (value as { readonly [name: string]: Json })[name] : undefined;
}

function messageText(message: Json): string {
  const said = textOf(member(message, "content"));
  const calls = member(message, "tool_calls");
  if (!Array.isArray(calls)) return said;
  const asked = calls.map((call: Json) => member(member(call, "function"), "arguments"));
  return [said, ...asked].filter((text) => typeof text === "string" && text !== "").join("\n");
}

/** A string; or the text parts of an array (tool results and tool inputs included), a line each. */
function textOf(content: Json | undefined, depth = 0): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content) || depth > 4) return "";
  return content
    .map((part: Json) => {
      const text = member(part, "text");
      if (typeof text === "string") return text;
      const input = member(part, "input");
      return input === undefined ? textOf(member(part, "content"), depth + 1) : JSON.stringify(input);
    })
    .filter((text) => text !== "")
    .join("\n");
}

function toolName(tools: Json | undefined): string {
  const first = Array.isArray(tools) ? (tools[0] as Json | undefined) : undefined;
  const name = member(member(first, "function"), "name") ?? member(first, "name");
  return typeof name === "string" ? name : "note";
}
