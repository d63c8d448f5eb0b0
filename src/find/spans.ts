// What the detectors say about one string. Law: the spans that come out are in order and disjoint: the longest wins,
// then the most certain, then the one with the nearer word, then the first in the registry (litellm-42130,
// higress-tail).

import type { Certainty } from "../words.ts";
import { DETECTORS } from "./all.ts";
import { highOf, lowOf } from "./anchors/clauses.ts";
import { ask, forget as forgetPlaces, type Openness, walkOpen } from "./anchors/starts.ts";
import type { Context, Detector, Span } from "./detector.ts";

export interface Claim {
  readonly detector: Detector;
  readonly span: Span;
}

const NOBODY: readonly Detector[] = [];
/** A claim that does not say stands behind those that do. */
const NEAR_UNKNOWN = 64;
const RANK: Readonly<Record<Certainty, number>> = { checksum: 4, key: 3, "format+context": 2, model: 1, suspect: 0 };

/**
 * @param ways of anchors/clauses.ts: whose detectors look; those that know the member's name look anyway, at all of it.
 * @param from the byte that the window begins with. @param open where in it which ways are open.
 * @returns claims in the window's units, disjoint, in order.
 */
export function claimsIn(
  window: string,
  ways: Int32Array,
  context: Context,
  from: number,
  open: Openness,
): readonly Claim[] {
  const claims: Claim[] = [];
  let low = lowOf(ways);
  let high = highOf(ways);
  for (const detector of context.keyed ?? NOBODY) {
    const i = DETECTORS.indexOf(detector);
    if (i < 32) low |= 1 << i;
    else high |= 1 << (i - 32);
  }
  if (context.keyed === undefined) walkOpen(window, from, open);
  addClaims(window, low, 0, context, claims);
  addClaims(window, high, 32, context, claims);
  forgetPlaces();
  return disjoint(claims);
}

function addClaims(window: string, set: number, from: number, context: Context, claims: Claim[]): void {
  for (let bits = set; bits !== 0; bits &= bits - 1) {
    const nth = from + 31 - Math.clz32(bits & -bits);
    const detector = DETECTORS[nth]!;
    ask(nth);
    for (const span of detector.find(window, context)) claims.push({ detector, span });
  }
}

/** Of claims that overlap one another, directly or through others, the strongest first; then those that it leaves. */
function disjoint(claims: Claim[]): readonly Claim[] {
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
