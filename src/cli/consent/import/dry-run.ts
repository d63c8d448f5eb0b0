// The first records of a file as they would be sent. Law: nothing is sent, and no value is shown.

import type { ApplyMapping } from "../../../io/admin/consents/mapping/apply.ts";
import type { Language } from "../../../words.ts";
import { nothingIn, type Piece, recordOf, type SourceLine } from "./records.ts";
import { hidden } from "./shown.ts";
import { inLanguage } from "./words.ts";

const SHOWN_LINES = 5;

/** @returns exit code. @throws CannotRun: there is none */
export async function showFirst(
  pieces: AsyncIterable<Piece>,
  apply: ApplyMapping,
  json: boolean,
  language: Language,
): Promise<number> {
  const told = (one: SourceLine, names: readonly string[]): { readonly line: number; readonly errors?: unknown } => {
    const { line, fields, record, wrong } = one;
    if (wrong !== undefined) return { line, errors: [{ pointer: "", detail: wrong }] };
    const mapped = apply(fields === undefined ? record : recordOf(names, fields), Date.now());
    if (!("faults" in mapped)) return { line, sent: hidden(mapped.line) } as { line: number };
    return {
      line,
      errors: mapped.faults.map(({ pointer, detail }) => ({ pointer, detail: inLanguage(detail, language) })),
    };
  };
  const shown = [];
  for await (const { lines, names } of pieces) {
    for (const one of lines.slice(0, SHOWN_LINES - shown.length)) shown.push(told(one, names));
    if (shown.length === SHOWN_LINES) break;
  }
  for (const one of shown) {
    const title = language === "zh" ? `第 ${one.line} 行` : `line ${one.line}`;
    console.log(json ? JSON.stringify(one) : `${title}\n${JSON.stringify(one, null, 2)}`);
  }
  if (shown.length === 0) throw nothingIn();
  return shown.every(({ errors }) => errors === undefined) ? 0 : 1;
}
