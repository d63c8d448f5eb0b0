// What the detectors say about the windows of many strings. Law: the spans of a window come out in order and disjoint:
// the longest wins, then the most certain, then the one with the nearer word, then the first in the registry
// (litellm-42130, higress-tail). A detector looks at all windows in turn: what it is made of is read into the
// processor's cache once.

import type { Certainty } from "../words.ts";
import { DETECTORS } from "./all.ts";
import { highOf, lowOf } from "./anchors/clauses.ts";
import { ask, type Listed, type Openness, walkOpen } from "./anchors/starts.ts";
import type { Context, Detector, Span } from "./detector.ts";

export interface Claim {
  readonly detector: Detector;
  readonly span: Span;
}

/** A part of a string. */
export interface Window {
  readonly text: string;
  /** Where it begins: bytes and units from the start of the string. */
  readonly byte: number;
  readonly units: number;
}

/** A window that detectors are to look at, and what they said: in its units, disjoint, in order once all have. */
export interface Asked extends Window {
  readonly context: Context;
  /** Sets of detectors: who looks. */
  readonly low: number;
  readonly high: number;
  readonly places: Listed;
  claims: readonly Claim[];
}

const NOBODY: readonly Detector[] = [];
const NOTHING: readonly Claim[] = [];
/** As many as search.ts keeps, and a long string's. */
const WINDOWS_KEPT = 1024;
/** A claim that does not say stands behind those that do. */
const NEAR_UNKNOWN = 64;
const RANK: Readonly<Record<Certainty, number>> = { checksum: 4, key: 3, "format+context": 2, model: 1, suspect: 0 };

/**
 * @param ways sets of anchors/clauses.ts, one of them from `set` on: whose detectors look; those that know the member's
 * name look anyway, at all of it.
 * @param bytes of the string. @param from the byte that the window begins with.
 * @param open where in it which ways are open.
 */
export function asked(
  text: string,
  ways: Int32Array,
  set: number,
  context: Context,
  bytes: Uint8Array,
  from: number,
  open: Openness,
  byte: number,
  units: number,
): Asked {
  let low = lowOf(ways, set);
  let high = highOf(ways, set);
  for (const detector of context.keyed ?? NOBODY) {
    const i = DETECTORS.indexOf(detector);
    if (i < 32) low |= 1 << i;
    else high |= 1 << (i - 32);
  }
  const places = walkOpen(text, bytes, from, context.keyed === undefined ? open : null);
  return { text, byte, units, context, low, high, places, claims: NOTHING };
}

/** Who looks at which of the windows in question: the words of their sets, side by side. */
let lows = new Int32Array(WINDOWS_KEPT);
let highs = new Int32Array(WINDOWS_KEPT);

/** Asks every detector about every window that it is to look at. */
export function answer(windows: readonly Asked[]): void {
  const { length } = windows;
  if (length > lows.length) {
    lows = new Int32Array(2 * length);
    highs = new Int32Array(2 * length);
  }
  const claims: (Claim[] | null)[] = new Array(length).fill(null);
  let low = 0;
  let high = 0;
  for (let i = 0; i < length; i++) {
    const window = windows[i]!;
    low |= lows[i] = window.low;
    high |= highs[i] = window.high;
  }
  for (; low !== 0; low &= low - 1) askAll(31 - Math.clz32(low & -low), lows, windows, claims);
  for (; high !== 0; high &= high - 1) askAll(63 - Math.clz32(high & -high), highs, windows, claims);
  for (let i = 0; i < length; i++) if (claims[i] !== null) windows[i]!.claims = disjoint(claims[i]!);
}

/** @param nth of the registry. @param sets of who looks, the word of each that tells of the nth. */
function askAll(nth: number, sets: Int32Array, windows: readonly Asked[], claims: (Claim[] | null)[]): void {
  const detector = DETECTORS[nth]!;
  const bit = 1 << (nth & 31);
  for (let i = 0; i < windows.length; i++) {
    if ((sets[i]! & bit) === 0) continue;
    const { text, context, places } = windows[i]!;
    ask(nth, places);
    const spans = detector.find(text, context);
    for (let k = 0; k < spans.length; k++) {
      const claim = { detector, span: spans[k]! };
      const before = claims[i]!;
      if (before === null) claims[i] = [claim];
      else before.push(claim);
    }
  }
}

/** Of claims that overlap one another, directly or through others, the strongest first; then those that it leaves. */
export function disjoint(claims: Claim[]): readonly Claim[] {
  if (claims.length < 2) return claims;
  claims.sort(byStart);
  const kept: Claim[] = [];
  let first = 0;
  let end = claims[0]!.span.end;
  for (let i = 1; i < claims.length; i++) {
    const { span } = claims[i]!;
    if (span.start >= end) {
      keepOf(claims, first, i, kept);
      first = i;
    }
    end = Math.max(end, span.end);
  }
  keepOf(claims, first, claims.length, kept);
  return kept;
}

/** Of claims[first, last), which overlap. */
function keepOf(claims: readonly Claim[], first: number, last: number, kept: Claim[]): void {
  if (last - first === 1) kept.push(claims[first]!);
  else kept.push(...winners(claims.slice(first, last)));
}

function winners(cluster: Claim[]): Claim[] {
  const kept: Claim[] = [];
  for (const claim of cluster.sort(stronger))
    if (kept.every(({ span }) => claim.span.end <= span.start || claim.span.start >= span.end)) kept.push(claim);
  return kept.sort(byStart);
}

function byStart(a: Claim, b: Claim): number {
  return a.span.start - b.span.start;
}

function stronger(a: Claim, b: Claim): number {
  return width(b) - width(a) || RANK[b.span.certainty] - RANK[a.span.certainty] || nearness(a) - nearness(b);
}

function nearness({ span }: Claim): number {
  return span.near ?? NEAR_UNKNOWN;
}

function width({ span }: Claim): number {
  return span.end - span.start;
}
