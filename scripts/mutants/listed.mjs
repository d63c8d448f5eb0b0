// What `npm run mutants:law` breaks, and which of it is known to change nothing. Reads a tree; breaks nothing.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { breaksOf, broken, figureBreaksOf } from "./breaks.mjs";

const BROKEN_DIRS = ["src/law", "src/decide", "policies/law"];
/** One row a break that cannot be told from the whole: file, the line's text, what stands there, what instead, why; `nth` of those alike. */
export const EQUIVALENT = "test/law/equivalent-mutants.jsonl";

/**
 * @param {string} root @param {string} only a part of the paths to break
 * @returns every break of every file, with the line it is in and, if it is known to change nothing, why; and the rows of
 * the list that are of no break (any more)
 */
export function mutantsIn(root, only = "") {
  const listed = equivalents(root);
  const known = new Map(listed.map((one) => [keyOf(one), one.why]));
  const files = BROKEN_DIRS.flatMap((dir) => filesIn(root, dir)).filter((file) => file.includes(only));
  const mutants = files.flatMap((file) => {
    const source = readFileSync(join(root, file), "utf8");
    const lines = source.split("\n");
    const breaks = file.endsWith(".yaml") ? figureBreaksOf(source) : breaksOf(source);
    const alike = new Map();
    return breaks.map((one) => {
      const text = lines[one.line - 1].trim();
      const all = keyOf({ file, text, from: one.from, to: one.to });
      const nth = (alike.get(all) ?? 0) + 1;
      alike.set(all, nth);
      const why = known.get(all) ?? known.get(keyOf({ file, text, ...one, nth })) ?? null;
      return { file, ...one, text, nth, why, source };
    });
  });
  const keys = new Set(mutants.flatMap((one) => [keyOf(one), keyOf({ ...one, nth: undefined })]));
  const stale = listed.filter((one) => one.file.includes(only) && !keys.has(keyOf(one)));
  return { mutants, stale };
}

/** Line numbers move; what stands there and around it does so less. @param nth of those alike; left out: all of them. */
export function keyOf({ file, text, from, to, nth }) {
  return JSON.stringify([file, text, from, to, nth]);
}

/** The whole text of the file with that break in it. */
export function brokenText(mutant) {
  return broken(mutant.source, mutant);
}

function filesIn(root, dir) {
  return readdirSync(join(root, dir), { recursive: true })
    .map((name) => join(dir, String(name)))
    .filter((file) => /\.ts$|^policies\/law\/[\d-]+\.yaml$/.test(file))
    .sort();
}

/** @returns {{ file: string, text: string, from: string, to: string, why: string }[]} */
export function equivalents(root) {
  const lines = readFileSync(join(root, EQUIVALENT), "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line));
}
