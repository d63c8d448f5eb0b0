// find: Doc → Finding[]. Types only.

import type { HeadText } from "./doc.ts";
import type { Original, PiType } from "./identity.ts";

export type Certainty = "checksum" | "format+context" | "key" | "model" | "suspect";

/**
 * strong: identifies one individual. weak: belongs to somebody. none: not PI about a person (an organisation).
 * secret: a credential.
 */
export type Identifies = "strong" | "weak" | "none" | "secret";

export interface Finding {
  readonly type: PiType;
  /** file: inside a file that lies in the body: read and not rewritten. */
  readonly where: "body" | "file" | HeadText["where"];
  /** Index into Doc.tokens, or into Doc.head when `where` is not body; in a file, see FileDoc.firstToken. */
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
  /** It cannot be rewritten where it stands: an identifier of the API, a framing with lengths. It can only block. */
  readonly fixed?: true;
  /**
   * Of a value that lies in pieces over several strings: which piece this is, from 0. All pieces have the whole value
   * as their `original`; all are hidden or none.
   */
  readonly piece?: number;
  /** The release under which it counts as no personal information. Absent: none does. */
  readonly excused?: string;
  /** Normalised for its type (separators and +86 gone, upper case where case does not matter). */
  readonly original: Original;
}

/** A name or an address in a text. */
export interface NameSpan {
  readonly type: "person" | "address";
  /** UTF-16 units. */
  readonly start: number;
  readonly end: number;
  readonly certainty: Certainty;
  /** Without spaces and what nobody sees. */
  readonly canonical: string;
}

/** Reads names and addresses: what a model is needed for. Pure; io loads the model. */
export interface NameReader {
  /** false: it only reads what stands under a member whose name says a person or an address. */
  readonly everywhere: boolean;
  /** @param key the member's name, "" for none. @returns in order, disjoint. */
  read(text: string, key: string): readonly NameSpan[];
}
