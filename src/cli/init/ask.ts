// The questions on a terminal, on stderr: stdout is for results. Law: an answer that is none is asked again; what was
// given by flag is not asked.

import { createInterface } from "node:readline/promises";
import type { Language } from "../../words.ts";
import { CannotRun } from "../shown/cannot-run.ts";
import { checked, QUESTIONS, type Question, TEMPLATES, type Template, type Typed } from "./answers.ts";

export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/** @throws CannotRun when the input ends. */
export async function ask(given: Typed, language: Language, { input, output }: Terminal): Promise<Typed> {
  const lines = createInterface({ input, output, terminal: false });
  const iterator = lines[Symbol.asyncIterator]();
  const line = async (prompt: string): Promise<string> => {
    output.write(prompt);
    const next = await iterator.next();
    if (next.done === true) throw new CannotRun("没有回答完", "not all was answered");
    return next.value.trim();
  };
  try {
    let typed: Typed = given;
    for (const question of QUESTIONS)
      if (typed[question.name] === undefined)
        typed = { ...typed, [question.name]: await answerOf(question, typed, language, line, output) };
    return typed;
  } finally {
    lines.close();
  }
}

async function answerOf(
  question: Question,
  before: Typed,
  language: Language,
  line: (prompt: string) => Promise<string>,
  output: NodeJS.WritableStream,
): Promise<string> {
  const words = question.choices(before);
  const otherwise = question.otherwise(before);
  const listed = words.map((word, i) => `\n  ${i + 1}) ${word}${aboutOf(question, word, language)}`).join("");
  const prompt = `${question.asks[language]}${listed}${otherwise === null ? "" : ` [${otherwise}]`}\n> `;
  for (;;) {
    const text = (await line(prompt)) || otherwise || "";
    const chosen = /^[1-9]$/.test(text) ? (words[Number(text) - 1] ?? text) : text;
    try {
      return checked(question, chosen, before);
    } catch (error) {
      if (!(error instanceof CannotRun)) throw error;
      output.write(`${error.says[language].replace(/^--\S+?[：:] ?/, "")}\n`);
    }
  }
}

function aboutOf({ name }: Question, word: string, language: Language): string {
  return name === "template" ? `  ${TEMPLATES[word as Template].says[language]}` : "";
}
