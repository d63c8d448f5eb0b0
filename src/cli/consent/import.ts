// `yumen consent import`: records of consent from another system's file. Law: no value of a record is printed or
// written here, rejected ones included; killed and run again it ends in the same state.

import { stat } from "node:fs/promises";
import type { Command } from "commander";
import type { Mapping } from "../../io/admin/consents/mapping/schema.ts";
import type { Language } from "../../words.ts";
import type { Connection } from "../shown/ask.ts";
import { CannotRun } from "../shown/cannot-run.ts";
import type { Form } from "./import/records.ts";

const EXAMPLES = `
Examples:
  yumen consent import crm.csv --mapping crm.yaml --dry-run        the first lines as they would be sent
  yumen consent import crm.csv --mapping crm.yaml --exporter acme
  yumen consent import consents.ndjson --mapping cmp.yaml --json      one JSON object a second

The mapping (YAML), each field a constant or a place:
  subject: { at: 手机号, type: cn-mobile }        at: a column, or a JSON Pointer
  recipient: openai
  purpose: { at: 用途, values: { 客服: support } }
  action: { at: 状态, values: { 是: grant, 否: withdraw } }
  separate: { at: 单独同意, values: { 是: true, 否: false } }
  types: [cn-mobile, person]
  givenAt: { at: 时间, format: "YYYY-MM-DD HH:mm:ss", zone: "+08:00" }
  encoding: gb18030

Run again after a crash, or over a mended file: a line that is known already changes nothing. Where the file is not what
it was when a run was cut off, that is told: what that run recorded stays. Lines that are refused stand in
FILE.rejects.ndjson, by number and reason.
Exit codes: 0 all lines taken; 1 some rejected; 2 could not run, or the gate went away: run it again.`;

export interface ImportOptions extends Connection {
  readonly mapping: string;
  readonly exporter?: string;
  readonly dryRun?: boolean;
  readonly lang?: string;
  readonly json?: boolean;
}

/** @param lang as asked for. */
type Run = (lang: string | undefined, action: (language: Language) => Promise<number>) => Promise<void>;

export function addImport(consent: Command, run: Run): void {
  consent
    .command("import")
    .description("record consents and withdrawals from a CSV or NDJSON file")
    .argument("<file>", "the file")
    .requiredOption("--mapping <file>", "what its columns or members mean (YAML)")
    .option("--exporter <id>", "the exporter the consents were given to (default: the mapping's)")
    .option("--dry-run", "show the first lines as they would be sent, values hidden; nothing is sent")
    .option("--admin <url>", "admin plane of the gate", "http://127.0.0.1:8790")
    .option("--token-file <file>", "file with the token")
    .option("--data <dir>", "data folder of the gate, for its admin.token", ".yumen")
    .option("--lang <zh|en>", "language of messages and reasons (default: from LANG)")
    .option("--json", "progress and result as JSON lines")
    .addHelpText("after", EXAMPLES)
    .action((file: string, options: ImportOptions) =>
      run(options.lang, (language) => importFile(file, options, language)),
    );
}

async function importFile(file: string, options: ImportOptions, language: Language): Promise<number> {
  const { readMapping } = await import("./import/read-mapping.ts");
  const { createMapper } = await import("../../io/admin/consents/mapping/apply.ts");
  const mapping = await readMapping(options.mapping, language);
  const apply = createMapper(mapping, options.exporter);
  const { nothingIn, piecesOf, unreadable } = await import("./import/records.ts");
  const pieces = piecesOf(file, formOf(file, mapping));
  if (options.dryRun === true) {
    const { showFirst } = await import("./import/dry-run.ts");
    return showFirst(pieces, apply, options.json === true, language);
  }
  const bytesTotal = await stat(file).then(
    ({ size }) => size,
    ({ code }: NodeJS.ErrnoException) => {
      throw unreadable(code) ?? new CannotRun("读不了这个文件", "cannot read the file");
    },
  );
  if (bytesTotal === 0) throw nothingIn();
  const { sendAll } = await import("./import/run.ts");
  return sendAll({ file, pieces, mapping, apply, bytesTotal, options, language });
}

function formOf(file: string, { format, encoding, delimiter }: Mapping): Form {
  const byEnding = /\.(ndjson|jsonl)$/i.test(file) ? "ndjson" : "csv";
  return { format: format ?? byEnding, encoding, delimiter };
}
