// 邮箱 (RFC 5321 dot-atom). Law: found from its @ outwards over bounded distance, so that no text costs more than its
// length.

import type { Detector, Span } from "../detector.ts";
import { AT } from "../scan/bits.ts";
import { byName } from "../shared/near.ts";
import { chineseAround } from "./chinese.ts";

const LOCAL_MAX = 64;
/** Units of ASCII that may stand before the @. */
const LOCAL = Uint8Array.from({ length: 128 }, (_, unit) =>
  /[A-Za-z0-9._%+-]/.test(String.fromCharCode(unit)) ? 1 : 0,
);
const DOMAIN =
  /(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}(?:[A-Za-z]{2,24}|xn--[A-Za-z0-9-]{2,59})(?![A-Za-z0-9_-])/y;
/** Addresses of machines, and file names with an @ in them (`logo@2x.png`). */
const MACHINE = /^(?:no-?reply|do-?not-?reply)(?:[+.-]|$)/i;
const FILE = /\.(?:png|jpe?g|gif|svg|webp|css|scss|[cm]?[jt]sx?|json|html?|log|txt|service|socket|target)$/i;
const WHOLE = /^[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{3,253}$/;

const CHINESE = /^[^\s@]{1,64}@[^\s@]{3,253}$/;

/** What most are, whole: neither a machine's nor a file's name. */
const PLAIN =
  /^(?!no-?reply|do-?not-?reply)[a-z0-9_][a-z0-9._-]{0,63}@(?:[a-z0-9]{1,63}\.){1,4}(?:com|cn|net|org|edu|gov|hk|tw)$/;

/** The member's name says it. */
const isNamed = byName((name) => /mail|邮箱|^(?:yx|yxdz)$/i.test(name));

export const email: Detector = {
  type: "email",
  triggers: AT,
  identifies: "strong",
  sensitivity: { strict: false, gbt45574: false },
  find(text, context) {
    const spans: Span[] = [];
    for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
      const span = around(text, at, isNamed(context));
      if (span !== null) spans.push(span);
    }
    return spans;
  },
  ofValue(text, _, context) {
    if (!PLAIN.test(text)) return undefined;
    return { start: 0, end: text.length, certainty: isNamed(context) ? "key" : "format+context", canonical: text };
  },
  canonical(text) {
    const trimmed = text.trim();
    const span = WHOLE.test(trimmed) || CHINESE.test(trimmed) ? around(trimmed, trimmed.indexOf("@"), false) : null;
    return span !== null && span.start === 0 && span.end === trimmed.length ? span.canonical : null;
  },
};

function around(text: string, at: number, isKey: boolean): Span | null {
  const start = localStart(text, at);
  DOMAIN.lastIndex = at + 1;
  const domain = DOMAIN.exec(text)?.[0];
  if (start === at || domain === undefined) return chineseAround(text, at, start, domain, isKey);
  if (FILE.test(domain)) return null;
  const local = text.slice(start, at);
  const end = at + 1 + domain.length;
  if (MACHINE.test(local) || (local === "git" && text[end] === ":")) return null;
  const certainty = isKey ? "key" : "format+context";
  return { start, end, certainty, canonical: `${local}@${domain.toLowerCase()}` };
}

/** Dots and signs at the front belong to the sentence; so does the `n` of a `\n` written out. */
function localStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && at - start < LOCAL_MAX && LOCAL[text.charCodeAt(start - 1)] === 1) start--;
  if (text[start - 1] === "\\" && /[nrt]/.test(text[start]!)) start++;
  while (start < at && /[.%+-]/.test(text[start]!)) start++;
  return start;
}
