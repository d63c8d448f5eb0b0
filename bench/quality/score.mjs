// Gold and found → what was right. Law of this file: one document is judged once, alone; every figure is a sum over
// judged documents, so that a row of a table and the total above it cannot disagree.
//
// Found: a span of the gold's family that shares a UTF-16 unit with it. Exact: the same span. Masked: spans of any kind
// cover the gold whole. A span of a kind outside the document's scope, or over an IGNORE, is neither right nor wrong;
// one of a `recall_only` kind can make gold found, never be wrong.

import { familiesIn, familyOf, WORDS } from "./kinds.mjs";

/**
 * @typedef {{ start: number, end: number, type: string, path?: string, group?: number | string }} Span
 * @typedef {{ family: string, label: string, span: Span, found: boolean, exact: boolean, masked: boolean }} Gold
 * @typedef {{ family: string, label: string, span: Span, right: boolean, exact: boolean }} Told
 * @typedef {{ doc: object, gold: Gold[], told: Told[], decoys: { kind: string, hit: boolean }[] }} Judged
 */

/** @param {object} doc a line of a corpus @param {Span[]} spans what a finder says, labels as in the corpus
 * @returns {Judged} */
export function judge(doc, spans) {
  const found = spans.map((span) => ({ ...span, family: familyOf(span.type) }));
  const ignored = doc.spans.filter(({ type }) => type === "IGNORE");
  const wanted = doc.spans.filter(({ type }) => type !== "IGNORE");
  const scope = familiesIn(doc.scope);
  for (const label of doc.recall_only ?? []) scope.delete(familyOf(label));
  const counted = found.filter(({ family }) => scope.has(family));
  return {
    doc,
    gold: wanted.map((span) => judgeGold(span, found)),
    told: counted.filter((span) => !touches(span, ignored)).map((span) => judgeTold(span, wanted)),
    decoys: (doc.decoys ?? []).map((decoy) => ({ kind: decoy.kind, hit: touches(decoy, counted) })),
  };
}

function judgeGold(span, found) {
  const family = familyOf(span.type);
  const same = found.filter((one) => one.family === family);
  return {
    family,
    label: span.type,
    span,
    found: touches(span, same),
    exact: same.some((one) => isSame(one, span)),
    masked: isCovered(span, found),
  };
}

function judgeTold(span, wanted) {
  const same = wanted.filter((one) => familyOf(one.type) === span.family);
  return {
    family: span.family,
    label: span.type,
    span,
    right: touches(span, same),
    exact: same.some((one) => isSame(one, span)),
  };
}

const pathOf = ({ path }) => path ?? "";
const isSame = (a, b) => pathOf(a) === pathOf(b) && a.start === b.start && a.end === b.end;
const isShared = (a, b) => pathOf(a) === pathOf(b) && a.start < b.end && b.start < a.end;
const touches = (span, others) => others.some((other) => isShared(span, other));

function isCovered(span, found) {
  const over = found.filter((one) => isShared(one, span)).sort((a, b) => a.start - b.start);
  let reached = span.start;
  for (const { start, end } of over) {
    if (start > reached) return false;
    reached = Math.max(reached, end);
  }
  return reached >= span.end;
}

/** Counts of a table's row. */
export function countsOf(gold, told) {
  const count = (list, name) => list.filter((one) => one[name]).length;
  return {
    gold: gold.length,
    found: count(gold, "found"),
    goldExact: count(gold, "exact"),
    masked: count(gold, "masked"),
    told: told.length,
    right: count(told, "right"),
    toldExact: count(told, "exact"),
  };
}

/** @returns {{ precision: number, recall: number, f1: number, exactF1: number, masked: number }} shares of 1; NaN: of
 * nothing */
export function ratesOf({ gold, found, goldExact, masked, told, right, toldExact }) {
  return {
    precision: right / told,
    recall: found / gold,
    f1: f1(right / told, found / gold, gold + told),
    exactF1: f1(toldExact / told, goldExact / gold, gold + told),
    masked: masked / gold,
  };
}

function f1(precision, recall, any) {
  if (any === 0) return Number.NaN;
  return (2 * precision * recall) / (precision + recall) || 0;
}

/** Structured kinds only, or one family. @param {Judged[]} judged @param {(family: string) => boolean} wanted */
export function sum(judged, wanted) {
  const of = (name) => judged.flatMap((one) => one[name].filter(({ family }) => wanted(family)));
  return countsOf(of("gold"), of("told"));
}

export const isStructured = (family) => !WORDS.includes(family);

/** Families in the order of the alphabet, with counts. @param {Judged[]} judged @returns {Map<string, object>} */
export function byFamily(judged) {
  const names = new Set(judged.flatMap(({ gold, told }) => [...gold, ...told].map(({ family }) => family)));
  return new Map([...names].sort().map((name) => [name, sum(judged, (family) => family === name)]));
}

/** @param {Judged[]} judged of part d. The pieces of one value (`group`) count as one, found when all are.
 * @returns {Map<string, { gold: number, found: number, any: number, masked: number }>} by evasion */
export function byEvasion(judged) {
  const rows = new Map();
  for (const { doc, gold } of judged) {
    const row = rows.get(doc.evasion) ?? { gold: 0, found: 0, masked: 0 };
    rows.set(doc.evasion, row);
    for (const pieces of piecesOf(gold)) {
      row.gold += 1;
      row.found += pieces.every(({ found }) => found) ? 1 : 0;
      row.masked += pieces.every(({ masked }) => masked) ? 1 : 0;
    }
  }
  return new Map([...rows].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function piecesOf(gold) {
  const groups = new Map();
  gold.forEach((one, i) => {
    const name = one.span.group ? `group ${one.span.group}` : i;
    groups.set(name, [...(groups.get(name) ?? []), one]);
  });
  return groups.values();
}

/** @param {Judged[]} judged @returns {Map<string, { decoys: number, hit: number }>} by kind of decoy */
export function byDecoy(judged) {
  const rows = new Map();
  for (const { kind, hit } of judged.flatMap(({ decoys }) => decoys)) {
    const row = rows.get(kind) ?? { decoys: 0, hit: 0 };
    rows.set(kind, { decoys: row.decoys + 1, hit: row.hit + (hit ? 1 : 0) });
  }
  return new Map([...rows].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** @param {Judged[]} judged of clean text @returns {{ docs: number, megabytes: number, hits: Map<string, number> }} */
export function falseHits(judged, wanted = () => true) {
  const hits = new Map();
  let bytes = 0;
  for (const { doc, told } of judged) {
    bytes += Buffer.byteLength(doc.text ?? doc.json);
    for (const { label, right, family } of told)
      if (!right && wanted(family)) hits.set(label, (hits.get(label) ?? 0) + 1);
  }
  return { docs: judged.length, megabytes: bytes / 1e6, hits: new Map([...hits].sort((a, b) => b[1] - a[1])) };
}
