// The dictionary and the traits of characters, from jieba's files (MIT). Law: the same files give the same bytes.

import { readFileSync } from "node:fs";
import { CLASS as KIND } from "./glosses.mjs";
import { JAPANESE } from "./lists/known.mjs";
import { DOUBLE_SURNAMES, SURNAMES } from "./surnames.mjs";

const CLASS = {
  n: 1,
  v: 2,
  a: 3,
  b: 3,
  z: 3,
  d: 4,
  nr: 5,
  nrt: 6,
  nrfg: 5,
  ns: 7,
  nt: 8,
  nz: 8,
  j: 8,
  m: 9,
  q: 9,
  p: 10,
};
Object.assign(CLASS, { c: 11, u: 12, y: 12, e: 12, o: 12, k: 12, r: 13, t: 14 });
const OTHER = 15;
const CHARS_MAX = 8000;
const LENGTH_MAX = 6;
const PLACE_MAX = 15;

const classOf = (pos) => CLASS[pos] ?? CLASS[pos.slice(0, 2)] ?? CLASS[pos[0]] ?? OTHER;
/** 1.3 bits a level, as segment.ts reads it. */
const levelOf = (count) => Math.max(1, Math.min(15, Math.round(Math.log2(count) / 1.3)));

export function readJieba(path) {
  const rows = readFileSync(path, "utf8").trim().split("\n");
  return rows.map((row) => row.split(" ")).map(([word, count, pos]) => ({ word, count: +count, pos }));
}

const LISTED = new Set([KIND.place, KIND.body, KIND.nation, KIND.proper, KIND.name, KIND.foreign, KIND.surname]);
const TOLD = new Set([KIND.role, KIND.kin, KIND.says, KIND.acts, KIND.idiom, KIND.verb]);

/** The class of a word that jieba files under `pos`; @param gloss, mark of glosses.mjs. */
function classOfWord(word, pos, gloss, mark, emissions) {
  const filed = pos === undefined || pos.startsWith("nr") ? undefined : classOf(pos);
  if (word.length === 1) return gloss === KIND.surname ? gloss : (filed ?? (pos === undefined ? OTHER : classOf(pos)));
  if (LISTED.has(gloss) || TOLD.has(gloss)) return gloss;
  const marked = mark === KIND.name ? undefined : mark;
  if (gloss === -1) return filed !== undefined && filed !== KIND.place ? filed : (marked ?? KIND.noun);
  if (gloss === KIND.abroad) return marked ?? filed ?? gloss;
  if (marked !== undefined && filed === undefined) return marked;
  if (filed !== undefined) return filed;
  if (looksLikeName(word, emissions)) return pos === "nrt" || !SURNAMES.includes(word[0]) ? KIND.foreign : KIND.name;
  if (mark === KIND.name) return KIND.given;
  if (word.length > 3) return OTHER;
  return pos === "nrt" ? KIND.distant : SURNAMES.includes(word[0]) ? KIND.likely : OTHER;
}

/** Words worth their bytes: frequent ones, and rare ones that begin like a name and are none. */
export function chosenWords(
  jieba,
  divisions,
  emissions,
  { glosses, marks, rare = 6, roles = [], listed = new Map(), extra = 2 },
) {
  const starts = new Set(SURNAMES);
  const kept = new Map();
  const fits = (word) => word.length <= LENGTH_MAX && /^[一-鿿]+$/u.test(word);
  for (const { word, count, pos } of jieba) {
    if (!fits(word)) continue;
    const kind = classOfWord(word, pos, glosses.get(word), marks.get(word), emissions);
    const isName = kind === KIND.name || kind === KIND.foreign;
    const known = LISTED.has(kind) && glosses.has(word);
    if (word.length > 1 && !known && !worth(word, count, isName && pos.startsWith("nr") ? pos : "n", starts, rare))
      continue;
    kept.set(word, (kind << 4) | levelOf(count));
  }
  for (const [word, gloss] of glosses) {
    if (kept.has(word) || !fits(word) || word.length < 2 || word.length > 5 || !LISTED.has(gloss)) continue;
    kept.set(word, (gloss << 4) | extra);
  }
  for (const [word, kind] of listed) {
    const gloss = glosses.get(word);
    if (!fits(word) || word.length < 2 || gloss === -1 || TOLD.has(gloss)) continue;
    kept.set(word, (kind << 4) | Math.max(4, (kept.get(word) ?? 0) & 15));
  }
  for (const word of roles)
    if (fits(word) && word.length > 1) kept.set(word, (KIND.role << 4) | ((kept.get(word) ?? 4) & 15));
  for (const place of divisions) if (place.length <= PLACE_MAX) kept.set(place, (CLASS.ns << 4) | 6);
  return kept;
}

/** jieba files much under names that is none: each character must be one that names are made of. */
function looksLikeName(word, emissions) {
  if (word.length < 2) return true;
  const at = (state, char) => emissions.get(state)?.get(char) ?? -99;
  const abroad = [...word].every((char) => Math.max(at("B,nrt", char), at("M,nrt", char), at("E,nrt", char)) > -8);
  if (abroad && word.length >= 3) return true;
  if (!SURNAMES.includes(word[0]) && !DOUBLE_SURNAMES.includes(word.slice(0, 2))) return false;
  return (
    word.length <= 4 &&
    at("E,nr", word.at(-1)) > -8.7 &&
    [...word.slice(1, -1)].every((char) => at("M,nr", char) > -8.7)
  );
}

