// Yumen's finder as the gate runs it: decode, then find. Law of this file: a text is looked at as the content of a chat
// message, because that is how text reaches the gate: escaped in JSON, its offsets mapped back from bytes; the pieces
// that a value was split into, the member's name as context and every refusal are then those of a real crossing.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { labelOf } from "./kinds.mjs";

const CHAT_POINTER = "/messages/0/content";
const LIMITS = { bodyBytesMax: 1 << 28 };
const LEAVING = {
  method: "POST",
  target: "/v1/chat/completions",
  contentType: "application/json",
  contentEncoding: "",
};

/** @param {string} dist the build @returns {Promise<{ name: string, find(doc: object): object[], refused: Map }>} */
export async function yumen(dist) {
  const from = (path) => import(pathToFileURL(join(dist, path)).href);
  const { decode } = await from("decode/decode.js");
  const { find } = await from("find/find.js");
  const { readNames } = await from("io/names.js");
  const names = readNames("all");
  const refused = new Map();
  return {
    name: "yumen",
    refused,
    find(doc) {
      const isText = doc.text !== undefined;
      const body = isText ? JSON.stringify({ messages: [{ role: "user", content: doc.text }] }) : doc.json;
      const read = decode({ ...LEAVING, body: Buffer.from(body) }, [], LIMITS);
      if ("code" in read) {
        refused.set(read.code, (refused.get(read.code) ?? 0) + 1);
        return [];
      }
      const spans = [];
      for (const { where, path, start, end, type } of find(read, "strict", names)) {
        if (where !== "body" || (isText && path !== CHAT_POINTER)) continue;
        spans.push({ start, end, type: labelOf(type), ...(isText ? {} : { path }) });
      }
      return spans;
    },
  };
}
