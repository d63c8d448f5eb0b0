// Decision → body. Law: no value that was to be hidden is left, every other byte stays, and the exchange's map gives
// back exactly what stood there. Nothing to hide: the very same bytes leave (law 7).

import { escapeText } from "../decode/escapes.ts";
import { splice } from "../decode/json/splice.ts";
import { hold } from "../decode/original.ts";
import type { Departure, Doc, Finding, Keys } from "../words.ts";
import { kindName } from "./kinds.ts";
import { type Lookalike, lookalikes } from "./lookalike.ts";
import { createMint, type Mint } from "./mint.ts";
import { boundsOf, type Edit, type Rewritten } from "./own-words.ts";
import { isChinese, LABELS } from "./shape.ts";
import { disjoint, type Span } from "./spans.ts";
import { byteOffsets, KEY, kindOf, NUMBER, STRING, searchable, textOf } from "./strings.ts";

const NONE_MINTED: Departure["minted"] = new Map();

/** UTF-8 of `＜` and `【` read as Latin-1, ASCII brackets, any escape, any label: without one of these, no look-alike. */
const SUSPECT = new RegExp(
  `<|\\\\|\u00ef\u00bc\u009c|\u00e3\u0080\u0090|${[...LABELS.keys()].map(asLatin1).join("|")}`,
  "i",
);

/**
 * Replaces the body findings that `hide` names (indexes into `findings`) by pseudonyms, those that `remove` names by a
 * word that says what stood there, in one splice. A removed value is kept nowhere: nothing brings it back.
 *
 * Strings and keys get the pseudonym in place, escaped as its place asks for; a number of JSON becomes a string. The
 * caller's own text that looks like a pseudonym, in any string, is replaced too, so that it comes back literally.
 * Findings in the head cannot be hidden: a decision that needs them gone blocks instead.
 *
 * @param hide indexes of what does not leave as it is; `remove`: those of them that are taken out.
 * @param scope the conversation: the same value gets the same pseudonym throughout it (litellm-41600).
 * @throws RangeError when codes collide beyond repair, or the framing is fixed: nothing may leave then.
 */
export function pseudonymize(
  doc: Doc,
  findings: readonly Finding[],
  hide: readonly number[],
  scope: string,
  keys: Keys,
  remove: readonly number[] = [],
): Rewritten {
  const wanted = spansByToken(findings, hide, new Set(remove));
  if (wanted.size === 0) return { ...forward(doc), own: [] };
  if (doc.fixed === true) throw new RangeError("nothing in a fixed framing can be replaced");
  addLiterals(doc, wanted);
  const mint = createMint(scope, keys);
  const edits: Edit[] = [];
  for (const token of [...wanted.keys()].sort((a, b) => a - b)) {
    edits.push(...editsOf(doc, token, disjoint(wanted.get(token)!), mint));
  }
  return { body: splice(doc.bytes, edits), minted: mint.minted, own: boundsOf(edits) };
}

/** Everything leaves as it came, or as it was read. */
export function forward(doc: Doc): Departure {
  return { body: doc.wire ?? doc.bytes, minted: NONE_MINTED };
}

function spansByToken(
  findings: readonly Finding[],
  hide: readonly number[],
  removed: ReadonlySet<number>,
): Map<number, Span[]> {
  const byToken = new Map<number, Span[]>();
  for (const index of new Set(hide)) {
    const finding = findings[index];
    if (finding === undefined) throw new RangeError("hide names a finding that is not there");
    if (finding.where !== "body" || finding.end <= finding.start) continue;
    const { token, start, end, type, piece } = finding;
    // each piece of a value comes back as itself, so each has a pseudonym of its own
    const whole = finding.original.reveal();
    const span = { start, end, type, canonical: piece === undefined ? whole : `${whole}\u001f${piece}` };
    push(byToken, token, removed.has(index) ? { ...span, removed: true } : span);
  }
  return byToken;
}

/** Escapes the caller's look-alikes (threats.md 24): restored to themselves, they cannot be taken for somebody. */
function addLiterals(doc: Doc, byToken: Map<number, Span[]>): void {
  for (let token = 0; token < doc.tokens.count; token++) {
    const kind = kindOf(doc, token);
    if ((kind !== KEY && kind !== STRING) || !SUSPECT.test(searchable(doc, token))) continue;
    for (const found of lookalikes(textOf(doc, token))) push(byToken, token, literal(found));
  }
}

function literal({ start, end }: Lookalike): Span {
  return { start, end, type: "literal", canonical: null };
}

function editsOf(doc: Doc, token: number, spans: readonly Span[], mint: Mint): Edit[] {
  const text = textOf(doc, token);
  const chinese = isChinese(text);
  const stand = (span: Span): string => {
    if (span.removed) return marker(span.type, chinese);
    const displayed = text.slice(span.start, span.end);
    return mint.stand(span.type, span.canonical ?? displayed, hold(displayed), chinese);
  };
  if (kindOf(doc, token) === NUMBER)
    return [wholeNumber(text, spans, doc.tokens.start[token]!, doc.tokens.end[token]!, stand)];
  const units = spans.flatMap((span) => [span.start, span.end]);
  const offsets = byteOffsets(doc, token, units);
  const flags = doc.tokens.kind[token]!;
  return spans.map((span, i) => ({
    start: offsets[2 * i]!,
    end: offsets[2 * i + 1]!,
    text: escapeText(stand(span), flags),
  }));
}

/** What stands in the place of something that was taken out: its kind, so that a reader of the text understands it. */
function marker(type: string, chinese: boolean): string {
  return chinese ? `[${kindName(type, "zh")}已删除]` : `[${kindName(type, "en")} removed]`;
}

/** A pseudonym is not a number: the token becomes a string, quotes included. */
function wholeNumber(
  text: string,
  spans: readonly Span[],
  start: number,
  end: number,
  stand: (s: Span) => string,
): Edit {
  const own: number[] = [];
  let out = '"';
  let at = 0;
  for (const span of spans) {
    out += text.slice(at, span.start);
    own.push(out.length);
    out += stand(span);
    own.push(out.length);
    at = span.end;
  }
  return { start, end, text: `${out}${text.slice(at)}"`, own };
}

function push(byToken: Map<number, Span[]>, token: number, span: Span): void {
  const spans = byToken.get(token);
  if (spans === undefined) byToken.set(token, [span]);
  else spans.push(span);
}

function asLatin1(label: string): string {
  return Buffer.from(label, "utf8").toString("latin1");
}
