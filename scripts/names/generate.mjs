// Sentences of our own, filled in. Law: a seed decides everything; a template's letters are labelled, the rest is not;
// every tenth template of a list is held out of training.

import { BODIES, PLACES } from "./lists/known.mjs";
import { LATIN_WORDS } from "./lists/latin.mjs";
import { SURNAMES } from "./surnames.mjs";
import { BODY_TAILS, CLUB_TAILS, FIRM_TAILS, LAND_TAILS, PLACE_TAILS, SAYS, TITLES } from "./templates/context.mjs";
import { CHAT, FORMS } from "./templates/forms.mjs";
import { NEGATIVE } from "./templates/negative.mjs";
import { NEWS } from "./templates/news.mjs";
import { NOBODY } from "./templates/nobody.mjs";
import { SCENES } from "./templates/scenes.mjs";
import { STORIES } from "./templates/stories.mjs";

const HELD_OUT = 10;
const isHeldOut = (index) => index % HELD_OUT === HELD_OUT - 1;
const LABELS = {
  P: "PERSON",
  F: "PERSON",
  A: "PERSON",
  C: "PERSON",
  B: "PERSON",
  H: "PERSON",
  V: "PERSON",
  L: "LOC",
  O: "ORG",
};

/**
 * @param random a source in [0, 1). @param people of people.mjs. @param words as chosenWords gives them.
 * @param clauses real clauses without people. @param places, addresses makers.
 */
export function generator({ random, people, words, clauses, places, address }) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const digits = (count) => Array.from({ length: count }, () => Math.floor(random() * 10)).join("");
  const bags = wordBags(words);
  const drawWord = (bag) => bag.words[lowerBound(bag.sums, random() * bag.total)];
  const body = () => {
    const roll = random();
    if (roll < 0.3) return drawWord(bags.body);
    if (roll < 0.4) return pick(BODIES);
    if (roll < 0.5) return people.foreign() + pick(CLUB_TAILS);
    if (roll < 0.62) return people.given() + pick(FIRM_TAILS);
    if (roll < 0.67) return people.chinese() + pick(FIRM_TAILS);
    const head = roll < 0.85 ? pick(places).replace(/[省市县区]$/u, "") : drawWord(bags.noun);
    return head + (random() < 0.5 ? drawWord(bags.noun) : "") + pick(BODY_TAILS);
  };
  const place = () => {
    const roll = random();
    if (roll < 0.35) return pick(places);
    if (roll < 0.5) return pick(places).replace(/[省市县区]$/u, "");
    if (roll < 0.7) return drawWord(bags.place);
    if (roll < 0.85) return pick(PLACES);
    if (roll < 0.89) return people.foreign();
    if (roll < 0.93) return people.foreign() + pick(LAND_TAILS);
    if (roll < 0.96) return people.chinese() + pick(PLACE_TAILS);
    return (
      people.surname() +
      pick(["家", "各", ""]) +
      pick(["庄", "村", "镇", "庄", "湾"]) +
      (random() < 0.2 ? pick(PLACE_TAILS) : "")
    );
  };
  const date = () => {
    const roll = random();
    if (roll < 0.3) return `${1 + Math.floor(random() * 12)}月${1 + Math.floor(random() * 28)}日`;
    if (roll < 0.6)
      return `${1900 + Math.floor(random() * 130)}年${1 + Math.floor(random() * 12)}月${random() < 0.5 ? "" : `${1 + Math.floor(random() * 28)}日`}`;
    if (roll < 0.8) return `${2000 + Math.floor(random() * 27)}-${digits(2)}-${digits(2)}`;
    return `${1 + Math.floor(random() * 28)}日`;
  };
  const latin = (length) => Array.from({ length }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join("");
  const word = () => {
    const roll = random();
    if (roll < 0.35) return latin(2 + Math.floor(random() * 3)).toUpperCase();
    if (roll < 0.75) return pick(LATIN_WORDS);
    return latin(1).toUpperCase() + latin(2 + Math.floor(random() * 6));
  };
  const MAKE = {
    P: people.chinese,
    F: people.foreignFull,
    A: () => (random() < 0.7 ? people.chinese() : people.foreignFull()),
    C: people.casual,
    G: people.given,
    S: () => pick(SURNAMES.slice(0, 120)),
    V: people.latin,
    W: () => word(),
    L: place,
    O: body,
    H: () => pick(SURNAMES.slice(0, 100)),
    B: people.given,
    T: () => (random() < 0.7 ? pick(TITLES) : drawWord(bags.role)),
    R: () => (random() < 0.5 ? pick(TITLES) : drawWord(bags.role)),
    Q: () => (random() < 0.6 ? pick(SAYS) : drawWord(bags.says)),
    J: () => drawWord(bags.acts),
    U: () => drawWord(bags.kin),
    D: date,
    N: () => String(1 + Math.floor(random() ** 3 * 9999)),
    K: () => pick(clauses),
    X: address,
    M: () => `1${3 + Math.floor(random() * 7)}${digits(9)}`,
    I: () => digits(18),
    E: () => `${latin(6)}@${latin(4)}.com`,
    Z: () => drawWord(bags.nameLike),
    n: () => drawWord(bags.noun),
    v: () => drawWord(bags.verb),
    a: () => drawWord(bags.adjective),
  };

  function fill(template) {
    const known = new Map();
    let text = "";
    const spans = [];
    let at = 0;
    for (const match of template.matchAll(/\{([A-Za-z])(\d?)\}/gu)) {
      text += template.slice(at, match.index);
      at = match.index + match[0].length;
      const key = match[1] + match[2];
      const value = match[2] !== "" && known.has(key) ? known.get(key) : MAKE[match[1]]();
      known.set(key, value);
      const type = LABELS[match[1]];
      if (type !== undefined) spans.push({ start: text.length, end: text.length + value.length, type });
      text += value;
    }
    return { text: text + template.slice(at), spans };
  }

  const lists = [NEWS, FORMS, CHAT, NEGATIVE, STORIES, NOBODY, SCENES];
  const forTraining = lists.map((list) => list.filter((_, i) => !isHeldOut(i)));
  const heldOut = lists.map((list) => list.filter((_, i) => isHeldOut(i)));
  return {
    fill,
    fromNews: () => fill(pick(forTraining[0])),
    fromForms: () => fill(pick(forTraining[1])),
    fromChat: () => fill(pick(forTraining[2])),
    fromNegative: () => fill(pick(forTraining[3])),
    fromStories: () => fill(pick(forTraining[4])),
    fromNobody: () => fill(pick(forTraining[5])),
    fromScenes: () => fill(pick(forTraining[6])),
    heldOut: () => fill(pick(pick(heldOut))),
  };
}

