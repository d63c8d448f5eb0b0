// The quality bench: corpora through finders, one table. Law of this file: every finder sees the same documents in the
// same order and is judged by the same code; a refusal of the gate counts as nothing found and is told.

import { basename } from "node:path";
import { readCorpus } from "./corpus.mjs";
import { errorLines } from "./errors.mjs";
import { yumen } from "./finder.mjs";
import { generate } from "./generate.mjs";
import { keep } from "./results.mjs";
import { judge } from "./score.mjs";
import { figureCells, summaryOf, tableOf, tablesOf } from "./tables.mjs";

const say = (line) => process.stderr.write(`${line}\n`);

/** @param {object} options of optionsOf @param {string[]} command as typed @returns {Promise<number>} the exit code */
export async function bench(options, command) {
  const corpora = corporaOf(options);
  const finders = [await yumen(options.dist), ...(options.peers ? await (await import("./peers.mjs")).peers() : [])];
  const runs = [];
  for (const { name, docs, open } of corpora)
    for (const finder of finders) {
      const run = await runOf(finder, docs);
      runs.push({ corpus: name, docs: docs.length, ...run, judged: undefined });
      if (finder.name !== "yumen") continue;
      // Errors of the held-out half are shown only when it was asked for by name: what was looked at is not held out.
      if (options.errors > 0 && (open || options.heldOut))
        for (const line of errorLines(run.judged, { limit: options.errors, family: options.family })) say(line);
    }
  const told = [command[0], ...(command.length > 1 ? ["--", ...command.slice(1)] : [])].join(" ");
  process.stdout.write(options.json ? `${JSON.stringify({ command: told, runs }, null, 2)}\n` : worded(runs, options));
  if (options.official) say(`written: ${keep(runs, told, options.corpus)} bench/REPORT.md`);
  const missed = runs.some(({ finder, figures }) => finder === "yumen" && figures.some(({ met }) => met === false));
  return options.strict && missed ? 1 : 0;
}

function corporaOf({ corpus, heldOut, seed, parts }) {
  const within = (docs) => (parts === undefined ? docs : docs.filter(({ part }) => parts.includes(part)));
  if (corpus !== undefined) return [{ name: basename(corpus), docs: within(readCorpus(corpus)), open: true }];
  const halves = heldOut ? ["held-out"] : ["open", "held-out"];
  return halves.map((half) => ({
    name: `generated, ${half}`,
    docs: within(generate({ seed, half })),
    open: half === "open",
  }));
}

async function runOf(finder, docs) {
  const start = performance.now();
  const judged = [];
  for (const doc of docs) judged.push(judge(doc, await finder.find(doc)));
  const bytes = docs.reduce((all, doc) => all + Buffer.byteLength(doc.text ?? doc.json), 0);
  return {
    finder: finder.name,
    judged,
    megabytesPerSecond: bytes / 1000 / (performance.now() - start),
    refused: Object.fromEntries(finder.refused ?? []),
    ...summaryOf(judged),
  };
}

function worded(runs, { family }) {
  const halves = runs.filter(({ finder }) => finder === "yumen").map((run) => ({ ...run, name: run.corpus }));
  let text = halves.length > 1 ? `\n# Both halves\n\n${tableOf(figureCells(halves[0].figures, halves))}\n` : "";
  for (const corpus of new Set(runs.map((run) => run.corpus))) {
    const own = runs.filter((run) => run.corpus === corpus);
    const [ours, ...peers] = own;
    text += `\n# ${corpus}: ${ours.docs.toLocaleString("en")} documents\n`;
    for (const [code, times] of Object.entries(ours.refused)) text += `\nRefused: ${code} ${times} ×\n`;
    if (peers.length > 0)
      text += `\n## Beside peers\n\n${tableOf(
        figureCells(
          ours.figures,
          own.map((run) => ({ ...run, name: run.finder })),
        ),
      )}\n`;
    const shown = tablesOf(ours, { kind: family }).filter(([title]) => title !== "Figures" || runs.length === 1);
    for (const [title, table] of shown) text += `\n## ${title}\n\n${table}\n`;
  }
  return text;
}
