// A folder of YAML → a Policy, or every mistake in it with its place.
// Law: nothing is half loaded; a warning never stops a load.

import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { LawData, Policy } from "../../words.ts";
import { type ReadNames, readNames } from "../names.ts";
import { checkCallers } from "./callers.ts";
import { compile } from "./compile.ts";
import { checkConditions } from "./conditions.ts";
import { checkDocuments } from "./documents.ts";
import { gather } from "./gather.ts";
import { KNOWN } from "./known.ts";
import { fileProblem, inOrder, type Problem } from "./problem.ts";
import { checkReferences, type Known } from "./references.ts";
import { resolveDestinations } from "./resolve.ts";
import { readSource, type Source } from "./source.ts";
import { warn } from "./warnings.ts";

const FILE_BYTES_MAX = 1024 ** 2;

export interface LoadOptions {
  readonly law: LawData;
  /** Where `env:NAME` is looked up. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** For `${name}` in URLs. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Registries to validate against; the program's own unless a test gives others. */
  readonly known?: Partial<Known>;
  /** Readers of names; the program's own model unless a test gives others. */
  readonly names?: ReadNames;
  /** ms since the epoch: when "expires soon" is asked. */
  readonly nowMs?: number;
}

export type Loaded =
  | { readonly ok: true; readonly policy: Policy; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads every *.yaml and *.yml of the folder but *.test.yaml and *.people.yaml. Never throws for what a file holds. */
export async function loadPolicy(dir: string, options: LoadOptions): Promise<Loaded> {
  const known = { ...KNOWN, ...options.known };
  const { sources, problems } = await readFolder(dir);
  const g = gather(sources);
  problems.push(...g.problems, ...checkCallers(g), ...(g.framed ? checkReferences(g, known) : []));
  problems.push(...checkConditions(g.lists), ...(await checkDocuments(g.lists, dir)));
  const world = { dir, env: options.env ?? process.env, variables: options.variables ?? {} };
  const resolved = await resolveDestinations(g.lists, world);
  problems.push(...resolved.problems);
  if (problems.length > 0) return { ok: false, problems: inOrder(problems) };
  const policy = compile(g, resolved.reached, known, options.law, options.names ?? readNames);
  return { ok: true, policy, warnings: inOrder(warn(g, policy, known, options.nowMs ?? Date.now())) };
}

async function readFolder(dir: string): Promise<{ sources: Source[]; problems: Problem[] }> {
  const names = await readdir(dir).catch(() => null);
  if (names === null) return nothing(dir, "folder_unreadable", "读不到这个文件夹", "this folder cannot be read");
  const ours = names.filter((name) => /\.ya?ml$/.test(name) && !/\.(?:test|people)\.ya?ml$/.test(name)).sort();
  if (ours.length === 0)
    return nothing(dir, "folder_empty", "文件夹里没有策略文件 *.yaml", "no policy files *.yaml in this folder");
  const sources: Source[] = [];
  const problems: Problem[] = [];
  for (const name of ours) {
    const file = join(dir, name);
    const text = await readText(file);
    if (text === null)
      problems.push(
        fileProblem(file, "file_unreadable", {
          zh: "读不到、过大或不是 UTF-8",
          en: "unreadable, too large or not UTF-8",
        }),
      );
    else {
      const source = readSource(file, text);
      sources.push(source);
      problems.push(...source.problems);
    }
  }
  return { sources, problems };
}

async function readText(file: string): Promise<string | null> {
  try {
    if ((await stat(file)).size > FILE_BYTES_MAX) return null;
    return new TextDecoder("utf-8", { fatal: true }).decode(await readFile(file));
  } catch {
    return null;
  }
}

function nothing(dir: string, code: string, zh: string, en: string): { sources: Source[]; problems: Problem[] } {
  return { sources: [], problems: [fileProblem(dir, code, { zh, en })] };
}
