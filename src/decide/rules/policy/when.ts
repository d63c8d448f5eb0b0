// The long tail of conditions in CEL (cel.dev). Law of this file: an expression sees names, counts and kinds, never a
// value; it is type-checked before it is ever asked; what cannot be worked out throws, and who asked forbids (law 3).

import { Environment } from "@marcbachmann/cel-js";
import type { Case } from "../../../words.ts";
import { seenOf } from "../../seen.ts";
import { unboundedPart } from "./bounds.ts";

/** Enough for what a person can read; keeps a pasted monster from being evaluated at every crossing. */
const LIMITS = { maxAstNodes: 200, maxDepth: 24, maxListElements: 64, maxMapEntries: 16, maxCallArguments: 8 };

const environment = new Environment({ limits: LIMITS })
  .registerVariable("request", {
    schema: {
      app: "string",
      exporter: "string",
      destination: "string",
      recipient: "string",
      country: "string",
      purpose: "string",
      provider: "string",
      operation: "string",
      model: "string",
      declared: "bool",
    },
  })
  .registerVariable("pi", {
    schema: { individuals: "int", count: "int", kinds: "list<string>", any: "bool", sensitive: "bool", minor: "bool" },
  })
  .registerVariable("counts", { schema: { nonSensitive: "int", sensitive: "int", gross: "int" } })
  .registerVariable("at", { schema: { month: "int", day: "int", hour: "int", weekday: "int" } });

export type When = (c: Case) => boolean;

export interface Malformed {
  /** Words of the expression only, in English as the parser and the type checker speak. */
  readonly why: string;
  /** The same in Chinese, where this folder says it. */
  readonly zh?: string;
  /** UTF-16 units into the expression. */
  readonly at: number | null;
}

const compiled = new Map<string, When | Malformed>();
const COMPILED_MAX = 20_000;

/** @returns a condition, or why it is none: unparsable, unknown names, not true or false, a pattern that runs away. */
export function whenOf(text: string): When | Malformed {
  const before = compiled.get(text);
  if (before !== undefined) return before;
  if (compiled.size === COMPILED_MAX) compiled.clear();
  const made = compile(text);
  compiled.set(text, made);
  return made;
}

function compile(text: string): When | Malformed {
  try {
    const expression = environment.parse(text);
    const unbounded = unboundedPart(expression.ast);
    if (unbounded !== null) return { why: unbounded.why.en, zh: unbounded.why.zh, at: unbounded.at };
    const checked = expression.check();
    if (!checked.valid) return malformed(checked.error);
    if (checked.type !== "bool") return { why: `is ${checked.type}, not true or false`, at: null };
    return (c) => {
      const answer: unknown = expression(contextOf(c));
      if (typeof answer !== "boolean") throw new TypeError("a condition is true or false");
      return answer;
    };
  } catch (error) {
    return malformed(error);
  }
}

function malformed(error: unknown): Malformed {
  const { message = "cannot be read", range } = (error ?? {}) as { message?: string; range?: { start: number } };
  return { why: message.split("\n")[0]!, at: range?.start ?? null };
}

const BEIJING_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

function contextOf(c: Case): Record<string, unknown> {
  const { flow, findings, individuals, counts } = c;
  const seen = seenOf(c);
  const found = c.released === undefined ? findings : findings.filter(({ excused }) => excused === undefined);
  const beijing = Date.parse(c.at) + BEIJING_MS;
  const [, month, day] = new Date(beijing).toISOString().slice(0, 10).split("-");
  return {
    request: {
      app: flow.caller,
      exporter: flow.exporter,
      destination: flow.destination,
      recipient: flow.recipient,
      country: flow.country,
      purpose: flow.purpose,
      provider: flow.provider,
      operation: flow.operation,
      model: flow.model ?? "",
      declared: flow.declared.length > 0,
    },
    pi: {
      individuals: BigInt(individuals.length),
      count: BigInt(found.length),
      kinds: [...new Set(found.map(({ type }) => type))],
      any: seen.personal,
      sensitive: seen.sensitive,
      minor: seen.minor,
    },
    counts: {
      nonSensitive: BigInt(counts.nonSensitive),
      sensitive: BigInt(counts.sensitive),
      gross: BigInt(counts.gross),
    },
    at: {
      month: BigInt(month!),
      day: BigInt(day!),
      hour: BigInt(Math.floor((beijing % DAY_MS) / 3_600_000)),
      // 1 is Monday, 7 is Sunday (ISO 8601); the epoch was a Thursday
      weekday: BigInt(((Math.floor(beijing / DAY_MS) + 3) % 7) + 1),
    },
  };
}
