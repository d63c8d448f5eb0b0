// Chinese addresses by grammar: divisions, roads, numbers, buildings, rooms, with what stands between them. Law: linear
// (each step moves on, looks back and ahead are bounded); a bare place is no address.

import {
  BARE_ROOM,
  BUILT,
  CORNER,
  DASHED,
  DIVISION,
  DIVISION_HEADS,
  GAP,
  HOME,
  HOUSED,
  LEAD,
  NUMBER,
  NUMBERED,
  PARENTHESES,
  PLAIN,
  QUERIED,
  QUERY_HEAD,
  ROAD,
  ROAD_HEADS,
  STOP,
  TAIL,
  TAIL_STOP,
} from "./address-patterns.ts";
import { ADDRESS_SIGN, AFTER_SIGN, BEFORE_SIGN, nextSign, QUERY_ALONE, QUERY_MAX, QUERY_OUT } from "./address-signs.ts";
import { HAN_FIRST, HAN_LAST, isHan, tableOf } from "./chars.ts";
import type { Lexicon } from "./lexicon.ts";

export interface Stretch {
  readonly start: number;
  readonly end: number;
}

const PLACE_CLASS = 7;
const PLACE_MAX = 15;
const LOOK_BACK = 10;
/** By UTF-16 unit: whether it is in STOP; whether it may stand inside a road's or a town's name. */
const STOPS = tableOf([...STOP].join(""));
const INNER = tableOf("0123456789０１２３４５６７８９");
for (let unit = HAN_FIRST; unit <= HAN_LAST; unit++) if (STOPS[unit] === 0) INNER[unit] = 1;

function isStop(text: string, at: number): boolean {
  return STOPS[text.charCodeAt(at)] === 1;
}

interface Parts {
  end: number;
  divisions: number;
  roads: number;
  numbers: number;
  built: number;
}

export class Addresses {
  readonly #lexicon: Lexicon;

  constructor(lexicon: Lexicon) {
    this.#lexicon = lexicon;
  }

  /** Addresses in `text`, in order, disjoint: looked for around signs of one only. */
  find(text: string): Stretch[] {
    const found: Stretch[] = [];
    let sign = nextSign(text, 0);
    if (text.length <= QUERY_MAX && ADDRESS_SIGN.test(text)) return queried(text, this.#inWindow(text));
    for (let floor = 0; sign >= 0; ) {
      const from = Math.max(floor, sign - BEFORE_SIGN);
      let last = sign;
      let next = nextSign(text, last + 1);
      while (next >= 0 && next - last < AFTER_SIGN) {
        last = next;
        next = nextSign(text, last + 1);
      }
      floor = Math.min(text.length, last + AFTER_SIGN);
      for (const { start, end } of this.#inWindow(text.slice(from, floor)))
        found.push({ start: from + start, end: from + end });
      sign = next;
    }
    return found;
  }

  #inWindow(text: string): Stretch[] {
    const found: Stretch[] = [];
    let at = 0;
    while (at < text.length) {
      const start = this.#anchor(text, at);
      if (start < 0) break;
      const parts = this.#grow(text, start);
      if (parts !== null && isAddress(parts)) {
        const back = this.#back(text, start, at);
        const end = tail(text, parts.end);
        const lead = LEAD.exec(text.slice(back, start + 12));
        found.push({ start: lead === null ? back : back + lead[0].length, end });
        at = end;
      } else at = start + 1;
    }
    return found.length > 0 ? found : NUMBERED.test(text) ? plain(text) : found;
  }

  /** The next index at which a part of an address could begin. */
  #anchor(text: string, from: number): number {
    for (let i = from; i < text.length; i++) {
      if (!isHan(text.charCodeAt(i))) continue;
      if (this.#place(text, i) > 0) return i;
      if (i > from && isHan(text.charCodeAt(i - 1)) && !isStop(text, i - 1)) continue;
      if (!isStop(text, i)) return i;
    }
    return -1;
  }

  /** Length of the longest place of the dictionary at `i`, 0 for none. */
  #place(text: string, i: number): number {
    const lexicon = this.#lexicon;
    let node = lexicon.root(lexicon.dense[text.charCodeAt(i)]!);
    let longest = 0;
    for (let end = i + 1; node >= 0 && end <= i + PLACE_MAX; end++) {
      if (lexicon.payload[node]! >> 4 === PLACE_CLASS && end - i >= 2) longest = end - i;
      if (end >= text.length) break;
      node = lexicon.next(node, lexicon.dense[text.charCodeAt(end)]!);
    }
    return longest;
  }

