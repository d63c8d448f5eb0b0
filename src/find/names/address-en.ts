// Addresses in Latin letters: a number and a street or a street and a number, with what follows them (unit, town,
// code, country); a PO box; a town with state and code. Law: every part is bounded, so a text costs its length; a bare
// street or a bare town is none.

import type { Stretch } from "./address.ts";

const WORD = "[\\p{Lu}][\\p{L}.'’-]{0,19}";
const SMALL = "of|de|del|della|la|le|les|di|da|do|dos|van|der|den|aan|am|an|im|sur|upon";
const WORDS = `${WORD}(?:[ ](?:${WORD}|${SMALL})){0,4}`;
const END = "(?![\\p{L}])";
const STREET = [
  "(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Way|Place|Pl|Square|Sq|",
  "Terrace|Ter|Highway|Hwy|Parkway|Pkwy|Circle|Cir|Crescent|Cres|Close|Trail|Alley|Row|Walk|Quay|Plaza|",
  "Gardens|Mews|Loop|Pass|Path|Pike|Point|Grove|Parade|Hill|Rise|Drove|Wharf)",
].join("");
/** Streets that say so first: rue, via, calle … */
const LEADING = [
  "(?:[Rr]ue|Via|Viale|Vicolo|Piazza|Corso|Calle|C/|Avenida|Avda\\.?|Av\\.|Paseo|Rua|Praça|Travessa|Rúa|Carrer|",
  "Carretera|Ctra\\.|[Uu]l\\.|[Uu]lica|Aleja|[Bb]oulevard|[Cc]hemin|[Ii]mpasse|[Qq]uai|[Aa]llée|Bulevardul|Aleea|",
  "Jalan|Jl\\.|Zum|Zur|An der|(?:[Pp]lace|[Rr]oute|[Cc]ours|[Aa]venue)(?=[ ](?:de|du|des|la)[ ]))",
].join("");
/** Streets that say so at a word's end: Hauptstraße, Kerkstraat, Storgatan … */
const TAIL = [
  "(?:stra(?:ß|ss)e|str\\.|weg|gasse|platz|allee|damm|ufer|steig|gade|gården|vej|vænge|stræde|vei|veien|vegen|gata|",
  "gaten|gatan|vägen|gränd|backen|stigen|torget|katu|tie|kuja|polku|straat|laan|plein|kade|dijk|singel|utca|",
  "[ ](?:Straße|Str\\.|Weg|Platz|Allee|Väg|Gata|Gade|Vej))",
].join("");
const NUMBER = `\\d{1,5}(?:[ ]?[A-Za-z]${END})?(?:[-/]\\d{1,4})?`;
/** Between the lines of an address: a comma, or a new line. */
const NEXT = "(?:,?[ ]?\\n[ ,]{0,4}|,[ ]{1,3})";
const UNIT = [
  `(?:(?:${NEXT}|[ ]{1,2})(?:Apt|Apartment|Suite|Ste|Unit|Floor|Fl|Room|Rm|Flat|Bldg|Building|#)`,
  "\\.?[ ]?#?[A-Za-z0-9-]{1,6})?",
].join("");
const STATE = "[A-Z]{2,3}";
const BRITISH = "[A-Z]{1,2}\\d[\\dA-Z]?[ ]\\d[A-Z]{2}(?![\\w-])";
const CODE = `(?:${BRITISH}|(?:[A-Z]{1,3}[- ]{1,2})?\\d[\\dA-Z]{2,5}(?:[ -][\\dA-Z]{2,4})?(?![\\w-]))`;
/** A town with its code, in either order. */
const TOWN_LINE = `${NEXT}(?:${WORD},?[ ]{1,2}){0,5}?${CODE}(?:[ ]{1,2}${WORD}(?:[ ]${WORD}){0,2})?`;
/** One that is no heading with a figure. */
const SURE_TOWN_LINE = [
  `${NEXT}(?:(?:${STATE}[- ])?\\d{4,5}[ ]${WORD}|`,
  `${WORD}(?:[ ]${WORD}){0,3}(?:,?[ ]{1,2}${STATE},?[ ]{1,2}${CODE}|[ ]${BRITISH}))`,
].join("");
const COUNTRY = [
  `${NEXT}(?:United (?:States|Kingdom)|USA|U\\.S\\.A\\.|UK|England|Scotland|Wales|Ireland|Canada|Australia|`,
  "New Zealand|Germany|Deutschland|France|Italy|Italia|Spain|España|Portugal|Netherlands|Belgium|Austria|Switzerland|",
  "Sweden|Norway|Denmark|Finland|Iceland|Poland|Hungary|Slovenia|Czech Republic|Greece|Cyprus|",
  `Turkey|Brazil|Mexico|Uruguay|India|Singapore|Japan|China|Hong Kong|South Africa|Tunisia)${END}`,
].join("");
const TOWN_WORDS = `${WORD}(?:[ ]${WORD}){0,3}`;
const REST = [
  `${UNIT}(?:(?:${NEXT}${WORDS}(?=(?:${NEXT}${WORDS})?${TOWN_LINE})){0,2}(?:${TOWN_LINE}){1,2}|`,
  `(?:,?[ ]{1,2}${TOWN_WORDS})?(?:,?[ ]{1,2}${STATE}${END})?,?[ ]{1,2}${CODE}|`,
  `,[ ]{1,2}${TOWN_WORDS}(?:,[ ]{1,2}${STATE}${END})?)?(?:${COUNTRY})?`,
].join("");
const BEFORE = "(?<![\\w.-])";
/** A unit that is named before the house. */
const HEAD =
  "(?:(?:Unit|Flat|Apt|Apartment|Suite|Level|Floor|Shop|Lot|House|No|Room)\\.?[ ]?#?\\d{1,4}[A-Za-z]?,?[ \\n]{1,2})?";
