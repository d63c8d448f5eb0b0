// Names in Latin letters: capitalised words, judged by lists and neighbours. Law: only runs of at most
// WORDS_MAX words are looked at, each once; what is glued to an identifier, a path or an address of the net is
// none.

import type { Reader } from "./reader.ts";

const WORDS_MAX = 5;
/** A word's flags: strengths 0–3 as a given name and as a surname, then what else it is. */
const GIVEN = 3;
const FAMILY = 3 << 2;
/** An ordinary word, most often. */
const WORD = 1 << 4;
/** A place, a people, a month, a make: never alone a person. */
const THING = 1 << 5;
/** Both a name and a word (Mark, Will): needs its neighbours. */
const BOTH = 1 << 6;

const TITLE = new RegExp(
  [
    "(?:^|[^A-Za-z])(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Madam|Lady|Lord|President|Senator|Sen|",
    "Rep|Governor|Gov|Judge|Justice|Captain|Capt|Colonel|Col|General|Gen|Sgt|Lt|Rev|Father|Sister|",
    "Brother|Uncle|Aunt|Coach|Officer|Detective|Chancellor|Minister|Secretary|Mayor|King|Queen|",
    "Prince|Princess|Saint|Dear|Hi|Hello|Hey|Thanks|Cheers|Regards|Sincerely|Attn|Mme|M|Herr|Frau|",
    String.raw`Señor|Señora)\.?,?[ \n]+$`,
  ].join(""),
  "u",
);
const NAMING = new RegExp(
  [
    String.raw`(?:\b(?:my name is|name is|name:|named|called|i am|i'm|this is|by|with|from|to|contact|`,
    "contact person|holder|customer|patient|driver|employee|representative|applicant|signed|author|",
    String.raw`cc|attn|met|told|asked|and|for)[ :,"'(]+|[,;]\s+)$`,
  ].join(""),
  "iu",
);
const FOLLOWED = new RegExp(
  [
    String.raw`^(?:'s\b|’s\b|,? (?:who|whose|said|says|told|asked|wrote|writes|added|noted|was|is|has|had|will|`,
    String.raw`and|joined|lives|lived|works|worked|died|called|replied|thinks|wants|won|scored|born)\b|`,
    String.raw`,? (?:Jr|Sr|PhD|MD|Esq|III|II|IV)\b)`,
  ].join(""),
  "u",
);
/** What follows only people. */
const FOLLOWED_SURELY = new RegExp(
  [
    String.raw`^(?:'s (?:wife|husband|mother|father|brother|sister|son|daughter|friend|name|birthday|phone)\b|`,
    String.raw`,? (?:said|says|told|asked|wrote|replied|thinks|smiled|laughed|whose)\b)`,
  ].join(""),
  "u",
);
/** What stands before people, and seldom before anything else. */
const PERSON_BEFORE = new RegExp(
  [
    String.raw`(?:\b(?:by|love|loves|named|called|thank you|thanks|met|ask|tell|told|asked|meet|wife|husband|`,
    "brother|sister|son|daughter|mother|father|friend|actor|actress|singer|author|player|coach|",
    "manager|senator|president|name is|i am|i'm|this is)[ :,]+)$",
  ].join(""),
  "iu",
);
/** What stands before places. */
const PLACING =
  /\b(?:in|at|near|to|from|of|the|into|around|outside|across|through|visit|visiting|live in|between)[ ]+$/iu;
