// Text in the streams of the OpenAI dialect: chat choices, Responses parts, transcripts, assistants' runs.
// Sources: platform.openai.com/docs/api-reference (streaming); OpenRouter's reasoning_details; Mistral's content lists.
// Law: a lane ends with the event that says so, so that what it holds leaves before its finish_reason or its snapshot.

import type { LaneShape, StreamEvent } from "../../words.ts";
import { indexAt } from "./lanes.ts";

const CHOICE = /^\/choices\/(\d+)\/(?:delta\/(.+)|(text))$/;
const PLAIN = /^(?:content|refusal|reasoning_content|reasoning|audio\/transcript|function_call\/arguments)$/;
const TOOL = /^tool_calls\/(\d+)\/(function\/arguments|custom\/input)$/;
/** Parts in lists: what a client joins is the parts of one kind. */
const PART =
  /^(?:content\/\d+\/(text)|content\/\d+\/(thinking)\/\d+\/text|(reasoning_details)\/(\d+)\/(text|summary))$/;
const ARGUMENTS = /\/arguments$/;
const NESTED_DELTA = /^response\.(?:function_call|mcp_call)_arguments\.delta$/;
const OVER = /^(?:response\.(?:completed|failed|incomplete|cancelled)|error)$/;

export const openaiLanes: LaneShape = {
  lane(event, pointer) {
    if (pointer === "/delta") return typedLane(event);
    if (pointer.startsWith("/delta/")) return runLane(event, pointer);
    const found = CHOICE.exec(pointer);
    if (found === null) return null;
    const inside = found[3] ?? insideChoice(event, found[1]!, found[2]!);
    return inside === null ? null : `${choice(event, found[1]!)}/${inside}`;
  },

  ends(event) {
    const type = event.read("/type");
    if (typeof type === "string") return typedEnds(event, type);
    if (!isChoice(event, 0)) return runEnds(event);
    const ended: string[] = [];
    for (let i = 0; isChoice(event, i); i++) {
      if (typeof event.read(`/choices/${i}/finish_reason`) === "string") ended.push(choice(event, String(i)));
    }
    return ended.length === 0 ? "none" : ended;
  },

  nested(event, pointer) {
    return pointer === "/delta" ? NESTED_DELTA.test(String(event.read("/type"))) : ARGUMENTS.test(pointer);
  },
};

function insideChoice(event: StreamEvent, at: string, inside: string): string | null {
  if (PLAIN.test(inside)) return inside;
  const tool = TOOL.exec(inside);
  if (tool !== null) {
    const index = event.read(`/choices/${at}/delta/tool_calls/${tool[1]}/index`) ?? tool[1];
    return `tool/${index}/${tool[2]}`;
  }
  const part = PART.exec(inside);
  if (part === null) return null;
  if (part[3] === undefined) return `content/${part[1] ?? part[2]}`;
  const index = event.read(`/choices/${at}/delta/reasoning_details/${part[4]}/index`) ?? 0;
  return `${part[3]}/${index}/${part[5]}`;
}

function isChoice(event: StreamEvent, i: number): boolean {
  return event.read(`/choices/${i}/index`) !== undefined || event.read(`/choices/${i}/finish_reason`) !== undefined;
}

/** The choice's own index: its place in the array is 0 in nearly every event. */
function choice(event: StreamEvent, position: string): string {
  return String(event.read(`/choices/${position}/index`) ?? position);
}

// ── Events with a type: Responses, transcriptions ───────────────────────────────────────────────────────────────────

function typedLane(event: StreamEvent): string | null {
  const type = event.read("/type");
  return typeof type === "string" && type.endsWith(".delta") ? partOf(event, type.slice(0, -".delta".length)) : null;
}

function typedEnds(event: StreamEvent, type: string): ReturnType<LaneShape["ends"]> {
  if (OVER.test(type)) return "all";
  return type.endsWith(".done") ? [partOf(event, type.slice(0, -".done".length))] : "none";
}

function partOf(event: StreamEvent, kind: string): string {
  const part = event.read("/content_index") ?? indexAt(event, "/summary_index");
  return `${kind}/${indexAt(event, "/output_index")}/${part}`;
}

// ── Events of an assistant's run, named by their object ─────────────────────────────────────────────────────────────

const RUN_TEXT = /^\/delta\/content\/(\d+)\/text\/value$/;
const RUN_TOOL = /^\/delta\/step_details\/tool_calls\/(\d+)\/(function\/arguments|code_interpreter\/input)$/;

function runLane(event: StreamEvent, pointer: string): string | null {
  const id = event.read("/id");
  const text = RUN_TEXT.exec(pointer);
  if (text !== null) return `${id}/${indexAt(event, `/delta/content/${text[1]}/index`)}`;
  const tool = RUN_TOOL.exec(pointer);
  if (tool === null) return null;
  return `${id}/${indexAt(event, `/delta/step_details/tool_calls/${tool[1]}/index`)}/${tool[2]}`;
}

/** Messages and steps end by their status; a run that has stopped ends all of its own. */
function runEnds(event: StreamEvent): ReturnType<LaneShape["ends"]> {
  const object = event.read("/object");
  if (typeof object !== "string" || !object.startsWith("thread.")) return "none";
  const status = event.read("/status");
  if (typeof status !== "string" || status === "in_progress" || status === "queued") return "none";
  return object === "thread.run" ? "all" : [String(event.read("/id"))];
}
