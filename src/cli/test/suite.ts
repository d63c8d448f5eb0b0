// A *.test.yaml: what should happen to made-up requests. Law: mistakes in it have places too, like those of the policy.

import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import * as z from "zod";
import { parseAt, withGuess } from "../../io/policy/issues.ts";
import { loadDemoPeople, type Person, person } from "../../io/policy/people.ts";
import { fileProblem, type Problem, problemAt } from "../../io/policy/problem.ts";
import { readSource, type Source } from "../../io/policy/source.ts";
import { nearest } from "../../io/policy/suggest.ts";

const instant = z.iso.datetime({ offset: true });
const count = z.number().int().min(0);
const texts = z.array(z.string());

const request = z
  .strictObject({
    destination: z.string(),
    purpose: z.string().exactOptional(),
    method: z.string().default("POST"),
    /** Path and query after the destination. */
    path: z.string().default("/v1/chat/completions"),
    json: z.unknown().exactOptional(),
    text: z.string().exactOptional(),
    headers: z.record(z.string(), z.string()).default({}),
  })
  .refine((r) => r.json === undefined || r.text === undefined, {
    params: { text: { zh: "json 与 text 只能写一个", en: "either json or text, not both" } },
  });

const expected = z.strictObject({
  action: z.enum(["forward", "pseudonymize", "coarsen", "redact", "reroute", "block"]),
  rule: z.string().exactOptional(),
  /** The law's word: EXEMPT, SC_OR_CERT … */
  outcome: z.string().exactOptional(),
  /** The first reason. */
  code: z.string().exactOptional(),
  /** Codes that must be among the reasons. */
  reasons: texts.exactOptional(),
  http: z.number().int().exactOptional(),
  /** All that is found, in any order; `path` where it matters. */
  found: z.array(z.strictObject({ kind: z.string(), path: z.string().exactOptional() })).exactOptional(),
  upstream_contains: texts.exactOptional(),
  upstream_not_contains: texts.exactOptional(),
  response_restored: z.boolean().exactOptional(),
  message_contains: texts.exactOptional(),
});

const oneCase = z.strictObject({
  name: z.string().min(1),
  at: instant.exactOptional(),
  caller: z.string().exactOptional(),
  /** A fixture: the request declares this person as its subject, by the first alias. */
  subject: z.string().exactOptional(),
  conversation: z.string().exactOptional(),
  language: z.enum(["zh", "en"]).default("zh"),
  /** People counted this year before the request. */
  volume: z
    .strictObject({ nonSensitive: count.default(0), sensitive: count.default(0), gross: count.exactOptional() })
    .prefault({}),
  request,
  expect: expected,
});

const suite = z.strictObject({
  suite: z.string().min(1),
  at: instant,
  /** A *.people.yaml beside this file, whose people are fixtures too. */
  people: z.string().exactOptional(),
  fixtures: z.record(z.string(), person).default({}),
  cases: z.array(oneCase).min(1),
});

export type Case = z.output<typeof oneCase>;
export type Expected = z.output<typeof expected>;

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
    const source = readSource(file, await readFile(file, "utf8"));
    problems.push(...source.problems);
    if (source.problems.length > 0) continue;
    const read = await readSuite(source);
    if (Array.isArray(read)) problems.push(...read);
    else suites.push(read);
  }
  return { suites, problems };
}

async function readSuite(source: Source): Promise<Suite | Problem[]> {
  const { item, problems } = parseAt(suite, source.value, source, []);
  if (item === null) return [...problems];
  const fixtures = new Map(Object.entries(item.fixtures).map(([name, one]) => [name, { name, ...one }] as const));
  if (item.people !== undefined) {
    const shared = await loadDemoPeople(join(dirname(source.file), item.people)).catch(() => null);
    if (shared === null)
      return [
        problemAt(source, ["people"], "people_unreadable", { zh: "读不到，或内容不对", en: "unreadable or malformed" }),
      ];
    for (const one of shared) fixtures.set(one.name, one);
  }
  const loose = item.cases.flatMap(({ subject }, index) =>
    subject === undefined || fixtures.has(subject) ? [] : [looseSubject(source, index, subject, fixtures.keys())],
  );
  return loose.length > 0 ? loose : { file: source.file, name: item.suite, at: item.at, fixtures, cases: item.cases };
}

function looseSubject(source: Source, index: number, name: string, known: Iterable<string>): Problem {
  const text = { zh: `没有名为 ${name} 的人`, en: `no fixture named ${name}` };
  return problemAt(source, ["cases", index, "subject"], "fixture_unknown", withGuess(text, nearest(name, known)));
}

/** The problem of a folder without tests. */
export function noTests(dir: string): Problem {
  return fileProblem(dir, "folder_no_tests", {
    zh: "没有策略测试 *.test.yaml",
    en: "no policy tests *.test.yaml here",
  });
}
