// One YAML file with its places.
// Law of this file: whatever line is shown of it has its secrets starred out, at equal length.

import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from "yaml";
import { narrow } from "./narrow.ts";
import type { Problem, Text } from "./problem.ts";
import { isReference } from "./secrets.ts";

export type Step = string | number;

export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
  readonly sourceLine: string;
}

export interface Source {
  readonly file: string;
  /** Plain JSON-like value of the file; null when it has syntax errors or is empty. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
  place(path: readonly Step[], aim: "key" | "value"): Place;
}

type Span = readonly [start: number, end: number];

/** Parses one file. YAML 1.2 core: dates stay strings, `no` stays a word; one document; unknown tags are mistakes. */
export function readSource(file: string, text: string): Source {
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false, version: "1.2", merge: false });
  // Starred out when a line is first shown: a file without a mistake never pays for it.
  let shown: readonly string[] | null = null;
  const placeOf = ([start, end]: Span): Place => {
    shown ??= shownOf(text, doc);
    const { line, col } = lines.linePos(start);
    const sourceLine = shown[line - 1] ?? "";
    const length = Math.max(1, Math.min(end - start, sourceLine.length - col + 1));
    return { file, line, column: Math.max(1, col), length, sourceLine };
  };
  const faults = [...doc.errors, ...doc.warnings];
  const problems = faults.map(
    (fault): Problem => ({
      severity: "error",
      code: "yaml_syntax",
      message: syntaxText(fault.code),
      ...placeOf(fault.code === "DUPLICATE_KEY" ? keySpan(text, fault.pos[0]) : fault.pos),
    }),
  );
  const root = doc.contents;
  for (const key of complexKeys(root))
    problems.push({ severity: "error", code: "yaml_syntax", message: syntaxText("COMPLEX_KEY"), ...placeOf(key) });
  const plain = problems.length === 0 ? toPlain(doc) : undefined;
  if (problems.length === 0 && plain === undefined)
    problems.push({
      severity: "error",
      code: "yaml_syntax",
      message: syntaxText("EXCESSIVE_ALIASES"),
      ...placeOf([0, 1]),
    });
  const follow = (node: unknown) => (isAlias(node) ? node.resolve(doc) : node);
  return {
    file,
    value: plain ?? null,
    problems,
    place: (path, aim) => placeOf(spanAt(root, path, aim, follow)),
  };
}

/** The lines as they may be shown. */
function shownOf(text: string, { errors, contents }: ReturnType<typeof parseDocument>): readonly string[] {
  const safe = errors.length > 0 ? text.replace(AFTER_SECRET_KEY, (_, key, rest) => key + star(rest)) : text;
  return masked(safe, contents).split(/\r?\n/);
}

/** Too many alias expansions ("billion laughs") throw in the yaml package; such a file has no value. */
function toPlain(doc: ReturnType<typeof parseDocument>): unknown {
  try {
    return narrow(doc.toJS({ maxAliasCount: 100 }));
  } catch {
    return undefined;
  }
}

/** Keys that are no plain words: they have no JSON form, and the yaml package would print them in a process warning. */
function complexKeys(node: unknown, spans: Span[] = []): Span[] {
  if (isSeq(node)) for (const item of node.items) complexKeys(item, spans);
  if (!isMap(node)) return spans;
  for (const { key, value } of node.items) {
    const start = rangeOf(key)?.[0] ?? 0;
    if (key !== null && !isScalar(key)) spans.push([start, start + 1]);
    complexKeys(value, spans);
  }
  return spans;
}

function keySpan(text: string, start: number): Span {
  const length = /^[\w.-]+/.exec(text.slice(start, start + 200))?.[0].length ?? 1;
  return [start, start + length];
}

/** Where a path leads; stops at the deepest node that exists (an absent field is shown at its parent's first key). */
function spanAt(root: unknown, path: readonly Step[], aim: "key" | "value", follow: (node: unknown) => unknown): Span {
  let node = root;
  let best: Span = startOf(root);
  for (const [depth, step] of path.entries()) {
    const container = follow(node);
    const last = depth === path.length - 1;
    if (isMap(container)) {
      const pair = container.items.find((item) => keyText(item) === String(step));
      if (pair === undefined) return best;
      const key = rangeOf(pair.key);
      node = pair.value;
      best = (last && aim === "key" ? null : valueSpan(node)) ?? key ?? best;
    } else if (isSeq(container)) {
      const item = container.items[Number(step)];
      if (item === undefined) return best;
      node = item;
      best = valueSpan(item) ?? best;
    } else return best;
  }
  return best;
}

/** A scalar whole; of a map its first key (of a flow map or list the bracket): a caret never runs over lines. */
function valueSpan(node: unknown): Span | null {
  if (isScalar(node) || isAlias(node)) return rangeOf(node);
  if (isMap(node) && !node.flow && node.items[0] !== undefined) return rangeOf(node.items[0].key);
  const range = rangeOf(node);
  return range === null ? null : [range[0], range[0] + 1];
}

