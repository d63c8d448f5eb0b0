// Judged documents → tables of cells → GitHub tables. Law of this file: it counts and words; it finds nothing, and no
// text of a corpus is in what it returns.

import { figuresOf, withoutPerson } from "./figures.mjs";
import { byDecoy, byEvasion, byFamily, falseHits, isStructured, ratesOf, sum } from "./score.mjs";

const TYPES_SHOWN = 6;

/** Everything of one run that is kept: plain numbers. @param {object[]} judged @returns {object} */
export function summaryOf(judged) {
  const exceptEvasions = judged.filter(({ doc }) => doc.part !== "d");
  const families = [...byFamily(exceptEvasions)].map(([family, counts]) => rowOf(family, counts));
  const structured = sum(exceptEvasions, isStructured);
  if (structured.gold > 0) families.push(rowOf("all structured", structured));
  return {
    figures: figuresOf(judged),
    kinds: families,
    clean: [...cleanSets(judged)].map(([set, docs]) => {
      const { hits, ...counts } = falseHits(docs, set === SENTENCES ? (family) => family === "PERSON" : undefined);
      return { set, ...counts, hits: Object.fromEntries(hits) };
    }),
    decoys: [...byDecoy(exceptEvasions)].map(([decoy, row]) => ({ decoy, ...row })),
    evasions: [...byEvasion(judged.filter(({ doc }) => doc.part === "d"))].map(([evasion, row]) => ({
      evasion,
      ...row,
    })),
  };
}

const SENTENCES = "Chinese sentences without PERSON";

function cleanSets(judged) {
  const sets = new Map();
  const put = (set, one) => sets.set(set, [...(sets.get(set) ?? []), one]);
  for (const one of judged) if (one.doc.part === "c") put(one.doc.source.split(/[/:]/)[0], one);
  for (const one of withoutPerson(judged)) put(SENTENCES, one);
  return sets;
}

function rowOf(kind, counts) {
  const { gold, told } = counts;
  const rates = Object.entries(ratesOf(counts)).map(([name, rate]) => [name, Number.isNaN(rate) ? null : rate]);
  return { kind, gold, told, ...Object.fromEntries(rates) };
}

/** @param {ReturnType<typeof summaryOf>} summary @param {{ kind?: string }} only @returns {[string, string][]} titles
 * and GitHub tables */
export function tablesOf({ figures, kinds, clean, decoys, evasions }, { kind } = {}) {
  const shown = kind === undefined ? kinds : kinds.filter((row) => row.kind === kind);
  const tables = [
    ["Figures", figures.length === 0 ? [] : figureCells(figures)],
    [
      "Kinds (P, R, F1: spans that overlap; masked: covered whole, by whatever kind)",
      [
        ["kind", "gold", "told", "P", "R", "F1", "exact F1", "masked"],
        ...shown.map((row) => [
          row.kind,
          count(row.gold),
          count(row.told),
          ...["precision", "recall", "f1", "exactF1", "masked"].map((name) => percent(row[name])),
        ]),
      ],
    ],
  ];
  if (kind !== undefined) return tables.slice(1).map(([title, cells]) => [title, tableOf(cells)]);
  tables.push(
    ["Clean text", cleanCells(clean)],
    [
      "Decoys",
      [
        ["decoy", "there", "hit", "%"],
        ...withTotal(decoys, ["decoys", "hit"]).map((row) => [
          row.decoy ?? "all",
          count(row.decoys),
          count(row.hit),
          percent(row.hit / row.decoys),
        ]),
      ],
    ],
    [
      "Evasions",
      [
        ["evasion", "there", "found %", "masked %"],
        ...withTotal(evasions, ["gold", "found", "masked"]).map((row) => [
          row.evasion ?? "all",
          count(row.gold),
          percent(row.found / row.gold),
          percent(row.masked / row.gold),
        ]),
      ],
    ],
  );
  return tables.filter(([, cells]) => cells.length > 1).map(([title, cells]) => [title, tableOf(cells)]);
}

/** One column a run: open and held-out templates, or one corpus, or peers. @param {{ name: string, figures: object[] }[]} runs */
export function figureCells(figures, runs = [{ name: "this run", figures }]) {
  return [
    ["what", "bar", ...runs.map(({ name }) => name)],
    ...figures.map(({ id, what, bars, unit, least }) => [
      what,
      bars.map((bar) => `${least ? "≥" : "≤"} ${unit === "%" ? percent(bar) : bar} ${unit}`.trim()).join(" · "),
      ...runs.map(({ figures: own }) => figureCell(own.find((one) => one.id === id))),
    ]),
  ];
}

function figureCell(figure) {
  if (figure === undefined || figure.met === null) return "no data";
  const shown = figure.values.map((value) => (figure.unit === "%" ? percent(value) : value.toFixed(1))).join(" · ");
  return `${shown} ${figure.met ? "met" : "**not met**"}`;
}

function cleanCells(clean) {
  return [
    ["clean text", "documents", "MB", "false hits", "per MB", "kinds"],
    ...clean.map(({ set, docs, megabytes, hits }) => {
      const all = Object.values(hits).reduce((total, hit) => total + hit, 0);
      const kinds = Object.entries(hits).slice(0, TYPES_SHOWN);
      return [
        set,
        count(docs),
        megabytes.toFixed(3),
        count(all),
        (all / megabytes).toFixed(1),
        kinds.map(([kind, hit]) => `${kind} ${hit}`).join(", "),
      ];
    }),
  ];
}

function withTotal(rows, names) {
  if (rows.length === 0) return [];
  const all = Object.fromEntries(names.map((name) => [name, rows.reduce((sum, row) => sum + row[name], 0)]));
  return [...rows, all];
}

const count = (number) => number.toLocaleString("en");

/** 1 must mean all: what falls short of it never rounds up to it. */
export function percent(share) {
  if (share === null || Number.isNaN(share)) return "–";
  const shown = (share * 100).toFixed(1);
  return share < 1 && shown === "100.0" ? "99.9" : shown;
}

/** A GitHub table, its columns aligned: numbers right. @param {string[][]} cells the head first */
export function tableOf(cells) {
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => width(row[column]))));
  const isText = cells[0].map((_, column) => cells.slice(1).some((row) => /^[^\d–-]/.test(row[column])));
  const pad = (text, column) => {
    const room = " ".repeat(widths[column] - width(text));
    return isText[column] ? text + room : room + text;
  };
  const rule = widths.map((wide, column) => (isText[column] ? "-".repeat(wide) : `${"-".repeat(wide - 1)}:`));
  const lines = cells.map((row) => `| ${row.map(pad).join(" | ")} |`);
  return [lines[0], `| ${rule.join(" | ")} |`, ...lines.slice(1)].join("\n");
}

/** Columns on a terminal: Han characters take two. */
function width(text) {
  return text.length + (text.match(/[\u2e80-\uffef]/g)?.length ?? 0);
}