const HYPHEN = /^(?:-\p{L}|, [A-Z]\p{Ll}+ and | & )/u;
const STARTS = /(?:^|[.!?\n"“(:*>] ?)$/u;
const BODY = new RegExp(
  [
    "^[ ,]*(?:Inc|Corp|Corporation|Ltd|LLC|LLP|Co|Company|Group|Bank|University|College|School|",
    "Institute|Hospital|Center|Centre|Street|St|Avenue|Ave|Road|Rd|Blvd|Boulevard|Lane|Drive|Park|",
    "County|City|Island|Islands|River|Lake|Beach|Airport|Station|Foundation|Association|Committee|",
    "Department|Ministry|Museum|Hotel|Church|Award|Prize|Cup|Stadium|Times|Post|News|Journal|Party|",
    "Act|Bridge|Tower|Square|Building|Hall|Valley|Bay|Coast|Ocean|Sea|Records|Films|Motors|Airlines|",
    "Systems|Technologies|Industries|Holdings|Partners|Capital|Energy|Foods|Labs|Studios|Press|Bros|",
    "PLC|plc|GmbH|AG|SA|NV|and Sons|& Sons|and Partners|Associates|Consulting|Solutions|Services|",
    String.raw`International|Logistics|Pharma|Pharmaceuticals|Enterprises|Ventures)\b`,
  ].join(""),
  "u",
);
const PARTICLE = new Set("de del della di da dos du van von der den la le el al bin ibn ben st".split(" "));
/** Words in a row that begin with a capital, initials and particles among them. */
const RUN = new RegExp(
  [
    String.raw`(?<![\p{L}\p{N}_@#/\\.&=$-])\p{Lu}[\p{L}'’]*(?:-\p{Lu}[\p{L}]+)*\.?(?:[ ]{1,2}(?:\p{Lu}`,
    String.raw`[\p{L}'’]*(?:-\p{Lu}[\p{L}]+)*\.?|(?:de|del|della|di|da|dos|du|van|von|der|den|la|le|el|al|bin|`,
    "ibn|ben)(?= )))*",
  ].join(""),
  "gu",
);
/** Endings of surnames, for those in no list. */
const SURNAME_TAIL = new RegExp(
  [
    String.raw`^\p{Lu}\p{Ll}{2,}(?:sson|sen|[aeio]v|[aeio]va|ski|sky|ska|skaya|vich|vić|berg|stein|mann|`,
    "[nru]ez|idis|akis|poulos|yan|escu|enko|nen|elli|etti|ucci|oglu|zadeh|sdottir|quist|qvist|ström|",
    "strom|gaard|wicz|czyk)$",
  ].join(""),
  "u",
);
const LATIN_SIGN = /[A-Z][a-z]/u;

export interface Found {
  readonly start: number;
  readonly end: number;
}

interface Piece {
  readonly text: string;
  readonly start: number;
  readonly flags: number;
}

export class English {
  readonly #flags = new Map<string, number>();

  /** @param reader at the list: words front-coded in order, each with its flags. */
  constructor(reader: Reader) {
    let word = "";
    for (let left = reader.u32(); left > 0; left--) {
      const shared = reader.u8();
      const length = reader.u8();
      word = word.slice(0, shared);
      for (let i = 0; i < length; i++) word += String.fromCharCode(reader.u8());
      this.#flags.set(word, reader.u8());
    }
  }

  flags(word: string): number {
    return this.#flags.get(word.toLowerCase()) ?? (SURNAME_TAIL.test(word) ? 2 << 2 : 0);
  }

  /** People named in `text`, in order. */
  find(text: string): Found[] {
    const found: Found[] = [];
    if (!LATIN_SIGN.test(text)) return found;
    for (const match of text.matchAll(RUN)) {
      const run = match[0];
      const next = text[match.index + run.length];
      if (next !== undefined && /[\p{N}_@/\\=$(]/u.test(next) && !/[ ]/u.test(next) && next !== "(") continue;
      this.#inRun(text, match.index, run, found);
    }
    return found;
  }

  #inRun(text: string, start: number, run: string, found: Found[]): void {
    const pieces = this.#pieces(run, start);
    let from = 0;
    while (from < pieces.length) {
      const length = this.#longest(text, pieces, from);
      if (length === 0) {
        from++;
        continue;
      }
      const last = pieces[from + length - 1]!;
      found.push({ start: pieces[from]!.start, end: last.start + last.text.length });
      from += length;
    }
  }

  #pieces(run: string, start: number): Piece[] {
    const pieces: Piece[] = [];
    for (const match of run.matchAll(/[^ ]+/gu)) {
      let text = match[0].replace(/['’]s?$/u, "");
      if (text.length > 2 && text.endsWith(".")) text = text.slice(0, -1);
      pieces.push({ text, start: start + match.index, flags: this.flags(text) });
    }
    return pieces;
  }

  /** How many pieces from `from` on are one person, 0 for none. */
  #longest(text: string, pieces: readonly Piece[], from: number): number {
    const first = pieces[from]!;
    if (PARTICLE.has(first.text)) return 0;
    const before = text.slice(Math.max(0, first.start - 24), first.start);
    const titled = TITLE.test(before);
    for (let length = Math.min(WORDS_MAX, pieces.length - from); length >= 1; length--) {
      const last = pieces[from + length - 1]!;
      const after = text.slice(last.start + last.text.length, last.start + last.text.length + 16);
      if (BODY.test(after)) return 0;
      const part = pieces.slice(from, from + length);
      if (length === 1 ? this.#alone(first, titled, before, after) : this.#together(part, titled, before, after))
        return length;
    }
    return 0;
  }

  /** Two to five words. */
  #together(part: readonly Piece[], titled: boolean, before: string, after: string): boolean {
    const first = part[0]!;
    const last = part.at(-1)!;
    if (
      PARTICLE.has(last.text) ||
      isInitial(last.text) ||
      ((last.text === last.text.toUpperCase()) !==
        (first.text === first.text.toUpperCase() && !isInitial(first.text)) &&
        last.text.length > 2 &&
        last.text === last.text.toUpperCase())
    )
      return false;
    for (const piece of part.slice(1, -1))
      if ((piece.flags & (WORD | THING)) !== 0 && (piece.flags & (GIVEN | FAMILY)) === 0) return false;
    const given = (first.flags & GIVEN) + (isInitial(first.text) ? 1 : 0);
    const family = (last.flags & FAMILY) >> 2;
    const lastPlain = (last.flags & (WORD | THING)) === 0;
    const firstPlain = (first.flags & (WORD | THING)) === 0;
    if ((last.flags & THING) !== 0 && family < 2) return false;
    if ((first.flags & THING) !== 0 && given < 2) return false;
    const strange = given === 1 && family === 0 && !isInitial(first.text);
    if (strange && !NAMING.test(before) && !FOLLOWED.test(after) && !titled) return false;
    if (given >= 1 && (family >= 1 || lastPlain) && (firstPlain || family >= 1))
      return isInitial(first.text) ? family >= 1 && lastPlain : true;
    if (isPinyinName(first.text, last.text) && part.length <= 3) return true;
    if (titled) return lastPlain || family >= 1;
    if (!firstPlain || !lastPlain) return false;
    if (family >= 2) return true;
    return part.length <= 3 && (NAMING.test(before) || FOLLOWED.test(after));
  }

  #alone(piece: Piece, titled: boolean, before: string, after: string): boolean {
    const { text, flags } = piece;
    if (text.length < 3 || text === text.toUpperCase() || (flags & THING) !== 0) return false;
    const given = flags & GIVEN;
    const family = (flags & FAMILY) >> 2;
    const plain = (flags & WORD) === 0;
    if (titled) return plain || (flags & BOTH) !== 0 || family >= 2;
    if ((flags & BOTH) !== 0) return given >= 2 && FOLLOWED.test(after) && !/(?:^|[.!?\n"] ?)$/u.test(before);
    if (given >= 2 && plain) return true;
    if (!plain) return false;
    if (given < 2 && PLACING.test(before)) return false;
    if (given >= 1 || family >= 2) return !HYPHEN.test(after);
    if (family === 1 && FOLLOWED.test(after)) return true;
    if (family === 1 && NAMING.test(before) && !STARTS.test(before)) return true;
    return FOLLOWED_SURELY.test(after) || (PERSON_BEFORE.test(before) && !/^ \p{Lu}/u.test(after));
  }
}

function isInitial(text: string): boolean {
  return /^\p{Lu}\.?$/u.test(text) || /^(?:\p{Lu}\.){2}$/u.test(text);
}

const PINYIN_SURNAMES = new Set(
  `wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie song tang
    han feng deng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lu ding ren lv lyu yao
    shen zhong cui tan fan wang liao shi jin jia xia fu fang zou xiong bai meng qin qiu hou yin xue yan lei long
    tao mao hao gu gong shao wan qian dai mo kong xiang chang ouyang sima zhuge shangguan chiu wong chan lee ng
    cheung leung chow hsu hsieh tsai chang`.split(/\s+/u),
);
const PINYIN = new RegExp(
  [
    "^(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ueng|ang|eng|ing|ong|ian|iao|uai|uan|",
    "van|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|uo|ui|ue|ve|er|a|o|e|i|u|v)){1,3}$",
  ].join(""),
  "u",
);

/** Zhang Wei, Wei Zhang, Xiaoming Li. */
function isPinyinName(first: string, last: string): boolean {
  const a = first.toLowerCase().replace(/[-'’]/gu, "");
  const b = last.toLowerCase().replace(/[-'’]/gu, "");
  if (PINYIN_SURNAMES.has(b)) return PINYIN.test(a);
  return PINYIN_SURNAMES.has(a) && PINYIN.test(b);
}
