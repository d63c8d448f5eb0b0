// A number whose pieces lie in several strings: fields of one name, messages, an array of digits. Law: the pieces
// follow one another with nothing between, and together are the whole number; each is hidden, none alone.

import { ENTITY, ESCAPES, PERCENT } from "../../decode/escapes.ts";
import type { Certainty, Doc } from "../../words.ts";
import { DETECTORS } from "../all.ts";
import type { Context, Detector } from "../detector.ts";
import { ALPHANUMERIC } from "../scan/classes.ts";

const CARD = "bank-card";
const MOBILE = "cn-mobile";
const NUMBERS = DETECTORS.filter(({ type }) => ["cn-id", CARD, MOBILE].includes(type)).sort(mobileLast);
const STRING = 3;
const NUMBER = 4;
const KIND = 0x0f;
const JSON_ESCAPES = 0x10;
const SIGN = 0x25;
const SEMICOLON = 0x3b;
const DIGITS_MIN = 11;
const DIGITS_MAX = 19;
const PIECES_MAX = 19;
const LETTER_X = 0x58;
/** Before a digit these make it a part of something else. */
const GLUE = ALPHANUMERIC.slice();
for (const joiner of ".-_") GLUE[joiner.charCodeAt(0)] = 1;
/** A mobile number has no check digit: its field says so, or the words before its first piece. */
const PHONE = /手机|电话|联系|号码|phone|mobile|tel|cell|^sjh?|^dh|digits/i;
const WORDS_BYTES = 48;
const NUMBERED = /\d/;
/** Members that hold what somebody said. */
const MESSAGE = /^(?:content|text|message|msg|prompt|input)s?$/i;

/** Bytes of the document. */
export interface Piece {
  readonly token: number;
  readonly byteStart: number;
  readonly byteEnd: number;
}

export interface Split {
  readonly detector: Detector;
  readonly certainty: Certainty;
  readonly canonical: string;
  readonly pieces: readonly Piece[];
}

/** Follows the values of one document, in order. */
export class Splits {
  readonly #chains = new Map<string, Piece[]>();
  /** Stems of names that end in a number: part1. */
  readonly #numbered = new Set<string>();
  readonly #found: Split[] = [];
  #doc: Doc | null = null;

  over(doc: Doc): void {
    this.#doc = doc;
  }

