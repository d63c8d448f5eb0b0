// What is kept of a run, and the pages made of it. Law of this file: numbers only, no text of a corpus; one file a
// corpus, the last run; a page is made from the files alone.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { circumstances, circumstancesLine, REPORT, writeResults, writeSection } from "../sections.mjs";
import { figureCells, tableOf, tablesOf } from "./tables.mjs";

const FOLDER = join(import.meta.dirname, "../results/quality");

/** Keeps a run and writes its section of bench/REPORT.md. @returns {string} the file */
export function keep(runs, command, corpus) {
  const name = corpus === undefined ? "generated" : basename(corpus).replace(/\.jsonl?$/, "");
  // The path says more about the machine than the corpus: its name is enough.
  const told = corpus === undefined ? command : command.replaceAll(corpus, basename(corpus));
  const path = writeResults(`quality/${name}.json`, { ...circumstances(told), corpus: name, runs });
  writeSection(REPORT, "quality", sectionOf(kept()));
  return path;
}

/** @param {string} folder @returns {object[]} results, in the order of their corpora's names */
export function kept(folder = FOLDER) {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return files.sort().map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")));
}

/** @param {object[]} results of `kept` @returns {string} the section of the report */
export function sectionOf(results) {
  const parts = results.map((one) => {
    const ours = one.runs.filter(({ finder }) => finder === "yumen");
    const tables = ours.flatMap((run) =>
      tablesOf(run)
        .filter(([title]) => title !== "Figures")
        .map(([title, table]) => `**${title}**${ours.length > 1 ? ` (${run.corpus})` : ""}\n\n${table}\n`),
    );
    const speeds = one.runs.map((run) => `${nameOf(run, one.runs)} ${run.megabytesPerSecond.toFixed(1)}`);
    return `## Corpus ${one.corpus}: ${ours.map((run) => run.docs.toLocaleString("en")).join(" and ")} documents

${circumstancesLine(one)}

${tableOf(
  figureCells(
    one.runs[0].figures,
    one.runs.map((run) => ({ ...run, name: nameOf(run, one.runs) })),
  ),
)}

MB/s in this run, one document after the other, judging included: ${speeds.join(" · ")}.

<details><summary>By kind, clean text, decoys, evasions</summary>

${tables.join("\n")}
</details>
`;
  });
  return `# What the finder finds

Found: a span of the right kind (or family of kinds) that shares a character with the gold span. Masked: spans of any
kind cover it whole. F1 of part b counts every structured kind at once. Rules: bench/quality/score.mjs; families and the
reason of each: bench/quality/kinds.mjs. In the generated corpus \`open\` templates were in view when detectors were
written, \`held-out\` ones were not. Peers run with their default rules, on each string of a body by itself.

${parts.join("\n")}`;
}

/** A column's name: the finder, the corpus, or both where both differ. */
function nameOf({ finder, corpus }, runs) {
  const corpora = new Set(runs.map((run) => run.corpus));
  const finders = new Set(runs.map((run) => run.finder));
  if (corpora.size === 1) return finder;
  return finders.size === 1 ? corpus : `${finder}, ${corpus}`;
}
