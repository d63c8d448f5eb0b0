// Files that need no unpacking. Law: what could be unpacked is not read in its packed form.

import { isUtf8 } from "node:buffer";
import { isPlainText } from "../../decode/codecs/text/plain.ts";
import { magicOf } from "../../decode/magic.ts";
import { opaqueOf } from "../../decode/opaque-class.ts";
import type { Enclosed, OpenedPart } from "../../words.ts";

const PACKED = /^(?:zip|gzip|pdf)/;

/** @returns the file itself, text or what nobody reads; null: a thread unpacks it. */
export function plainParts({ bytes, contentType, opaque }: Enclosed): readonly OpenedPart[] | null {
  if (opaque !== undefined) return [{ path: "", bytes, contentType, opaque }];
  const kind = kindOf(bytes);
  if (kind === null) return [{ path: "", bytes, contentType, opaque: null }];
  return PACKED.test(kind) ? null : [{ path: "", bytes, contentType, opaque: opaqueOf(bytes) }];
}

/** null: text, or nothing known. */
export function kindOf(bytes: Uint8Array): string | null {
  return magicOf(bytes, isUtf8(bytes) && isPlainText(bytes));
}
