// Real prose of packages as examples: what it surely names, what surely names nobody, and what nobody can say. Law:
// a pronoun made a name is a name; a capital that no list explains is left open.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { folded } from "./lists.mjs";

const HE =
  /(?<![\p{L}'’])(he|she)(?= (?:\p{Ll}+)\b)|(?<=\b(?:with|to|for|from|by|told|asked|saw|met|and|at|called|like|about|of|helped|gave|let|made) )(him|her)(?=[.,;!?]|$| (?:to|in|on|at|and|for|with|from|the|a)\b)|(?<![\p{L}'’])(his|her)(?= \p{Ll}{3,})/giu;
const WORD = /\p{L}+(?:['’]\p{L}+)*/gu;

/** Sentences in which pronouns are people, or for a share of them, things. */
export function swappedPronouns(text, { named, random, thing }) {
  const match = [...text.matchAll(HE)];
  if (match.length === 0) return null;
  let out = "";
  let at = 0;
  const names = [];
  for (const one of match.slice(0, 2)) {
    out += text.slice(at, one.index);
    const put = thing ? named.slot("THING") : personOf(named, random);
    const start = out.length;
    out += put;
    if (!thing) names.push([start, out.length]);
    if (one[3] !== undefined) out += random() < 0.8 ? "'s" : "’s";
    at = one.index + one[0].length;
  }
  return { text: out + text.slice(at), names };
}

function personOf(named, random) {
  const dice = random();
  return dice < 0.5 ? named.one() : dice < 0.75 ? named.full() : named.pair()[1];
}

/** A piece of prose: capitals that lists explain are nobody, two names in a row are one, the rest is open. */
export function openly(text, flags, { people = new Set(), code = false } = {}) {
  const names = [];
  const unknown = [];
  let before = null;
  for (const match of text.matchAll(WORD)) {
    const word = match[0];
    const bits = flags.get(folded(word.replace(/['’]s$/u, ""))) ?? 0;
    const range = [match.index, match.index + word.length];
    const isLarge = /^\p{Lu}/u.test(word);
    const given = bits & 3;
    const family = (bits >> 2) & 3;
    const common = (bits >> 4) & 3;
    const thing = bits >> 6;
    const here = { range, given, family, common, thing, isLarge, end: range[1] };
    const adjacent = before?.isLarge && before.end === range[0] - 1 && text[before.end] === " ";
    if (isLarge && people.has(word) && thing === 0 && common < 2) names.push(range);
    else if (
      isLarge &&
      adjacent &&
      before.given >= 2 &&
      before.common < 2 &&
      family >= 1 &&
      common < 2 &&
      thing === 0 &&
      !code
    ) {
      names.push(before.range, range);
    } else if (code) {
      if (isLarge && adjacent && given + family > 0 && before.given + before.family > 0 && common < 2)
        unknown.push(before.range, range);
      else if (isLarge && given >= 2 && common === 0 && thing === 0) unknown.push(range);
    } else if (isLarge && (bits === 0 || ((given > 0 || family > 0) && !(thing > 0 && given < 2 && family < 2))))
      unknown.push(range);
    before = here;
  }
  const sort = (list) => [...new Map(list.map((range) => [range[0], range])).values()].sort((a, b) => a[0] - b[0]);
  return { text, names: sort(names), unknown: sort(unknown) };
}

/** A piece of code with lines of somebody's put in between its own. */
export function mixed(code, lines, random) {
  let { text, names, unknown } = code;
  for (const line of lines) {
    const at = text.indexOf("\n", Math.floor(random() * text.length)) + 1;
    const indent = random() < 0.5 ? "" : " ".repeat(2 * Math.floor(random() * 4));
    const put = `${indent}${line.text}\n`;
    const moved = (ranges) =>
      ranges.map(([start, end]) => (start >= at ? [start + put.length, end + put.length] : [start, end]));
    names = [
      ...moved(names),
      ...line.names.map(([start, end]) => [start + at + indent.length, end + at + indent.length]),
    ];
    unknown = moved(unknown);
    text = text.slice(0, at) + put + text.slice(at);
  }
  const sort = (ranges) => ranges.sort((a, b) => a[0] - b[0]);
  return { text, names: sort(names), unknown: sort(unknown) };
}

/** Lines of source and of documents under a folder of packages. */
export function* packageLines(folder, packages) {
  for (const name of packages)
    for (const file of filesOf(join(folder, name), 0)) {
      if (statSync(file).size > 400_000) continue;
      const text = readFileSync(file, "utf8");
      let block = "";
      for (const line of text.split("\n")) {
        if (line.length < 500) block += `${line}\n`;
        if (block.length < 1500) continue;
        yield block;
        block = "";
      }
      if (block.length > 40) yield block;
    }
}

function* filesOf(folder, depth) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (depth < 5 && entry.name !== "node_modules") yield* filesOf(path, depth + 1);
    } else if (/\.(?:md|js|mjs|cjs|ts|mts|json|yml|yaml)$/u.test(entry.name) && !/\.min\./u.test(entry.name))
      yield path;
  }
}
