// bytes → Doc. Law 2: what cannot be read for certain is refused here with a code, and the refusal holds no text of it.

import { isUtf8 } from "node:buffer";
import type { Doc, HeaderPairs, HeadText, Tokens, Unreadable } from "../words.ts";
import { undoEncodings } from "./encodings.ts";
import { decodeHead } from "./head.ts";
import { opaqueAt } from "./json/opaque.ts";
import { tokenize } from "./json/tokenize.ts";
import { refusedMediaType } from "./media-type.ts";

/** What is about to leave, as received. Any method may carry a body, and it is read all the same. */
export interface Leaving {
  readonly method: string;
  /** Origin-form. */
  readonly target: string;
  /** Header values; "" where absent. */
  readonly contentType: string;
  readonly contentEncoding: string;
  readonly body: Uint8Array;
}

const EMPTY = new Uint8Array(0);
const NO_TOKENS: Tokens = {
  count: 0,
  kind: EMPTY,
  start: new Int32Array(0),
  end: new Int32Array(0),
  parent: new Int32Array(0),
  slot: new Int32Array(0),
};

/**
 * @param forwarded the headers that would leave with it, credentials not among them.
 * @param limits bodyBytesMax holds for the bytes as received and for what they decode to.
 */
export function decode(leaving: Leaving, forwarded: HeaderPairs, limits: { bodyBytesMax: number }): Doc | Unreadable {
  const head = decodeHead(leaving.target, forwarded);
  if ("code" in head) return head;
  if (leaving.body.length === 0) return empty(head);
  const bytes = undoEncodings(leaving.body, leaving.contentEncoding, limits.bodyBytesMax);
  if ("code" in bytes) return bytes;
  if (bytes.length === 0) return empty(head);
  const refused = refusedMediaType(leaving.contentType) ?? refusedText(bytes);
  if (refused !== null) return refused;
  const tokens = tokenize(bytes);
  if ("code" in tokens) return tokens;
  const opaque = opaqueAt(bytes, tokens);
  if (opaque >= 0) return { code: "content_opaque", detail: `base64 at byte ${opaque}` };
  return { codec: "json", bytes, tokens, head };
}

function empty(head: readonly HeadText[]): Doc {
  return { codec: "empty", bytes: EMPTY, tokens: NO_TOKENS, head };
}

/**
 * A byte order mark is skipped by some parsers and refused by others: so are UTF-16 and UTF-32, which are not UTF-8.
 */
function refusedText(bytes: Uint8Array): Unreadable | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
    return { code: "json_ambiguous", detail: "a byte order mark" };
  return isUtf8(bytes) ? null : { code: "charset_unsupported", detail: "the body is not UTF-8" };
}
