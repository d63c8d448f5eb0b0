// `yumen law`: the law as a filter, facts in, judgements out. Law: every line gets an answer or an error of its own, in
// order; a bad line never silences the others. Errors name the line and the fact, never a line's text.

import type { Command } from "commander";
import type { LawJudgement } from "../law/evaluate.ts";

const LAW_DIR = new URL("../../policies/law", import.meta.url);

const EXAMPLES = `
Input: JSON lines {"id", "facts"}; what facts leave out takes the defaults of docs/law.md.
Output: {"id","outcome","decision","mechanismsAllowed","rule","basis","reasons","warnings","counts"}

Examples:
  yumen law cases.jsonl                       judge a file of cases
  echo '{"id":"a","facts":{"at":"2026-05-12T10:00:00+08:00","exporter":{"ciio":true}}}' | yumen law -
  yumen law --expect cases.jsonl              compare with each case's "expect"; exit 1 if any differs
  yumen law --sources                         which law is in force from when, and how far the calendar is known

Exit codes: 0 fine, 1 some case differs, 2 some line could not be judged.`;

interface Options {
  readonly expect?: boolean;
  readonly sources?: boolean;
  readonly law?: string;
  readonly json?: boolean;
}

export function register(program: Command): void {
  program
    .command("law")
    .description("judge cases by the law of personal-information export: JSONL in, JSONL out")
    .argument("[file]", "JSONL of {id, facts}; - for standard input")
    .option("--expect", 'compare with the "expect" member of each line')
    .option("--sources", "print the law's revisions, their sources and the calendar's last known day")
    .option("--law <dir>", "law data to judge by (default: the built-in policies/law)")
    .option("--json", "print JSON (the default here)")
    .addHelpText("after", EXAMPLES)
    .action(async (file: string | undefined, options: Options, command: Command) => {
      if (file === undefined && options.sources !== true) command.error("error: missing argument 'file'");
      process.exitCode = await run(file, options);
    });
}

/** @returns the exit code. */
async function run(file: string | undefined, options: Options): Promise<number> {
  const { createReadStream } = await import("node:fs");
  const { createInterface } = await import("node:readline");
  const { fileURLToPath } = await import("node:url");
  const { loadLawData } = await import("../io/law-data.ts");
  try {
    const data = loadLawData(options.law ?? fileURLToPath(LAW_DIR));
    if (options.sources === true || file === undefined) return print(sources(data));
    const judgeLine = await lineJudge(data, options.expect === true);
    // From here to the loop nothing may wait: readline drops lines that nobody listens to yet.
    const input = file === "-" ? process.stdin : createReadStream(file);
    // An unreadable file must reject the loop below: readline alone would only end.
    const failed = new Promise<never>((_, reject) => input.once("error", reject));
    const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
    return await Promise.race([judgeLines(lines, file, judgeLine, options.expect === true), failed]);
  } catch (error) {
    process.stderr.write(`yumen law: ${(error as Error).message}\n`);
    return 2;
  }
}

type LawData = import("../words.ts").LawData;

/** What is printed for a line, and how it differs from its "expect" (null: nothing to compare). */
type LineJudge = (line: string) => { readonly answer: object; readonly differing: readonly string[] | null };

async function lineJudge(data: LawData, expect: boolean): Promise<LineJudge> {
  const { evaluate } = await import("../law/evaluate.ts");
  const { withDefaults } = await import("../law/facts.ts");
  const { differences } = await import("../law/compare.ts");
  return (line) => {
    const { id, facts, expected } = parseLine(line);
    const judgement = evaluate(withDefaults(facts), data);
    const differing = expect && expected !== undefined ? differences(expected, judgement) : null;
    return { answer: answerOf(id, judgement), differing };
  };
}

async function judgeLines(lines: AsyncIterable<string>, file: string, judge: LineJudge, expect: boolean) {
  const tally = { agree: 0, differ: 0, bad: 0, line: 0 };
  for await (const line of lines) {
    tally.line += 1;
    if (line.trim() === "") continue;
    try {
      const { answer, differing } = judge(line);
      print(answer);
      if (differing !== null) tally[differing.length === 0 ? "agree" : "differ"] += 1;
      for (const difference of differing ?? []) process.stderr.write(`${file}:${tally.line}: ${difference}\n`);
    } catch (error) {
      tally.bad += 1;
      process.stderr.write(`${file}:${tally.line}: ${(error as Error).message}\n`);
    }
  }
  if (expect) process.stderr.write(`${tally.agree} agree, ${tally.differ} differ\n`);
  if (tally.bad > 0) return 2;
  return tally.differ > 0 ? 1 : 0;
}

/** @throws TypeError without a word of the line: JSON.parse's own message would quote it. */
function parseLine(line: string): { id: unknown; facts: unknown; expected: unknown } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new TypeError("not a line of JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new TypeError("not a JSON object");
  const { id, facts, expect } = value as Readonly<Record<string, unknown>>;
  if (typeof id !== "string" && typeof id !== "number") throw new TypeError('"id" must be a string or a number');
  if (facts === undefined) throw new TypeError('"facts" is missing');
  return { id, facts, expected: expect };
}

function answerOf(id: unknown, judgement: LawJudgement): object {
  const { outcome, decision, mechanismsAllowed, rule, basis, reasons, warnings, counts } = judgement;
  return { id, outcome, decision, mechanismsAllowed, rule, basis, reasons, warnings, counts };
}

function sources({ revisions, calendar }: LawData): object {
  return { revisions, calendarKnownUntil: calendar.knownUntil };
}

function print(value: object): number {
  process.stdout.write(`${JSON.stringify(value)}\n`);
  return 0;
}
