// A *.test.yaml: what should happen to made-up requests. Law: mistakes in it have places too, like those of the policy.

import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseAt, withGuess } from "../../io/policy/issues.ts";
import { loadDemoPeople, type Person } from "../../io/policy/people.ts";
import { fileProblem, type Problem, problemAt, type Text } from "../../io/policy/problem.ts";
import { readSource, type Source, type Step } from "../../io/policy/source.ts";
import { nearest } from "../../io/policy/suggest.ts";
import { type Body, bodyOf } from "./body.ts";
import { suite, type Written, type WrittenBody } from "./schema.ts";

export interface Case extends Written {
  /** Where it begins in its file. */
  readonly line: number;
  readonly sends: Body;
  /** What the service here answers with. */
  readonly answers: Body;
}

export interface Suite {
  readonly file: string;
  readonly name: string;
  /** ISO 8601 with offset: now, for the cases that give no other. */
  readonly at: string;
  readonly fixtures: ReadonlyMap<string, Person>;
  readonly cases: readonly Case[];
}

/** Every *.test.yaml of a folder, in order of name. */
export async function readSuites(dir: string): Promise<{ suites: readonly Suite[]; problems: readonly Problem[] }> {
  const names = await readdir(dir).catch(() => []);
  const suites: Suite[] = [];
  const problems: Problem[] = [];
  for (const name of names.filter((name) => /\.test\.ya?ml$/.test(name)).sort()) {
    const file = join(dir, name);
    const read = await readSuite(file, await readFile(file, "utf8"));
    if (Array.isArray(read)) problems.push(...read);
    else suites.push(read);
  }
  return { suites, problems };
}

/** @param file whence `text` is: the people and files that it names lie beside it. */
export async function readSuite(file: string, text: string): Promise<Suite | Problem[]> {
  const source = readSource(file, text);
  if (source.problems.length > 0) return [...source.problems];
  const { item, problems } = parseAt(suite, source.value, source, []);
  if (item === null) return [...problems];
  const fixtures = new Map(Object.entries(item.fixtures).map(([name, one]) => [name, { name, ...one }] as const));
  if (item.people !== undefined) {
    const shared = await loadDemoPeople(join(dirname(file), item.people)).catch(() => null);
    if (shared === null) return [unreadable(source, ["people"])];
    for (const one of shared) fixtures.set(one.name, one);
  }
  const loose = item.cases.flatMap((one, index) => looseNames(source, one, index, fixtures));
  if (loose.length > 0) return loose;
  const cases = await Promise.all(item.cases.map((one, index) => readCase(source, one, index)));
  const broken = cases.flatMap((one) => ("severity" in one ? [one] : []));
  if (broken.length > 0) return broken;
  return { file, name: item.suite, at: item.at, fixtures, cases: cases as Case[] };
}

async function readCase(source: Source, one: Written, index: number): Promise<Case | Problem> {
  const { line } = source.place(["cases", index], "value");
  const dir = dirname(source.file);
  const read = (from: "request" | "response", body: WrittenBody | undefined) =>
    bodyOf(body, dir).catch(() => unreadable(source, ["cases", index, from, "file", "path"]));
  const sends = await read("request", one.request);
  const answers = await read("response", one.response);
  if ("severity" in sends) return sends;
  if ("severity" in answers) return answers;
  return { ...one, line, sends, answers };
}

function unreadable(source: Source, path: readonly Step[]): Problem {
  const code = path[0] === "people" ? "people_unreadable" : "file_unreadable";
  return problemAt(source, path, code, { zh: "读不到，或内容不对", en: "unreadable or malformed" });
}

/** People that nobody has introduced. */
function looseNames(source: Source, one: Written, index: number, known: ReadonlyMap<string, Person>): Problem[] {
  const named: [Step[], string | undefined][] = [
    [["subject"], one.subject],
    ...one.counted.map((name, i): [Step[], string] => [["counted", i], name]),
  ];
  return named.flatMap(([path, name]) => {
    if (name === undefined || known.has(name)) return [];
    const text: Text = { zh: `没有名为 ${name} 的人`, en: `no fixture named ${name}` };
    const guess = withGuess(text, nearest(name, known.keys()));
    return [problemAt(source, ["cases", index, ...path], "fixture_unknown", guess)];
  });
}

/** The problem of a folder without tests. */
export function noTests(dir: string): Problem {
  return fileProblem(dir, "folder_no_tests", {
    zh: "没有策略测试 *.test.yaml",
    en: "no policy tests *.test.yaml here",
  });
}
