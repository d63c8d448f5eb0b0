// What detectors find in other readings of a text. Law: a claim made here covers something that was undone; the rest
// is what the text says plainly, and the detectors saw that.

import { DETECTORS } from "../all.ts";
import type { Context, Detector } from "../detector.ts";
import { BACKWARDS, CODED, FOLDED, LOOKALIKE, MARKUP, RUN, SIGNS, SPELLED } from "../scan/runs.ts";
import { isLuhn } from "../shared/luhn.ts";
import { vouched, type Words } from "../shared/near.ts";
import type { Claim } from "../spans.ts";
import { closed } from "./apart.ts";
import { type Coded, codedIn, packedIn } from "./coded.ts";
import { unescaped } from "./escapes.ts";
import { fold } from "./fold.ts";
import { gluedIn } from "./glued.ts";
import { type Joined, joinedIn } from "./joined.ts";
import { unmarked } from "./markup.ts";
import { joinedWith, type Stretch } from "./overlap.ts";
import { reversedIn } from "./reversed.ts";
import { signed } from "./signs.ts";
import { spelled } from "./spelled.ts";
import { through, type View } from "./view.ts";

/** Reads a text that was not there: scanned first, as every text is. Claims in its units. */
export interface Inner {
  /** What it says plainly. */
  plain(text: string, context: Context): readonly Claim[];
  /** And what it may be read as: nothing where that was asked too often already. */
  whole(text: string, context: Context): readonly Claim[];
}

const NUMBERS: ReadonlyMap<string, Detector> = new Map(
  DETECTORS.filter(({ type }) => ["cn-id", "bank-card", "cn-mobile"].includes(type)).map((one) => [one.type, one]),
);
const SECRET = DETECTORS.find(({ type }) => type === "secret")!;
/** What says that a number in pieces is one, and which. */
const WORDS: Readonly<Record<string, Words>> = {
  "cn-mobile": {
    text: /手机|电话|联系|致电|拨打|号码|微信|mobile|phone|\btel\b|\bcall\b|contact/i,
    key: /^(?:sjh|sjhm|dh|lxdh|sj|(?:phone|mobile|tel|cell)(?:_?(?:no|num|number))?)\d*$/i,
  },
  "cn-id": {
    text: /身份证|证件|证号|联系|\bID\b|\bid card\b/i,
    key: /^(?:sfzh?m?|(?:id|identity)_?(?:card)?_?(?:no|num|number)|id_?card|cert_?no)\d*$/i,
  },
  "bank-card": {
    text: /卡号|银行卡|账号|信用卡|储蓄卡|\bcard\b|account/i,
    key: /^(?:yhkh?|kh|(?:bank_?)?(?:card|account)(?:_?(?:no|num|number))?)\d*$/i,
  },
};

/** Cheaper than `canonical`: true of whatever that knows. */
const MAY_BE: Readonly<Record<string, (digits: string) => boolean>> = {
  "cn-id": ({ length }) => length === 18,
  "cn-mobile": (digits) => (digits.length === 11 ? digits[0] === "1" : digits.length > 11),
  "bank-card": (digits) => /^\d+$/.test(digits) && isLuhn(digits),
};

/** A value that needs its label is short; a label stands near. */
const LABELLED_UNITS_MAX = 64;
const CODED_LABELLED_UNITS_MAX = 2 * LABELLED_UNITS_MAX;
const AROUND_UNITS = 64;
const NO_CONTEXT: Context = { key: "" };
const NONE: readonly Claim[] = [];
const NO_NUMBERS: readonly Joined[] = [];
const stretchOf = ({ span }: Claim): Stretch => span;

/** What must be undone before anything else can be seen, and digits in pieces, which that may leave. */
const UNDONE = FOLDED | RUN;
/** Who draws together what stands apart, and where. */
const DRAWN: readonly (readonly [number, (text: string) => View | null])[] = [
  [UNDONE | SPELLED, spelled],
  [MARKUP, unmarked],
  [SIGNS, signed],
  [SIGNS, closed],
];
const EVERY = -1;

/**
 * @param text as it stands. @param seen bits of scan/runs.ts: which readings there are. @param inner reads what the
 * views say. @returns claims in its units, disjoint, in order.
 */
export function claimsInViews(text: string, seen: number, context: Context, inner: Inner): readonly Claim[] {
  const found = (seen & ~CODED) === 0 ? NONE : inReadings(text, seen, context, inner);
  if ((seen & CODED) === 0) return found;
  return joinedWith(packed(text), joinedWith(found, coded(text, context, inner), stretchOf), stretchOf);
}

function inReadings(text: string, seen: number, context: Context, inner: Inner): readonly Claim[] {
  const escapes = (seen & UNDONE) === 0 ? null : unescaped(text);
  const folded = (seen & UNDONE) === 0 ? null : fold(escapes?.text ?? text);
  const view = folded === null ? escapes : escapes === null ? folded : through(folded, escapes);
  const read = view?.text ?? text;
  const pieces = numbersOf(inPieces(read, seen, context), read, context);
  const drawn = drawnTogether(read, view === null || (seen & FOLDED) === 0 ? seen : EVERY, context, inner);
  const numbers = joinedWith(pieces, drawn, stretchOf);
  if (view === null) return numbers;
  const claims = undone(joinedWith(inner.plain(read, context), numbers, stretchOf), text, view);
  // 张三_139…: what a view leaves as it is no detector saw, either
  const glued = (seen & RUN) === 0 ? NO_NUMBERS : gluedIn(text, context);
  return glued.length === 0 ? claims : joinedWith(numbersOf(glued, text, context), claims, stretchOf);
}

