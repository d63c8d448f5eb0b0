// The find bench: decode and find, one build, one core, warm. Law of this file: kinds of body take turns in rounds and
// the median counts, because machines are noisy; what is measured is what the gate calls, nothing written for a bench.

import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { circumstances, cpuName, REPORT, writeResults, writeSection } from "../sections.mjs";
import { longestBlockMs } from "./block.mjs";
import { bodyOf } from "./bodies.mjs";
import { sectionOf, worded } from "./report.mjs";

/** Different bodies of one kind and size, in turn: one alone would be learnt by heart. */
const BODIES_MAX = 16;
const BODIES_BYTES = 4 << 20;
const WARM_UP = 3;
/** The code is warm from smaller bodies by then, and one call is a measurement by itself. */
const LARGE_BYTES = 1 << 20;
const LARGE_ROUNDS_MAX = 3;
const BLOCK_BYTES = 8 << 20;
const LEAVING = {
  method: "POST",
  target: "/v1/chat/completions",
  contentType: "application/json",
  contentEncoding: "",
};

const say = (line) => process.stderr.write(`${line}\n`);

/** @param {object} options of optionsOf @param {string} command as typed @returns {Promise<number>} the exit code */
export async function bench(options, command) {
  const stages = await stagesOf(options.dist);
  const rows = [];
  for (const bytes of options.sizes) rows.push(...rowsOf(bytes, options, stages));
  const blocks = [];
  for (const kind of options.sizes.includes(BLOCK_BYTES) ? options.kinds : [])
    blocks.push({ kind, bytes: BLOCK_BYTES, longestMs: await longestBlockMs(stages, bodyOf(kind, BLOCK_BYTES, 0)) });
  const { rounds, ms } = options;
  const results = { ...circumstances(command), settings: { rounds, ms }, sliced: stages.sliced, rows, blocks };
  process.stdout.write(options.json ? `${JSON.stringify(results, null, 2)}\n` : worded(results));
  if (options.official) {
    say(`written: ${writeResults(`find/${results.date.slice(0, 10)}-${cpuName()}.json`, results)} ${REPORT}`);
    writeSection(REPORT, "find", sectionOf(results));
  }
  return 0;
}

/** @returns decode and find of a build, and both together as the gate has them. */
async function stagesOf(dist) {
  const from = (path) => import(pathToFileURL(join(resolve(dist), path)).href);
  const { decode } = await from("decode/decode.js");
  const { find } = await from("find/find.js");
  const { readNames } = await from("io/names.js");
  const read = (body) => {
    const doc = decode({ ...LEAVING, body }, [], { bodyBytesMax: 1 << 28 });
    if ("code" in doc) throw new Error(`the body was refused: ${doc.code}`);
    return doc;
  };
  const both = (body) => find(read(body), "strict");
  // names and addresses, the model included: a row of its own
  const named = (doc) => find(doc, "strict", readNames("all"));
  return { read, find: (doc) => find(doc, "strict"), both, named, sliced: null };
}

function rowsOf(bytes, { kinds, rounds, ms }, stages) {
  const { read } = stages;
  const entrants = kinds.map((kind) => {
    const find = kind === "prose" ? stages.named : stages.find;
    const both = (body) => find(read(body));
    const count = Math.max(1, Math.min(BODIES_MAX, Math.floor(BODIES_BYTES / bytes)));
    const bodies = Array.from({ length: count }, (_, i) => bodyOf(kind, bytes, i));
    const docs = bodies.map(read);
    const findings = docs.reduce((all, doc) => all + find(doc).length, 0) / count;
    return { kind, find, both, bodies, docs, findings, decodeUs: [], findUs: [], bothUs: [] };
  });
  for (const { find, both, bodies, docs } of entrants)
    for (let i = bytes > LARGE_BYTES ? WARM_UP - 1 : 0; i < WARM_UP; i++) {
      measured(both, bodies, ms);
      measured(find, docs, ms);
    }
  const turns = bytes > LARGE_BYTES ? Math.min(LARGE_ROUNDS_MAX, rounds) : rounds;
  for (let round = 0; round < turns; round++)
    for (const one of entrants) {
      one.decodeUs.push(measured(read, one.bodies, ms / 2));
      one.findUs.push(measured(one.find, one.docs, ms / 2));
      one.bothUs.push(measured(one.both, one.bodies, ms));
    }
  return entrants.map(({ kind, findings, decodeUs, findUs, bothUs }) => {
    const us = { decodeUs: median(decodeUs), findUs: median(findUs), bothUs: median(bothUs) };
    // Bytes a microsecond are megabytes a second.
    return { kind, bytes, findings, ...us, megabytesPerSecond: bytes / us.bothUs, rounds: bothUs };
  });
}

/** @returns {number} µs a call */
function measured(call, inputs, ms) {
  let calls = 0;
  const start = performance.now();
  let spent = 0;
  for (; spent < ms; spent = performance.now() - start)
    for (const input of inputs) {
      call(input);
      calls++;
    }
  return (spent * 1000) / calls;
}

function median(list) {
  return [...list].sort((a, b) => a - b)[list.length >> 1];
}
