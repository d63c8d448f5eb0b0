// Credentials: keys, tokens, private keys, passwords. Law: a known issuer's prefix and its length, or a name beside it
// (named.ts); not about a person, yet it never leaves.

import type { Detector, Span } from "../detector.ts";
import { AT, CODE, SECRET, WORDED } from "../scan/bits.ts";
import { matchesOf } from "../shared/pattern.ts";
import { KEYS, NAMES, namedIn } from "./named.ts";

const ISSUED = [
  "sk-(?:ant-|proj-|or-|svcacct-|admin-)?[A-Za-z0-9_-]{20,}",
  "[sr]k_(?:live|test)_[A-Za-z0-9]{16,}",
  "gh[pousr]_[A-Za-z0-9]{36,}",
  "github_pat_[A-Za-z0-9_]{22,}",
  "glpat-[A-Za-z0-9_-]{20,}",
  "(?:AKIA|ASIA)[A-Z0-9]{16}",
  "LTAI[A-Za-z0-9]{12,30}",
  "AKID[A-Za-z0-9]{13,40}",
  "AIza[A-Za-z0-9_-]{35}",
  "hf_[A-Za-z0-9]{30,}",
  "npm_[A-Za-z0-9]{36}",
  String.raw`SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{32,64}`,
  "whsec_[A-Za-z0-9]{24,}",
  "AKLT[A-Za-z0-9_-]{20,}",
  "bce-v3/ALTAK-[A-Za-z0-9]{10,}/[a-f0-9]{32,}",
  String.raw`ya29\.[A-Za-z0-9_-]{20,}`,
  "GOCSPX-[A-Za-z0-9_-]{20,}",
  "xox[abeprs]-[A-Za-z0-9-]{10,}",
  String.raw`eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}(?:\.[A-Za-z0-9_-]*)?`,
].join("|");
const TOKEN = new RegExp(String.raw`(?<=\\[nrt]|(?<![A-Za-z0-9_-]))(?:${ISSUED})(?![A-Za-z0-9])`, "y");
/** What every issued token begins with: where none stands, the longer pattern is not tried. */
const PREFIX = new RegExp(
  [
    "[sr]k[-_]|gh[pousr]_|github_pat_|glpat-|A[KS]I[AD]|AKLT|LTAI|AIza|hf_|",
    String.raw`npm_|xox|eyJ|SG\.|whsec_|bce-v3|ya29\.|GOCSPX-`,
  ].join(""),
  "g",
);
/** Of those, the ones which scan/secrets.ts does not look for. */
const UNSCANNED = /[sr]k_(?:live|test)_|hf_|npm_|SG\.|whsec_|AKLT|ALTAK-|ya29\.|GOCSPX-/;
const PEM_BEGIN = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----/g;
const PEM_END = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----/g;
const LENGTH_MAX = 16_384;

export const secret: Detector = {
  type: "secret",
  triggers: SECRET | CODE | AT | WORDED,
  clauses: [
    { triggers: SECRET },
    { triggers: CODE | AT | WORDED, said: [NAMES, UNSCANNED] },
    { triggers: AT, said: [/:\/\//] },
  ],
  keys: KEYS,
  identifies: "secret",
  sensitivity: { strict: false, gbt45574: false },
  find(text, context) {
    const keys = text.includes("-----BEGIN ") ? pem(text) : [];
    const issued = tokens(text);
    const all = keys.length === 0 ? issued : [...keys, ...issued].sort((a, b) => a.start - b.start);
    return together(all, namedIn(text, context));
  },
  canonical(text) {
    const trimmed = text.trim();
    return trimmed === "" || trimmed.length > LENGTH_MAX ? null : trimmed;
  },
};

function tokens(text: string): Span[] {
  const spans: Span[] = [];
  PREFIX.lastIndex = 0;
  for (let prefix = PREFIX.exec(text); prefix !== null; prefix = PREFIX.exec(text)) {
    const start = prefix.index;
    TOKEN.lastIndex = start;
    const canonical = TOKEN.exec(text)?.[0];
    PREFIX.lastIndex = start + (canonical?.length ?? 1);
    if (canonical !== undefined)
      spans.push({ start, end: start + canonical.length, certainty: "format+context", canonical });
  }
  return spans;
}

/** An issued token is told by itself; what is named and lies over one is the same credential. Linear. */
function together(issued: readonly Span[], named: readonly Span[]): readonly Span[] {
  if (named.length === 0) return issued;
  const told = new Set(issued);
  const all = [...issued, ...named].sort((a, b) => a.start - b.start || Number(told.has(b)) - Number(told.has(a)));
  const kept: Span[] = [];
  for (const one of all) {
    const last = kept.at(-1);
    if (last === undefined || one.start >= last.end) kept.push(one);
    else if (told.has(one) && !told.has(last)) kept[kept.length - 1] = one;
  }
  return kept;
}

/** A private key runs to its end line; without one, to the end of the text. */
function pem(text: string): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (const begin of matchesOf(PEM_BEGIN, text)) {
    if (begin.index < from) continue;
    PEM_END.lastIndex = begin.index;
    const close = PEM_END.exec(text);
    const end = close === null ? text.length : close.index + close[0].length;
    spans.push({ start: begin.index, end, certainty: "format+context", canonical: text.slice(begin.index, end) });
    from = end;
  }
  return spans;
}
