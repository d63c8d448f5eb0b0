// A number spelled out, character by character: `E 1 2 3 4 5 6 7 8`, `4-8-2-0-9-3`. Law: only single letters and digits
// with the same between them all are drawn together; what is written in groups is left to the kinds' own shapes.

import { type View, ViewBuilder } from "./view.ts";

/** Seven characters: the shortest that a kind knows without a check digit. */
const SPELLED =
  /(?<![A-Za-z0-9])[A-Za-z0-9]([ \t.,，、_*|~·•—–-]|\r?\n)(?:[A-Za-z0-9]\1){5,40}[A-Za-z0-9](?![A-Za-z0-9])/g;
const DIGITS_MIN = 5;

/** @returns null where nothing is spelled out. */
export function spelled(text: string): View | null {
  let builder: ViewBuilder | null = null;
  let at = 0;
  for (const { 0: found, 1: gap, index } of text.matchAll(SPELLED)) {
    if (found.replace(/\D/g, "").length < DIGITS_MIN) continue;
    builder ??= new ViewBuilder();
    for (; at < index; at++) builder.add(text[at]!, at);
    for (; at < index + found.length; at += 1 + gap!.length) builder.add(text[at]!, at);
    at = index + found.length;
  }
  if (builder === null) return null;
  for (; at < text.length; at++) builder.add(text[at]!, at);
  return builder.done(text.length);
}
