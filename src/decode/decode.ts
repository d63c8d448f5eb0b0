// bytes → Doc. Law 2: what cannot be read for certain is refused here with a code, and the refusal holds no text of it.

import type { Doc, HeaderPairs, HeadText, Opened, Tokens, Unreadable } from "../words.ts";
import { sevenBitReadings } from "./charsets/seven-bit.ts";
import { readBody } from "./codecs/choose.ts";
import type { Body } from "./codecs/codec.ts";
import { undoEncodings } from "./encodings.ts";
import { withFiles, withOpened } from "./files.ts";
import { decodeHead } from "./head.ts";
import { wholeNumbers } from "./json/numbers.ts";
import { opaqueAt } from "./json/opaque.ts";
import type { RoleOf } from "./json/sealed.ts";
import { signsIn } from "./signs/signs.ts";

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

/** Head and body. @param forwarded the headers that would leave with it, credentials not among them. */
export function decode(
  leaving: Leaving,
  forwarded: HeaderPairs,
  limits: { bodyBytesMax: number },
  opened?: readonly Opened[],
  roleOf?: RoleOf,
): Doc | Unreadable {
  const head = decodeHead(leaving.target, forwarded);
  return "code" in head ? head : decodeBody(leaving, head, limits, opened, roleOf);
}

/**
 * @param head the texts outside the body, as decodeHead gives them.
 * @param limits bodyBytesMax holds for the bytes as received and for what they decode to.
 * @param opened what the files in the body hold, in their order; without it, a body with files is content_opaque.
 * @param roleOf of the API's shape: it knows where the recipient's own sealed bytes come back. Absent: nowhere.
 */
export function decodeBody(
  leaving: Leaving,
  head: readonly HeadText[],
  limits: { bodyBytesMax: number },
  opened?: readonly Opened[],
  roleOf?: RoleOf,
): Doc | Unreadable {
  if (leaving.body.length === 0) return empty(head);
  const bytes = undoEncodings(leaving.body, leaving.contentEncoding, limits.bodyBytesMax);
  if ("code" in bytes) return bytes;
  if (bytes.length === 0) return empty(head);
  const body = readBody(bytes, leaving.contentType);
  if ("code" in body) {
    if (body.enclosed === undefined || opened === undefined) return body;
    return withOpened({ codec: "file", bytes, tokens: NO_TOKENS, head, fixed: true }, body.enclosed, opened);
  }
  // nothing but a byte order mark
  if (body.bytes.length === 0) return empty(head);
  const signs = signsIn(body.bytes);
  const doc = docOf(body, head, signs);
  const opaque = opaqueAt(doc, roleOf, signs);
  if (opaque < 0 && body.enclosed === undefined) return doc;
  return withFiles(doc, body.enclosed ?? [], opaque, opened, roleOf);
}

/** A member that says nothing is left out: nearly all bodies are plain JSON. */
function docOf(
  { codec, bytes, tokens, head: more = [], fixed, wire, contentType }: Body,
  head: readonly HeadText[],
  signs: number,
): Doc {
  const readings = [...more, ...sevenBitReadings(bytes, signs), ...wholeNumbers(bytes, tokens)];
  const doc: Doc = { codec, bytes, tokens, head: readings.length === 0 ? head : [...head, ...readings] };
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
