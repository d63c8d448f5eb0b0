// Ollama's own API; its OpenAI and Anthropic dialects are those shapes' matter. Source: docs.ollama.com/api.
// Law: a stream is a line of JSON an event, and a call of a tool is whole within its event.

import type { Provider, Refusal } from "../../../words.ts";
import { yumenOf } from "../refusals.ts";
import { roles } from "../roles.ts";
import { routes } from "../routes.ts";

const ROUTES = routes(`
  POST            api/chat            inference
  POST            api/generate        inference
  POST            api/embed           embedding
  POST            api/embeddings      embedding
  POST            api/create          storage
  POST            api/push            storage
  *               api/blobs/**        storage
  GET             api/tags            admin
  GET             api/ps              admin
  GET             api/version         admin
  POST            api/show            admin
  POST            api/pull            admin
  POST            api/copy            admin
  DELETE          api/delete          admin
`);

const ROLES = `
  fixed /model /name /from /source /destination /keep_alive /format /messages/*/{role,tool_name}
  fixed /messages/*/tool_calls/*/id /messages/*/tool_calls/*/function/name /tools/*/type /tools/*/function/name
  fixed /files/** /adapters/** /quantize
  tool-arguments /messages/*/tool_calls/*/function/arguments/**
  media /images/* /messages/*/images/*`;

const TEXT = /^\/(?:message\/(content|thinking)|(response|thinking))$/;

export const ollama: Provider = {
  id: "ollama",
  modelAt: "/model",
  operation: (method, path) => ROUTES.operation(method, ollama.canonicalPath(path).slice(1)),
  canonicalPath: (path) => path.replace(/^(?:\/api)+(?=\/)/, "/api"),
  roleOf: roles(ROLES.trim()),
  refusal: (refusal) => JSON.stringify(errorOf(refusal)),
  streamRefusal: (refusal) => `${JSON.stringify(errorOf(refusal))}\n`,
  lanes: {
    lane(_event, pointer) {
      const text = TEXT.exec(pointer);
      return text === null ? null : (text[1] ?? text[2]!);
    },
    ends(event) {
      const over = event.read("/done") === true || event.read("/error") !== undefined;
      return over || event.read("/message/tool_calls/0/function/name") !== undefined ? "all" : "none";
    },
  },
};

/** Its clients print `error`, a string. */
function errorOf({ code, message, param, ...refusal }: Refusal): object {
  return { error: message, yumen: { code, param, ...yumenOf(refusal) } };
}
