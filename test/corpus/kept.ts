// Seeds of the differential tests: one JSON string a line. Law: they are replayed before anything new is tried, and
// what chance found once is written down and never found by chance again.

import { appendFileSync, readFileSync } from "node:fs";
import fc from "fast-check";

const pathOf = (name: string) => new URL(`./${name}.jsonl`, import.meta.url);

export function kept(name: string): readonly string[] {
  const lines = readFileSync(pathOf(name), "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as string);
}

/** Replays what is kept, then tries inputs; the smallest that fails is kept, and fails. */
export function replayAndTry(
  name: string,
  inputs: fc.Arbitrary<string>,
  holds: (input: string) => void,
  { numRuns, seed }: { numRuns: number; seed: number },
): void {
  for (const input of kept(name)) holds(input);
  const tried = fc.check(
    fc.property(inputs, (input) => void holds(input)),
    { numRuns, seed },
  );
  if (!tried.failed) return;
  const [input] = tried.counterexample!;
  appendFileSync(pathOf(name), `${JSON.stringify(input)}\n`);
  holds(input!);
  throw new Error(`failed once, and not again: ${JSON.stringify(input)}`, { cause: tried.errorInstance });
}
