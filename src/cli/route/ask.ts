// The same answers as the flags', asked one by one on a terminal. Law: only what the next step needs is asked, and an
// answer that is none is asked again.

import { createInterface } from "node:readline/promises";
import type { Text } from "../../io/policy/problem.ts";
import type { Language } from "../../words.ts";
import { CannotRun } from "../shown/cannot-run.ts";
import { type AnswerFlags, type Basis, CONDITIONS } from "./answers.ts";
import { CONDITION, type Given, QUESTIONS, type Question, YES_NO } from "./questions.ts";

const ABORTED = new CannotRun("没有回答完", "not all was answered");

/** Asks on the terminal, on stderr: stdout holds the answer alone. @throws CannotRun when the input ends. */
export async function ask(
  language: Language,
  io: { input: NodeJS.ReadableStream; output: NodeJS.WritableStream },
): Promise<AnswerFlags> {
  const lines = createInterface({ input: io.input, output: io.output, terminal: true });
  const ended = new Promise<never>((_, reject) =>
    lines.once("close", () => {
      io.output.write("\n");
      reject(ABORTED);
    }),
  );
  ended.catch(() => {});
  const line = async (prompt: string): Promise<string> => (await Promise.race([lines.question(prompt), ended])).trim();
  try {
    const given: Given = {};
    const holds: string[] = [];
    for (const question of QUESTIONS) {
      if (question.when?.(given) === false) continue;
      const answer = await answerOf(question, language, line, io.output);
      given[question.name] = question.name === "destination" ? answer.toUpperCase() : answer;
      if (question.name !== "basis") continue;
      for (const name of CONDITIONS[answer as Basis]) {
        const condition: Question = { name, asks: CONDITION[name]!, takes: YES_NO };
        if ((await answerOf(condition, language, line, io.output)) === "yes") holds.push(name);
      }
    }
    return flagsOf(given, holds);
  } finally {
    lines.close();
  }
}

async function answerOf(
  { asks, takes, otherwise }: Question,
  language: Language,
  line: (prompt: string) => Promise<string>,
  output: NodeJS.WritableStream,
): Promise<string> {
  const choices = typeof takes === "function" ? [] : takes;
  const mark = otherwise === undefined || otherwise === "" ? "" : ` [${otherwise}]`;
  const short = choices === YES_NO;
  const listed = short ? "" : choices.map(([word, says], i) => `\n  ${i + 1}) ${word}  ${says[language]}`).join("");
  const prompt = `${asks[language]}${short ? " (yes/no)" : ""}${mark}${listed}${listed === "" ? " " : "\n"}> `;
  for (;;) {
    const text = (await line(prompt)) || otherwise;
    if (text === undefined) continue;
    try {
      if (typeof takes === "function") takes(text);
      else return chosen(text, takes);
      return text;
    } catch (error) {
      if (!(error instanceof CannotRun)) throw error;
      output.write(`${error.says[language].replace(/^--\S+?[：:] ?/, "")}\n`);
    }
  }
}

/** The word, its number, its first letter where that is enough, or 是/否. */
function chosen(text: string, takes: readonly (readonly [string, Text])[]): string {
  const typed = text.toLowerCase();
  const found =
    takes.find(([word, says]) => word === typed || says.zh === text) ??
    (/^[1-9]$/.test(typed) ? takes[Number(typed) - 1] : undefined) ??
    only(takes.filter(([word]) => word.startsWith(typed)));
  if (found !== undefined) return found[0];
  const words = takes.map(([word]) => word);
  throw new CannotRun(`应为 ${words.join("、")} 之一`, `one of ${words.join(", ")} is wanted`);
}

function only<T>(list: readonly T[]): T | undefined {
  return list.length === 1 ? list[0] : undefined;
}

function flagsOf(given: Given, holds: readonly string[]): AnswerFlags {
  const { pi, under14, gba, golive, ...rest } = given;
  return {
    ...rest,
    ...{ pi: pi !== "no", under14: under14 === "yes", gba: gba === "yes" },
    ...(golive === "" || golive === undefined ? {} : { golive }),
    ...(holds.length === 0 ? {} : { holds: holds.join(",") }),
  };
}
