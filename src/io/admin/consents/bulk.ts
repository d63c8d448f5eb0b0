// NDJSON in, a result a line out, while it comes in. Law: a line is answered after it is durable, in force and in the
// ledger; memory holds a few pieces of some hundred lines, however long the body; whoever reads slowly is read slowly.

import { once } from "node:events";
import { PassThrough, type Readable } from "node:stream";
import type { FastifyInstance } from "fastify";
import { GateError } from "../../errors.ts";
import type { ConsentWrite, ConsentWritten } from "../../ports.ts";
import type { Guard } from "../guard.ts";
import { identityOf } from "../identity.ts";
import { Problem } from "../problem.ts";
import type { AdminWorld } from "../world.ts";
import type { ReadLine } from "./line.ts";
import { createLines, type Line } from "./lines.ts";
import { recordBatch, refusalOf } from "./recorded.ts";

/** Lines recorded together: one transaction, one entry. */
const PIECE_LINES_MAX = 256;
/** Pieces on their way to the disk while the next is read. */
const PIECES_MAX = 3;
const LINE_BYTES_MAX = 65_536;
/** Nothing came for so long: the sender is gone, or waits for answers that it does not read. */
const SILENCE_MS_MAX = 30_000;

export interface BulkRoute {
  /** As fastify writes it. */
  readonly path: string;
  /** Of one body. */
  readonly reader: () => ReadLine;
}

const NDJSON = ["application/x-ndjson", "application/ndjson", "application/jsonl"];

export function bulkRoute(app: FastifyInstance, world: AdminWorld, guard: Guard, { path, reader }: BulkRoute): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(NDJSON, (_request, payload, done) => done(null, payload));
    // who asks is known before the first line is read
    scope.post(path, { onRequest: guard, config: { streams: true } }, async (request, reply) => {
      if (request.body === undefined) throw new Problem(415, "media_type_unsupported", "The body must be NDJSON.");
      const answers = new PassThrough();
      reply.raw.once("close", () => answers.destroy());
      const by = identityOf(request).id;
      const read = reader();
      void answerAll(request.body as Readable, answers, (lines) => settle(world, by, read, lines));
      // where it ends early, what was not read is not read for the next request
      return reply.header("connection", "close").type("application/x-ndjson").send(answers);
    });
  });
}

interface Settled {
  readonly text: string;
  /** The gate could not record them: what follows is not read. */
  readonly failed: boolean;
}

/** Never rejects: a body that breaks off, or a gate that cannot record, ends the answers early. */
async function answerAll(
  body: Readable,
  answers: PassThrough,
  settleLines: (lines: readonly Line[]) => Promise<Settled>,
): Promise<void> {
  const silence = setTimeout(() => body.destroy(), SILENCE_MS_MAX);
  const gone = new AbortController();
  answers.once("close", () => gone.abort());
  const tell = async (settling: Promise<Settled>, before: Promise<void>): Promise<void> => {
    await before;
    const { text, failed } = await settling;
    gone.signal.throwIfAborted();
    if (!answers.write(text)) await once(answers, "drain", { signal: gone.signal });
    if (failed) throw new Error("not recorded");
  };
  // each waits for the one before it: the oldest is done first
  const telling: Promise<void>[] = [];
  try {
    for await (const lines of pieceByPiece(body, () => silence.refresh())) {
      telling.push(tell(settleLines(lines), telling.at(-1) ?? Promise.resolve()));
      telling.at(-1)!.catch(() => {});
      if (telling.length === PIECES_MAX) await telling.shift();
    }
  } catch {
    // what was told of stands; the rest may be sent again
  } finally {
    clearTimeout(silence);
    await Promise.allSettled(telling);
    answers.end();
  }
}

/** As many lines as came together, up to a piece. */
async function* pieceByPiece(body: Readable, heard: () => void): AsyncGenerator<readonly Line[]> {
  const lines = createLines(LINE_BYTES_MAX);
  let piece: Line[] = [];
  for await (const chunk of body.iterator({ destroyOnReturn: false })) {
    heard();
    for (const line of lines.push(chunk as Uint8Array)) {
      piece.push(line);
      if (piece.length < PIECE_LINES_MAX) continue;
      yield piece;
      piece = [];
    }
    // nothing more has come: whoever waits for the answer before sending on is answered
    if (body.readableLength > 0 || piece.length === 0) continue;
    yield piece;
    piece = [];
  }
  const last = lines.flush();
  if (last !== null) piece.push(last);
  if (piece.length > 0) yield piece;
}

/** Never rejects. */
async function settle(world: AdminWorld, by: string, read: ReadLine, lines: readonly Line[]): Promise<Settled> {
  const problems = new Map<number, Problem>();
  const writes: ConsentWrite[] = [];
  for (const { number, text } of lines) {
    try {
      if (text === null) throw UNREADABLE;
      writes.push(read(world, text));
    } catch (error) {
      problems.set(number, problemOf(error));
    }
  }
  try {
    const written = writes.length === 0 ? [] : await recordBatch(world, by, writes);
    let at = 0;
    const told = lines.map(({ number }) => {
      const problem = problems.get(number);
      return problem === undefined ? resultOf(number, written[at++]!) : refusedOf(number, problem);
    });
    return { text: told.join(""), failed: false };
  } catch (error) {
    const code = error instanceof GateError ? error.code : "internal";
    const problem = new Problem(503, code, "The gate cannot do this now; send the line again.");
    const told = lines.map(({ number }) => refusedOf(number, problems.get(number) ?? problem));
    return { text: told.join(""), failed: true };
  }
}

const UNREADABLE = new Problem(400, "line_unreadable", "The line is longer than 64 KiB, or no UTF-8.");

function problemOf(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem(500, "internal", "The gate failed on this line.");
}

function resultOf(line: number, { added, state, merged, refused }: ConsentWritten): string {
  if (refused !== undefined) return refusedOf(line, refusalOf(refused));
  const known = state !== null && !added ? ',"known":true' : "";
  return `{"line":${line},"ok":true${known}${merged ? ',"merged":true' : ""}}\n`;
}

function refusedOf(line: number, { code, message, errors }: Problem): string {
  const detail = errors.length === 0 ? { detail: message } : { errors };
  return `${JSON.stringify({ line, ok: false, code, ...detail })}\n`;
}
