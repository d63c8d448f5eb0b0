// Text in Anthropic's streams, wherever its models are served. Source: docs.anthropic.com/en/api/messages-streaming.
// Law: a content block has one run of each kind, and ends with its content_block_stop.

import type { LaneShape } from "../../words.ts";
import { indexAt } from "./lanes.ts";

const DELTA = /^\/delta\/(text|thinking|partial_json)$/;

export const anthropicLanes: LaneShape = {
  /** Signatures and citations come whole. */
  lane(event, pointer) {
    const type = event.read("/type");
    if (pointer === "/completion" && type === "completion") return "completion";
    const kind = DELTA.exec(pointer)?.[1];
    return kind === undefined || type !== "content_block_delta" ? null : `${indexAt(event, "/index")}/${kind}`;
  },

  ends(event) {
    const type = event.read("/type");
    if (type === "message_stop" || type === "error") return "all";
    if (type === "completion") return typeof event.read("/stop_reason") === "string" ? "all" : "none";
    return type === "content_block_stop" ? [indexAt(event, "/index")] : "none";
  },

  /** A tool's input streams as JSON text; outside streams it is an object. */
  nested: (_event, pointer) => pointer === "/delta/partial_json",
};
