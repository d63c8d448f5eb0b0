// What a person reads. Law: a value is shown as its kind unless the values were asked for; without colours the view is
// plain text in which nothing is lost.

import { kindName } from "../../act/kinds.ts";
import type { Marked, Place } from "./look.ts";
import { wordsOf } from "./why.ts";

export interface Shown {
  readonly colours: boolean;
  /** The values themselves instead of their kinds. */
  readonly values: boolean;
  readonly why: boolean;
  readonly language: "zh" | "en";
}

const RED = 31;
const YELLOW = 33;
const FAINT = 2;
const AROUND_UNITS = 60;

/** @param name of the input. @returns lines, the last one ended */
export function view(name: string, strings: readonly Marked[], shown: Shown): string {
  const count = strings.reduce((all, { places }) => all + places.length, 0);
  const found = shown.language === "zh" ? `${count} 处` : count === 1 ? "1 finding" : `${count} findings`;
  const lines = strings.filter(({ places }) => places.length > 0).flatMap((one) => linesOf(one, shown));
  return [`${name}  ${found}`, ...lines].join("\n") + "\n";
}

/** Every line of the string that holds a value, then, where asked, why each was found. */
function linesOf({ path, text, places }: Marked, shown: Shown): string[] {
  const lines: string[] = [];
  let number = 1;
  let from = 0;
  for (let i = 0; i < places.length; ) {
    for (let next = text.indexOf("\n", from); next >= 0 && next < places[i]!.start; next = text.indexOf("\n", from)) {
      from = next + 1;
      number += 1;
    }
    const here = [places[i++]!];
    for (let end = lineEnd(text, here[0]!.end); i < places.length && places[i]!.start < end; i++) {
      here.push(places[i]!);
      end = lineEnd(text, places[i]!.end);
    }
    const where = path ?? `${number}:${here[0]!.start - from + 1}`;
    lines.push(`  ${faint(where, shown)}  ${marked(text, here, shown)}`);
    if (shown.why) for (const place of here) lines.push(`      ${reason(place, shown)}`);
  }
  return lines;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

/** The line around its values, long text between them cut, each value replaced by its kind. */
function marked(text: string, places: readonly Place[], shown: Shown): string {
  const first = places[0]!;
  const from = Math.max(text.lastIndexOf("\n", first.start - 1) + 1, first.start - AROUND_UNITS, 0);
  let line = from > 0 && text[from - 1] !== "\n" ? "…" : "";
  let at = from;
  for (const { start, end, type, sensitive } of places) {
    const said = shown.values ? printable(text.slice(start, end)) : kindName(type, shown.language);
    line += between(text.slice(at, start)) + painted(`⟦${said}⟧`, sensitive === true ? RED : YELLOW, shown);
    at = end;
  }
  const end = Math.min(lineEnd(text, at), at + AROUND_UNITS);
  return line + printable(text.slice(at, end)) + (end < lineEnd(text, at) ? "…" : "");
}

function between(text: string): string {
  if (text.length <= 2 * AROUND_UNITS) return printable(text);
  return `${printable(text.slice(0, AROUND_UNITS))} … ${printable(text.slice(-AROUND_UNITS))}`;
}

/** A terminal must not take orders from the text that it shows. */
function printable(text: string): string {
  return text
    .replaceAll("\n", "⏎")
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, "·");
}

function reason({ type, certainty, sensitive, why }: Place, shown: Shown): string {
  const other = shown.language === "zh" ? "en" : "zh";
  const name = `${type}  ${kindName(type, shown.language)} / ${kindName(type, other)}`;
  const weight = sensitive === true ? (shown.language === "zh" ? "，敏感" : ", sensitive") : "";
  const because = certainty === undefined || why === undefined ? "" : wordsOf(certainty, why, shown.language);
  return faint(`${name}${weight}  ${certainty ?? ""}: ${printable(because)}`, shown);
}

function faint(text: string, shown: Shown): string {
  return painted(text, FAINT, shown);
}

function painted(text: string, code: number, { colours }: Shown): string {
  return colours ? `\u001b[${code}m${text}\u001b[0m` : text;
}
