// What is put into the templates' slots: people of many peoples, places, bodies, works, words. Law: drawn from lists
// that may be shipped, or made up; nobody's data.

import { localeNames } from "./lists.mjs";
import { ABROAD_FAMILY, ABROAD_GIVEN, BANDS, EPONYMS, FIRMS, KNOWN, PINYIN_FAMILY } from "./own.mjs";

const TITLES =
  "Mr. Mrs. Ms. Dr. Mr Mrs Ms Dr Miss Prof. Professor Sir Captain Judge Sergeant Detective Rev. Sen.".split(" ");
const BODIES =
  `University College School Hospital Bank Group Industries Holdings Partners Ltd Inc. Corp. LLC Co. Company Corporation Motors Foods Energy
Institute Foundation Museum Library Hotel Church Stadium Airport Center Centre Records Studios Press Brothers Bros. Consulting Logistics GmbH AG PLC Street Park
Avenue Road Bridge Tower House Hall Building Award Prize Cup Trophy Medal Associates Airlines Systems Technologies Labs Pharmaceuticals Capital Ventures`.split(
    /\s+/u,
  );
const STREETS =
  "Street St Avenue Ave Road Rd Lane Drive Dr Boulevard Blvd Court Way Place Square Terrace Hill Park Circle".split(
    " ",
  );
const DEPARTMENTS =
  "accounting,sales,HR,Human Resources,IT,marketing,finance,legal,support,the lab,shipping,procurement".split(",");
const EMOJI = [
  ":)",
  ":(",
  ";)",
  "<3",
  ":D",
  "xoxo",
  "!!",
  "...",
  "haha",
  "lol",
  "\u2764\ufe0f",
  "\u{1f602}",
  "\u{1f62d}",
  "\u{1f525}",
];
const PRODUCTS =
  `iPhone,Galaxy S8,Kindle,Surface Pro,Windows,Android,MacBook,PlayStation,Xbox,Nintendo Switch,ThinkPad,Chrome,Firefox,Photoshop,Excel,Word,Outlook,Slack,
Zoom,Docker,Kubernetes,React,Angular,Node,TypeScript,Python,Java,Linux,Ubuntu,Postgres,Redis,GitHub,Jira,Gmail,Alexa,Civic,Corolla,Camry,Mustang,Prius,Model S,
Big Mac,Whopper,Coke,Pepsi,Lego,Barbie,Minecraft,Fortnite,Skyrim,Zelda,Call of Duty,Halo,Pokemon Go,Candy Crush,Netflix,Spotify,YouTube,Facebook,Twitter,
Instagram,Snapchat,WhatsApp,Google Maps,Apple Pay,Bluetooth,Wi-Fi,Ethernet,Markdown,Unicode,PowerPoint,Acrobat,Roomba,Fitbit,GoPro,Keurig,Tylenol,Prozac`.split(
    /,\s*/u,
  );
const SHOPS =
  "Amazon,Walmart,Target,Costco,IKEA,Best Buy,Starbucks,Subway,Etsy,eBay,Macy's,McDonald's,Wendy's,Netflix,Hulu,Denny's,Trader Joe's,Tesco,Lidl".split(
    ",",
  );
const ERRORS = "TypeError RangeError Error SyntaxError NullPointerException TimeoutError AssertionError".split(" ");
const HAN =
  `请帮我看一下,怎么用,的使用方法,是什么意思,你好,请翻译成中文,写一篇文章介绍,和,的区别是什么,在我们公司,今天下午三点开会,已经发货了,这个问题,项目的进度如何,
请回复,谢谢,用户反馈说,无法打开,的价格,下载,安装,教程,我想学习,请解释,一下,电影,歌曲,里面,比较好,我在看,帮我写代码,的邮箱是,说,昨天,去了,来自`.split(
    /,\s*/u,
  );
