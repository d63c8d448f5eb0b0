// bytes → Doc. Law 2: what cannot be read for certain is refused here with a code, and the refusal holds no text of it.

import type { Doc, HeaderPairs, HeadText, Tokens, Unreadable } from "../words.ts";
import { readBody } from "./codecs/choose.ts";
import type { Body } from "./codecs/codec.ts";
import { undoEncodings } from "./encodings.ts";
import { decodeHead } from "./head.ts";
import { opaqueAt } from "./json/opaque.ts";

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
  const body = readBody(bytes, leaving.contentType);
  if ("code" in body) return body;
  // nothing but a byte order mark
  if (body.bytes.length === 0) return empty(head);
  const opaque = opaqueAt(body.bytes, body.tokens);
  if (opaque >= 0) return { code: "content_opaque", detail: `base64 at byte ${opaque}` };
  return docOf(body, head);
}

/** A member that says nothing is left out: nearly all bodies are plain JSON. */
function docOf({ codec, bytes, tokens, head: more, fixed, wire, contentType }: Body, head: HeadText[]): Doc {
  const doc: Doc = { codec, bytes, tokens, head: more === undefined ? head : [...head, ...more] };
  if (fixed === undefined && wire === undefined && contentType === undefined) return doc;
  return {
    ...doc,
    ...(fixed === undefined ? {} : { fixed }),
    ...(wire === undefined ? {} : { wire }),
    ...(contentType === undefined ? {} : { contentType }),
  };
}

function empty(head: readonly HeadText[]): Doc {
  return { codec: "empty", bytes: EMPTY, tokens: NO_TOKENS, head };
}
