// Text in Gemini's streams: chunks of candidates, each a whole response. Source: ai.google.dev/api/generate-content.
// Law: a part that is no text ends what its candidate said before: the text behind it is another run.

import type { LaneShape, StreamEvent } from "../../words.ts";
import { indexAt } from "./lanes.ts";

const TEXT = /^\/candidates\/(\d+)\/content\/parts\/(\d+)\/text$/;
/** Each part that is no text has one of these. */
const NO_TEXT = [
  "functionCall/name",
  "functionResponse/name",
  "inlineData/mimeType",
  "fileData/fileUri",
  "executableCode/code",
  "codeExecutionResult/outcome",
];

export const googleLanes: LaneShape = {
  lane(event, pointer) {
    const text = TEXT.exec(pointer);
    if (text === null) return null;
    const at = `/candidates/${text[1]}`;
    const kind = event.read(`${at}/content/parts/${text[2]}/thought`) === true ? "thought" : "text";
    return `${indexAt(event, `${at}/index`)}/${kind}`;
  },

  ends(event) {
    const ended: string[] = [];
    for (let i = 0; isCandidate(event, i); i++) {
      const over = typeof event.read(`/candidates/${i}/finishReason`) === "string" || hasOther(event, i);
      if (over) ended.push(indexAt(event, `/candidates/${i}/index`));
    }
    return ended.length === 0 ? "none" : ended;
  },

  /** Without `alt=sse` the stream is one JSON array. */
  inArrays: true,
};

function isCandidate(event: StreamEvent, i: number): boolean {
  const at = `/candidates/${i}`;
  const known = ["/index", "/finishReason", "/content/role"].some((name) => event.read(at + name) !== undefined);
  return known || isPart(event, i, 0);
}

function isPart(event: StreamEvent, i: number, part: number): boolean {
  return isText(event, i, part) || isOther(event, i, part);
}

function isText(event: StreamEvent, i: number, part: number): boolean {
  return event.read(`/candidates/${i}/content/parts/${part}/text`) !== undefined;
}

function isOther(event: StreamEvent, i: number, part: number): boolean {
  return NO_TEXT.some((name) => event.read(`/candidates/${i}/content/parts/${part}/${name}`) !== undefined);
}

function hasOther(event: StreamEvent, i: number): boolean {
  for (let part = 0; isPart(event, i, part); part++) if (isOther(event, i, part)) return true;
  return false;
}