function wordBags(words) {
  const bags = {
    noun: [1],
    verb: [2, 18, 27],
    adjective: [3],
    place: [7],
    body: [8],
    role: [16],
    kin: [17],
    says: [18],
    acts: [27],
    nameLike: [1, 2, 3, 4, 9, 14, 15, 16, 18, 20, 25, 27],
  };
  const starts = new Set(SURNAMES);
  return Object.fromEntries(
    Object.entries(bags).map(([name, kinds]) => {
      const bag = { words: [], sums: [], total: 0 };
      for (const [word, payload] of words) {
        if (word.length < 2 || word.length > 4 || !kinds.includes(payload >> 4)) continue;
        if (name === "nameLike" && !starts.has(word[0])) continue;
        bag.words.push(word);
        bag.total += 2 ** (1.3 * (payload & 15) * 0.5);
        bag.sums.push(bag.total);
      }
      return [name, bag];
    }),
  );
}

function lowerBound(sums, value) {
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Clauses of real sentences that hold no label: what stands around names. */
export function clausesOf(examples) {
  const clauses = [];
  for (const { text, spans } of examples) {
    let from = 0;
    for (let i = 0; i <= text.length; i++) {
      if (i < text.length && !"，。；！？：、“”《》（）\n".includes(text[i])) continue;
      if (i - from >= 4 && i - from <= 24 && !spans.some((s) => s.start < i && s.end > from))
        clauses.push(text.slice(from, i));
      from = i + 1;
    }
  }
  return clauses;
}
