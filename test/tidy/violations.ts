// Reads one source file as text and names what breaks the rules of the house. Pure, so that it can be tested itself.

import { posix } from "node:path";
import {
  BANNED_FILE_NAMES,
  BANNED_IN_STAGES,
  COLUMNS_MAX,
  FIND_PARTS,
  FUNCTION_LINES_MAX,
  GATE_LINES_MAX,
  LINES_MAX,
  LONG_FILES,
  PACKAGE_HOMES,
  STAGE_BUILTINS,
  STAGE_EXTRAS,
  STAGES,
} from "./layers.ts";

/** @param path below src/, with forward slashes. @returns one sentence a violation, `path:line: …`. */
export function violations(path: string, text: string): string[] {
  const lines = text.split("\n");
  return [
    ...imports(path, lines),
    ...bannedCalls(path, lines),
    ...sizes(path, lines),
    ...longFunctions(path, lines),
    ...manners(path, lines),
  ];
}

const IMPORT = /(?:\bfrom\s+|\bimport\s*\(?\s*|\brequire\(\s*|\bimport\.meta\.resolve\(\s*)["']([^"']+)["']/g;

function imports(path: string, lines: readonly string[]): string[] {
  return lines.flatMap((line, i) =>
    [...line.matchAll(IMPORT)].flatMap(([, to]) => {
      const why = refused(path, to!);
      return why === null ? [] : [`${path}:${i + 1}: imports ${to}: ${why}`];
    }),
  );
}

function refused(path: string, to: string): string | null {
  const stage = stageOf(path);
  if (to.startsWith("node:")) {
    if (stage === null || STAGE_BUILTINS[stage]?.includes(to)) return null;
    return stage ? "a pure stage does not touch the world" : null;
  }
  if (!to.startsWith(".")) return homeless(path, to);
  const target = posix.normalize(posix.join(posix.dirname(path), to));
  if (isWords(path)) return isWords(target) ? null : "words imports nothing";
  if (stage === "gate")
    return target.startsWith("io/") || target.startsWith("cli/") ? "the gate knows only stages" : null;
  if (path.startsWith("io/")) return target.startsWith("cli/") ? "io does not know the command line" : null;
  if (stage === null) return null;
  return siblings(path, target) ?? acrossStages(stage, target);
}

function homeless(path: string, to: string): string | null {
  const name = to.startsWith("@") ? to.split("/").slice(0, 2).join("/") : to.split("/")[0]!;
  const homes = PACKAGE_HOMES[name];
  if (homes === undefined) return "a package without a home: list it in test/tidy/layers.ts";
  return homes.some((home) => path.startsWith(home)) ? null : `lives in ${homes.join(", ")}`;
}

function acrossStages(stage: string, target: string): string | null {
  if (target === "words.ts" || target.startsWith(`${stage}/`)) return null;
  if (STAGES[stage]!.some((other) => target.startsWith(`${other}/`))) return null;
  if (STAGE_EXTRAS[stage]?.includes(target)) return null;
  return `${stage} knows only words${STAGES[stage]!.map((other) => `, ${other}`).join("")}`;
}

/** A detector does not know another detector, nor a rule another rule, nor a provider another provider. */
function siblings(path: string, target: string): string | null {
  for (const units of [/^find\/([^/]+)\//, /^decide\/rules\/([^/]+)\//, /^decode\/providers\/([^/]+)\//]) {
    const [mine, theirs] = [units.exec(path)?.[1], units.exec(target)?.[1]];
    const shared = theirs === "scan" || theirs === "shared" || FIND_PARTS.has(mine ?? "");
    if (mine !== undefined && theirs !== undefined && mine !== theirs && !shared)
      return "one unit does not know another";
  }
  return null;
}

function isWords(path: string): boolean {
  return path === "words.ts" || path.startsWith("words/");
}

function stageOf(path: string): string | null {
  if (path === "gate.ts") return "gate";
  if (isWords(path)) return "words";
  const folder = path.split("/")[0]!;
  return folder in STAGES ? folder : null;
}

function bannedCalls(path: string, lines: readonly string[]): string[] {
  if (stageOf(path) === null) return [];
  return lines.flatMap((line, i) => {
    const code = line.replace(/\/\/.*$|^\s*\*.*$|^\s*\/\*.*$/, "").replace(/"(?:[^"\\]|\\.)*"/g, '""');
    return BANNED_IN_STAGES.filter(([pattern]) => pattern.test(code)).map(
      ([pattern, instead]) => `${path}:${i + 1}: ${pattern.source} in a pure stage: ${instead}`,
    );
  });
}

function sizes(path: string, lines: readonly string[]): string[] {
  const limit = path === "gate.ts" ? GATE_LINES_MAX : LINES_MAX;
  const found: string[] = [];
  if (lines.length - 1 > limit && !(path in LONG_FILES))
    found.push(`${path}: ${lines.length - 1} lines, at most ${limit}`);
  lines.forEach((line, i) => {
    if (line.length > COLUMNS_MAX) found.push(`${path}:${i + 1}: ${line.length} columns, at most ${COLUMNS_MAX}`);
  });
  return found;
}

/** By indentation: a line that opens a function's block, to the line that closes it at the same depth. */
function longFunctions(path: string, lines: readonly string[]): string[] {
  const opens =
    /^(\s*)(?:export )?(?:default )?(?:async )?(?:function\b.*|(?:static |get |set |async |\*)*#?\w+\(.*\).*|.*=> )\{$/;
  return lines.flatMap((line, i) => {
    const indent = opens.exec(line)?.[1];
    if (indent === undefined || /^\s*(?:if|for|while|switch|else|try|catch|return)\b/.test(line)) return [];
    const length = lines.slice(i).findIndex((later) => later.startsWith(`${indent}}`)) + 1;
    return length > FUNCTION_LINES_MAX
      ? [`${path}:${i + 1}: a function of ${length} lines, at most ${FUNCTION_LINES_MAX}`]
      : [];
  });
}

function manners(path: string, lines: readonly string[]): string[] {
  const found: string[] = [];
  if (!/^(?:\/\/|\/\*|#!)/.test(lines[0] ?? "")) found.push(`${path}:1: a file opens with its law, in a comment`);
  if (BANNED_FILE_NAMES.test(posix.basename(path))) found.push(`${path}: a name that says nothing`);
  if (isWords(path) && lines.some((line) => /^export (?:const|function|class|let)\b/.test(line)))
    found.push(`${path}: types only`);
  lines.forEach((line, i) => {
    const comment = /^\s*(?:\/\/|\/?\*)/.test(line);
    if (/@ts-(?:ignore|nocheck)/.test(line) || (!comment && /\bas any\b|: any\b/.test(line)))
      found.push(`${path}:${i + 1}: silences the type checker`);
    if (/\b(?:TODO|FIXME|XXX)\b/.test(line)) found.push(`${path}:${i + 1}: an unfinished thought`);
  });
  return found;
}
