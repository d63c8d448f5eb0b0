// node scripts/names/evaluate.mjs --corpus FILE [--model FILE] [--predictions FILE]
// Scores names and addresses on labelled JSONL, as the table has them. Law: aggregate figures only; the overlap
// match is at least one shared UTF-16 unit.

import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { createTagger } from "../../dist/find/names/tagger.js";

const { values: options } = parseArgs({
  options: {
    corpus: { type: "string" },
    model: { type: "string", default: "models/names.bin" },
    english: { type: "string", default: "models/names-en.bin" },
    predictions: { type: "string" },
  },
});
const tagger = createTagger(readFileSync(options.model), readFileSync(options.english));
const documents = readFileSync(options.corpus, "utf8")
  .trim()
  .split("\n")
  .map((row) => JSON.parse(row));
const TYPE = { person: "PERSON", address: "ADDRESS" };
const predicted = new Map(documents.map((document) => [document.id, predict(document)]));
if (options.predictions)
  writeFileSync(
    options.predictions,
    [...predicted].map(([id, spans]) => JSON.stringify({ id, spans })).join("\n") + "\n",
  );

const english = new Set(["presidio_synth", "uner_ewt", "wnut17", "own-en-seen", "own-en-held-out"]);
const prose = documents.filter(({ part, lang, source }) => part === "a" && lang === "zh" && source !== "cnaddress");
row("PERSON, real Chinese text, overlap F1", ">= 82", f1(prose, "PERSON"));
for (const source of new Set(prose.map((d) => d.source)))
  row(
    `  ${source}`,
    "",
    f1(
      prose.filter((d) => d.source === source),
      "PERSON",
    ),
  );
const ids = documents.filter(({ part }) => part === "b");
row("PERSON recall in prompts and JSON (part b)", ">= 96 %", recall(ids, "PERSON"));
for (const lang of ["zh", "en"])
  row(
    `  ${lang}`,
    "",
    recall(
      ids.filter((d) => d.lang === lang),
      "PERSON",
    ),
  );
row("ADDRESS recall, wholly masked (part b)", "", masked(ids, "ADDRESS"));
row("false PERSON hits per MB of Chinese sentences with none", "<= 300", falseHits(prose));
row(
  "real address queries wholly masked",
  ">= 93 %",
  masked(
    documents.filter(({ source }) => source === "cnaddress"),
    "ADDRESS",
  ),
);
const latin = documents.filter(({ part, source }) => part === "a" && english.has(source));
row("English names, overlap F1", ">= 75", f1(latin, "PERSON"));
for (const source of new Set(latin.map((d) => d.source)))
  row(
    `  ${source}`,
    "",
    f1(
      latin.filter((d) => d.source === source),
      "PERSON",
    ),
  );
row(
  "  English addresses, overlap F1 (presidio)",
  "",
  f1(
    latin.filter((d) => d.source === "presidio_synth"),
    "ADDRESS",
  ),
);
row(
  "false PERSON hits per MB of clean text (part c)",
  "",
  clean(() => true),
);
row(
  "  in Latin letters",
  "<= 5",
  clean((text) => !/[\u3400-\u9fff]/u.test(text)),
);
row("speed, Chinese prose, MB/s", ">= 15", speed(prose));
if (latin.length > 0) row("speed, English chat, mail and news, MB/s", "", speed(latin));

function predict({ text, json }) {
  if (json === undefined)
    return tagger.read(text, "").map((span) => ({ start: span.start, end: span.end, type: TYPE[span.type] }));
  const spans = [];
  walk(JSON.parse(json), "", "", (value, path, key) => {
    for (const { start, end, type } of tagger.read(value, key)) spans.push({ start, end, type: TYPE[type], path });
  });
  return spans;
}

function walk(value, path, key, visit) {
  if (typeof value === "string") visit(value, path, key);
  else if (Array.isArray(value)) for (const [i, item] of value.entries()) walk(item, `${path}/${i}`, key, visit);
  else if (value !== null && typeof value === "object")
    for (const [name, item] of Object.entries(value))
      walk(item, `${path}/${name.replace(/~/g, "~0").replace(/\//g, "~1")}`, name, visit);
}

