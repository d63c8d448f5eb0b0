// Where a proof of consent is kept. Law: an address that tells of a person is refused: it would be kept for years, and
// shown in receipts, beside a key that was made so as not to tell.

import { isIP } from "node:net";
import { decode } from "../../../decode/decode.ts";
import { find } from "../../../find/find.ts";

const REQUEST = { method: "POST", target: "/", contentType: "application/json", contentEncoding: "" };
const LIMITS = { bodyBytesMax: 65_536 };

/** Absolute, with a scheme (RFC 3986). */
export function isUri(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:[\x21-\x7e]+$/i.test(text) && URL.canParse(text);
}

/** Looked at as a crossing's body is: escapes and encodings are read. An address of a machine is nobody's. */
export function holdsPersonalInformation(uri: string): boolean {
  const url = new URL(uri);
  const isMachine = isIP(url.hostname.replace(/^\[|\]$/g, "")) > 0;
  const looked = isMachine ? uri.replace(url.host, "machine") : uri;
  const texts = [looked, percentDecoded(looked), ...looked.split(/[/?&#=:@;,]/).map(percentDecoded)];
  const doc = decode({ ...REQUEST, body: Buffer.from(JSON.stringify(texts)) }, [], LIMITS);
  return "code" in doc || find(doc, "strict").length > 0;
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
