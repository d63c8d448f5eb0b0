// What a condition may cost. Law of this file: a condition that passes ends soon at every crossing: its patterns are
// written out and bounded, they are asked of short fields only, and it goes over lists at most twice.

import type { Language } from "../../../words.ts";
import { unboundedPattern } from "./pattern.ts";

export interface Unbounded {
  readonly why: Readonly<Record<Language, string>>;
  /** UTF-16 units into the expression. */
  readonly at: number;
}

/** A part of a parsed expression, as far as is looked at. */
export interface Part {
  readonly op: string;
  readonly args: unknown;
  readonly range: { readonly start: number };
}

const LOOPS: ReadonlySet<unknown> = new Set(["all", "exists", "exists_one", "map", "filter"]);
/** Kinds are some fifty: over them thrice is more than anybody means, and time that the gate has not. */
const LOOPS_MAX = 2;

/** Where the walk stands: how many loops deep, and which of their variables are kinds. */
interface Scope {
  readonly loops: number;
  readonly kinds: readonly unknown[];
}

/** @param ast of an expression that parses. @returns the first part that may take too long; null: none. */
export function unboundedPart(ast: Part): Unbounded | null {
  return look(ast, { loops: 0, kinds: [] });
}

function look(node: unknown, scope: Scope): Unbounded | null {
  if (Array.isArray(node)) return firstOf(node, scope);
  if (!isNode(node) || isFieldOf(node, "request")) return null;
  // a name of its own for something else would hide what it is
  if (isName(node, "request")) return refuse(node, "请写 request.字段", "request is asked by field");
  const [name, , given] = callOf(node);
  if (name === "matches") return matching(node, scope);
  if (!LOOPS.has(name)) return look(node.args, scope);
  if (scope.loops === LOOPS_MAX)
    return refuse(node, `遍历最多套 ${LOOPS_MAX} 层`, `goes over lists at most ${LOOPS_MAX} deep`);
  const [over, variable] = [node.args as readonly unknown[], (given as readonly unknown[])[0]];
  const named = isNode(variable) && isFieldOf(over[1], "pi", "kinds") ? [variable.args] : [];
  const hidden = scope.kinds.filter((one) => !isName(variable, one));
  return look(node.args, { loops: scope.loops + 1, kinds: [...hidden, ...named] });
}

function firstOf(nodes: readonly unknown[], scope: Scope): Unbounded | null {
  for (const node of nodes) {
    const found = look(node, scope);
    if (found !== null) return found;
  }
  return null;
}

/** `request.model.matches("…")`: what is asked is short, the pattern is there to be read. */
function matching(node: Part, { kinds }: Scope): Unbounded | null {
  const [, asked, given] = callOf(node);
  const pattern = Array.isArray(given) ? (given[0] as unknown) : undefined;
  // names, ids and codes: none is longer than 128 characters (flow says so of the model, the policy of all others)
  if (!isFieldOf(asked, "request") && !kinds.some((kind) => isName(asked, kind)))
    return refuse(node, "matches 只用于 request 的字段或种类", "matches is asked of a field of request, or of a kind");
  if (!isNode(pattern) || pattern.op !== "value" || typeof pattern.args !== "string")
    return refuse(node, "matches 的正则须直接写成文字", "the pattern of matches is written out, as a text");
  const why = unboundedPattern(pattern.args);
  return why === null ? null : { why, at: pattern.range.start };
}

function isName(node: unknown, name: unknown): boolean {
  return isNode(node) && node.op === "id" && node.args === name;
}

/** @param field left out: any. */
function isFieldOf(node: unknown, object: string, field?: string): boolean {
  if (!isNode(node) || node.op !== "." || !Array.isArray(node.args)) return false;
  return isName(node.args[0], object) && (field === undefined || node.args[1] === field);
}

/** Name, receiver and arguments of a call of either form; else nothing. */
function callOf(node: Part): readonly unknown[] {
  if (node.op === "rcall") return node.args as readonly unknown[];
  if (node.op === "call") return [(node.args as readonly unknown[])[0], null, (node.args as readonly unknown[])[1]];
  return [];
}

function isNode(value: unknown): value is Part {
  return typeof value === "object" && value !== null && "op" in value;
}

function refuse(node: Part, zh: string, en: string): Unbounded {
  return { why: { zh, en }, at: node.range.start };
}