function startOf(root: unknown): Span {
  return valueSpan(root) ?? [0, 1];
}

function rangeOf(node: unknown): Span | null {
  const range = (node as Node | null)?.range;
  return range ? [range[0], Math.max(range[1], range[0] + 1)] : null;
}

function keyText(pair: Pair): string | null {
  return isScalar(pair.key) ? String(pair.key.value) : null;
}

/** Under such a key, however it is misspelt, only what is plainly no secret is shown. */
const SECRET_KEY = /key|secret|token|passw|inj|authorization/i;
const CREDENTIALS_KEY = /cred/i;
/** Shapes of credentials and of `user:password@` that people paste where a reference belongs. */
const TOKEN =
  /\b(?:sk|pk|rk|ghp|gho|xox[abp]|glpat|AKIA|LTAI|AKID|eyJ)[\w-]{12,}|(?<=:\/\/)[^\s/@"']+(?=@)|(?<=Bearer )\S+/g;

const star = (s: string): string => s.replace(/[^\r\n]/g, "*");

/** Stars out what looks like a credential wherever it stands. */
export function starTokens(text: string): string {
  return text.replace(TOKEN, star);
}

/** The text with every character of a possible secret replaced by `*`. Length and line breaks are kept. */
function masked(text: string, root: unknown): string {
  const spans: Span[] = [];
  findSecrets(root, { secret: false, credentials: false }, spans);
  return starred(starTokens(text), spans);
}

/** Whether some key above is one of a secret, or of credentials. */
interface Under {
  readonly secret: boolean;
  readonly credentials: boolean;
}

function findSecrets(node: unknown, under: Under, spans: Span[]): void {
  if (isScalar(node)) {
    const shown = isHarmless(node.value) || (!under.secret && isWord(node.value));
    if (node.range && !shown && (under.secret || under.credentials)) spans.push([node.range[0], node.range[1]]);
  } else if (isSeq(node)) for (const item of node.items) findSecrets(item, under, spans);
  else if (isMap(node))
    for (const pair of node.items) {
      if (!isScalar(pair.key)) findSecrets(pair.key, under, spans);
      const key = keyText(pair) ?? "";
      const secret = under.secret || SECRET_KEY.test(key);
      const credentials = under.credentials || CREDENTIALS_KEY.test(key);
      findSecrets(pair.value, { secret, credentials }, spans);
    }
}

function isWord(value: unknown): boolean {
  return /^[a-z][a-z-]{0,31}$/.test(String(value));
}

/** @param spans in the order of the text, as the tree is walked; an alias is no scalar, so none comes twice. */
function starred(text: string, spans: readonly Span[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const [start, end] of spans) {
    pieces.push(text.slice(at, start), star(text.slice(start, end)));
    at = end;
  }
  return pieces.join("") + text.slice(at);
}

/** In a file that does not parse there is no telling where a value ends: the rest of the line goes. */
const AFTER_SECRET_KEY = /((?:key|secret|token|passw|inj|cred|authorization)[\w-]*["']?\s*:)(.*)$/gim;

function isHarmless(value: unknown): boolean {
  return typeof value === "string" && (isReference(value) || /^(?:sha256:)?[0-9a-f]{64}$/.test(value));
}

const SYNTAX: Readonly<Record<string, Text>> = {
  DUPLICATE_KEY: { zh: "同一层里有重复的字段", en: "the same key twice in one map" },
  TAB_AS_INDENT: { zh: "缩进只能用空格，不能用制表符", en: "indent with spaces, not tabs" },
  BAD_INDENT: { zh: "缩进不对", en: "wrong indentation" },
  MULTIPLE_DOCS: { zh: "一个文件只能有一份 YAML 文档（去掉 ---）", en: "one YAML document a file (remove ---)" },
  MISSING_CHAR: { zh: "缺少引号、括号或冒号", en: "a quote, bracket or colon is missing" },
  COMPLEX_KEY: { zh: "字段名只能是一个词", en: "a key must be a plain word" },
  EXCESSIVE_ALIASES: { zh: "别名展开过多", en: "too many alias expansions" },
  BAD_ALIAS: { zh: "引用了不存在的锚点", en: "an alias of no anchor" },
  TAG_RESOLVE_FAILED: { zh: "不认识的 YAML 标签", en: "an unknown YAML tag" },
};

/** Not the yaml package's own message: that one may quote the text. */
function syntaxText(code: string): Text {
  const name = code.toLowerCase().replaceAll("_", " ");
  const known = SYNTAX[code] ?? { zh: name, en: name };
  return { zh: `YAML 语法错误：${known.zh}`, en: `YAML syntax: ${known.en}` };
}
