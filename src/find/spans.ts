// What the detectors say about one string. Law: the spans that come out are in order and disjoint: the longest wins,
// then the most certain, then the one with the nearer word, then the first in the registry (litellm-42130,
// higress-tail).

import type { Certainty } from "../words.ts";
import { DETECTORS } from "./all.ts";
import type { Context, Detector, Span } from "./detector.ts";

export interface Claim {
  readonly detector: Detector;
  readonly span: Span;
}

/** A claim that does not say stands behind those that do. */
const NEAR_UNKNOWN = 64;
const RANK: Readonly<Record<Certainty, number>> = { checksum: 4, key: 3, "format+context": 2, model: 1, suspect: 0 };

/**
 * @param low @param high the set of detectors that look, bit i for DETECTORS[i]; those that know the member's name look
 * anyway. @returns claims in the window's units, disjoint, in order.
 */
export function claimsIn(window: string, low: number, high: number, context: Context): readonly Claim[] {
  const claims: Claim[] = [];
  if (context.keyed !== undefined)
    for (const detector of context.keyed) {
      const i = DETECTORS.indexOf(detector);
      if (i < 32) low |= 1 << i;
      else high |= 1 << (i - 32);
    }
  addClaims(window, low, 0, context, claims);
  addClaims(window, high, 32, context, claims);
  return claims.length < 2 ? claims : disjoint(claims);
}

function addClaims(window: string, set: number, from: number, context: Context, claims: Claim[]): void {
  for (let bits = set; bits !== 0; bits &= bits - 1) {
    const detector = DETECTORS[from + 31 - Math.clz32(bits & -bits)]!;
    for (const span of detector.find(window, context)) claims.push({ detector, span });
  }
}

/** Strongest first into a list kept in order of start: neighbours are all that a newcomer can overlap. */
function disjoint(claims: readonly Claim[]): readonly Claim[] {
  const byStart = [...claims].sort((a, b) => a.span.start - b.span.start);
  const kept: Claim[] = [];
  for (const cluster of clusters(byStart)) kept.push(...winners(cluster));
  return kept;
}

/** Runs of claims that overlap one another directly or through others. */
function* clusters(byStart: readonly Claim[]): Generator<Claim[]> {
  let cluster: Claim[] = [];
  let end = -1;
  for (const claim of byStart) {
    if (claim.span.start >= end && cluster.length > 0) {
      yield cluster;
      cluster = [];
    }
    cluster.push(claim);
    end = Math.max(end, claim.span.end);
  }
  if (cluster.length > 0) yield cluster;
}

function winners(cluster: readonly Claim[]): Claim[] {
  if (cluster.length === 1) return [...cluster];
  const strongest = [...cluster].sort(stronger);
  const kept: Claim[] = [];
  for (const { detector, span } of strongest)
    if (kept.every((other) => span.end <= other.span.start || span.start >= other.span.end))
      kept.push({ detector, span });
  return kept.sort((a, b) => a.span.start - b.span.start);
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
