// decode: bytes → Doc, and the API shapes that read it. Types only.

import type { Refusal } from "./departure.ts";

/**
 * Token kinds. The low nibble of Tokens.kind. The high nibble says how the raw text is escaped (decode/escapes.ts), one
 * of: 0 not at all · 0x10 JSON escapes (the raw text holds a backslash) · 0x20 percent-encoding of a form, undone
 * once ·
 * 0xa0 the same, undone to the fix-point · 0x40 XML entities · 0x80 doubled quotes of CSV. All but 0 and 0x10 stand
 * whether or not there is anything to undo: what is put there must be written so.
 */
export type TokenKind = 0 | 1 | 2 | 3 | 4 | 5;

/**
 * A flat index over the bytes of a document, in document order, shaped as JSON whatever the codec: a form is an object,
 * a table an array of objects, plain text one string. Duplicated members are all here.
 */
export interface Tokens {
  readonly count: number;
  /** 0 object · 1 array · 2 key · 3 string · 4 number · 5 literal; | how it is escaped, see TokenKind. */
  readonly kind: Uint8Array;
  /**
   * Byte offsets into Doc.bytes; for keys and strings the quotes are left out. For containers: the brackets, `end`
   * exclusive.
   */
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** Token index of the container; -1 at the root. */
  readonly parent: Int32Array;
  /**
   * For an array's item its ordinal; for an object's value the token index of its key, which the rows of a table share;
   * for a key -1.
   */
  readonly slot: Int32Array;
}

/** Text outside the body that would leave too. A finding here can only block: it cannot be rewritten safely. */
export interface HeadText {
  /**
   * reading: text of the body that can be read and not rewritten: a part's header, an element's name, the body once
   * more in another charset that fits.
   */
  readonly where: "path" | "query" | "header" | "reading";
  /** Which segment, parameter, header or charset: for messages. Never a value. */
  readonly name: string;
  /** Percent-decoded to the fix-point (at most 3 times). */
  readonly text: string;
}

export type Codec =
  | "empty"
  | "json"
  | "ndjson"
  | "form"
  | "multipart"
  | "xml"
  | "csv"
  | "text"
  | "sse"
  | "msgpack"
  | "cbor"
  | "protobuf"
  | "envelope"
  | "file";

/** Classes of what nobody reads here. Policy says per destination what becomes of each. */
export type OpaqueClass =
  | "image"
  | "audio"
  | "video"
  | "archive"
  | "dataset"
  | "document"
  | "model-weights"
  | "unknown";

/** Why something is not read: its class, and the kind by its first bytes. Never payload text. */
export interface Opaque {
  readonly class: OpaqueClass;
  readonly kind: string;
}

/** A file that lies in a body: a part of it, all of it, or base64 in a string. decode finds it, io opens it. */
export interface Enclosed {
  /** JSON Pointer of the part or the string; "" for the whole body. */
  readonly path: string;
  /** As it stands in the body. Of two that are equal, one is opened. */
  readonly raw: Uint8Array;
  /** What it stands for. */
  readonly bytes: Uint8Array;
  /** As its own label or name says; "" for none. */
  readonly contentType: string;
  /** Set where it cannot be opened whatever it is. */
  readonly opaque?: Opaque;
}

/** What io found in an enclosed file. */
export interface Opened {
  /** Of the Enclosed. */
  readonly raw: Uint8Array;
  readonly parts: readonly OpenedPart[];
}

export interface OpenedPart {
  /** Where in the file: `!word/document.xml`, `!3.csv!xl/workbook.xml`; "" for the file itself. */
  readonly path: string;
  /** A text that can be read, or what cannot. */
  readonly bytes: Uint8Array;
  readonly contentType: string;
  /** null: it is text of some codec. */
  readonly opaque: Opaque | null;
}

/** A text inside a file, read as a document of its own. It leaves with its file, and nothing in it is rewritten. */
export interface FileDoc {
  readonly path: string;
  readonly doc: Doc;
  /** What its first token is called in a Finding: those of all files are counted on. */
  readonly firstToken: number;
}

/** Content that nobody read. */
export interface Unread extends Opaque {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What will leave, readable. */
export interface Doc {
  readonly codec: Codec;
  /** Identity encoding, UTF-8 where it is text. Law 7: bytes that need no change leave unchanged. */
  readonly bytes: Uint8Array;
  readonly tokens: Tokens;
  readonly head: readonly HeadText[];
  /** The framing holds lengths or checksums: nothing in it can be rewritten, a finding can only block. */
  readonly fixed?: true;
  /**
   * What leaves instead of `bytes`, which are then a reading of it (binary framings, as JSON). Only ever with `fixed`.
   */
  readonly wire?: Uint8Array;
  /** The Content-Type that must leave instead of the caller's: the bytes were transcoded to UTF-8. */
  readonly contentType?: string;
  /** Pointers whose values policy has set (minimisation). Absent: none had to be. */
  readonly forced?: readonly string[];
  /** Texts of the files in it. */
  readonly files?: readonly FileDoc[];
  /** What in it nobody read. */
  readonly unread?: readonly Unread[];
}

/** What the gate cannot read, it does not let through. `detail` never holds payload text. */
export interface Unreadable {
  readonly code:
    | "body_too_large"
    | "encoding_unsupported"
    | "encoding_broken"
    | "media_type_unsupported"
    | "body_invalid"
    | "json_invalid"
    | "json_ambiguous"
    | "json_too_deep"
    | "charset_unsupported"
    | "content_opaque"
    | "file_unreadable"
    | "target_ambiguous";
  readonly detail: string;
  /** With content_opaque: the files in the way. Opened, they are no obstacle any more. */
  readonly enclosed?: readonly Enclosed[];
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

/**
 * What a string of a request is to its API. `fixed`: an identifier, a signature, a cache key: rewriting it would break
 * the call, so a finding there can only block. `media`: base64 of a picture, a recording, a file. All are inspected.
 */
export type StringRole = "text" | "tool-arguments" | "tool-result" | "metadata" | "fixed" | "media";

/** An API shape: one folder under decode/providers/. A plain object. */
export interface Provider {
  readonly id: string;
  /** @param path without destination, repeated `/v1` collapsed. null: not a request of this API. */
  operation(method: string, path: string): Operation | null;
  /** The path to dial: SDKs and people spell `/v1` in every way. */
  canonicalPath(path: string): string;
  /** JSON Pointer of the model name in the request, or null. */
  readonly modelAt: string | null;
  /** The model or deployment that the path names; null: none. Absent: the path never names one. */
  modelIn?(path: string): string | null;
  /** The region that the path or its model names: it decides who receives. null: none. */
  regionIn?(path: string): string | null;
  /** What the string at a JSON Pointer of a request is. Absent: all is text. */
  roleOf?(pointer: string): StringRole;
  /** JSON Pointers of what is about the one whom the body's root names. Absent: nothing is for certain. */
  ownIn?(path: string): readonly string[];
  /** A block or a failure in the dialect that this API's SDKs read. Body text; application/json. */
  refusal(refusal: Refusal): string;
  /** The same as one event of a running stream, framing included. */
  streamRefusal(refusal: Refusal): string;
  /** true: it answers in a form that nothing can be put back into: what is sent there may not be pseudonymised. */
  unrestorable?(path: string): boolean;
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
  /** An answer that is one JSON array is a stream, too: each element an event. */
  readonly inArrays?: true;
}

/**
 * One event's JSON, as the lane shapes look at it. `read` returns the value at a JSON Pointer, undefined where
 * absent.
 */
export interface StreamEvent {
  read(pointer: string): string | number | boolean | null | undefined;
}
