// `node scripts/what-it-finds.mjs`: writes docs/what-it-finds.md from the registry and the last quality run. Law: every
// line comes from the code or from bench/results/quality/; what has not been measured is left out, never guessed.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { familyOf, labelOf } from "../bench/quality/kinds.mjs";
import { kept } from "../bench/quality/results.mjs";
import { percent, tableOf } from "../bench/quality/tables.mjs";

const ROOT = new URL("..", import.meta.url).pathname;
export const PAGE = "docs/what-it-finds.md";
/** Of evasions and kinds: below it a row is a known miss. */
const ENOUGH = 0.97;

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const { build, install } = await import("./setup.mjs");
  install();
  build();
  writeFileSync(join(ROOT, PAGE), await page("dist"));
}

/** @param {"dist" | "src"} from which modules to load: a test runs the sources. @returns {Promise<string>} the page */
export async function page(from, results = kept()) {
  const load = (name) => import(pathToFileURL(join(ROOT, from, name + (from === "src" ? ".ts" : ".js"))).href);
  const { DETECTORS } = await load("find/all");
  const { KINDS } = await load("act/kinds");
  const runs = results.flatMap((one) => one.runs.filter(({ finder }) => finder === "yumen"));
  return `# What it finds

Written by \`node scripts/what-it-finds.mjs\` from the registry (src/find/all.ts) and the last quality runs
(bench/results/quality/). Do not edit. ${measuredBy(results)}

${tableOf(kindCells(DETECTORS, KINDS, runs))}

**identifies**: strong, one individual; weak, belongs to somebody; none, an organisation; secret, a credential.
**sensitive** under the profile \`strict\` (GB/T 35273-2020 Annex B) and under \`gbt45574\` (GB/T 45574-2025 Annex A).
${runs.length === 0 ? "" : "Figures: F1 of spans that overlap · share of values that are covered whole, per corpus. Kinds of one family share a row of figures (bench/quality/kinds.mjs says why).\n"}
A kind's own cases, what is found and what is not, stand beside its detector: \`src/find/<id>/cases.jsonl\`.
Each line: \`text\`, \`key\` (the member's name, where it matters), \`finds\` (what findings of that kind cover, in order;
empty: a trap), \`why\`. Every kind has at least 6 positives, 6 traps and 3 borders; \`test/quality-cases.test.ts\` runs them,
in a text and in a JSON body.

## Known misses

${missesOf(DETECTORS, KINDS, runs).join("\n")}
`;
}

function measuredBy(results) {
  if (results.length === 0) return "No quality run has been kept yet: `npm run bench:quality`.";
  return results
    .map(({ corpus, command, date, commit }) => `${corpus}: \`${command}\`, ${date.slice(0, 10)}, commit ${commit}.`)
    .join(" ");
}

function kindCells(detectors, names, runs) {
  return [
    ["id", "中文", "English", "identifies", "sensitive", ...runs.map(({ corpus }) => corpus)],
    ...detectors.map(({ type, identifies, sensitivity }) => [
      `\`${type}\``,
      names[type]?.zh ?? "",
      names[type]?.en ?? "",
      identifies,
      sensitiveIn(sensitivity),
      ...runs.map((run) => figureOf(run, type)),
    ]),
  ];
}

function sensitiveIn({ strict, gbt45574 }) {
  if (strict && gbt45574) return "both";
  return strict ? "strict" : gbt45574 ? "gbt45574" : "no";
}

function figureOf({ kinds }, type) {
  const row = kinds.find(({ kind }) => kind === familyOf(labelOf(type)));
  return row === undefined || row.gold === 0 ? "not there" : `${percent(row.f1)} · ${percent(row.masked)}`;
}

function missesOf(detectors, names, runs) {
  const found = new Set(detectors.map(({ type }) => type));
  const families = new Set(detectors.map(({ type }) => familyOf(labelOf(type))));
  const without = Object.keys(names).filter((type) => !found.has(type) && type !== "literal");
  const lines =
    without.length === 0
      ? []
      : [`- Named, and found by no detector of the registry: ${without.map((type) => `\`${type}\``).join(", ")}.`];
  for (const { corpus, kinds, evasions } of runs) {
    const low = kinds.filter(({ kind, masked, gold }) => gold > 0 && masked < ENOUGH && families.has(kind));
    const unread = evasions.filter(({ gold, masked }) => masked / gold < ENOUGH);
    if (low.length > 0)
      lines.push(`- ${corpus}, kinds not wholly covered: ${listed(low, ({ kind, masked }) => [kind, masked])}.`);
    if (unread.length > 0)
      lines.push(
        `- ${corpus}, disguises not wholly covered: ${listed(unread, (row) => [row.evasion, row.masked / row.gold])}.`,
      );
  }
  return lines.length === 0 ? ["- None known."] : lines;
}

function listed(rows, of) {
  return rows
    .map((row) => of(row))
    .map(([name, share]) => `${name} ${percent(share)} %`)
    .join(", ");
}
