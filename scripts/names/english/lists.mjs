// What is known of English words, from lists that may be shipped. Law: the same sources give the same flags; a word's
// flags are those of src/find/names/english-words.ts.

import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { FOLD } from "../../../dist/find/names/english-words.js";
import { ABROAD_FAMILY, ABROAD_GIVEN, KNOWN, PINYIN_FAMILY, THINGS } from "./own.mjs";

const LATIN_LOCALES =
  `en en_US en_GB en_AU en_CA en_IE en_IN en_NG en_ZA en_GH en_HK en_NP de de_AT de_CH fr fr_BE fr_CA fr_CH fr_LU fr_SN es es_MX
  it nl nl_BE pl pt_BR pt_PT sv nb_NO da fi cs_CZ sk hu ro ro_MD hr sl_SI tr lv id_ID vi zu_ZA yo_NG af_ZA az sr_RS_latin uz_UZ_latin cy eo
  ku_kmr_latin`.split(/\s+/);
const GIVEN = 0;
const FAMILY = 2;
const WORD = 4;
const THING = 6;

/** A word's letters, small and without accents; "" for what is no single word. */
export function folded(word) {
  let out = "";
  for (const char of word.replace(/['’]/gu, "")) {
    const letter = char.charCodeAt(0) < 0x250 ? FOLD[char.charCodeAt(0)] : 0;
    if (letter === 0) return "";
    out += String.fromCharCode(letter);
  }
  return out;
}

/** Everything the lists hold, as they stand: for the flags and for the generators. */
export async function sources(folder) {
  const require = createRequire(import.meta.url);
  const { allFakers, allLocales } = await import(pathToFileURL(join(folder, "faker/dist/index.js")).href);
  const nlp = (await import(pathToFileURL(join(folder, "compromise/builds/three/compromise-three.mjs")).href)).default;
  return {
    census: require(join(folder, "census/lib/names.js")),
    ranked: wordsOf(require(join(folder, "words/words.js"))),
    scrabble: require(join(folder, "scrabble")),
    people: lines(join(folder, "cspell-people/dict/people-names.txt")),
    companies: lines(join(folder, "cspell-companies/dict/companies.txt")),
    wordnet: readWordnet(join(folder, "wordnet/dict")),
    locales: LATIN_LOCALES.map((name) => allLocales[name]).filter((locale) => locale !== undefined),
    fakers: LATIN_LOCALES.map((name) => allFakers[name]).filter((faker) => faker !== undefined),
    tags: tagsOf(nlp.model().one.lexicon),
    samples: readSamples(folder),
  };
}

const wordsOf = (module) => module.words ?? module.default ?? module;
const lines = (file) =>
  readFileSync(file, "utf8")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));

function tagsOf(lexicon) {
  const tags = new Map();
  for (const [word, tag] of Object.entries(lexicon)) for (const one of [tag].flat()) put(tags, one, word);
  return tags;
}

