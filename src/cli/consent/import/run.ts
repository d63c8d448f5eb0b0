// All records of a file sent to a running gate. Law: what is told is what the gate has answered; whatever ends a run,
// running it again ends in the same state.

import type { ApplyMapping } from "../../../io/admin/consents/mapping/apply.ts";
import type { Mapping } from "../../../io/admin/consents/mapping/schema.ts";
import type { Language } from "../../../words.ts";
import type { Connection } from "../../shown/ask.ts";
import { CannotRun } from "../../shown/cannot-run.ts";
import { createOutgoing, type Made, type Outgoing } from "./outgoing.ts";
import { createProgress, type Progress, type Tally } from "./progress.ts";
import type { Piece, SourceLine } from "./records.ts";
import { openRejects, type Rejects } from "./rejects.ts";
import { createSending, GateStopped, type Sent } from "./send.ts";
import { createUnfinished } from "./unfinished.ts";

/** In one request, or a few more. */
const BATCH_LINES = 2_048;

/** Where a run has come to, and where it tells of it. */
interface Running {
  readonly tally: Tally;
  readonly rejects: Rejects;
  readonly progress: Progress;
}

export interface Asked {
  readonly file: string;
  readonly pieces: AsyncIterable<Piece>;
  readonly mapping: Mapping;
  readonly apply: ApplyMapping;
  readonly bytesTotal: number;
  readonly options: Connection & { readonly json?: boolean };
  readonly language: Language;
}

/** @returns exit code. @throws CannotRun: the gate went away, or could not record */
export async function sendAll(asked: Asked): Promise<number> {
  const { file, bytesTotal, options, language } = asked;
  const unfinished = createUnfinished(file);
  const before = await unfinished.before();
  if (before !== null) console.error(toldOf(before, bytesTotal)[language]);
  const tally: Tally = { lines: 0, added: 0, known: 0, merged: 0, rejected: 0, bytes: 0, bytesTotal };
  const rejects = await openRejects(file, language);
  const running = { tally, rejects, progress: createProgress(options.json === true, language, Date.now) };
  try {
    await sendPieces(asked, running, unfinished.mark);
  } catch (error) {
    if (!(error instanceof GateStopped)) throw error;
    const { zh, en } = error.says;
    throw new CannotRun(
      `${zh}：已到第 ${tally.lines} 行；请再运行一次，已记录的不会重复`,
      `${en} after ${tally.lines} lines; run it again: what was recorded is known`,
    );
  } finally {
    await rejects.close();
  }
  await unfinished.end();
  running.progress.end({ ...tally, bytes: bytesTotal, ...(before === null ? {} : { changed: before.isChanged }) });
  if (tally.rejected > 0 && options.json !== true)
    console.error(`${language === "zh" ? "未接受的行见" : "rejected lines:"} ${rejects.path}`);
  return tally.rejected > 0 ? 1 : 0;
}

async function sendPieces(
  { pieces, mapping, apply, options }: Asked,
  running: Running,
  mark: (mark: { bytes: number; digest: string }) => Promise<void>,
): Promise<void> {
  const sending = createSending(options);
  let made: ((one: SourceLine, nowMs: number) => Made) | null = null;
  let batch: Outgoing[] = [];
  for await (const { lines, names, bytes, digest } of pieces) {
    if (lines.length > 0) made ??= createOutgoing(mapping, apply, names);
    const nowMs = Date.now();
    const wrong: Sent[] = [];
    for (const one of lines) {
      const it = made!(one, nowMs);
      if (typeof it === "string") batch.push({ line: one.line, text: it });
      else wrong.push({ line: one.line, ok: false, code: "not_mapped", errors: it.faults });
    }
    if (wrong.length > 0) await account(wrong, running);
    if (batch.length < BATCH_LINES) continue;
    const at = { bytes, digest: digest() };
    await sending.send(batch, async (results) => {
      running.tally.bytes = bytes;
      await account(results, running);
      await mark(at);
    });
    batch = [];
  }
  if (batch.length > 0) await sending.send(batch, (results) => account(results, running));
  await sending.end();
}

async function account(results: readonly Sent[], { tally, rejects, progress }: Running): Promise<void> {
  const rejected = results.filter(({ ok }) => !ok);
  tally.lines += results.length;
  tally.rejected += rejected.length;
  for (const { ok, known, merged } of results) {
    if (!ok) continue;
    if (known === true) tally.known += 1;
    else tally.added += 1;
    if (merged === true) tally.merged += 1;
  }
  await rejects.add(rejected);
  progress.tell(tally);
}

/** Of a run that was cut off. */
function toldOf({ bytes, isChanged }: { bytes: number; isChanged: boolean }, bytesTotal: number) {
  if (isChanged)
    return {
      zh: "注意：上次导入中断之后，这个文件变了。上次已记录的保持不变，文件里现有的会补上。",
      en: "note: the file has changed since a run was cut off. What that run recorded stays; what is new is added.",
    };
  const percent = Math.floor((bytes / Math.max(bytesTotal, 1)) * 100);
  return {
    zh: `上次导入到 ${percent} % 时中断；从头再送一遍，已记录的不会重复。`,
    en: `a run was cut off at ${percent} %: all is sent again, and what was recorded is known.`,
  };
}