function worth(word, count, pos, starts, rare) {
  if (pos.startsWith("nr")) return count >= (pos === "nr" ? 5 : 3);
  if (count >= rare) return true;
  return count >= 3 && word.length <= 3 && starts.has(word[0]);
}

/** @returns bytes that lexicon.ts reads. */
export function dictionaryBytes(words) {
  const tally = new Map();
  for (const word of words.keys()) for (const char of word) tally.set(char, (tally.get(char) ?? 0) + 1);
  const chars = [...tally].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, CHARS_MAX);
  const code = new Map(chars.map(([char], i) => [char, i + 1]));
  const rows = [...words].filter(([word]) => [...word].every((char) => code.has(char)));
  const coded = rows.map(([word, payload]) => [[...word].map((char) => code.get(char)), payload]);
  coded.sort((a, b) => compare(a[0], b[0]));
  const out = [];
  let nodes = 0;
  let last = [];
  for (const [word, payload] of coded) {
    let shared = 0;
    while (shared < last.length && last[shared] === word[shared]) shared++;
    out.push((shared << 4) | (word.length - shared));
    for (let i = shared; i < word.length; i++, nodes++) {
      const high = i === word.length - 1 ? payload >> 8 : 0;
      out.push(word[i] & 255, (word[i] >> 8) | (high << 5));
    }
    out.push(payload & 255);
    last = word;
  }
  const head = [...u16(chars.length), ...chars.flatMap(([char]) => u16(char.charCodeAt(0)))];
  return {
    bytes: Buffer.concat([Buffer.from([...head, ...u32(coded.length), ...u32(nodes)]), Buffer.from(out)]),
    words: coded.length,
    nodes,
  };
}

function compare(a, b) {
  for (let i = 0; i < a.length && i < b.length; i++) if (a[i] !== b[i]) return a[i] - b[i];
  return a.length - b.length;
}

const u16 = (value) => [value & 255, value >> 8];
const u32 = (value) => [...u16(value & 65535), ...u16(value >>> 16)];

/** Emission tables of jieba's tagger: state → character → log probability. */
export function readEmissions(path) {
  const states = new Map();
  for (const line of readFileSync(path, "utf8").split("\n")) {
    const cut = line.indexOf(":");
    if (line.startsWith("#") || cut < 0) continue;
    const row = new Map();
    for (const pair of line.slice(cut + 1).split(";")) {
      const comma = pair.lastIndexOf(",");
      if (comma > 0) row.set(pair.slice(0, comma), +pair.slice(comma + 1));
    }
    states.set(line.slice(0, cut), row);
  }
  return states;
}

/** How much each character is at home in names, against all text: three bits each, see features.ts. */
export function traitsOf(jieba, emissions) {
  const general = new Map();
  let total = 0;
  for (const { word, count } of jieba)
    for (const char of word) {
      general.set(char, (general.get(char) ?? 0) + count);
      total += count;
    }
  const logGeneral = (char) => Math.log((general.get(char) ?? 1) / total);
  const odds = (state, char) => {
    const seen = emissions.get(state)?.get(char);
    return seen === undefined ? null : seen - logGeneral(char);
  };
  const traits = new Map();
  for (const char of general.keys()) {
    if (char.length > 1 || !/[㐀-鿿]/u.test(char)) continue;
    const isSurname = SURNAMES.includes(char);
    const first = grade(odds("B,nr", char), [0, 1.5, 3]);
    const middle = grade(odds("M,nr", char), [-3, -2, -1, 0, 1, 2, 3]);
    const last = grade(odds("E,nr", char), [-3, -2, -1, 0, 1, 2, 3]);
    const foreign = grade(odds("M,nrt", char), [-2, -1, 0, 1, 2, 3, 4]);
    const grades = (isSurname ? 4 + first : first) | (middle << 3) | (last << 6) | (foreign << 9);
    const seen = (state) => halfBits(emissions.get(state)?.get(char));
    const surnameCost = isSurname ? Math.min(26, seen("B,nr") ?? 26) : NEVER;
    const abroad = ["B,nrt", "M,nrt", "E,nrt"].map((state) => seen(state) ?? 40);
    const foreignCost = Math.round(Math.min(...abroad) * 0.5 + abroad[1] * 0.5);
    const costs = [surnameCost, seen("M,nr") ?? NEVER, seen("E,nr") ?? NEVER, foreignCost > 24 ? NEVER : foreignCost];
    if (grades !== 0 || costs.some((cost) => cost !== NEVER)) traits.set(char, { grades, costs });
  }
  return traits;
}

const NEVER = 255;
const halfBits = (log) => (log === undefined ? undefined : Math.min(60, Math.round((-log / Math.LN2) * 2)));

function grade(value, steps) {
  return value === null ? 0 : steps.filter((step) => value >= step).length;
}

/** @returns bytes that traits.ts reads. */
export function traitsBytes(traits) {
  const rows = [...traits].sort((a, b) => a[0].charCodeAt(0) - b[0].charCodeAt(0));
  const chars = rows.flatMap(([char, { costs, grades }]) => [...u16(char.charCodeAt(0)), ...costs, ...u16(grades)]);
  const pairs = [...new Set([...DOUBLE_SURNAMES, ...JAPANESE])].filter((pair) => pair.length === 2);
  const doubles = pairs.flatMap((pair) => [...u16(pair.charCodeAt(0)), ...u16(pair.charCodeAt(1))]);
  return Buffer.from([...u16(rows.length), ...chars, ...u16(pairs.length), ...doubles]);
}
