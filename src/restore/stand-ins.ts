// What this exchange minted, ready to be recognised in any spelling. Law: a match names exactly one minted pseudonym;
// what was not minted here never matches (threats.md 24).

import { CLOSERS, fold, labelsLike, NOISE, NOISE_UNITS_MAX, OPENERS, partsOf, unitAt } from "../act/pseudonym.ts";
import type { Minted, Original } from "../words.ts";

/** whole: [start, end) stands for `original`. cut: the text ends inside what may become one. none: natural text. */
export type Match =
  | { readonly is: "whole"; readonly end: number; readonly original: Original; readonly escaped: boolean }
  | { readonly is: "cut"; readonly inCode: boolean }
  | { readonly is: "none" };

export interface StandIns {
  /** Where a pseudonym may begin at or after `from`; -1: nowhere. */
  nextStart(text: string, from: number): number;
  /** @param final no more text will follow: nothing is cut. */
  match(text: string, start: number, final: boolean): Match;
  /** Whether the bytes hold anything that a pseudonym could begin with. False: the bytes may pass unread. */
  suspect(bytes: Uint8Array): boolean;
}

interface Node {
  readonly next: Map<string, Node>;
  original: Original | null;
  inCode: boolean;
}

const NONE: Match = { is: "none" };
/** Bare (bracketless) forms are held back only from so many units on: one letter is natural text. */
const BARE_UNITS_MIN = 2;
/** In Chinese the label itself is natural text: only with the `_` behind it is it held back. */
const HELD_BARE = /^[A-Z0-9_]{2}|_/;
const WORD = /[0-9A-Za-z_]/;

export function standIns(minted: Minted): StandIns {
  const root = node();
  const bare: string[] = [];
  for (const [pseudonym, original] of minted) {
    const parts = partsOf(pseudonym);
    if (parts === null) throw new RangeError("not a pseudonym of this gate");
    for (const label of labelsLike(parts.label)) {
      plant(root, label, parts.code, original);
      bare.push(`${label}_${parts.code}`);
    }
  }
  const starts = startPattern(bare);
  const suspects = suspectPattern(bare);
  return {
    nextStart(text, from) {
      starts.lastIndex = from;
      return starts.exec(text)?.index ?? -1;
    },
    match: (text, start, final) => walk(root, bare, text, start, final),
    suspect: (bytes) => suspects.test(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1")),
  };
}

function walk(root: Node, bare: readonly string[], text: string, start: number, final: boolean): Match {
  let at = start;
  let noise = 0;
  let opened = false;
  let escaped = false;
  let here = root;
  for (;;) {
    const read = unitAt(text, at);
    if (read === null) return final ? NONE : cut(here, opened, bare, text, start);
    const { unit, end } = read;
    if (!opened && here === root && OPENERS.has(unit)) {
      opened = true;
      escaped = end - at > 1;
    } else if (NOISE.has(unit) && (opened || here !== root)) {
      if (++noise > NOISE_UNITS_MAX) return NONE;
    } else {
      const next = here.next.get(fold(unit));
      // A bare form does not begin inside a word.
      if (next === undefined || (!opened && here === root && !atBorder(text, at))) return NONE;
      here = next;
      if (here.original !== null) return close(here.original, text, end, opened, escaped, final);
    }
    at = end;
  }
}

/** After the code's last character: takes the closing bracket along, if one follows. */
function close(
  original: Original,
  text: string,
  codeEnd: number,
  opened: boolean,
  escaped: boolean,
  final: boolean,
): Match {
  const whole = (end: number): Match => ({ is: "whole", end, original, escaped });
  if (!opened) return whole(codeEnd);
  let at = codeEnd;
  for (let noise = 0; noise <= NOISE_UNITS_MAX; noise++) {
    const read = unitAt(text, at);
    if (read === null) return final ? whole(codeEnd) : { is: "cut", inCode: true };
    if (CLOSERS.has(read.unit)) return whole(read.end);
    if (!NOISE.has(read.unit)) break;
    at = read.end;
  }
  return whole(codeEnd);
}

/** Without its bracket, only the exact beginning of a minted pseudonym is held back: natural text is never delayed. */
function cut(here: Node, opened: boolean, bare: readonly string[], text: string, start: number): Match {
  const held: Match = { is: "cut", inCode: here.inCode };
  if (opened || text.charCodeAt(start) === 0x5c) return held;
  const rest = text.slice(start);
  return HELD_BARE.test(rest) && bare.some((form) => form.startsWith(rest)) ? held : NONE;
}

function atBorder(text: string, at: number): boolean {
  return at === 0 || !WORD.test(text.charAt(at)) || !WORD.test(text.charAt(at - 1));
}

function plant(root: Node, label: string, code: string, original: Original): void {
  let here = root;
  const letters = [...label].filter((unit) => !NOISE.has(unit));
  for (const [i, letter] of [...letters, ...code].entries()) {
    let next = here.next.get(letter);
    if (next === undefined) {
      next = node();
      here.next.set(letter, next);
    }
    next.inCode ||= i >= letters.length;
    here = next;
  }
  here.original = original;
}

function node(): Node {
  return { next: new Map(), original: null, inCode: false };
}

function startPattern(bare: readonly string[]): RegExp {
  const heads = new Set(bare.map((form) => form.slice(0, BARE_UNITS_MIN)));
  return new RegExp(["[<＜【\\\\]", ...heads].join("|"), "gi");
}

/**
 * On bytes read as Latin-1. A whole label in any case, or the beginning of one as minted: lanes may cut inside it. And
 * `![`, or its beginning at the end of a string: what follows may be loaded by itself (loading.ts).
 */
function suspectPattern(bare: readonly string[]): RegExp {
  const heads = new Set(bare.map((form) => latin1(form.slice(0, BARE_UNITS_MIN))));
  const labels = new Set(bare.map((form) => anyCase(form.slice(0, form.lastIndexOf("_")))));
  return new RegExp(["[<\\\\]", '!(?:[\\["]|$)', latin1("＜"), latin1("【"), ...heads, ...labels].join("|"));
}

function anyCase(label: string): string {
  return latin1(label).replace(/[A-Z]/g, (letter) => `[${letter}${letter.toLowerCase()}]`);
}

function latin1(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}
