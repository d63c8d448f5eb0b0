// Which labels the gate reads as JSON. Law: a label it does not know is refused; a label never overrides what the
// bytes are.

import type { Unreadable } from "../words.ts";

const TYPE = /^[a-z0-9!#$%&'*+.^_`|~-]+\/[a-z0-9!#$%&'*+.^_`|~-]+$/;
const READABLE = /^(?:application\/json|text\/json|text\/plain|[^/]+\/[^/]+\+json)$/;
const CHARSETS: ReadonlySet<string> = new Set(["utf-8", "utf8", "us-ascii", "ascii"]);

/**
 * @param contentType the header's value; "" where absent. text/plain is read because types lie. @returns null:
 * readable.
 */
export function refusedMediaType(contentType: string): Unreadable | null {
  if (contentType === "application/json") return null;
  const [type, ...parameters] = contentType
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  if (type === "" && parameters.length === 0) return null;
  if (!TYPE.test(type!) || !READABLE.test(type!))
    return { code: "media_type_unsupported", detail: "a media type other than JSON" };
  return parameters.every(readable) ? null : { code: "charset_unsupported", detail: "a charset other than utf-8" };
}

/** Every charset named must be readable: of two, nobody knows which one the recipient believes. */
function readable(parameter: string): boolean {
  if (!/^["']?charset/.test(parameter)) return true;
  return CHARSETS.has(parameter.replace(/^charset="?([^"]*)"?$/, "$1"));
}
