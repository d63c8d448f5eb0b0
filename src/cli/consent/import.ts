// `yumen consent import`: records of consent from another system's file. Law: no value of a record is printed or
// written here, rejected ones included; killed and run again it ends in the same state.

import { type FileHandle, open, rm, stat } from "node:fs/promises";
import type { Command } from "commander";
import type { Mapped } from "../../io/admin/consents/mapping/apply.ts";
import type { Mapping } from "../../io/admin/consents/mapping/schema.ts";
import { CannotRun, type Connection } from "./ask.ts";
import type { Progress, Tally } from "./import/progress.ts";
import type { Form, SourceLine } from "./import/records.ts";
import type { Outgoing, Sent } from "./import/send.ts";

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

Run again after a crash, or over a mended file: a line that is known already changes nothing. Lines that are refused
stand in FILE.rejects.ndjson, by number and reason.
Exit codes: 0 all lines taken; 1 some rejected; 2 could not run, or the gate went away: run it again.`;

export interface ImportOptions extends Connection {
  readonly mapping: string;
  readonly exporter?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** In one request; two are under way at a time. */
const BATCH_LINES = 2_048;
const SHOWN_LINES = 5;

export function addImport(consent: Command, run: (action: () => Promise<number>) => Promise<void>): void {
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
    .option("--json", "progress and result as JSON lines")
    .addHelpText("after", EXAMPLES)
    .action((file: string, options: ImportOptions) => run(() => importFile(file, options)));
}

async function importFile(file: string, options: ImportOptions): Promise<number> {
  const { readMapping } = await import("./import/read-mapping.ts");
  const { createMapper } = await import("../../io/admin/consents/mapping/apply.ts");
  const mapping = await readMapping(options.mapping);
  const apply = createMapper(mapping, options.exporter);
  const { recordsOf } = await import("./import/records.ts");
  const records = recordsOf(file, formOf(file, mapping));
  const mapped = (one: SourceLine): Mapped =>
    one.wrong === undefined ? apply(one.record, Date.now()) : { faults: [{ pointer: "", detail: one.wrong }] };
  if (options.dryRun === true) return show(records, mapped, options);
  const bytesTotal = (await stat(file).catch(() => null))?.size;
  if (bytesTotal === undefined) throw new CannotRun("cannot read the file");
  return sendAll(file, records, mapped, bytesTotal, options);
}

function formOf(file: string, { format, encoding, delimiter }: Mapping): Form {
  const byEnding = /\.(ndjson|jsonl)$/i.test(file) ? "ndjson" : "csv";
  return { format: format ?? byEnding, encoding, delimiter };
}

async function show(
  records: AsyncIterable<SourceLine>,
  mapped: (one: SourceLine) => Mapped,
  { json }: ImportOptions,
): Promise<number> {
  const { hidden } = await import("./import/shown.ts");
  let shown = 0;
  let wrong = 0;
  for await (const one of records) {
    const it = mapped(one);
    if ("faults" in it) wrong += 1;
    const told = "faults" in it ? { line: one.line, errors: it.faults } : { line: one.line, sent: hidden(it.line) };
    console.log(json === true ? JSON.stringify(told) : `line ${one.line}\n${JSON.stringify(told, null, 2)}`);
    shown += 1;
    if (shown === SHOWN_LINES) break;
  }
  if (shown === 0) throw new CannotRun("there is no record in the file");
  return wrong === 0 ? 0 : 1;
}

async function sendAll(
  file: string,
  records: AsyncIterable<SourceLine>,
  mapped: (one: SourceLine) => Mapped,
  bytesTotal: number,
  options: ImportOptions,
): Promise<number> {
  const { createProgress } = await import("./import/progress.ts");
  const { GateStopped, sendLines } = await import("./import/send.ts");
  const tally: Tally = { lines: 0, added: 0, known: 0, merged: 0, rejected: 0, bytes: 0, bytesTotal };
  const progress = createProgress(options.json === true, Date.now);
  const rejects = createRejects(`${file}.rejects.ndjson`);
  await rejects.clear();
  const send = async (batch: readonly Outgoing[], bytes: number) =>
    account(await sendLines(options, batch), bytes, tally, rejects, progress);
  try {
    let batch: Outgoing[] = [];
    let under: Promise<void> = Promise.resolve();
    for await (const one of records) {
      const it = mapped(one);
      if ("faults" in it)
        await reject({ line: one.line, ok: false, code: "not_mapped", errors: it.faults }, tally, rejects);
      else batch.push({ line: one.line, text: JSON.stringify(it.line) });
      if (batch.length < BATCH_LINES) continue;
      const sending = send(batch, one.bytes);
      batch = [];
      sending.catch(() => {});
      await under;
      under = sending;
    }
    await under;
    if (batch.length > 0) await send(batch, bytesTotal);
    progress.end({ ...tally, bytes: bytesTotal });
  } catch (error) {
    if (!(error instanceof GateStopped)) throw error;
    throw new CannotRun(`${error.message} after ${tally.lines} lines; run it again: what was recorded is known`);
  } finally {
    await rejects.close();
  }
  if (tally.rejected > 0 && options.json !== true) console.error(`rejected lines: ${file}.rejects.ndjson`);
  return tally.rejected > 0 ? 1 : 0;
}

type Rejects = ReturnType<typeof createRejects>;

async function account(results: readonly Sent[], bytes: number, tally: Tally, rejects: Rejects, progress: Progress) {
  for (const result of results) {
    if (!result.ok) {
      await reject(result, tally, rejects);
      continue;
    }
    tally.lines += 1;
    if (result.known === true) tally.known += 1;
    else tally.added += 1;
    if (result.merged === true) tally.merged += 1;
  }
  tally.bytes = bytes;
  progress.tell(tally);
}

async function reject({ line, code, detail, errors }: Sent, tally: Tally, rejects: Rejects): Promise<void> {
  tally.lines += 1;
  tally.rejected += 1;
  await rejects.add({ line, code, ...(errors === undefined ? { detail } : { errors }) });
}

/** Made with the first reject; of an earlier run nothing stays. */
function createRejects(path: string) {
  let handle: FileHandle | null = null;
  let opening: Promise<FileHandle> | null = null;
  return {
    clear: () => rm(path, { force: true }),
    async add(reject: object): Promise<void> {
      opening ??= open(path, "w", 0o600).catch(() => {
        throw new CannotRun(`cannot write ${path}`);
      });
      handle = await opening;
      await handle.write(`${JSON.stringify(reject)}\n`);
    },
    close: async () => handle?.close(),
  };
}