function put(map, key, value) {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** Lemmas by kind, how often small ones were met, and the sentences that its glosses quote. */
function readWordnet(folder) {
  const found = {
    people: [],
    places: [],
    bodies: [],
    others: [],
    peoples: [],
    small: new Set(),
    glosses: [],
    quotes: [],
  };
  const met = readMet(folder);
  for (const part of ["noun", "verb", "adj", "adv"])
    for (const line of lines(join(folder, `data.${part}`))) {
      const [head, gloss = ""] = line.split(" | ");
      const fields = head.split(" ");
      if (!/^\d{8}$/u.test(fields[0])) continue;
      const count = Number.parseInt(fields[3], 16);
      const lemmas = [];
      for (let i = 0; i < count; i++) lemmas.push(fields[4 + 2 * i].replace(/\(.*\)$/u, "").replaceAll("_", " "));
      const is = head.includes(" @i ");
      for (const lemma of lemmas) {
        if (!/^\p{Lu}/u.test(lemma)) found.small.add(lemma);
        else if (!is) found.peoples.push(lemma);
        else if (fields[1] === "18") found.people.push(lemma);
        else if (fields[1] === "15" || fields[1] === "17") found.places.push(lemma);
        else if (fields[1] === "14") found.bodies.push(lemma);
        else found.others.push(lemma);
      }
      const [, ...quotes] = gloss.split(/(?<=^|[;:,] ?)"/u);
      found.glosses.push({ lemmas, is, kind: fields[1], text: gloss.split(/; "/u)[0].trim() });
      for (const quote of quotes) found.quotes.push(quote.replace(/"[^"]*$/u, "").trim());
    }
  return { ...found, met };
}

/** By lemma in small letters: how often it was met in the texts that WordNet counted. */
function readMet(folder) {
  const met = new Map();
  for (const line of lines(join(folder, "index.sense"))) {
    const [sense, , , count] = line.split(" ");
    const lemma = sense.slice(0, sense.indexOf("%"));
    met.set(lemma, (met.get(lemma) ?? 0) + Number(count));
  }
  return met;
}

/** Prose of the packages: speeches and a novel (public domain). */
function readSamples(folder) {
  const read = (name, chosen) => {
    const from = join(folder, "datasets", name, "data");
    return readdirSync(from)
      .filter((file) => file.endsWith(".txt") && chosen(file))
      .sort()
      .map((file) => readFileSync(join(from, file), "utf8"));
  };
  return { speeches: read("sotu", (file) => Number(file.slice(0, 4)) >= 1900), novel: read("moby-dick", () => true) };
}

/** @returns a map from a folded word to its flags. */
export function flagsOf(from, sizes) {
  const flags = new Map();
  const raise = (word, shift, strength) => {
    const key = folded(word);
    if (key.length < 2 || key.length > 20) return;
    const now = flags.get(key) ?? 0;
    if (((now >> shift) & 3) < strength) flags.set(key, (now & ~(3 << shift)) | (strength << shift));
  };
  raiseNames(from, raise, sizes);
  raiseThings(from, raise, flags);
  raiseWords(from, raise, flags, sizes);
  return pruned(flags, from, sizes);
}

/** Without what is rare and says little. */
function pruned(flags, { ranked }, sizes) {
  const rank = new Map(ranked.map((word, i) => [word, i]));
  const kept = new Map();
  for (const [word, bits] of flags) {
    const strength = Math.max(bits & 3, (bits >> 2) & 3);
    const most = strength >= 2 ? Infinity : strength === 1 ? sizes.rareNames : sizes.rareThings;
    if (bits !== 0 && ((bits >> WORD) & 3) === 0 && (rank.get(word) ?? 1e9) > most) continue;
    if (bits !== 0) kept.set(word, bits);
  }
  return kept;
}

function raiseNames({ census, locales, tags, wordnet, people }, raise, sizes) {
  for (const given of [census.first_male, census.first_female])
    for (const [rank, name] of given.entries()) raise(name, GIVEN, rank < 300 ? 3 : rank < 1000 ? 2 : 1);
  for (const [rank, name] of census.last.slice(0, sizes.family).entries())
    raise(name, FAMILY, rank < 1500 ? 3 : rank < 9000 ? 2 : 1);
  for (const locale of locales) {
    for (const name of localeNames(locale, "first_name")) raise(name, GIVEN, 2);
    for (const name of localeNames(locale, "last_name"))
      for (const part of name.split(/[ -]/u)) if (/^\p{Lu}/u.test(part)) raise(part, FAMILY, 2);
  }
  for (const tag of ["MaleName", "FemaleName", "FirstName"])
    for (const name of tags.get(tag) ?? []) if (!name.includes(" ")) raise(name, GIVEN, 2);
  for (const name of tags.get("LastName") ?? []) if (!name.includes(" ")) raise(name, FAMILY, 2);
  for (const name of wordnet.people) {
    const parts = name.split(/[ -]/u).filter((part) => /^\p{Lu}\p{Ll}/u.test(part));
    if (parts.length === 1 && !name.includes(" ")) raise(name, FAMILY, 1);
    else if (parts.length > 1 && !/\b(?:of|the|Saint|St)\b/u.test(name)) raise(parts.at(-1), FAMILY, 1);
  }
  for (const name of people) if (!name.includes("-")) raise(name, FAMILY, 1);
  for (const name of ABROAD_GIVEN) raise(name, GIVEN, 2);
  for (const name of [...ABROAD_FAMILY, ...PINYIN_FAMILY]) raise(name, FAMILY, 2);
  for (const name of KNOWN) {
    const parts = name.split(" ");
    raise(parts[0], GIVEN, 2);
    if (parts.length > 1) raise(parts.at(-1), FAMILY, 2);
  }
}

export function localeNames(locale, kind) {
  const names = locale.person?.[kind];
  return names === undefined
    ? []
    : Object.values(names)
        .flat()
        .filter((name) => typeof name === "string");
}

function raiseThings({ wordnet, tags, companies, locales }, raise, flags) {
  const each = (names, strength, always) => {
    for (const name of names) {
      const parts = name.split(/[ -]/u);
      const word = parts.length === 1 ? name : parts.length === 2 && strength === 1 ? parts[1] : "";
      const now = flags.get(folded(word)) ?? 0;
      if (word === "" || now >> THING !== 0 || (!always && ((now & 3) === 3 || ((now >> 2) & 3) === 3))) continue;
      raise(word, THING, strength);
    }
  };
  const tagged = (...names) => names.flatMap((tag) => tags.get(tag) ?? []);
  for (const [strength, names] of THINGS) if (strength === 3) each(names, 3, true);
  each(tagged("Demonym", "WeekDay", "Month"), 3, true);
  each([...tagged("City", "Country", "Region", "Place"), ...locales[0].location.country], 1, true);
  each([...wordnet.places, ...locales[0].location.city_name], 1, false);
  each(locales[0].location.state, 1, true);
  for (const [strength, names] of THINGS) if (strength === 2) each(names, 2, false);
  each([...tagged("Organization", "SportsTeam"), ...locales[0].vehicle.manufacturer], 2, false);
  each([...wordnet.bodies, ...wordnet.others, ...companies.filter((name) => name.length > 3)], 2, false);
  each(wordnet.peoples, 3, false);
}

const CLOSED = "Pronoun Preposition Modal Determiner Conjunction QuestionWord Adverb Expression Auxiliary Copula".split(
  " ",
);

function raiseWords({ ranked, scrabble, wordnet, tags }, raise, flags, sizes) {
  const closed = new Set(CLOSED.flatMap((tag) => tags.get(tag) ?? []));
  for (const [rank, word] of ranked.slice(0, sizes.words).entries()) {
    if (!/^[a-z]+$/u.test(word) || !(scrabble.has(word) || wordnet.small.has(word) || closed.has(word))) continue;
    const now = flags.get(word) ?? 0;
    const isName = (now & 15) !== 0;
    if (!isName) raise(word, WORD, rank < 2000 ? 3 : rank < 12000 ? 2 : 1);
    else raise(word, WORD, closed.has(word) ? 3 : strengthOf(metOf(word, wordnet), rank));
    if (closed.has(word) && rank < 400 && !["will", "may"].includes(word)) flags.set(word, flags.get(word) & ~15);
  }
}

/** How common a word is that is a name as well. */
function strengthOf(met, rank) {
  if (met === 0) return rank < 25000 ? 1 : 0;
  return met < 6 ? 1 : met < 40 ? 2 : 3;
}

function metOf(word, { met, small }) {
  let sum = small.has(word) ? (met.get(word) ?? 0) : 0;
  for (const [tail, instead] of [
    ["s", ""],
    ["es", ""],
    ["ed", ""],
    ["ed", "e"],
    ["ing", ""],
    ["ing", "e"],
    ["er", ""],
    ["er", "e"],
  ])
    if (word.endsWith(tail)) {
      const stem = word.slice(0, -tail.length) + instead;
      if (stem.length > 2 && small.has(stem)) sum += (met.get(stem) ?? 0) >> 2;
    }
  return sum;
}
