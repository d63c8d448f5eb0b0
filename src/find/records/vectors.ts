// Vectors: an embedding gives back what it was made of, a face's or a voice's is the face or the voice. Law: numbers
// enough in one array, and a name above it that says what they measure; one look at each array, however long.

import { pointerOf } from "../../decode/json/pointer.ts";
import { readString } from "../../decode/json/read.ts";
import { hold } from "../../decode/original.ts";
import type { Doc, Finding, PiType } from "../../words.ts";
import { keyOf } from "../keys.ts";
import { plainName } from "../shared/label.ts";

const ARRAY = 1;
const NUMBER = 4;
const KIND = 0x0f;
const EMBEDDING_NUMBERS_MIN = 256;
/** Faces and voices are told by fewer. */
const BODY_NUMBERS_MIN = 64;
const NAME_BYTES_MAX = 64;
/** Numbers that are looked at for a decimal point: rows of token ids and pixels have none. */
const LOOKED_MAX = 8;
const EMBEDDING =
  /^(?:[a-z0-9]{0,24})(?:embeddings?|vectors?|densevector|dense|emb|vec|values|floats?|xiangliang|向量)$/;
const OF_A_BODY = new RegExp(
  [
    "(?:(?<!inter|type|sur|pre)face|facial|voice|speaker|finger|palm|iris|gait|人脸|声纹)(?:[a-z]{0,12})",
    "(?:features?|vector|embedding|descriptor|template|print|encoding|data|特征)s?$",
    "|^(?:voiceprint|faceprint|dvector|xvector)s?$",
  ].join(""),
);

/**
 * @returns one finding an array, in document order. Its token is the array's, its bytes the array's with its brackets,
 * its units none: it cannot be rewritten in place.
 */
export function vectorsIn(doc: Doc): readonly Finding[] {
  const { count, kind } = doc.tokens;
  const found: Finding[] = [];
  for (let token = 0; token + BODY_NUMBERS_MIN < count; token++) {
    if ((kind[token]! & KIND) !== ARRAY || !isOfNumbers(doc, token, BODY_NUMBERS_MIN)) continue;
    const type = typeOf(doc, token);
    if (type !== null) found.push(findingAt(doc, token, type));
  }
  return found;
}

function typeOf(doc: Doc, array: number): PiType | null {
  const key = keyOf(doc, array);
  if (key < 0 || doc.tokens.end[key]! - doc.tokens.start[key]! > NAME_BYTES_MAX) return null;
  const name = plainName(readString(doc, key));
  if (OF_A_BODY.test(name)) return "biometric";
  if (!EMBEDDING.test(name) || !isOfNumbers(doc, array, EMBEDDING_NUMBERS_MIN)) return null;
  return hasDecimals(doc, array) ? "embedding" : null;
}

/** Its items follow it in the index: the last of so many is looked at, not each. */
function isOfNumbers({ tokens: { count, kind, parent } }: Doc, array: number, least: number): boolean {
  const last = array + least;
  return last < count && parent[last] === array && isNumber(kind[last]!) && isNumber(kind[array + 1]!);
}

function hasDecimals(doc: Doc, array: number): boolean {
  for (let token = array + 1; token <= array + LOOKED_MAX; token++)
    if (/[.eE]/.test(readString(doc, token))) return true;
  return false;
}

function isNumber(flags: number): boolean {
  return (flags & KIND) === NUMBER;
}

function findingAt(doc: Doc, token: number, type: PiType): Finding {
  const { start, end } = doc.tokens;
  const biometric = type === "biometric";
  return {
    type,
    where: "body",
    token,
    path: pointerOf(doc, token),
    start: 0,
    end: 0,
    byteStart: start[token]!,
    byteEnd: end[token]!,
    certainty: "key",
    sensitive: biometric,
    identifies: biometric ? "strong" : "weak",
    original: hold(`${type} ${end[token]! - start[token]!}`),
  };
}
