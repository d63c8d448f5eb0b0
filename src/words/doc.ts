// decode: bytes → Doc, and the API shapes that read it. Types only.

import type { Refusal } from "./departure.ts";

/** Token kinds. The low nibble of Tokens.kind; ESCAPED (0x10) is set when the raw text holds a backslash. */
export type TokenKind = 0 | 1 | 2 | 3 | 4 | 5;

/** A flat index over the bytes of a JSON document, in document order. Duplicated members are all here. */
export interface Tokens {
  readonly count: number;
  /** 0 object · 1 array · 2 key · 3 string · 4 number · 5 literal; | 0x10 when escaped. */
  readonly kind: Uint8Array;
  /**
   * Byte offsets into Doc.bytes; for keys and strings the quotes are left out. For containers: the brackets, `end`
   * exclusive.
   */
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** Token index of the container; -1 at the root. */
  readonly parent: Int32Array;
  /** For an array's item its ordinal; for an object's value the token index of its key; for a key -1. */
  readonly slot: Int32Array;
}

/** Text outside the body that would leave too. A finding here can only block: it cannot be rewritten safely. */
export interface HeadText {
  readonly where: "path" | "query" | "header";
  /** Which segment, parameter or header: for messages. Never a value. */
  readonly name: string;
  /** Percent-decoded to the fix-point (at most 3 times). */
  readonly text: string;
}

/** What will leave, readable. */
export interface Doc {
  readonly codec: "json" | "empty";
  /** Identity encoding. Law 7: bytes that need no change leave unchanged. */
  readonly bytes: Uint8Array;
  readonly tokens: Tokens;
  readonly head: readonly HeadText[];
}

/** What the gate cannot read, it does not let through. `detail` never holds payload text. */
export interface Unreadable {
  readonly code:
    | "body_too_large"
    | "encoding_unsupported"
    | "encoding_broken"
    | "media_type_unsupported"
    | "json_invalid"
    | "json_ambiguous"
    | "json_too_deep"
    | "charset_unsupported"
    | "content_opaque"
    | "target_ambiguous";
  readonly detail: string;
}

export type Operation =
  | "inference"
  | "embedding"
  | "storage"
  | "batch"
  | "training"
  | "evaluation"
  | "admin"
  | "unknown";

/** An API shape: one folder under decode/providers/. A plain object. */
export interface Provider {
  readonly id: string;
  /** @param path without destination, repeated `/v1` collapsed. null: not a request of this API. */
  operation(method: string, path: string): Operation | null;
  /** The path to dial: SDKs and people spell `/v1` in every way. */
  canonicalPath(path: string): string;
  /** JSON Pointer of the model name in the request, or null. */
  readonly modelAt: string | null;
  /** A block or a failure in the dialect that this API's SDKs read. Body text; application/json. */
  refusal(refusal: Refusal): string;
  /** The same as one event of a running stream, framing included. */
  streamRefusal(refusal: Refusal): string;
  /** Where text runs over several stream events. */
  readonly lanes: LaneShape;
}

/**
 * How streamed text is cut over events. `lane` names the run of text that a JSON string at `pointer` belongs to
 * (null: the string is whole within its event), given the event's own document; `ends` says which lanes an event ends.
 */
export interface LaneShape {
  lane(event: StreamEvent, pointer: string): string | null;
  /** A name here also ends the lanes below it: `0` ends `0/content`. */
  ends(event: StreamEvent): "none" | "all" | readonly string[];
  /**
   * true: the string at `pointer` is itself JSON text (tool arguments): what is put into it is escaped for its
   * strings.
   */
  nested?(event: StreamEvent, pointer: string): boolean;
}

/**
 * One SSE event's JSON, as the lane shapes look at it. `read` returns the value at a JSON Pointer, undefined where
 * absent.
 */
export interface StreamEvent {
  read(pointer: string): string | number | boolean | null | undefined;
}
