// Restores one run of text. Law: the output is the input with minted pseudonyms replaced, each once, never again
// (litellm-28316), but for those in an address that a client loads by itself; what is held back is a beginning of a
// minted pseudonym and nothing else.

import { lookalikes, PSEUDONYM_UNITS_MAX } from "../act/pseudonym.ts";
import { BACK_UNITS, isLoaded, Shown } from "./loading.ts";
import type { StandIns } from "./stand-ins.ts";

export interface Edit {
  /** UTF-16 units. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Shared by all lanes of one answer. */
export interface Tally {
  restored: number;
  /** Pseudonym-shaped and not ours, or cut off by the end: reported, never guessed at. */
  unrestored: number;
}

/** How far back a stranger's pseudonym, spaced out as far as is recognised, may have begun. */
const TRAIL_UNITS = 4 * PSEUDONYM_UNITS_MAX;
/** A stranger in brackets ends with one of these, a bare one with its code: without either there is none. */
const CLOSER = /[>＞】]|\\u/;
const BARE_CODE = /_[0-9A-HJKMNP-TV-Z]{8}/i;
const OPEN = /[<＜【]|\\u/;

/** One run of text in pieces: a stream's lane, or a plain text body. */
export class Lane {
  readonly #standIns: StandIns;
  readonly #tally: Tally;
  readonly #nested: boolean;
  #held = "";
  /** What was let through last, as it came in, with what was restored cut out. */
  #trail = "";
  readonly #shown = new Shown();

  /** @param nested the text is itself JSON (tool arguments): originals are escaped for its strings. */
  constructor(standIns: StandIns, tally: Tally, nested: boolean) {
    this.#standIns = standIns;
    this.#tally = tally;
    this.#nested = nested;
  }

  get holds(): boolean {
    return this.#held !== "";
  }

  /** Whether the next piece must be looked at even if nothing in it looks like a beginning. */
  get busy(): boolean {
    return this.#held !== "" || this.#shown.watches || OPEN.test(this.#trail);
  }

  /** @param final nothing follows: everything held is let go. @returns what may go on now. */
  feed(text: string, final: boolean): string {
    // The unit before decides whether a bare form begins a word.
    const before = this.#trail.slice(-1);
    const all = before + this.#held + text;
    const { edits: found, heldFrom, heldInCode } = scan(this.#standIns, all, before.length, final, this.#nested);
    const edits = found.filter(({ start }) => !this.#shown.loads(all.slice(before.length, start)));
    if (final && heldInCode) this.#tally.unrestored++;
    this.#held = all.slice(heldFrom);
    this.#tally.restored += edits.length;
    this.#shown.add(all.slice(before.length, heldFrom));
    this.#letGo(all.slice(before.length, heldFrom), edits, before.length);
    return apply(all, edits, before.length, heldFrom);
  }

  /** Counts strangers over the borders of pieces, each once. */
  #letGo(passed: string, edits: readonly Edit[], shift: number): void {
    const plain = blank(passed, edits, shift);
    let seen = this.#trail + plain;
    const strangers = CLOSER.test(plain) || BARE_CODE.test(seen) ? lookalikes(seen) : [];
    this.#tally.unrestored += strangers.length;
    // What was counted is forgotten: its bracket may still follow, and would make it look new.
    if (strangers.length > 0) seen = seen.slice(strangers.at(-1)!.end);
    this.#trail = seen.slice(-TRAIL_UNITS);
  }
}

/** What to replace in a string that is whole. */
export function wholeEdits(standIns: StandIns, tally: Tally, text: string, nested: boolean): readonly Edit[] {
  const found = scan(standIns, text, 0, true, nested).edits;
  const edits = found.filter(({ start }) => !isLoaded(text.slice(Math.max(0, start - BACK_UNITS), start)));
  tally.restored += edits.length;
  const rest = blank(text, edits, 0);
  if (CLOSER.test(rest) || BARE_CODE.test(rest)) tally.unrestored += lookalikes(rest).length;
  return edits;
}

interface Scanned {
  readonly edits: Edit[];
  readonly heldFrom: number;
  readonly heldInCode: boolean;
}

function scan(standIns: StandIns, text: string, from: number, final: boolean, nested: boolean): Scanned {
  const edits: Edit[] = [];
  let at = standIns.nextStart(text, from);
  while (at >= 0) {
    const match = standIns.match(text, at, false);
    if (match.is === "cut" && !final) return { edits, heldFrom: at, heldInCode: false };
    const settled = match.is === "cut" ? standIns.match(text, at, true) : match;
    if (match.is === "cut" && settled.is !== "whole" && match.inCode) {
      return { edits, heldFrom: text.length, heldInCode: true };
    }
    let next = at + 1;
    if (settled.is === "whole") {
      const original = settled.original.reveal();
      edits.push({ start: at, end: settled.end, text: nested || settled.escaped ? inJson(original) : original });
      next = settled.end;
    }
    at = standIns.nextStart(text, next);
  }
  return { edits, heldFrom: text.length, heldInCode: false };
}

/** Replaces the edited stretches; `from` and `to` bound what is returned. */
export function apply(text: string, edits: readonly Edit[], from: number, to: number): string {
  let out = "";
  let at = from;
  for (const edit of edits) {
    out += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return out + text.slice(at, to);
}

/** For the inside of a JSON string. */
export function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** What was restored is no stranger: it must not be counted, nor join its neighbours. */
function blank(passed: string, edits: readonly Edit[], shift: number): string {
  const gaps = edits.map(({ start, end }) => ({ start: start - shift, end: end - shift, text: "\n" }));
  return apply(passed, gaps, 0, passed.length);
}