  #grow(text: string, start: number): Parts | null {
    const parts: Parts = { end: start, divisions: 0, roads: 0, numbers: 0, built: 0 };
    let at = start;
    for (let steps = 0; steps < 16 && at < text.length; steps++) {
      const next = this.#part(text, at, parts);
      if (next === at) break;
      parts.end = next;
      at = next + GAP.exec(text.slice(next, next + 8))![0].length;
    }
    return parts.end === start ? null : parts;
  }

  /** Reads one part at `at` into `parts`. @returns where it ends, `at` for none. */
  #part(text: string, at: number, parts: Parts): number {
    const ahead = text.slice(at, at + 28);
    if (parts.end > at - 9 && parts.divisions + parts.roads + parts.built > 0) {
      const number = NUMBER.exec(ahead) ?? (parts.built + parts.numbers > 0 ? DASHED.exec(ahead) : null);
      if (number !== null && number[0].length > 0) {
        parts.numbers++;
        return at + number[0].length;
      }
      if (parts.numbers + parts.built > 0) {
        const room = BARE_ROOM.exec(ahead);
        if (room !== null) {
          parts.numbers++;
          return at + room[0].length;
        }
      }
    }
    const place = this.#place(text, at);
    const division = suffixed(text, at, place, DIVISION, DIVISION_HEADS);
    const road = suffixed(text, at, 1, ROAD, ROAD_HEADS);
    if (road > 0 && (division === 0 || road <= division) && road > place) {
      parts.roads++;
      return at + road + (CORNER.exec(text.slice(at + road, at + road + 12))?.[0].length ?? 0);
    }
    if (division > 0 || place > 0) {
      parts.divisions++;
      return at + Math.max(division, place);
    }
    const first = parts.divisions + parts.roads + parts.numbers + parts.built === 0;
    const built = (first ? HOME : BUILT).exec(ahead);
    if (built === null || hasStop(built[0])) return at;
    parts.built++;
    return at + built[0].length;
  }

  /** Takes in what stands directly before: the head of a road's name, a town. */
  #back(text: string, start: number, floor: number): number {
    let at = start;
    while (at > floor && start - at < LOOK_BACK && isHan(text.charCodeAt(at - 1)) && !isStop(text, at - 1)) at--;
    if (at === floor || !isHan(text.charCodeAt(at - 1))) return at;
    return isStop(text, at - 1) ? at : start;
  }
}

/**
 * Length of Han (at least `least`, at most 7, none of STOP) and a suffix, 0 for none. @param heads what a suffix begins
 * with.
 */
function suffixed(text: string, at: number, least: number, suffix: RegExp, heads: Uint8Array): number {
  const first = least < 2 ? 1 : 2;
  const most = Math.min(8, text.length - at);
  for (let i = 0; i < most; i++) {
    const unit = text.charCodeAt(at + i);
    if (i >= first && heads[unit] === 1) {
      const match = suffix.exec(text.slice(at + i, at + i + 6));
      if (match !== null) return i + match[0].length;
    }
    if (INNER[unit] === 0) return 0;
  }
  return 0;
}

function hasStop(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (STOPS[text.charCodeAt(i)] === 1) return true;
  return false;
}

function isAddress({ divisions, roads, numbers, built }: Parts): boolean {
  if (divisions >= 2) return true;
  if (roads > 0) return numbers > 0 || divisions > 0;
  return numbers > 0 && (divisions > 0 || built > 0);
}

/** A short text that is an address but for a few characters before it is one as a whole. */
function queried(text: string, found: readonly Stretch[]): Stretch[] {
  const [first, ...rest] = found;
  if (first === undefined) return [];
  const head = text.slice(0, first.start);
  const whole = first.start > 0 && QUERY_HEAD.test(head) && !QUERY_OUT.test(head) && !hasStop(head);
  return [{ start: whole ? 0 : first.start, end: first.end }, ...rest];
}

function plain(text: string): Stretch[] {
  const query = text.length <= QUERY_ALONE && !QUERY_OUT.test(text);
  const match = PLAIN.exec(text) ?? HOUSED.exec(text) ?? (query ? QUERIED.exec(text) : null);
  if (match === null) return [];
  let start = match.index;
  for (let i = 0; i < match[0].length; i++) if (isStop(match[0], i)) start = match.index + i + 1;
  return [{ start, end: tail(text, match.index + match[0].length) }];
}

/** What is named after the last part and belongs to it: a shop, a firm, a gate. */
function tail(text: string, end: number): number {
  let at = end;
  const rest = TAIL.exec(text.slice(at, at + 31));
  if (rest !== null && !TAIL_STOP.test(rest[0]) && !/[0-9]{6}/u.test(rest[0])) at += rest[0].length;
  const aside = PARENTHESES.exec(text.slice(at, at + 28));
  if (aside !== null && !/[0-9]{7}|电话|手机|先生|女士/u.test(aside[0])) at += aside[0].length;
  return at;
}
