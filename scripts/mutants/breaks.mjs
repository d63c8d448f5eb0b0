// All ways to break a TypeScript source once: each comparison moved by one or turned round, each condition decided, each
// row, word and number changed, each function emptied. Pure: text in, breaks out. Law of this file: a break still parses,
// and changes what the code does, not what it says in an article, a comment or a type.
import { parseAst } from "rolldown/parseAst";

/**
 * @typedef {{ start: number, end: number, from: string, to: string, line: number, what: string, around: Around }} Break
 * offsets in UTF-16 units; `line` counts from 1; `from` is what stands there, `to` what is put there instead
 * @typedef {{ start: number, end: number, as: "expression" | "element" | "method" | "statement" | "body" }} Around
 * what has to stand behind a switch for the break to be turned on and off at run time (schemata.mjs)
 */

const SWAPPED = {
  ...{ "<": "<=", "<=": "<", ">": ">=", ">=": ">", "===": "!==", "!==": "===" },
  ...{ "+": "-", "-": "+", "*": "/", "/": "*", "%": "*", "&&": "||", "||": "&&", "+=": "-=", "-=": "+=" },
  ...{ "++": "--", "--": "++", some: "every", every: "some", max: "min", min: "max", find: "findLast" },
};
const COMPARISONS = new Set(["<", "<=", ">", ">=", "===", "!=="]);
/** A word of the code: an id, a member's name. Text with spaces is for people. */
const WORD = /^[A-Za-z0-9_]+$/;

/** @param {string} source @returns {Break[]} in the order of the text, each once */
export function breaksOf(source) {
  const found = [];
  const seen = new Set();
  const add = (start, end, to, what, as = "expression", { start: first, end: last } = { start, end }) => {
    const from = source.slice(start, end);
    const key = `${start}:${end}:${to}`;
    if (from === to || seen.has(key)) return;
    seen.add(key);
    const line = source.slice(0, start).split("\n").length;
    found.push({ start, end, from, to, line, what, around: { start: first, end: last, as } });
  };
  visit(parseAst(source, { lang: "ts" }), null, source, add);
  return found.sort((a, b) => a.start - b.start || a.end - b.end);
}

/** @param {string} source @param {Break} one @returns {string} the source with that break in it */
export function broken(source, { start, end, to }) {
  return source.slice(0, start) + to + source.slice(end);
}

/** Types say nothing at run time; only what a cast or an assertion stands around does. */
const WRAPPERS = new Set(["TSAsExpression", "TSNonNullExpression", "TSSatisfiesExpression"]);
const TYPE_KEYS = new Set(["typeAnnotation", "returnType", "typeParameters", "typeArguments", "implements"]);
const NO_CODE = new Set(["ImportDeclaration", "ExportAllDeclaration", "TemplateElement"]);

function visit(node, parent, source, add) {
  if (NO_CODE.has(node.type) || (node.type.startsWith("TS") && !WRAPPERS.has(node.type))) return;
  BREAKERS[node.type]?.(node, add, source, parent);
  for (const [key, child] of Object.entries(node)) {
    if (TYPE_KEYS.has(key)) continue;
    for (const one of Array.isArray(child) ? child : [child]) {
      if (typeof one?.type === "string") visit(one, node, source, add);
    }
  }
}

const text = (node, source) => source.slice(node.start, node.end);

/** The operator stands between its two sides, with nothing else than space and comments. */
function operator(node, add, source, what) {
  const to = SWAPPED[node.operator];
  const at = source.indexOf(node.operator, node.left.end);
  if (to !== undefined && at >= 0 && at < node.right.start)
    add(at, at + node.operator.length, to, what, "expression", node);
}

function isText(node) {
  return node.type === "TemplateLiteral" || (node.type === "Literal" && typeof node.value === "string");
}

function isCondition(node) {
  if (node.type === "ParenthesizedExpression") return isCondition(node.expression);
  if (node.type === "UnaryExpression") return node.operator === "!";
  if (node.type === "BinaryExpression") return COMPARISONS.has(node.operator);
  return node.type === "LogicalExpression" && node.operator !== "??" && isCondition(node.right);
}