function overlaps(a, b) {
  return (a.path ?? "") === (b.path ?? "") && a.start < b.end && b.start < a.end;
}

function counts(list, type) {
  const sum = { gold: 0, hit: 0, said: 0, right: 0 };
  for (const document of list) {
    const gold = document.spans.filter((span) => span.type === type);
    const ignored = document.spans.filter((span) => span.type === "IGNORE");
    const said = predicted.get(document.id).filter((span) => span.type === type);
    sum.gold += gold.length;
    sum.hit += gold.filter((span) => said.some((other) => overlaps(span, other))).length;
    for (const span of said) {
      if (ignored.some((other) => overlaps(span, other))) continue;
      sum.said++;
      if (gold.some((other) => overlaps(span, other))) sum.right++;
    }
  }
  return sum;
}

function f1(list, type) {
  const { gold, hit, said, right } = counts(list, type);
  const precision = right / said || 0;
  const found = hit / gold || 0;
  return `${percent((2 * precision * found) / (precision + found) || 0)} (precision ${percent(precision)}, recall ${percent(found)}, ${gold} names)`;
}

function recall(list, type) {
  const { gold, hit } = counts(list, type);
  return `${percent(hit / gold)} (${gold})`;
}

function masked(list, type) {
  let gold = 0;
  let whole = 0;
  for (const document of list) {
    const said = predicted.get(document.id);
    for (const span of document.spans.filter((span) => span.type === type)) {
      gold++;
      if (
        covered(
          span,
          said.filter((other) => overlaps(span, other)),
        )
      )
        whole++;
    }
  }
  return `${percent(whole / gold)} (${gold})`;
}

function covered(span, said) {
  let at = span.start;
  for (const { start, end } of said.sort((a, b) => a.start - b.start)) {
    if (start > at) return false;
    at = Math.max(at, end);
  }
  return at >= span.end;
}

function falseHits(list) {
  const none = list.filter(({ spans }) => !spans.some(({ type }) => type === "PERSON"));
  const bytes = none.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  const { said } = counts(none, "PERSON");
  return `${((said / bytes) * 1e6).toFixed(0)} (${said} in ${(bytes / 1e6).toFixed(2)} MB)`;
}

/** @param counts whether a hit of this text counts. */
function clean(counts) {
  const list = documents.filter(({ part }) => part === "c");
  const groups = new Map();
  for (const document of list) {
    const name = document.source.split(/[/:]/u)[0];
    const group = groups.get(name) ?? { bytes: 0, said: 0 };
    group.bytes += Buffer.byteLength(document.text ?? document.json);
    group.said += predicted
      .get(document.id)
      .filter((span) => span.type === "PERSON" && counts(textOf(document, span))).length;
    groups.set(name, group);
  }
  const rest = [...groups].filter(([name]) => name !== "plexpt").map(([, group]) => group);
  const sum = (part) => rest.reduce((all, group) => all + group[part], 0);
  groups.set("all but plexpt", { bytes: sum("bytes"), said: sum("said") });
  return [...groups].map(([name, { bytes, said }]) => `${name} ${((said / bytes) * 1e6).toFixed(1)}`).join(", ");
}

function textOf({ text, json }, { start, end, path }) {
  if (path === undefined) return text.slice(start, end);
  let value = JSON.parse(json);
  for (const name of path.split("/").slice(1)) value = value[name.replace(/~1/g, "/").replace(/~0/g, "~")];
  return value.slice(start, end);
}

function speed(list) {
  const bodies = [];
  for (let i = 0; i < list.length; i += 40)
    bodies.push(
      list
        .slice(i, i + 40)
        .map(({ text }) => text)
        .join("\n"),
    );
  const bytes = bodies.reduce((sum, body) => sum + Buffer.byteLength(body), 0);
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 15; round++) {
    const from = process.cpuUsage();
    for (const body of bodies) tagger.read(body, "");
    const { user, system } = process.cpuUsage(from);
    best = Math.min(best, user + system);
  }
  return (bytes / best).toFixed(1);
}

function percent(share) {
  return (100 * share).toFixed(1);
}

function row(what, bar, value) {
  console.log(`${what.padEnd(60)} ${bar.padEnd(8)} ${value}`);
}
