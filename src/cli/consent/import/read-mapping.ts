// The mapping file. Law: a mistake is told with its place before a record is read.

import { readFile } from "node:fs/promises";
import { type Mapping, parseMapping } from "../../../io/admin/consents/mapping/schema.ts";
import { render } from "../../../io/policy/problem.ts";
import { readSource } from "../../../io/policy/source.ts";
import type { Language } from "../../../words.ts";
import { CannotRun } from "../../shown/cannot-run.ts";
import { inLanguage } from "./words.ts";

/** @throws CannotRun */
export async function readMapping(path: string, language: Language): Promise<Mapping> {
  const text = await readFile(path, "utf8").catch(() => null);
  if (text === null) throw new CannotRun(`读不了映射 ${path}`, `cannot read the mapping ${path}`);
  const source = readSource(path, text);
  const rendered = (to: Language) => source.problems.map((one) => render(one, to)).join("\n");
  if (source.problems.length > 0) throw new CannotRun(rendered("zh"), rendered("en"));
  const parsed = parseMapping(source.value, language);
  if (parsed.success) return parsed.data;
  const told = parsed.error.issues.map((issue) => {
    const way = issue.path.filter((step) => typeof step !== "symbol");
    const { line, column } = source.place(way, "value");
    return `${path}:${line}:${column}  ${way.join(".") || "mapping"}: ${inLanguage(issue.message, language)}`;
  });
  throw new CannotRun(told.join("\n"), told.join("\n"));
}
