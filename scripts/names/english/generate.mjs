// English sentences from templates, with the names in them. Law: the same source of chance gives the same sentences; a
// name is whatever was put where a template has a person, and nothing else.

import { CHAT, NOBODY_CHAT } from "../templates/english-chat.mjs";
import { CODE_NOBODY, CODE_PEOPLE } from "../templates/english-code.mjs";
import { FORMS } from "../templates/english-forms.mjs";
import { NOBODY } from "../templates/english-nobody.mjs";
import { PROSE } from "../templates/english-prose.mjs";
import { makers } from "./fill.mjs";

const rows = (text) =>
  text
    .split("\n")
    .filter((row) => row !== "")
    .map((row) => row.replaceAll("\\n", "\n").replaceAll("\\t", "\t"));
/** Slots that are people, where people are spoken of. */
const PEOPLE_SLOTS = new Set("P F G S TS I SF SU GU FU".split(" "));
/** Templates that training never sees. */
const HELD = (i) => i % 9 === 4;

/** @returns {prose, chat, forms, nobody, held}: each makes one example {text, names}. */
export function generator({ from, flags, random }) {
  const fill = makers({ from, flags, random });
  const pick = (list) => list[Math.floor(random() * list.length)];
  const kinds = {
    prose: rows(PROSE),
    chat: rows(CHAT),
    forms: rows(FORMS),
    nobody: rows(NOBODY),
    nobodyChat: rows(NOBODY_CHAT),
  };
  const seen = Object.fromEntries(Object.entries(kinds).map(([kind, list]) => [kind, list.filter((_, i) => !HELD(i))]));
  const heldOut = Object.values(kinds).flatMap((list) => list.filter((_, i) => HELD(i)));

  function expanded(template, nobody) {
    let text = "";
    const names = [];
    const style = fill.style();
    for (const part of template.split(/(\{[A-Z0-9a-z]+\})/u)) {
      const slot = /^\{([A-Z0-9a-z]+)\}$/u.exec(part)?.[1];
      if (slot === undefined) text += part;
      else if (PEOPLE_SLOTS.has(slot)) {
        const pieces = nobody ? [{ text: fill.thing(slot), name: false }] : fill.person(slot, style);
        for (const piece of pieces) {
          if (piece.name) names.push([text.length, text.length + piece.text.length]);
          text += piece.text;
        }
      } else text += fill.slot(slot === "SENT" && /(?:^|[.!?\n] ?|["“])$/u.test(text) ? "CAPSENT" : slot) ?? part;
    }
    return { text, names };
  }

  const recased = (example, chances) => {
    const chance = random();
    if (chance < chances.lower) return { ...example, text: example.text.toLowerCase() };
    if (chance < chances.lower + chances.upper && example.text.toUpperCase().length === example.text.length)
      return { ...example, text: example.text.toUpperCase() };
    if (chance < chances.lower + chances.upper + chances.title)
      return { ...example, text: example.text.replace(/(?<![\p{L}'’])\p{Ll}/gu, (letter) => letter.toUpperCase()) };
    return example;
  };
  const joined = (make) => {
    const count = random() < 0.6 ? 1 : random() < 0.7 ? 2 : 3;
    let text = "";
    const names = [];
    for (let i = 0; i < count; i++) {
      const one = make();
      if (i > 0) text += pick([" ", " ", "\n", "\n\n"]);
      for (const [start, end] of one.names) names.push([start + text.length, end + text.length]);
      text += one.text;
    }
    return { text, names };
  };
  const of =
    (kind, chances, nobody = false) =>
    () =>
      recased(
        joined(() => expanded(pick(seen[kind]), nobody)),
        chances,
      );
  const codeLines = { people: rows(CODE_PEOPLE), nobody: rows(CODE_NOBODY) };
  /** A few lines of code, or a dump of many of one kind. */
  const code = (kind) => {
    const template = random() < 0.4 ? pick(codeLines[kind]) : null;
    const count = template === null ? 1 + Math.floor(random() * 3) : 2 + Math.floor(random() * 20);
    return Array.from({ length: count }, () => expanded(template ?? pick(codeLines[kind]), false));
  };
  return {
    code,
    prose: of("prose", { lower: 0.04, upper: 0.02, title: 0.03 }),
    chat: of("chat", { lower: 0.22, upper: 0.05, title: 0.06 }),
    forms: of("forms", { lower: 0.04, upper: 0.05, title: 0.03 }),
    nobody: of("nobody", { lower: 0.03, upper: 0.05, title: 0.08 }, true),
    nobodyChat: of("nobodyChat", { lower: 0.15, upper: 0.08, title: 0.12 }, true),
    held: () => {
      const template = pick(heldOut);
      return expanded(template, kinds.nobody.includes(template) || kinds.nobodyChat.includes(template));
    },
    named: fill,
  };
}
