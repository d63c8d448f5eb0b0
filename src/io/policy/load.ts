// A folder of YAML → a Policy, or every mistake in it with its place.
// Law: nothing is half loaded; a warning never stops a load.

import { join } from "node:path";
import type { LawData, Policy } from "../../words.ts";
import { type ReadNames, readNames } from "../names.ts";
import { checkCallers } from "./callers.ts";
import { compile } from "./compile.ts";
import { checkConditions } from "./conditions.ts";
import { checkDocuments } from "./documents.ts";
import { type Folder, isPolicyFile, readFolder, unreadable } from "./folder.ts";
import { type Gathered, gather } from "./gather.ts";
import { KNOWN } from "./known.ts";
import { lint } from "./lints/all.ts";
import { inOrder, type Problem } from "./problem.ts";
import { checkProofs } from "./proofs.ts";
import { checkReferences, type Known } from "./references.ts";
import { resolveDestinations } from "./resolve.ts";
import type { Admission } from "./signed/admission.ts";
import { readSource, type Source } from "./source.ts";

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
  /** Who must have signed the folder; left out: nobody. */
  readonly admission?: Admission;
}

export type Loaded =
  | {
      readonly ok: true;
      readonly policy: Policy;
      /** What the folder says, each item with its place. */
      readonly said: Gathered;
      readonly warnings: readonly Problem[];
      /** Names of the signers that counted. */
      readonly signedBy: readonly string[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads every *.yaml and *.yml of the folder but *.test.yaml and *.people.yaml. Never throws for what a file holds. */
export async function loadPolicy(dir: string, options: LoadOptions): Promise<Loaded> {
  const known = { ...KNOWN, ...options.known };
  const nowMs = options.nowMs ?? Date.now();
  const folder = await readFolder(dir);
  const unsigned = folder.problems.length === 0 ? options.admission?.unsigned(folder, nowMs) : null;
  if (unsigned) return { ok: false, problems: [unsigned] };
  const { sources, problems } = sourcesOf(folder);
  const g = gather(sources);
  problems.push(...g.problems, ...checkCallers(g), ...checkProofs(g), ...(g.framed ? checkReferences(g, known) : []));
  problems.push(...checkConditions(g.lists), ...(await checkDocuments(g.lists, dir)));
  const world = { dir, env: options.env ?? process.env, variables: options.variables ?? {} };
  const certificates = options.admission === undefined ? {} : { certificates: folder.files };
  const resolved = await resolveDestinations(g.lists, { ...world, ...certificates });
  problems.push(...resolved.problems);
  if (problems.length > 0) return { ok: false, problems: inOrder(problems) };
  const policy = compile(g, resolved.reached, known, options.law, options.names ?? readNames);
  // last: what is admitted is what the next one is compared with
  const admitted = options.admission?.admit(folder, g, known.impersonal, nowMs) ?? UNASKED;
  if (!admitted.ok) return { ok: false, problems: [admitted.problem] };
  const warnings = inOrder(lint(g, policy, known, nowMs));
  return { ok: true, policy, said: g, warnings, signedBy: admitted.signedBy };
}

const UNASKED = { ok: true, signedBy: [] } as const;

function sourcesOf({ dir, files, problems: unread }: Folder): { sources: Source[]; problems: Problem[] } {
  const sources: Source[] = [];
  const problems = [...unread];
  for (const [name, bytes] of files) {
    if (!isPolicyFile(name)) continue;
    const file = join(dir, name);
    const text = decoded(bytes);
    if (text === null) problems.push(unreadable(file));
    else {
      const source = readSource(file, text);
      sources.push(source);
      problems.push(...source.problems);
    }
  }
  return { sources, problems };
}

function decoded(bytes: Buffer): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
