// Numbers with markup inside: `138<b>1234</b>5678`, `138**1234**5678`. Law: what a reader does not see is gone, a break
// is a break; cells and paragraphs stay apart, and so do the factors of a product.

import { TAG_UNITS_MAX, TAGS } from "../scan/markup.ts";
import { matchesOf } from "../shared/pattern.ts";
import { type View, ViewBuilder } from "./view.ts";

const TAG = `<\\/?(?:${[...TAGS].join("|")})(?:[\\s/][^<>]{0,${TAG_UNITS_MAX}})?>|<!--[^<>]{0,${TAG_UNITS_MAX}}-->`;
const MARK = String.raw`\*\*|~~|__|${"`"}`;
const MARKS = ["<", "**", "~~", "__", "`"];
const SEEN = "[0-9+Xx]";
/** Between two digits. */
const BETWEEN = new RegExp(`(?<=${SEEN})(?:${TAG}){1,4}(?=${SEEN})`, "gi");
const EMPHASISED = new RegExp(`(?:${MARK})?[0-9]+(?:(${MARK})[0-9]+)(?:\\1[0-9]+){0,16}(?:\\1)?`, "g");
const EVERY_MARK = new RegExp(MARK, "g");
const BREAK = /^<br/i;

/** @returns null where there is none. */
export function unmarked(text: string): View | null {
  if (!MARKS.some((mark) => text.includes(mark))) return null;
  const marks = [...tagsIn(text), ...emphasisIn(text)].sort((a, b) => a.start - b.start);
  if (marks.length === 0) return null;
  const builder = new ViewBuilder();
  let at = 0;
  for (const { start, end, read } of marks) {
    if (start < at) continue;
    for (; at < start; at++) builder.add(text[at]!, at);
    builder.add(read, at);
    at = end;
  }
  for (; at < text.length; at++) builder.add(text[at]!, at);
  return builder.done(text.length);
}

interface Mark {
  readonly start: number;
  readonly end: number;
  readonly read: string;
}

function tagsIn(text: string): Mark[] {
  if (!text.includes("<")) return [];
  return matchesOf(BETWEEN, text).map(({ 0: tag, index }) => ({
    start: index,
    end: index + tag.length,
    read: BREAK.test(tag) ? "\n" : "",
  }));
}

/** Marks come in pairs. */
function emphasisIn(text: string): Mark[] {
  const marks: Mark[] = [];
  for (const { 0: run, 1: mark, index } of matchesOf(EMPHASISED, text)) {
    const places = matchesOf(EVERY_MARK, run);
    if (places.length % 2 === 1 || places.some(([one]) => one !== mark)) continue;
    for (const place of places) {
      const start = index + place.index;
      if (place.index > 0 && place.index + mark!.length < run.length)
        marks.push({ start, end: start + mark!.length, read: "" });
    }
  }
  return marks;
}
