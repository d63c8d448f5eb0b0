// A mistake in the policy, with its place.
// Law of this file: every problem names file:line:column, and none shows a secret.

import type { Language } from "../../words.ts";
import type { Source, Step } from "./source.ts";

export type Text = Readonly<Record<Language, string>>;

export interface Problem {
  readonly severity: "error" | "warning";
  /** Lower snake case, stable: tools match on it. */
  readonly code: string;
  readonly message: Text;
  readonly file: string;
  /** 1-based; `column` and `length` in UTF-16 units. 0: the whole file or folder. */
  readonly line: number;
  readonly column: number;
  readonly length: number;
  /** The line as written, secrets starred out. */
  readonly sourceLine: string;
}

/** A problem of a file or folder as a whole: it cannot be read, or there is none. */
export function fileProblem(file: string, code: string, message: Text): Problem {
  return { severity: "error", code, message, file, line: 0, column: 0, length: 0, sourceLine: "" };
}

/** A problem at the value (or, with `aim` "key", the key) that a path leads to; at its nearest ancestor if absent. */
export function problemAt(
  source: Source,
  path: readonly Step[],
  code: string,
  message: Text,
  options: { aim?: "key" | "value"; severity?: Problem["severity"] } = {},
): Problem {
  return { severity: options.severity ?? "error", code, message, ...source.place(path, options.aim ?? "value") };
}

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;

/** Blanks as wide as the text is on a terminal, so that the caret stands under what it means, after Chinese too. */
function blanksFor(text: string): string {
  return [...text].map((c) => (c === "\t" ? "\t" : WIDE.test(c) || c > "\uffff" ? "  " : " ")).join("");
}

/** Three lines in the style of rustc: place and message, the source line, the caret. */
export function render(problem: Problem, language: Language): string {
  const mark = problem.severity === "warning" ? (language === "zh" ? "警告：" : "warning: ") : "";
  if (problem.line === 0) return `${problem.file}  ${mark}${problem.message[language]}`;
  const head = `${problem.file}:${problem.line}:${problem.column}  ${mark}${problem.message[language]}`;
  const gutter = String(problem.line);
  const before = problem.sourceLine.slice(0, problem.column - 1);
  const marked = problem.sourceLine.slice(problem.column - 1, problem.column - 1 + problem.length);
  const carets = "^".repeat(Math.max(1, blanksFor(marked).length));
  const blank = " ".repeat(gutter.length);
  return `${head}\n  ${gutter} │ ${problem.sourceLine}\n  ${blank} │ ${blanksFor(before)}${carets}`;
}

/** By file, then line, then column: the order in which somebody would mend them. */
export function inOrder(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) =>
    a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column,
  );
}
