// Makes names of people and places. Law: every draw comes from the caller's random source; given names are
// mostly drawn character by character.

import { CLASS } from "./glosses.mjs";
import { JAPANESE } from "./lists/known.mjs";
import { LATIN_FAMILY, LATIN_GIVEN } from "./lists/latin.mjs";
import { DOUBLE_SURNAMES, SURNAMES } from "./surnames.mjs";

const OLDER = "国建华文明志德永福荣庆新平军忠春林海生金贵玉兰芳英秀凤珍桂莲淑素梅香菊红霞云霞丽萍琴玲娟敏静燕艳";
const MODERN =
  "子浩宇轩梓涵雨欣怡佳嘉俊杰思诺一博睿泽晨阳天昊铭诗语梦琪欣妍若彤紫可馨雅婷晓雪莹媛悦瑶依萱奕辰沐航皓煜炎彬鑫磊鹏飞翔宁凯强伟勇斌涛超波亮";
const JAPANESE_GIVEN =
  "太郎 一郎 次郎 健 健一 健二 浩 浩二 诚 隆 茂 实 博 清 勇 武 正 正男 和夫 三郎 俊介 大辅 圭佑 真司 翔 翔平 拓也 达也 直树 秀树 英树 裕子 美子 惠子 幸子 和子 洋子 真由美 由美 直美 爱 绫 舞 彩 葵 优子 纯子 明美 阳子 京子 信长 家康 秀吉 龙之介 康成 由纪夫 晋三 纯一郎 洋平 隆史 义弘 圣子 奈美惠 光 步 千寻 沙织 恭平 和也 智也 淳 刚 润 学 亮 薰".split(
    " ",
  );
const KIN = [
  "先生",
  "女士",
  "小姐",
  "老师",
  "经理",
  "医生",
  "总",
  "哥",
  "姐",
  "叔",
  "阿姨",
  "主任",
  "同学",
  "律师",
  "教授",
];

/** @param emissions of dictionary.mjs. @param words as chosenWords gives them. */
export function people({ random, emissions, jieba, words }) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const middles = weighted(emissions.get("M,nr"), random);
  const lasts = weighted(emissions.get("E,nr"), random);
  const foreignWords = jieba
    .filter(({ pos, word }) => pos === "nrt" && word.length >= 2 && /^[一-鿿]+$/u.test(word))
    .map(({ word }) => word);
  const syllables = chain(foreignWords, random);

  const known = knownNames(jieba, emissions);
  const surname = () => {
    if (random() < 0.02) return pick(DOUBLE_SURNAMES);
    const rank = Math.floor(SURNAMES.length * random() ** 2.6);
    return SURNAMES[rank];
  };
  const given = () => {
    const roll = random();
    const two = random() < 0.78;
    if (roll < 0.22) return two ? pick(OLDER) + pick(OLDER) : pick(OLDER);
    if (roll < 0.5) return two ? pick(MODERN) + pick(MODERN) : pick(MODERN);
    if (roll < 0.55) return doubled(pick(MODERN));
    return two ? middles() + lasts() : lasts();
  };
  const chinese = () => {
    const roll = random();
    if (roll < 0.01) return surname() + pick(SURNAMES) + given();
    if (roll < 0.2) return pick(known);
    return surname() + given();
  };
  const foreign = () => (random() < 0.5 ? pick(foreignWords) : syllables());
  const latin = () => {
    const roll = random();
    if (roll < 0.4) return pick(LATIN_GIVEN);
    if (roll < 0.55) return pick(LATIN_FAMILY);
    if (roll < 0.62) return `${pick(LATIN_GIVEN)} ${pick("ABCDEFGHJKLMPRST".split(""))}. ${pick(LATIN_FAMILY)}`;
    return `${pick(LATIN_GIVEN)} ${pick(LATIN_FAMILY)}`;
  };
  const alike = likeOf(words, pick);
  const japanese = () => pick(JAPANESE) + pick(JAPANESE_GIVEN);
  const foreignFull = () => {
    const roll = random();
    if (roll < 0.08) return japanese();
    if (roll < 0.55) return foreign();
    if (roll < 0.92) return `${foreign()}·${foreign()}`;
    return `${foreign()}·${foreign()}·${foreign()}`;
  };
  const casual = () => {
    const roll = random();
    if (roll < 0.3) return `小${pick(SURNAMES.slice(0, 150))}`;
    if (roll < 0.5) return `老${pick(SURNAMES.slice(0, 150))}`;
    if (roll < 0.6) return `阿${pick(MODERN)}`;
    if (roll < 0.75) return doubled(pick(MODERN));
    if (roll < 0.85) return `${surname()}某${random() < 0.4 ? "某" : ""}`;
    return `小${pick(MODERN)}`;
  };
  return { surname, given, japanese, latin, alike, chinese, foreign, foreignFull, casual, kin: () => pick(KIN), pick };
}

/** The dictionary's own names, where their characters are a name's: the model must not learn that names are unknown words. */
function knownNames(jieba, emissions) {
  const at = (state, char) => emissions.get(state)?.get(char) ?? -99;
  return jieba
    .filter(({ word, pos }) => pos === "nr" && /^[一-鿿]{2,3}$/u.test(word) && SURNAMES.includes(word[0]))
    .filter(({ word }) => at("E,nr", word.at(-1)) > -9 && (word.length === 2 || at("M,nr", word[1]) > -9))
    .map(({ word }) => word);
}

/** @returns name → another of its class and length in the dictionary, null where it stands in none. */
function likeOf(words, pick) {
  const bags = new Map();
  const keyOf = (word) => {
    const kind = (words.get(word) ?? 0) >> 4;
    return kind === CLASS.name || kind === CLASS.foreign ? kind * 8 + word.length : 0;
  };
  for (const word of words.keys()) {
    const key = word.length < 2 ? 0 : keyOf(word);
    if (key === 0) continue;
    if (!bags.has(key)) bags.set(key, []);
    bags.get(key).push(word);
  }
  return (name) => (name.length < 2 || keyOf(name) === 0 ? null : pick(bags.get(keyOf(name))));
}

const doubled = (char) => char + char;

/** Draws characters as often as their emission says. */
function weighted(row, random) {
  const entries = [...row]
    .filter(([char]) => /^[一-鿿]$/u.test(char))
    .sort((a, b) => b[1] - a[1])
    .slice(0, 1200);
  const sums = [];
  let total = 0;
  for (const [, log] of entries) {
    total += Math.exp(log);
    sums.push(total);
  }
  return () => {
    const roll = random() * total;
    let low = 0;
    let high = sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle] < roll) low = middle + 1;
      else high = middle;
    }
    return entries[low][0];
  };
}

/** New words from the pairs of characters in `words`. */
function chain(words, random) {
  const after = new Map();
  for (const word of words) {
    const chars = ["^", ...word, "$"];
    for (let i = 0; i + 1 < chars.length; i++) {
      const row = after.get(chars[i]) ?? [];
      row.push(chars[i + 1]);
      after.set(chars[i], row);
    }
  }
  return () => {
    for (;;) {
      let word = "";
      let char = "^";
      while (word.length < 6) {
        const row = after.get(char);
        char = row[Math.floor(random() * row.length)];
        if (char === "$") break;
        word += char;
      }
      if (word.length >= 2) return word;
    }
  };
}