  /** @param context of the member that the value stands under, through arrays. */
  see(token: number, context: Context): void {
    const { bytes, tokens } = this.#doc!;
    const start = tokens.start[token]!;
    const end = tokens.end[token]!;
    const usable = end > start && isUsable(tokens.kind[token]!, end - start);
    // the last piece of an identity number may be its X alone
    const leads = usable && (isDigit(bytes[start]!) || (end - start === 1 && isX(bytes[start]!)));
    if (!leads && this.#chains.size === 0 && !(usable && isDigit(bytes[end - 1]!))) return;
    const stem = context.stem ?? "";
    const chain = this.#chains.get(stem);
    const lead = leads && chain !== undefined ? this.#lead(start, end) : 0;
    if (chain !== undefined) {
      if (lead > 0) chain.push({ token, byteStart: start, byteEnd: start + lead });
      if (lead === end - start && lead > 0 && chain.length < PIECES_MAX) return;
      this.#close(stem, chain, context, lead > 0 && ALPHANUMERIC[bytes[start + lead]!] === 1 && lead < end - start);
    }
    const trail = usable ? this.#trail(start, end, tokens.kind[token]!) : 0;
    if (trail === 0) return;
    this.#chains.set(stem, [{ token, byteStart: end - trail, byteEnd: end }]);
    if (NUMBERED.test(context.key.slice(stem.length))) this.#numbered.add(stem);
  }

  /** @returns what was found, in order of the last pieces; and forgets the document. */
  done(): readonly Split[] {
    for (const [stem, chain] of this.#chains) this.#close(stem, chain, { key: stem }, false);
    this.#doc = null;
    this.#numbered.clear();
    return this.#found.splice(0);
  }

  /** Digits from the start, X at their end too. */
  #lead(start: number, end: number): number {
    const { bytes } = this.#doc!;
    let at = start;
    while (at < end && isDigit(bytes[at]!)) at++;
    if (at < end && isX(bytes[at]!)) at++;
    return at - start;
  }

  /** Digits at the end, with no letter or digit glued before. */
  #trail(start: number, end: number, flags: number): number {
    const { bytes } = this.#doc!;
    let at = end;
    while (at > start && isDigit(bytes[at - 1]!)) at--;
    const escaped = (flags & ESCAPES & PERCENT) === 0 ? -1 : behindPercent(bytes, start, at);
    if (escaped > end) return 0;
    const before = escaped < 0 ? bytes[at - 1]! : Number.parseInt(this.#text(escaped - 2, escaped, "latin1"), 16);
    const glued = at > start && (GLUE[before] === 1 || (before === SEMICOLON && (flags & ESCAPES) === ENTITY));
    const trail = end - Math.max(at, escaped);
    return glued || trail > DIGITS_MAX ? 0 : trail;
  }

  #close(stem: string, chain: readonly Piece[], context: Context, glued: boolean): void {
    this.#chains.delete(stem);
    if (glued || chain.length < 2) return;
    const length = chain.reduce((sum, { byteStart, byteEnd }) => sum + byteEnd - byteStart, 0);
    if (length < DIGITS_MIN || length > DIGITS_MAX) return;
    const digits = chain.map(({ byteStart, byteEnd }) => this.#text(byteStart, byteEnd, "latin1")).join("");
    const said = this.#isSaid(chain[0]!, context) || this.#isCutUp(stem, chain);
    for (const detector of NUMBERS) {
      const canonical = detector.canonical(digits);
      if (canonical === null) continue;
      if (!said && (detector.type === MOBILE || (detector.type === CARD && chain.length < 3))) continue;
      const certainty = detector.type === MOBILE ? "format+context" : "checksum";
      this.#found.push({ detector, certainty, canonical, pieces: chain });
      return;
    }
  }

  /** The field says so, or the words before the first piece. */
  #isSaid(first: Piece, context: Context): boolean {
    if (PHONE.test(context.key)) return true;
    const start = Math.max(this.#doc!.tokens.start[first.token]!, first.byteStart - WORDS_BYTES);
    return PHONE.test(this.#text(start, first.byteStart, "utf8"));
  }

  /**
   * Nothing but pieces, one string after another: messages of digits alone; part1, part2, part3 of about one length. An
   * array of numbers may be years and prices.
   */
  #isCutUp(stem: string, chain: readonly Piece[]): boolean {
    const { start, end, kind } = this.#doc!.tokens;
    const isWhole = ({ token, byteStart, byteEnd }: Piece) => start[token] === byteStart && end[token] === byteEnd;
    if (!chain.every((piece) => isWhole(piece) && (kind[piece.token]! & KIND) === STRING)) return false;
    if (MESSAGE.test(stem)) return true;
    const lengths = chain.map(({ byteStart, byteEnd }) => byteEnd - byteStart);
    return (
      this.#numbered.has(stem) &&
      chain.length > 2 &&
      lengths.slice(0, -1).every((length) => Math.abs(length - lengths[0]!) < 2)
    );
  }

  #text(start: number, end: number, encoding: "utf8" | "latin1"): string {
    const { bytes } = this.#doc!;
    return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString(encoding);
  }
}

/** What has a check digit is asked first. */
function mobileLast(a: Detector, b: Detector): number {
  return Number(a.type === MOBILE) - Number(b.type === MOBILE);
}

/** A string of JSON with an escape in it is left; in forms, XML and tables all are marked, and few hold one. */
function isUsable(flags: number, bytesLong: number): boolean {
  const kind = flags & KIND;
  return (kind === STRING && (flags & ESCAPES) !== JSON_ESCAPES) || (kind === NUMBER && bytesLong === 1);
}

/** Behind an escape of a form that ends at or behind `at`: `%AF138`, `%99138`. */
function behindPercent(bytes: Uint8Array, start: number, at: number): number {
  for (let sign = at - 1; sign >= Math.max(start, at - 3); sign--) if (bytes[sign] === SIGN) return sign + 3;
  return -1;
}

function isX(byte: number): boolean {
  return (byte & 0xdf) === LETTER_X;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
