// Kinds whose numbers carry no check digit. Law: the shape alone is nothing: a label names it, or the kind says that
// this very shape can be nothing else.

import type { Clause, Context, Detector, Span } from "../detector.ts";
import { isOthers, labelledBy, labelOf } from "./label.ts";
import type { Words } from "./near.ts";
import { beginning, bordered, judging, type Match, whole } from "./pattern.ts";

/** What there is to say about such a kind. */
export interface LabelledKind extends Pick<Detector, "type" | "triggers" | "identifies" | "sensitivity"> {
  /** An expression of bounded length. */
  readonly body: string;
  readonly flags?: "i";
  readonly words: Words;
  /** Of one that matches `body`: whether it needs no label. */
  alone?(value: string, text: string, start: number): boolean;
  /** How what needs no label begins, if not as `body` does; and a word that it needs all the same. */
  readonly aloneBody?: string;
  readonly aloneSaid?: RegExp;
  /** Of the letters and digits that `body` begins with, and `aloneBody`: see `Clause.may`. */
  readonly may?: NonNullable<Clause["may"]>;
  readonly aloneMay?: NonNullable<Clause["may"]>;
  /** Of one that matches `body`: whether it is something else, whatever stands beside it. */
  refuses?(value: string, text: string, start: number, end: number): boolean;
  /** The one spelling; without it, upper case with separators and brackets gone. */
  compact?(value: string): string;
}

const SEPARATORS = /[\s\-./()（）:：]/g;

export function compacted(value: string): string {
  return value.replace(SEPARATORS, "").toUpperCase();
}

/** @returns the detector; its label words are also the names of members that it answers to. */
export function labelledDetector(kind: LabelledKind): Detector {
  const { type, triggers, identifies, sensitivity, words } = kind;
  // Of alternatives that begin alike, the one that reaches the border.
  const body = `(?:${kind.body})(?!\\w)`;
  const shape = bordered(body, kind.flags);
  const entire = whole(kind.body, kind.flags);
  const alone = kind.alone !== undefined;
  const compact = kind.compact ?? compacted;

  function judge(text: string, { start, end, text: value }: Match, context: Context): Span | null {
    if (kind.refuses?.(value, text, start, end)) return null;
    const label = labelOf(text, start, end, context, words);
    if (label !== null) return { start, end, canonical: compact(value), ...label };
    if (!kind.alone?.(value, text, start) || isOthers(text, start, context)) return null;
    return { start, end, canonical: compact(value), certainty: "format+context" };
  }

  const clauses: Clause[] = [
    { shape: beginning(body, kind.flags), ...labelledBy(words), ...(kind.may === undefined ? {} : { may: kind.may }) },
  ];
  if (alone) {
    const own = beginning(kind.aloneBody === undefined ? body : `(?:${kind.aloneBody})`, kind.flags);
    const said = kind.aloneSaid === undefined ? {} : { said: [kind.aloneSaid] };
    clauses.push({ shape: own, ...said, ...(kind.aloneMay === undefined ? {} : { may: kind.aloneMay }) });
  }

  return {
    type,
    triggers,
    clauses,
    keys: new RegExp(`${words.key.source}|${words.text.source}`, "i"),
    identifies,
    sensitivity,
    find: judging(shape, judge),
    canonical(text) {
      return entire.test(text.trim()) ? compact(text.trim()) : null;
    },
  };
}

/** Eight digits that are a day of this or the last century, `20240131`. */
export function isDay(digits: string): boolean {
  return /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/.test(digits);
}
