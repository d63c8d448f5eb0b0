// find: Doc → Finding[]. Types only.

import type { Original, PiType } from "./identity.ts";

export type Certainty = "checksum" | "format+context" | "key" | "model" | "suspect";

/**
 * strong: identifies one individual. weak: belongs to somebody. none: not PI about a person (an organisation).
 * secret: a credential.
 */
export type Identifies = "strong" | "weak" | "none" | "secret";

export interface Finding {
  readonly type: PiType;
  readonly where: "body" | "path" | "query" | "header";
  /** Index into Doc.tokens, or into Doc.head when `where` is not body. */
  readonly token: number;
  /** JSON Pointer, or the name of the head's field. Segments of keys that hold PI themselves are cut to `*`. */
  readonly path: string;
  /** UTF-16 units in the decoded string. */
  readonly start: number;
  readonly end: number;
  /** Bytes in Doc.bytes that carry it, escapes included; 0,0 in the head. */
  readonly byteStart: number;
  readonly byteEnd: number;
  readonly certainty: Certainty;
  /** Under the sensitivity profile in force (taxonomy; law.md §3). */
  readonly sensitive: boolean;
  readonly identifies: Identifies;
  /** Normalised for its type (separators and +86 gone, upper case where case does not matter). */
  readonly original: Original;
}