/** What an empty function of that type gives; nothing where the type does not say. */
function emptied(type, source) {
  const annotation = type?.typeAnnotation;
  if (annotation === undefined) return [];
  const said = text(annotation, source);
  if (said === "boolean" || annotation.type === "TSTypePredicate") return ["{ return true; }", "{ return false; }"];
  if (said === "void") return ["{}"];
  if (said === "number") return ["{ return 0; }"];
  if (said === "string") return ['{ return ""; }'];
  if (said.endsWith("[]")) return ["{ return []; }"];
  return said.endsWith("| null") ? ["{ return null; }"] : [];
}

function body(node, add, source) {
  const { body: code, returnType } = node;
  if (code?.type === "BlockStatement") {
    for (const to of emptied(returnType, source)) add(code.start, code.end, to, "function emptied", "body");
  } else if (code != null && isCondition(code)) {
    for (const to of ["true", "false"]) add(code.start, code.end, to, "condition decided");
  }
}

/** A row with the comma after it, or before it where it is the last. */
function row(node, index, add) {
  const element = node.elements[index];
  if (element === null) return;
  const [before, after] = [node.elements[index - 1], node.elements[index + 1]];
  const start = after == null && before != null ? before.end : element.start;
  add(start, after == null ? element.end : after.start, "", "row removed", "element", element);
}

const BREAKERS = {
  BinaryExpression(node, add, source) {
    if (isText(node.left) || isText(node.right)) {
      if (!COMPARISONS.has(node.operator)) return;
    }
    operator(node, add, source, "operator");
  },
  LogicalExpression(node, add, source) {
    if (node.operator === "??") add(node.start, node.end, `(${text(node.right, source)})`, "left side dropped");
    else operator(node, add, source, "operator");
  },
  AssignmentExpression(node, add, source) {
    operator(node, add, source, "operator");
  },
  UpdateExpression(node, add) {
    const start = node.prefix ? node.start : node.end - 2;
    add(start, start + 2, SWAPPED[node.operator], "operator", "expression", node);
  },
  UnaryExpression(node, add, source) {
    if (node.operator === "!") add(node.start, node.end, text(node.argument, source), "negation dropped");
  },
  Literal(node, add, _, parent) {
    const isName = parent?.type === "Property" && parent.key === node && !parent.computed;
    if (isName) return;
    if (typeof node.value === "boolean") add(node.start, node.end, String(!node.value), "truth");
    if (typeof node.value === "number") {
      add(node.start, node.end, String(node.value + 1), "number");
      if (node.value >= 1) add(node.start, node.end, String(node.value - 1), "number");
    }
    if (typeof node.value === "string" && WORD.test(node.value)) add(node.start, node.end, '""', "word");
  },
  ArrayExpression(node, add) {
    for (const index of node.elements.keys()) row(node, index, add);
  },
  ConditionalExpression(node, add, source) {
    add(node.start, node.end, `(${text(node.consequent, source)})`, "condition decided");
    add(node.start, node.end, `(${text(node.alternate, source)})`, "condition decided");
  },
  IfStatement(node, add) {
    for (const to of ["true", "false"]) add(node.test.start, node.test.end, to, "condition decided");
  },
  CallExpression({ callee }, add) {
    const name = callee.type === "MemberExpression" && !callee.computed ? callee.property : null;
    if (name !== null && Object.hasOwn(SWAPPED, name.name))
      add(name.start, name.end, SWAPPED[name.name], "method", "method");
  },
  ExpressionStatement(node, add, _, parent) {
    if (parent?.type === "BlockStatement") add(node.start, node.end, ";", "statement dropped", "statement");
  },
  FunctionDeclaration: body,
  FunctionExpression: body,
  ArrowFunctionExpression: body,
};

/**
 * The numbers and the days of a law file (policies/law), each one more and one less.
 * @param {string} source YAML @returns {Break[]}
 */
export function figureBreaksOf(source) {
  const found = [];
  for (const match of source.matchAll(/^ *\w+: (\d{4}-\d\d-\d\d|\d+)(?= *(?:#|$))/gm)) {
    const from = match[1];
    const start = match.index + match[0].length - from.length;
    const place = { start, end: start + from.length, from, line: source.slice(0, start).split("\n").length };
    const shifted = from.includes("-") ? [day(from, 1), day(from, -1)] : [Number(from) + 1, Number(from) - 1];
    for (const to of shifted) if (to !== -1) found.push({ ...place, to: String(to), what: "figure" });
  }
  return found;
}

function day(from, by) {
  return new Date(Date.parse(from) + by * 86_400_000).toISOString().slice(0, 10);
}