const SYLLABLES =
  `ka la ma na ra sa ta va ba da fa ga ha ja ki li mi ni ri si ti vi bi di fi gi ko lo mo no ro so to vo bo do fo go ku lu mu nu ru su tu bu du
an en in on un ar er ir or ur el il ol ul as es is os us am em om ai ei ia io ya ye yo wa we wi dra bra gre tro sch ste bel ber lin ton ley man sen vic zak dov
mar kel bran thor quin zan wel hart wick shaw burn ford well ham gan nell rick`.split(/\s+/u);
const PINYIN =
  `wei fang na xiu ying min jing li qiang lei jun yang yong yan jie juan tao ming chao xia ping gang gui hong hua jian guo bin bo lin long ting ting yu xin
zi han yi chen rui hao ran jia xuan meng qi zhi wen bao qing xiang dong feng hai kai lan mei ning peng qian rong shan shu tian wan xue ya yuan yun ze zhen`.split(
    /\s+/u,
  );

export function makers({ from, flags, random }) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const zipf = (list) => list[Math.floor(list.length * random() ** 2.5)];
  const chance = (share) => random() < share;
  const en = from.locales[0];
  const { word } = en;
  const number = (least, most) => String(least + Math.floor(random() * (most - least + 1)));
  const large = (text) => text.replace(/(?<![\p{L}'’])\p{Ll}/gu, (letter) => letter.toUpperCase());
  const places = new Set(["Country", "Region", "Month"].flatMap((tag) => from.tags.get(tag) ?? []));
  const given = [from.census.first_male.slice(0, 1000), from.census.first_female.slice(0, 1500)].map((list) =>
    list.filter((name) => !places.has(name.toLowerCase())).map(cased),
  );
  const family = from.census.last.slice(0, 30000).map(cased);
  const abroad = from.locales
    .slice(1)
    .map((locale) => ({
      given: localeNames(locale, "first_name"),
      family: localeNames(locale, "last_name").filter((name) => /^\p{Lu}\p{L}+(?:[ '-]\p{L}+)*$/u.test(name)),
    }))
    .filter(({ given, family }) => given.length > 20 && family.length > 20);
  const known = KNOWN;
  const real = from.wordnet.people.filter((name) => /^\p{Lu}[\p{L}.]+(?: \p{Lu}[\p{L}.]*)+$/u.test(name));
  const strangers = from.people.filter((name) => !name.includes("-") && name.length > 3);
  const oov = () => {
    let name = "";
    for (let left = 2 + Math.floor(random() * 2); left > 0; left--) name += pick(SYLLABLES);
    return cased(name);
  };
  const pinyinGiven = () => cased(pick(PINYIN) + (chance(0.7) ? (chance(0.15) ? "-" : "") + pick(PINYIN) : ""));

  /** Given name, surname and their order, of one people. */
  function pair() {
    const dice = random();
    if (dice < 0.42) return [zipf(pick(given)), zipf(family)];
    if (dice < 0.7) {
      const people = pick(abroad);
      return [pick(people.given), pick(people.family)];
    }
    if (dice < 0.76) return [pinyinGiven(), cased(pick(PINYIN_FAMILY))];
    if (dice < 0.81) return [cased(pick(ABROAD_GIVEN)), cased(pick(ABROAD_FAMILY))];
    if (dice < 0.86) return [zipf(pick(given)), oov()];
    if (dice < 0.89) return [oov(), zipf(family)];
    if (dice < 0.92) return [oov(), oov()];
    if (dice < 0.95) return [zipf(pick(given)), pick(strangers)];
    return split(pick(known));
  }

  function full() {
    if (chance(0.03)) return pick(real);
    const [first, last] = pair();
    const dice = random();
    if (dice < 0.74) return `${first} ${last}`;
    if (dice < 0.8) return `${first} ${initial()}. ${last}`;
    if (dice < 0.84) return `${first} ${zipf(pick(given))} ${last}`;
    if (dice < 0.87) return `${first[0]}. ${last}`;
    if (dice < 0.89) return `${first[0]}.${initial()}. ${last}`;
    if (dice < 0.91) return `${first} ${last}-${pair()[1]}`;
    if (dice < 0.93) return `${first}-${zipf(pick(given))} ${last}`;
    if (dice < 0.96)
      return `${first} ${pick(["de", "van", "van der", "von", "de la", "bin", "al", "da", "del", "di", "Van", "De"])} ${last}`;
    if (dice < 0.98) return `${first} ${pick(["Mc", "Mac", "O'", "Fitz"])}${last}`;
    return `${last} ${first}`;
  }
  const digits = (count) => Array.from({ length: count }, () => number(0, 9)).join("");
  const initial = () => String.fromCharCode(65 + Math.floor(random() * 26));
  const one = () => (chance(0.5) ? zipf(pick(given)) : chance(0.93) ? pair()[0] : oov());

  /** How names are written throughout one sentence. */
  const style = () => ({ single: random() });

  function person(slot, { single }) {
    const name = (text) => [{ text, name: true }];
    if (slot === "F") return name(full());
    if (slot === "G") return name(one());
    if (slot === "S") return name(pair()[1]);
    if (slot === "I") return name(`${initial()}. ${pair()[1]}`);
    if (slot === "SF") {
      const [first, last] = pair();
      return [...name(last), { text: ", ", name: false }, ...name(chance(0.3) ? `${first} ${initial()}.` : first)];
    }
    if (slot === "SU") return name(pair()[1].toUpperCase());
    if (slot === "GU") return name(pair()[0].toUpperCase());
    if (slot === "FU") return name(full().toUpperCase());
    if (slot === "TS") return [{ text: `${pick(TITLES)} `, name: false }, ...name(chance(0.75) ? pair()[1] : full())];
    if (single < 0.5) return name(full());
    return single < 0.82 ? name(one()) : name(pair()[1]);
  }

  /** The same slot where the sentence speaks of a body or a place that bears the name. */
  function thing(slot) {
    return slot === "G" ? one() : slot === "F" ? full() : pair()[1];
  }

  const small = (list) => pick(list).toLowerCase();
  const adjective = () => small(word.adjective);
  const noun = () => small(word.noun);
  const verb = () => small(word.verb);
  const past = (stem) =>
    /e$/u.test(stem) ? `${stem}d` : /[^aeiou]y$/u.test(stem) ? `${stem.slice(0, -1)}ied` : `${stem}ed`;
  const going = (stem) => (/[^e]e$/u.test(stem) ? `${stem.slice(0, -1)}ing` : `${stem}ing`);
  const lowWords = (least, most) =>
    Array.from({ length: Number(number(least, most)) }, () => from.ranked[Math.floor(6000 * random() ** 2)])
      .filter((w) => ((flags.get(w) ?? 0) & 15) === 0 && /^[a-z]+$/u.test(w))
      .join(" ");
  const company = () => {
    const dice = random();
    if (dice < 0.1) return pick(FIRMS);
    if (dice < 0.3) return pick(from.companies);
    if (dice < 0.5) return `${pair()[1]} ${pick(BODIES)}`;
    if (dice < 0.58) return `${pair()[1]}, ${pair()[1]} and ${pair()[1]}`;
    if (dice < 0.62) return `${pair()[1]} & ${pair()[1]}`;
    if (dice < 0.7) return large(`${adjective()} ${noun()} ${pick(BODIES)}`);
    if (dice < 0.76) return `${oov()} ${pick(BODIES)}`;
    if (dice < 0.8) return oov();
    if (dice < 0.9) return large(pick(from.tags.get("Organization")));
    return pick(from.wordnet.bodies);
  };
  const city = () => {
    const dice = random();
    if (dice < 0.15) return abroadCity();
    if (dice < 0.35) return pick(en.location.city_name);
    if (dice < 0.6) return large(pick(from.tags.get("City")));
    if (dice < 0.9) return pick(from.wordnet.places);
    return `${pick(["North", "South", "East", "West", "New", "Port", "Lake", "San", "Saint", "Fort"])} ${pick([oov(), one(), pair()[1]])}`;
  };
  for (const [i, faker] of from.fakers.entries()) faker.seed(1 + i);
  const abroadStreet = () =>
    orElse(
      () => pick(from.fakers).location.streetAddress(),
      () => pick(en.location.street_name),
    );
  const abroadCity = () => orElse(() => pick(from.fakers).location.city(), city);
  function address() {
    const faker = pick(from.fakers);
    const between = pick(["\n", "\n", ", ", " "]);
    const street = orElse(
      () => faker.location.streetAddress(chance(0.2)),
      () => slots.STREET(),
    );
    const town = orElse(() => faker.location.city(), city);
    const code = orElse(
      () => faker.location.zipCode(),
      () => number(1000, 99999),
    );
    const rest = pick([
      `${town} ${code}`,
      `${code} ${town}`,
      town,
      `${town}, ${pick(en.location.state_abbr)} ${code}`,
      `${town}${between}${code}`,
    ]);
    return street + between + rest + (chance(0.4) ? between + pick(en.location.country) : "");
  }
  const capital = (text) => text[0].toUpperCase() + text.slice(1);
  const quoted = () => pick(from.wordnet.quotes);
  const slots = {
    SENT: () => sentence(quoted, lowWords),
    CAPSENT: () => capital(sentence(quoted, lowWords)),
    ORG: company,
    ADDRESS: address,
    SHOP: () => pick(SHOPS),
    PROD: () => pick(PRODUCTS),
    EPO: () => pick(EPONYMS),
    BAND: () =>
      chance(0.3)
        ? pick(BANDS)
        : chance(0.5)
          ? `the ${large(`${adjective()} ${noun()}s`)}`
          : large(`${noun()} ${noun()}`),
    TEAM: () => (chance(0.5) ? large(pick(from.tags.get("SportsTeam"))) : `${city()} ${large(pick(en.team.creature))}`),
    WORK: () => {
      const dice = random();
      const title =
        dice < 0.3
          ? pick(en.book.title)
          : dice < 0.5
            ? pick(en.music.song_name)
            : large(`${pick(["The ", "", "A "])}${adjective()} ${noun()}`);
      return chance(0.3) ? `"${title}"` : title;
    },
    THING: () => pick([slots.PROD, slots.BAND, slots.TEAM, slots.WORK, company, city, slots.SHOP])(),
    CITY: city,
    PLACE: () => (chance(0.5) ? `the ${noun()}` : chance(0.5) ? `${pair()[1]} ${pick(BODIES)}` : city()),
    COUNTRY: () => pick(en.location.country),
    STATE: () => pick(en.location.state),
    ST: () => pick(en.location.state_abbr),
    STREET: () =>
      chance(0.3)
        ? abroadStreet()
        : `${number(1, 999)} ${chance(0.5) ? pick(en.location.street_name) : `${chance(0.5) ? pair()[1] : one()} ${pick(STREETS)}`}`,
    STREETWORD: () => pick(STREETS),
    BODY: () => pick(BODIES),
    DAY: () => pick(en.date.weekday.wide),
    MONTH: () => pick(en.date.month.wide),
    YEAR: () => number(1890, 2025),
    NUM: () => number(1, chance(0.8) ? 99 : 9999),
    HASHNUM: () => `#${number(1, 9999)}`,
    TIME: () => pick(["noon", `${number(1, 12)}pm`, `${number(1, 12)}:${number(10, 59)}`]),
    MONEY: () => `$${number(5, 900)}`,
    PHONE: () =>
      pick([`555-${number(1000, 9999)}`, `+1 212 555 ${number(1000, 9999)}`, `(415) 555-${number(1000, 9999)}`]),
    EMAIL: () =>
      `${one()
        .toLowerCase()
        .replace(/[^a-z]/gu, "")}${pick([".", "_", ""])}${noun()}@${pick(["example.com", "mail.test", "example.org"])}`,
    HANDLE: () => `@${pick([one(), noun(), oov()])}${pick(["", "_", number(1, 99)])}${chance(0.4) ? noun() : ""}`,
    HASH: () => `#${pick([noun(), large(noun()), one(), `${large(adjective())}${large(noun())}`])}`,
    URL: () => pick(["http://t.co/", "https://bit.ly/", "http://example.com/"]) + oov() + number(1, 99),
    EMOJI: () => pick(EMOJI),
    LOGTIME: () =>
      `${number(2005, 2026)}-${number(10, 12)}-${number(10, 28)} ${number(10, 23)}:${number(10, 59)}:${number(10, 59)}${pick(["", `.${number(100, 999)}`, `,${number(100, 999)}`])}`,
    ID: () => digits(18),
    MOBILE: () => `1${digits(10)}`,
    CARD: () => digits(16),
    PASS: () => `${initial()}${digits(8)}`,
    PLATE: () => `${pick([..."京沪粤苏浙川"])}${initial()}${digits(5)}`,
    VIN: () => Array.from({ length: 17 }, () => (chance(0.5) ? initial() : number(0, 9))).join(""),
    IP: () => [10, number(0, 255), number(0, 255), number(1, 254)].join("."),
    MAC: () => Array.from({ length: 6 }, () => `${number(0, 9)}${pick([..."ABCDEF"])}`).join(":"),
    KEY: () => `sk-${oov()}${digits(6)}${oov()}`,
    HAN: () => pick(HAN),
    JOB: () => (chance(0.6) ? pick(from.tags.get("Actor")) : pick(en.person.bio_part)),
    JOBS: () => `${pick(en.person.job_descriptor)} ${pick(en.person.job_area)} ${pick(en.person.job_type)}`,
    NAT: () => large(pick(from.tags.get("Demonym"))),
    LANG: () => pick(en.location.language).name,
    DEPT: () => pick(DEPARTMENTS),
    NOUN: noun,
    NOUNS: () => `${noun()}s`,
    ADJ: adjective,
    VERB: verb,
    VERBS: () => `${verb()}s`,
    VERBED: () => past(verb()),
    VERBING: () => going(verb()),
    BIG: () => large(chance(0.5) ? quoted() : lowWords(3, 7)),
    BIGNOUN: () => large(noun()),
    BIGADJ: () => large(adjective()),
    BIGVERB: () => large(verb()),
    UPADJ: () => adjective().toUpperCase(),
    UPNOUN: () => noun().toUpperCase(),
    UPVERB: () => verb().toUpperCase(),
    UPCITY: () => city().toUpperCase(),
    UPWORDS: () => (chance(0.5) ? lowWords(2, 8) : quoted()).toUpperCase(),
    LOWWORDS: () => (chance(0.6) ? lowWords(3, 12) : quoted().toLowerCase()),
    I1: initial,
    ANIMAL: () => pick(pick([en.animal.bird, en.animal.dog, en.animal.cat, en.animal.fish, en.animal.horse])),
    FOOD: () => pick(pick([en.food.dish, en.food.fruit, en.food.ingredient])),
    ERR: () => pick(ERRORS),
    CAMEL: () => large(`${noun()} ${noun()}`).replace(/\W/gu, ""),
    camel: () => `${noun()}${large(noun())}`.replace(/\W/gu, ""),
  };
  return { person, thing, style, full, one, pair, slot: (name) => slots[name]?.() };
}

/** Some peoples' lists lack a part of an address. */
function orElse(make, instead) {
  try {
    const made = make();
    return /\p{L}/u.test(made) && made.length < 60 && /^[\u0000-\u024f]+$/u.test(made) ? made : instead();
  } catch {
    return instead();
  }
}

/** A sentence about nobody. */
function sentence(quoted, lowWords) {
  for (let i = 0; i < 4; i++) {
    const text = quoted();
    if (!/(?<!^)\p{Lu}/u.test(text)) return text;
  }
  return lowWords(3, 10);
}

const split = (name) => [name.slice(0, name.indexOf(" ")), name.slice(name.indexOf(" ") + 1)];
export const cased = (word) =>
  word.toLowerCase().replace(/(?<!\p{L})\p{L}|(?<=^Mc)\p{L}/gu, (letter) => letter.toUpperCase());
