// IPv4. Law: four numbers up to 255 of an address that the world can reach; private, loopback, link-local,
// documentation and multicast ranges say nothing about a person (RFC 6890), and what stands after `v` or 版本 is a
// version.

import type { Detector, Span } from "../detector.ts";
import { DOTTED } from "../scan/bits.ts";
import { numberOf } from "../shared/bytes.ts";
import { digitOf } from "../shared/compact.ts";
import { keyNames, plainName } from "../shared/label.ts";
import { byName } from "../shared/near.ts";
import { beginning, bordered, whole } from "../shared/pattern.ts";

const BODY = String.raw`\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}`;
const SHAPE = bordered(BODY);
const WHOLE = whole(BODY);
const KEYS = keyNames(
  ["ip", "ipv4", "ipaddr", "xforwardedfor", "xrealip"],
  ["ip", "ipaddr", "ipaddress", "remoteaddr"],
);
/** The member's name says it. */
const isNamed = byName((name) => KEYS.test(plainName(name)));
const NAMED = /\bip\b|地址|remote|client|login|logged|登[录陆]|访问|来自|from|host|peer|src|source/i;
const NAMED_UNITS = 16;
/** `1.2.3.4 - - [01/Mar/2025`: the caller of a line in the common log format. */
const LOGGED = /^ \S{1,32} \S{1,32} \[\d{2}\/[A-Z]/;
const LOGGED_UNITS = 72;
/** A version, an OID, a section of a document. */
const VERSION =
  /(?:v|版本|version|ver\.?|release|build|oid|rev|section|sdk|kernel|linux|chrome|firmware|update)[\s:：=/"'-]{0,3}$/i;
const VERSION_UNITS = 14;

export const ipv4: Detector = {
  type: "ipv4",
  triggers: DOTTED,
  clauses: [{ shape: beginning(BODY), may }],
  keys: KEYS,
  identifies: "weak",
  sensitivity: { strict: false, gbt45574: false },
  find(text, context) {
    const spans: Span[] = [];
    const isKey = isNamed(context);
    for (const { start, end, text: value } of SHAPE(text)) {
      const after = text.slice(end, end + 2);
      if (!isPublic(value) || /^[.-]\d/.test(after) || isNetwork(value, after)) continue;
      const before = text.slice(Math.max(0, start - VERSION_UNITS), start);
      if (!isKey && (VERSION.test(before) || /[-\w]\/$/.test(before))) continue;
      if (!isKey && isVersionLike(value) && !isSaid(text, start, end)) continue;
      spans.push({ start, end, certainty: isKey ? "key" : "format+context", canonical: value });
    }
    return spans;
  },
  ofValue(text, _, context) {
    if (!WHOLE.test(text)) return undefined;
    const isKey = isNamed(context);
    if (!isPublic(text) || (!isKey && isVersionLike(text))) return null;
    return { start: 0, end: text.length, certainty: isKey ? "key" : "format+context", canonical: text };
  },
  canonical(text) {
    return WHOLE.test(text.trim()) && isPublic(text.trim()) ? text.trim() : null;
  },
};

/** 1.2.3.4, 10.0.1.2: numbers as versions have them. */
function isVersionLike(value: string): boolean {
  return value.split(".").filter((part) => part.length === 1).length >= 2;
}

function isSaid(text: string, start: number, end: number): boolean {
  if (NAMED.test(text.slice(Math.max(0, start - NAMED_UNITS), start))) return true;
  return (start === 0 || text[start - 1] === "\n") && LOGGED.test(text.slice(end, end + LOGGED_UNITS));
}

/** 61.135.169.0/24: nobody's machine. */
function isNetwork(value: string, after: string): boolean {
  return value.endsWith(".0") && /^\/\d/.test(after);
}

const POINT = 0x2e;
const parts = new Int32Array(4);

/** RFC 6890: reachable from outside. */
function isPublic(value: string): boolean {
  let at = 0;
  for (let part = 0; part < 4; part++) {
    const start = at;
    let number = 0;
    for (; at < value.length && value.charCodeAt(at) !== POINT; at++) number = number * 10 + digitOf(value, at);
    if ((at - start > 1 && digitOf(value, start) === 0) || number > 255) return false;
    parts[part] = number;
    at++;
  }
  const [a, b, c] = [parts[0]!, parts[1]!, parts[2]!];
  if (a === 0 || a === 10 || a === 127 || a >= 224) return false;
  if (a === 172 && b >= 16 && b < 32) return false;
  if (a === 192 && (b === 168 || (b === 0 && (c === 0 || c === 2)))) return false;
  if (a === 169 && b === 254) return false;
  if (a === 100 && b >= 64 && b < 128) return false;
  return !((a === 198 && (b === 18 || b === 19 || (b === 51 && c === 100))) || (a === 203 && b === 0 && c === 113));
}

/** The first of the four: none of a private network's, and no group in the middle of more. */
function may(bytes: Uint8Array, start: number, end: number): boolean {
  const first = numberOf(bytes, start, end);
  if (first === 0 || first >= 224 || first === 10 || first === 127) return false;
  return first !== 192 || numberOf(bytes, end + 1, end + 4) !== 168;
}
