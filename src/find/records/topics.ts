// Illness, faith, offence, income of the people in a document, said in plain words. Law: a name or an identifier in the
// same string or record makes it theirs, and nothing else does; what is already a finding stays what it is.

import { ESCAPES, rawAfter } from "../../decode/escapes.ts";
import { pointerOf } from "../../decode/json/pointer.ts";
import { readString } from "../../decode/json/read.ts";
import { hold } from "../../decode/original.ts";
import type { Doc, Finding, PiType, Policy } from "../../words.ts";
import { DETECTORS } from "../all.ts";
import { plainName } from "../shared/label.ts";
import { recordsHolding } from "./record.ts";
import { TELLS } from "./topics/evidence.ts";
import { maySay, type Said, saidIn } from "./topics/index.ts";
import { type Stretch, type Told, toldIn } from "./topics/told.ts";

type Profile = Policy["profile"];

const ARRAY = 1;
const STRING = 3;
const KIND = 0x0f;
const BACKSLASH = 0x5c;
/** A member without anybody in it: longer is a text of its own, about whom its record does not say. */
const BYTES_MAX = 1500;
const NONE: readonly Finding[] = [];
const NOBODY: readonly Finding[] = [];

/**
 * @param findings in document order. @param texts of strings that were read already.
 * @returns what is told of whom they name, in order; disjoint from them.
 */
export function topicsIn(
  doc: Doc,
  findings: readonly Finding[],
  profile: Profile,
  texts: ReadonlyMap<number, string>,
): readonly Finding[] {
  const somebody = findings.filter((one) => one.where === "body" && isSomebody(one));
  const spoken = somebody.length === 0 ? [] : spokenNear(doc, somebody, texts);
  if (spoken.length === 0) return NONE;
  const people = somebody.filter((one) => !TELLS.test(nameOf(one)));
  const [inToken, all] = [byToken(people), byToken(findings.filter(({ where }) => where === "body"))];
  const records = recordsHolding(doc, people);
  return spoken.flatMap(({ token, text, said }) => {
    const here = inToken.get(token) ?? NOBODY;
    const words = toldIn(text, said, here, here.length === 0 && isOf(doc, token, records));
    return apart(words, all.get(token) ?? NOBODY).map((one) => findingAt(doc, token, text, one, profile));
  });
}

interface Spoken {
  readonly token: number;
  readonly text: string;
  readonly said: readonly Said[];
}

/** Strings that hold somebody, or stand in a record that does, and hold such words: few do, whatever they tell. */
function spokenNear(doc: Doc, somebody: readonly Finding[], texts: ReadonlyMap<number, string>): readonly Spoken[] {
  const { count, kind, start, end } = doc.tokens;
  const holding = new Set(somebody.map(({ token }) => token));
  const records = recordsHolding(doc, somebody);
  const spoken: Spoken[] = [];
  for (let token = 0; token < count; token++) {
    if ((kind[token]! & KIND) !== STRING || !(holding.has(token) || isOf(doc, token, records))) continue;
    const known = texts.get(token);
    if (known === undefined && !maySay(doc.bytes, start[token]!, end[token]!) && !isEscaped(doc, token)) continue;
    const text = known ?? readString(doc, token);
    const said = saidIn(text);
    if (said.length > 0) spoken.push({ token, text, said });
  }
  return spoken;
}

/** Whether a string is a short member of one of these records. */
function isOf(doc: Doc, token: number, records: ReadonlySet<number>): boolean {
  return doc.tokens.end[token]! - doc.tokens.start[token]! <= BYTES_MAX && records.has(holderOf(doc, token));
}

/** Findings of a document's body by their string. */
export function byToken(findings: readonly Finding[]): ReadonlyMap<number, readonly Finding[]> {
  const tokens = new Map<number, Finding[]>();
  for (const one of findings) {
    const before = tokens.get(one.token);
    if (before === undefined) tokens.set(one.token, [one]);
    else before.push(one);
  }
  return tokens;
}

/** The same of a text that is no document. @param findings in order. */
export function topicsInText<T extends Pick<Finding, "type" | "identifies" | "certainty"> & Stretch>(
  text: string,
  findings: readonly T[],
): readonly Told[] {
  const people = findings.filter(isSomebody);
  return people.length === 0 ? [] : apart(toldIn(text, saidIn(text), people, false), findings);
}

function isSomebody({ type, identifies }: Pick<Finding, "type" | "identifies">): boolean {
  return identifies === "strong" || type === "person";
}

/** The object that a string stands in, or the list of strings that it is an item of. */
function holderOf({ tokens: { kind, parent } }: Doc, token: number): number {
  const above = parent[token]!;
  return above >= 0 && (kind[above]! & KIND) === ARRAY ? parent[above]! : above;
}

/** The member's name that a finding stands under. */
function nameOf({ path }: Finding): string {
  return plainName(path.slice(path.lastIndexOf("/") + 1));
}

/** Escapes that hide letters from a look at the bytes: `\u7cd6`, percent, entities. */
function isEscaped({ bytes, tokens }: Doc, token: number): boolean {
  const escapes = tokens.kind[token]! & ESCAPES;
  if (escapes === 0) return false;
  if (escapes !== 0x10) return true;
  for (let at = bytes.indexOf(BACKSLASH, tokens.start[token]!); at >= 0 && at < tokens.end[token]!; )
    if (bytes[at + 1] === 0x75) return true;
    else at = bytes.indexOf(BACKSLASH, at + 2);
  return false;
}

type Placed = Stretch & Pick<Finding, "type" | "certainty">;

/** Those that lie over no finding but a guess at a name inside of them: 曲林 of 舍曲林 is nobody. */
function apart(told: readonly Told[], findings: readonly Placed[]): readonly Told[] {
  return told.filter((word) => findings.every((one) => isApart(one, word) || isGuessWithin(one, word)));
}

function isApart(one: Stretch, { start, end }: Stretch): boolean {
  return one.end <= start || one.start >= end;
}

function isGuessWithin({ type, certainty, start, end }: Placed, word: Stretch): boolean {
  return type === "person" && certainty === "model" && start >= word.start && end <= word.end;
}

/** @returns the findings but guesses at names that are a part of such a word. */
export function withoutGuesses<T extends Placed>(findings: readonly T[], topics: readonly Stretch[]): readonly T[] {
  return findings.filter((one) => !topics.some((word) => isGuessWithin(one, word)));
}

function findingAt(doc: Doc, token: number, text: string, { type, start, end }: Told, profile: Profile): Finding {
  const flags = doc.tokens.kind[token]!;
  const byteStart = rawAfter(doc.bytes, doc.tokens.start[token]!, start, flags);
  return {
    type,
    where: "body",
    token,
    path: pointerOf(doc, token),
    start,
    end,
    byteStart,
    byteEnd: rawAfter(doc.bytes, byteStart, end - start, flags),
    certainty: "format+context",
    sensitive: sensitivityOf(type)[profile],
    identifies: "weak",
    original: hold(text.slice(start, end).toLowerCase()),
  };
}

export function sensitivityOf(type: PiType): (typeof DETECTORS)[number]["sensitivity"] {
  return DETECTORS.find((one) => one.type === type)!.sensitivity;
}
