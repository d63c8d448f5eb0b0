// Kinds that are said in words and not in numbers: an illness, a faith, an income. Law: the name of a member or a label
// right before it says what is told, and the words themselves are of the kind; whether a person is told of at all is
// decided in records/, over the whole document.

import type { Context, Detector, Span } from "../detector.ts";
import { WORDED } from "../scan/bits.ts";
import { plainName } from "./label.ts";
import { matchesOf } from "./pattern.ts";

/** What there is to say about such a kind. */
export interface Topic extends Pick<Detector, "type" | "sensitivity"> {
  /** Names of members whose whole value is of the kind; and names of which it is where a word says so. */
  readonly keys: RegExp;
  readonly maybeKeys?: RegExp;
  /** Expressions of bounded length: what stands before the value in running text, and what the value must hold. */
  readonly labels: string;
  readonly words: RegExp;
  /** Of a value under one of `keys`: whether it says something. Without it, all but the empty words do. */
  says?(value: string): boolean;
}

const UNITS_MAX = 200;
const LINK = String.raw`\\?["'”」]?\s{0,2}(?:[:：=]|为|是|有|了|\bis\b|\bof\b|\bwith\b|\bwas\b)?\s{0,2}\\?["'“「]?`;
/** Up to the end of its clause; the comma of 15,000 is none. */
const VALUE = String.raw`[^\s，,。；;、|"'“”<>{}\\？?](?:[^，,。；;|"“”<>{}\\\n？?]|,(?=\d{3})){0,47}`;
const NOTHING = new RegExp(
  `^(?:${[
    String.raw`[-—/\\.*?？x]*|无|否|没有|暂无|不详|未知|未填|其他|正常`,
    String.raw`n\/?a|none|no|nil|null|unknown|undefined|string|true|false|other|normal`,
  ].join("|")})$`,
  "i",
);

const ASKING_UNITS = 24;
const ASKING = new RegExp(
  [
    "(?:如何|怎[么样]|是否|请确诊|哪些|(?<!有)什么(?!都)|为何",
    String.raw`\bhow (?:to|do|can|does)\b|\bwhat (?:is|are|does)\b|\bwhether\b)[^，,。；;！!？?\n]*$`,
  ].join("|"),
  "i",
);
const GENERAL = /什么|哪些|哪种|如何|怎么|超过?\d+[万多余]*人|\d万[多余]*[人例]/;

/** @returns the detector of a topic: what is told belongs to whom the record is about. */
export function topicDetector(topic: Topic): Detector {
  const { type, sensitivity, keys, maybeKeys, words } = topic;
  const labels = new RegExp(topic.labels, "i");
  const labelled = new RegExp(`(?:${topic.labels})${LINK}(${VALUE})`, "gi");
  const says = topic.says ?? (() => true);

  function ofKey(text: string, { key }: Context): Span | null {
    const name = plainName(key);
    const value = text.trim();
    if (value.length > UNITS_MAX || NOTHING.test(value)) return null;
    const isNamed = keys.test(name) && (says(value) || words.test(value));
    if (!isNamed && !(maybeKeys?.test(name) === true && words.test(value))) return null;
    const start = text.indexOf(value);
    return { start, end: start + value.length, certainty: "key", canonical: value.toLowerCase() };
  }

  return {
    type,
    triggers: WORDED,
    clauses: [{ said: [labels] }],
    keys: maybeKeys === undefined ? keys : new RegExp(`${keys.source}|${maybeKeys.source}`),
    identifies: "weak",
    sensitivity,
    find(text, context) {
      const keyed = context.key === "" ? null : ofKey(text, context);
      if (keyed !== null) return [keyed];
      const spans: Span[] = [];
      for (const match of matchesOf(labelled, text)) {
        const value = match[1]!.trimEnd();
        if (NOTHING.test(value) || !words.test(value) || isAsked(text, match.index, value)) continue;
        const start = match.index + match[0].length - match[1]!.length;
        const end = start + value.length;
        spans.push({ start, end, certainty: "format+context", canonical: value.toLowerCase() });
      }
      return spans;
    },
    canonical(text) {
      const value = text.trim();
      return value.length > UNITS_MAX || NOTHING.test(value) ? null : value.toLowerCase();
    },
  };
}

/** `如何判断一个人是否患有糖尿病`: a question about the world, and a count of people, tell of nobody. */
function isAsked(text: string, label: number, value: string): boolean {
  return GENERAL.test(value) || ASKING.test(text.slice(Math.max(0, label - ASKING_UNITS), label));
}

/** Names of members, whole, as plainName writes them; a number after a name changes nothing. */
export function memberNames(...names: readonly string[]): RegExp {
  return new RegExp(`^(?:${names.join("|")})\\d?$`);
}
