// Credentials: keys, tokens, private keys. Law: a known issuer's prefix and its length; not about a person, yet it
// never leaves.

import type { Detector, Span } from "../detector.ts";
import { SECRET } from "../scan/triggers.ts";

const ISSUED = [
  "sk-(?:ant-|proj-|or-|svcacct-|admin-)?[A-Za-z0-9_-]{20,}",
  "gh[pousr]_[A-Za-z0-9]{36,}",
  "github_pat_[A-Za-z0-9_]{22,}",
  "glpat-[A-Za-z0-9_-]{20,}",
  "(?:AKIA|ASIA)[A-Z0-9]{16}",
  "LTAI[A-Za-z0-9]{12,30}",
  "AKID[A-Za-z0-9]{13,40}",
  "AIza[A-Za-z0-9_-]{35}",
  "xox[abeprs]-[A-Za-z0-9-]{10,}",
  String.raw`eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}(?:\.[A-Za-z0-9_-]*)?`,
].join("|");
const TOKEN = new RegExp(String.raw`(?<=\\[nrt]|(?<![A-Za-z0-9_-]))(?:${ISSUED})(?![A-Za-z0-9])`, "g");
const PEM_BEGIN = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----/g;
const PEM_END = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----/g;
const LENGTH_MAX = 16_384;

export const secret: Detector = {
  type: "secret",
  triggers: SECRET,
  identifies: "secret",
  sensitivity: { strict: false, gbt45574: false },
  find(text) {
    const spans: Span[] = [...pem(text)];
    for (const match of text.matchAll(TOKEN))
      spans.push({
        start: match.index,
        end: match.index + match[0].length,
        certainty: "format+context",
        canonical: match[0],
      });
    return spans;
  },
  canonical(text) {
    const trimmed = text.trim();
    return trimmed === "" || trimmed.length > LENGTH_MAX ? null : trimmed;
  },
};

/** A private key runs to its end line; without one, to the end of the text. */
function* pem(text: string): Generator<Span> {
  let from = 0;
  for (const begin of text.matchAll(PEM_BEGIN)) {
    if (begin.index < from) continue;
    PEM_END.lastIndex = begin.index;
    const close = PEM_END.exec(text);
    const end = close === null ? text.length : close.index + close[0].length;
    yield { start: begin.index, end, certainty: "format+context", canonical: text.slice(begin.index, end) };
    from = end;
  }
}
