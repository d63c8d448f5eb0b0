// zod's issues in the reader's words.
// Law of this file: each says what is wrong, what would do, and the nearest right word.

import type * as z from "zod";
import { type Problem, problemAt, type Text } from "./problem.ts";
import { type Source, type Step, starTokens } from "./source.ts";
import { nearest } from "./suggest.ts";
import { NO_CHOICE } from "./unchosen.ts";

type Issue = z.core.$ZodIssue;

/** Parses `value`, found at `base` of the source; either the item or its problems. */
export function parseAt<S extends z.ZodType>(
  schema: S,
  value: unknown,
  source: Source,
  base: readonly Step[],
): { readonly item: z.output<S> | null; readonly problems: readonly Problem[] } {
  const result = schema.safeParse(value);
  if (result.success) return { item: result.data, problems: [] };
  const problems = result.error.issues.flatMap((issue) => explain(issue, { schema, value, source, base }));
  return { item: null, problems: problems.filter((p) => !isMisspelt(p, problems)) };
}

/** A required field that is missing because it is misspelt is one mistake, not two. */
function isMisspelt(problem: Problem, all: readonly Problem[]): boolean {
  const name = /^missing field (.+)$/.exec(problem.message.en)?.[1];
  return name !== undefined && all.some((p) => p.code === "key_unknown" && p.message.en.endsWith(`mean ${name}?`));
}

interface Context {
  readonly schema: z.ZodType;
  readonly value: unknown;
  readonly source: Source;
  readonly base: readonly Step[];
}

function explain(issue: Issue, c: Context): Problem[] {
  const steps = issue.path.map((step) => (typeof step === "number" ? step : String(step)));
  const path = [...c.base, ...steps];
  const given = valueAt(c.value, steps);
  if (issue.code === "unrecognized_keys") {
    const known = keysAt(c.schema, steps).filter((key) => !isMember(given, key));
    return issue.keys.map((key) => unknownKey(c.source, [...path, key], key, known));
  }
  if (issue.code === "invalid_key") {
    const inner = issue.issues[0];
    return [problemAt(c.source, path, "key_invalid", customText(inner) ?? wrongKind("string"), { aim: "key" })];
  }
  if (given === undefined && issue.code !== "custom") return [missing(c.source, path)];
  return [
    problemAt(c.source, path, issue.code === "invalid_value" ? "value_unknown" : "value_invalid", textOf(issue, given)),
  ];
}

function unknownKey(source: Source, path: readonly Step[], key: string, known: readonly string[]): Problem {
  const why = path.at(-2) === "failures" && Object.hasOwn(NO_CHOICE, key) ? NO_CHOICE[key] : undefined;
  if (why !== undefined) return problemAt(source, path, "failure_unchosen", why, { aim: "key" });
  const text = { zh: `未知字段 ${shown(key)}`, en: `unknown field ${shown(key)}` };
  return problemAt(source, path, "key_unknown", withGuess(text, nearest(key, known)), { aim: "key" });
}

function missing(source: Source, path: readonly Step[]): Problem {
  const name = String(path.at(-1));
  return problemAt(source, path, "key_missing", { zh: `缺少字段 ${name}`, en: `missing field ${name}` });
}

function textOf(issue: Issue, given: unknown): Text {
  switch (issue.code) {
    case "custom":
      return customText(issue) ?? wrongKind("object");
    case "invalid_value":
      return notOneOf(issue.values.map(String), given);
    case "invalid_type":
      return given === null ? { zh: "值是空的", en: "the value is empty" } : wrongKind(issue.expected);
    case "too_small":
      return issue.origin === "array"
        ? { zh: "列表不能为空", en: "the list must not be empty" }
        : { zh: `不能小于 ${issue.minimum}`, en: `must be at least ${issue.minimum}` };
    case "too_big":
      if (issue.origin === "array")
        return { zh: `最多 ${issue.maximum} 项`, en: `must have at most ${issue.maximum} items` };
      return { zh: `不能大于 ${issue.maximum}`, en: `must be at most ${issue.maximum}` };
    default:
      return { zh: "值不合要求", en: "the value does not fit" };
  }
}

/** Words of the design that this version knows and cannot do. */
const UNBUILT = new Set(["coarsen", "reroute"]);

function notOneOf(values: readonly string[], given: unknown): Text {
  if (UNBUILT.has(String(given)))
    return {
      zh: `${String(given)} 尚未实现：请用 redact 或 pseudonymize，或先写 block`,
      en: `${String(given)} is not built yet: use redact or pseudonymize, or block for now`,
    };
  const list = values.join(" | ");
  if (given === null) return { zh: `值是空的，应为 ${list}`, en: `the value is empty: must be ${list}` };
  const text = { zh: `不认识 ${shown(String(given))}，应为 ${list}`, en: `${shown(String(given))} is none of ${list}` };
  return withGuess(text, nearest(String(given), values));
}

const KINDS: Readonly<Record<string, Text>> = {
  string: { zh: "文字", en: "text" },
  number: { zh: "数字", en: "a number" },
  int: { zh: "整数", en: "a whole number" },
  boolean: { zh: "true 或 false", en: "true or false" },
  array: { zh: "列表", en: "a list" },
  object: { zh: "一组字段", en: "a map" },
  record: { zh: "一组字段", en: "a map" },
};

function wrongKind(expected: string): Text {
  const kind = KINDS[expected] ?? { zh: expected, en: expected };
  return { zh: `这里应为${kind.zh}`, en: `must be ${kind.en}` };
}

function customText(issue: Issue | undefined): Text | null {
  const text = issue?.code === "custom" ? issue.params?.["text"] : undefined;
  return text === undefined ? null : (text as Text);
}

/** Adds "did you mean". */
export function withGuess(text: Text, guess: string | null): Text {
  return guess === null ? text : { zh: `${text.zh} —— 是想写 ${guess} 吗？`, en: `${text.en}: did you mean ${guess}?` };
}

/** A word of the file in a message: short, on one line, and never something that looks like a credential. */
export function shown(word: string): string {
  const line = word.replace(/[\s\p{Cc}]+/gu, " ");
  return starTokens(line.length > 48 ? `${line.slice(0, 47)}…` : line);
}

function valueAt(value: unknown, path: readonly Step[]): unknown {
  let at = value;
  for (const step of path) {
    if (typeof at !== "object" || at === null) return at;
    at = isMember(at, String(step)) ? (at as Record<string, unknown>)[String(step)] : undefined;
  }
  return at;
}

function isMember(value: unknown, key: string): boolean {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key);
}

/** The keys that the schema knows at a path. */
function keysAt(schema: z.core.$ZodType, path: readonly Step[]): string[] {
  const def = (schema as z.core.$ZodTypes)._zod.def;
  switch (def.type) {
    case "optional":
    case "default":
    case "prefault":
      return keysAt(def.innerType, path);
    case "pipe":
      return keysAt(def.out, path);
    case "array":
      return path.length === 0 ? [] : keysAt(def.element, path.slice(1));
    case "record":
      return path.length === 0 ? [] : keysAt(def.valueType, path.slice(1));
    case "object": {
      const [step, ...rest] = path;
      if (step === undefined) return Object.keys(def.shape);
      const member = def.shape[String(step)];
      return member === undefined ? [] : keysAt(member, rest);
    }
    default:
      return [];
  }
}
