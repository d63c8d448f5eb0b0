// A recipient that speaks OpenAI's Responses API as a stream: it says the last input text back, a few characters a
// delta, and repeats the whole text in each closing event, as the real one does.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface ResponsesApi {
  readonly url: string;
  /** Bodies as they came. */
  readonly seen: string[];
  close(): Promise<void>;
}

export async function startResponsesApi(): Promise<ResponsesApi> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString();
      seen.push(body);
      response.writeHead(200, { "content-type": "text/event-stream" });
      for (const event of eventsOf(lastText(body)))
        response.write(`event: ${event["type"]}\ndata: ${JSON.stringify(event)}\n\n`);
      response.end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: () => new Promise((closed) => server.close(() => closed()).closeAllConnections()),
  };
}

function lastText(body: string): string {
  const { input } = JSON.parse(body) as { input: { content: string | { text: string }[] }[] };
  const { content } = input.at(-1)!;
  return typeof content === "string" ? content : content.map(({ text }) => text).join("");
}

const AT = { item_id: "msg_1", output_index: 0, content_index: 0 };
const ABOUT = { id: "resp_1", object: "response", created_at: 0, model: "gpt-5" };
const USAGE = { input_tokens: 1, output_tokens: 1 };

function eventsOf(text: string): Record<string, unknown>[] {
  const part = { type: "output_text", text, annotations: [] };
  const item = { id: "msg_1", type: "message", role: "assistant", status: "completed", content: [part] };
  const deltas = text.match(/.{1,5}/gsu)!.map((delta) => ({ type: "response.output_text.delta", ...AT, delta }));
  return [
    { type: "response.created", response: { ...ABOUT, status: "in_progress", output: [] } },
    { type: "response.output_item.added", output_index: 0, item: { ...item, status: "in_progress", content: [] } },
    ...deltas,
    { type: "response.output_text.done", ...AT, text },
    { type: "response.content_part.done", ...AT, part },
    { type: "response.output_item.done", output_index: 0, item },
    { type: "response.completed", response: { ...ABOUT, status: "completed", output: [item], usage: USAGE } },
  ];
}
