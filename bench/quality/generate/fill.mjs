// Templates → texts with spans. Law of this file: a slot `{LABEL}` becomes a value and a span, `{~decoy}` a decoy and
// its place, `{#}` a running number; nothing else in braces is touched.

import { DECOYS } from "./decoys.mjs";
import { SAME, VALUES } from "./values.mjs";

const SLOT = /\{(~?)([A-Za-z][A-Za-z0-9_-]*)\}|\{#\}/g;

/** @param {string} template @returns {{ text: string, spans: object[], decoys: object[] }} offsets in UTF-16 units */
export function fill(template, r) {
  const spans = [];
  const decoys = [];
  let text = "";
  let from = 0;
  for (const slot of template.matchAll(SLOT)) {
    const [whole, isDecoy, name] = slot;
    const make = name === undefined ? (chance) => chance.digits(4) : (isDecoy ? DECOYS : VALUES)[name];
    if (make === undefined) continue;
    text += template.slice(from, slot.index);
    const start = text.length;
    text += make(r);
    from = slot.index + whole.length;
    if (name === undefined) continue;
    if (isDecoy) decoys.push({ start, end: text.length, kind: name });
    else spans.push({ start, end: text.length, type: SAME[name] ?? name });
  }
  return { text: text + template.slice(from), spans, decoys };
}

/**
 * A body whose strings hold slots. A string that is one slot after `=` becomes a number.
 * @param {unknown} body @returns {{ json: string, spans: object[], decoys: object[] }} with JSON Pointers
 */
export function fillBody(body, r) {
  const spans = [];
  const decoys = [];
  const walk = (value, path) => {
    if (Array.isArray(value)) return value.map((item, i) => walk(item, `${path}/${i}`));
    if (typeof value === "object" && value !== null)
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [
          key,
          walk(item, `${path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`),
        ]),
      );
    if (typeof value !== "string") return value;
    const isNumber = value.startsWith("=");
    const filled = fill(isNumber ? value.slice(1) : value, r);
    for (const span of filled.spans) spans.push({ path, ...span });
    for (const decoy of filled.decoys) decoys.push({ path, ...decoy });
    return isNumber && Number.isSafeInteger(Number(filled.text)) && !filled.text.startsWith("0")
      ? Number(filled.text)
      : filled.text;
  };
  return { json: JSON.stringify(walk(body, "")), spans, decoys };
}
