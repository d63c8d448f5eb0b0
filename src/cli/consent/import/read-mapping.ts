// The mapping file. Law: a mistake is told with its place before a record is read.

import { readFile } from "node:fs/promises";
import { type Mapping, mappingSchema } from "../../../io/admin/consents/mapping/schema.ts";
import { render } from "../../../io/policy/problem.ts";
import { readSource } from "../../../io/policy/source.ts";
import { CannotRun } from "../ask.ts";

/** @throws CannotRun */
export async function readMapping(path: string): Promise<Mapping> {
  const text = await readFile(path, "utf8").catch(() => null);
  if (text === null) throw new CannotRun(`cannot read the mapping ${path}`);
  const source = readSource(path, text);
  if (source.problems.length > 0) throw new CannotRun(source.problems.map((one) => render(one, "en")).join("\n"));
  const parsed = mappingSchema.safeParse(source.value);
  if (parsed.success) return parsed.data;
  const told = parsed.error.issues.map((issue) => {
    const way = issue.path.filter((step) => typeof step !== "symbol");
    const { line, column } = source.place(way, "value");
    return `${path}:${line}:${column}  ${way.join(".") || "mapping"}: ${issue.message}`;
  });
  throw new CannotRun(told.join("\n"));
}
