// Subjects as typed: `<type>:<value>`. Law: no message repeats what was typed.

import { text } from "node:stream/consumers";
import { CannotRun } from "../shown/cannot-run.ts";

export interface Subject {
  readonly type: string;
  readonly value: string;
}

/** From the arguments, or one a line from standard input. @throws CannotRun */
export async function readSubjects(args: readonly string[], stdin: boolean): Promise<Subject[]> {
  if (stdin && args.length > 0)
    throw new CannotRun(
      "主体要么来自 --subject-stdin，要么写成参数，不能两者都有",
      "subjects come from --subject-stdin or as arguments, not both",
    );
  const lines = stdin ? (await text(process.stdin)).split(/\r?\n/).filter((line) => line.trim() !== "") : args;
  return lines.map(subjectOf);
}

function subjectOf(line: string): Subject {
  const colon = line.indexOf(":");
  if (colon < 1 || colon === line.length - 1)
    throw new CannotRun("主体写作 <类型>:<值>，如 id:u-1029", "a subject is <type>:<value>, such as id:u-1029");
  return { type: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() };
}