const COMPASS = "[NSEW]{1,2}";
/** What people say before they give an address. */
const CUE = [
  "(?:[Aa]ddress(?:[ ]is|:)|[Ll]ives?[ ](?:at|on)|[Ll]iving[ ]at|[Mm]oved[ ]to|[Ll]ocated[ ](?:at|on)|",
  "(?:[Ss]end|[Ss]hip|[Dd]eliver|[Mm]ail)(?:ed|s)?[ ](?:it[ ]|them[ ])?to|[Rr]esid(?:es?|ing)[ ]at)[ ]",
].join("");

interface Grammar {
  /** Without it in a text, the pattern cannot match. */
  readonly sign: RegExp;
  /** The address is its group, or the whole match where it has none. */
  readonly pattern: RegExp;
}

/** A house's number, and longer than any: where a sign has no end, a row of digits is read once for each of them. */
const HOUSE = "\\d[\\w/-]{0,15}";

const GRAMMARS: readonly Grammar[] = [
  grammar(`${HOUSE},?[ ][\\p{Lu}\\d]`, [
    `${BEFORE}${HEAD}${NUMBER},?[ ](?:${COMPASS}\\.?[ ])?(?:[\\p{Lu}\\d][\\p{L}\\d.'’-]{0,19}[ ]){1,4}?`,
    `(?:${STREET}${END}\\.?(?:[ ]${COMPASS}${END})?${REST}|${WORD}(?=${SURE_TOWN_LINE})${REST})`,
  ]),
  grammar(`[\\p{L}][ ]${HOUSE}[\\p{L}\\d .#,]{0,24}\\n`, [
    `${BEFORE}${WORDS}[ ]${NUMBER}(?=${UNIT}${SURE_TOWN_LINE})${REST}`,
  ]),
  grammar("Box[ ]\\d", [`(?<!\\w)P\\.?[ ]?O\\.?[ ]?Box[ ]\\d{1,8}${REST}`]),
  grammar("[A-Z]{2},? \\d{5}", [`(?<![\\w.])${WORD}(?:[ ]${WORD}){0,2},?[ ][A-Z]{2},?[ ]\\d{5}(?:-\\d{4})?(?!\\w)`]),
  grammar(`${LEADING}[ ]`, [
    `${BEFORE}(?:${NUMBER},?[ ]${LEADING}[ ]?(?:(?:${SMALL}|des?|du|d'|l')[ ]?){0,2}${WORDS}|`,
    `${LEADING}[ ]?(?:(?:${SMALL}|des?|du|d'|l')[ ]?){0,2}${WORDS},?[ ](?:n[.º°]?[ ]?)?${NUMBER})${REST}`,
  ]),
  grammar(CUE, [`${CUE}((?:${WORDS},?[ ]${NUMBER}|${NUMBER},?[ ]${WORDS})${REST})`]),
  grammar(`${TAIL}[ ]\\d`, [`${BEFORE}(?:${WORD}[ ]){0,2}[\\p{Lu}][\\p{L}-]{1,24}${TAIL}[ ]${NUMBER}${REST}`]),
];

function grammar(sign: string, parts: readonly string[]): Grammar {
  return { sign: new RegExp(sign, "u"), pattern: new RegExp(parts.join(""), "gu") };
}

/** How far around a figure an address may reach. */
const REACH_BEFORE = 90;
const REACH_AFTER = 180;
const LATIN = /[A-Za-z\u00c0-\u024f]{3}/u;

/** Addresses in `text`, by grammar: they may overlap, the first is the surest. */
export function englishAddresses(text: string): Stretch[] {
  const found: Stretch[] = [];
  for (let at = digitFrom(text, 0); at < text.length; ) {
    const from = blankFrom(text, at - REACH_BEFORE, at);
    let to = at + REACH_AFTER;
    for (let next = digitFrom(text, at + 1); next < to; next = digitFrom(text, next + 1)) to = next + REACH_AFTER;
    to = blankFrom(text, to, to + REACH_BEFORE);
    inWindow(text.slice(from, to), from, found);
    at = digitFrom(text, to);
  }
  return found;
}

function inWindow(text: string, from: number, found: Stretch[]): void {
  if (!LATIN.test(text)) return;
  for (const { sign, pattern } of GRAMMARS) {
    if (!sign.test(text)) continue;
    for (const match of text.matchAll(pattern)) {
      const end = from + match.index + match[0].length;
      found.push({ start: end - (match[1] ?? match[0]).length, end });
    }
  }
}

/** The first blank of [at, end), which cuts no word; `end` where there is none. */
function blankFrom(text: string, at: number, end: number): number {
  if (at <= 0) return 0;
  for (let i = at; i < end && i < text.length; i++) if (text.charCodeAt(i) <= 0x20) return i;
  return Math.min(end, text.length);
}

/** The first digit at or after `at`, Infinity where there is none. */
function digitFrom(text: string, at: number): number {
  for (let i = at; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x30 && unit <= 0x39) return i;
  }
  return Number.POSITIVE_INFINITY;
}
