// What a codec is. Law: every codec gives Tokens over bytes that hold all that leaves; what it is not sure of it
// refuses, and what it can read and not rewrite it says in `head`.

import type { Codec, Enclosed, HeadText, Tokens, Unreadable } from "../../words.ts";
import type { Media } from "../media-type.ts";

/** A body read. */
export interface Reading {
  readonly tokens: Tokens;
  /** Where the tokens stand; absent: in the bytes as they were given. */
  readonly bytes?: Uint8Array;
  /** Can be read and not rewritten. */
  readonly head?: readonly HeadText[];
  /** Lengths or checksums stand in the framing: nothing can be rewritten. */
  readonly fixed?: true;
  /** What leaves: `bytes` is a reading of it, not a spelling. With `fixed`. */
  readonly wire?: Uint8Array;
  /** Parts that are files: their bytes stand in `bytes`, in no token. */
  readonly enclosed?: readonly Enclosed[];
}

/** A body read by the codec that was chosen for it. */
export interface Body extends Reading {
  readonly codec: Codec;
  readonly bytes: Uint8Array;
  /** The label that must leave: the bytes were transcoded. */
  readonly contentType?: string;
}

/** Reads a body inside a body by the same rules. @param level how deep it lies: 1 for the parts of a request. */
export type ReadPart = (bytes: Uint8Array, contentType: string, level: number) => Body | Unreadable;

/** A plain object: one folder under decode/codecs/. */
export interface BodyCodec {
  readonly id: Codec;
  /** Media types, suffixes (`+json`) and families (`text/*`) that it claims. Of two claims the longer holds. */
  readonly media: readonly string[];
  /** It reads the bytes themselves: no charset is undone before. Absent: it is given UTF-8 text. */
  readonly raw?: true;
  /** Whether unlabelled text (or text/plain) is this. Absent: only a label says so. */
  sniff?(bytes: Uint8Array): boolean;
  /** @param level how deep the body lies; @param readPart for a body inside. */
  read(bytes: Uint8Array, media: Media, level: number, readPart: ReadPart): Reading | Unreadable;
}