/** What is spelled out character by character, has markup in it, or its signs in words. */
function drawnTogether(text: string, kinds: number, context: Context, inner: Inner): readonly Claim[] {
  let claims: readonly Claim[] = [];
  for (const [kind, viewOf] of DRAWN) {
    const view = (kinds & kind) === 0 ? null : viewOf(text);
    if (view === null) continue;
    const found = undone(claimsInDrawn(view.text, context, inner), text, view);
    claims = claims.length === 0 ? found : joinedWith(claims, found, stretchOf);
  }
  return claims;
}

/** Breaks stay, and between them may lie one number. */
function claimsInDrawn(text: string, context: Context, inner: Inner): readonly Claim[] {
  return joinedWith(inner.plain(text, context), numbersOf(inPieces(text, UNDONE, context), text, context), stretchOf);
}

/** Numbers in pieces, joined to names, and backwards. */
function inPieces(text: string, seen: number, context: Context): readonly Joined[] {
  const pieces = (seen & (UNDONE | LOOKALIKE)) === 0 ? NO_NUMBERS : joinedIn(text);
  const glued = (seen & UNDONE) === 0 ? NO_NUMBERS : gluedIn(text, context);
  const joined = glued.length === 0 ? pieces : [...pieces, ...glued].sort((a, b) => a.start - b.start);
  const backwards = (seen & (UNDONE | BACKWARDS)) === 0 ? NO_NUMBERS : reversedIn(text);
  return backwards.length === 0 ? joined : [...joined, ...backwards].sort((a, b) => a.start - b.start);
}

/** What covers something that was undone, and pieces; not what the text says plainly. */
function undone(claims: readonly Claim[], text: string, view: View): Claim[] {
  const found: Claim[] = [];
  for (const claim of claims) {
    const { start, end } = claim.span;
    const there = mapped(claim, view);
    const isPlain = text.slice(there.span.start, there.span.end) === view.text.slice(start, end);
    if (!isPlain || /\D/.test(view.text.slice(start, end))) found.push(there);
  }
  return found;
}

function mapped({ detector, span }: Claim, view: View): Claim {
  return { detector, span: { ...span, start: view.at[span.start]!, end: view.at[span.end]! } };
}

function numbersOf(readings: readonly Joined[], text: string, context: Context): Claim[] {
  const claims: Claim[] = [];
  let end = 0;
  for (const reading of readings) {
    const claim = reading.start < end ? null : numberOf(text, reading, context);
    if (claim === null) continue;
    claims.push(claim);
    end = claim.span.end;
  }
  return claims;
}

/** The number in one piece, as the first kind that it is. */
function numberOf(text: string, joined: Joined, context: Context): Claim | null {
  const { start, end, digits } = joined;
  for (const [type, detector] of NUMBERS) {
    const canonical = MAY_BE[type]!(digits) ? detector.canonical(digits) : null;
    if (canonical === null) continue;
    const certainty = joined.vouched.includes(type) ? vouched(text, start, end, context, WORDS[type]!) : null;
    if (certainty === null && !(joined.alone.includes(type) && standsAlone(detector, digits))) continue;
    const checked = type === "cn-mobile" ? (certainty ?? "format+context") : "checksum";
    return { detector, span: { start, end, certainty: checked, canonical } };
  }
  return null;
}

/** Whether a number in one piece would be found with nothing beside it: some ranges need a word. */
function standsAlone(detector: Detector, digits: string): boolean {
  return detector.find(digits, NO_CONTEXT).length > 0;
}

/** What is packed in the middle of a text is opened by nobody: like a credential, it never leaves. */
function packed(text: string): Claim[] {
  return packedIn(text).map(({ start, end }) => {
    const span = { start, end, certainty: "format+context", canonical: text.slice(start, end) } as const;
    return { detector: SECRET, span };
  });
}

/** Every person in a coded token counts; together their claims cover it whole. */
function coded(text: string, context: Context, inner: Inner): Claim[] {
  const claims: Claim[] = [];
  for (const { start, end, text: decoded } of codedIn(text)) {
    const inside = insideOf(text, { start, end, text: decoded }, context, inner);
    // each needs a unit of its own
    const told = inside.slice(0, end - start);
    const share = Math.floor((end - start) / Math.max(1, told.length));
    for (const [nth, { detector, span }] of told.entries()) {
      const from = start + nth * share;
      const to = nth === told.length - 1 ? end : from + share;
      claims.push({ detector, span: { ...span, start: from, end: to } });
    }
  }
  return claims;
}

/** What a coded text says, by itself; or where it stands, beside its label; what is coded twice, undone twice. */
function insideOf(text: string, coded: Coded, context: Context, inner: Inner): readonly Claim[] {
  const inside = inner.whole(coded.text, context);
  if (inside.length > 0 || coded.text.length > CODED_LABELLED_UNITS_MAX) return inside;
  const labelled = besideLabel(text, coded, context, inner);
  if (labelled.length > 0) return labelled;
  const [again] = codedIn(coded.text);
  if (again === undefined || again.start > 0 || again.end < coded.text.length) return labelled;
  return besideLabel(text, { ...coded, text: again.text }, context, inner);
}

function besideLabel(
  text: string,
  { start, end, text: decoded }: Coded,
  context: Context,
  inner: Inner,
): readonly Claim[] {
  if (decoded.length > LABELLED_UNITS_MAX) return [];
  const from = Math.max(0, start - AROUND_UNITS);
  const around = text.slice(from, start) + decoded + text.slice(end, end + AROUND_UNITS);
  const first = start - from;
  return inner.plain(around, context).filter(({ span }) => span.start < first + decoded.length && span.end > first);
}
