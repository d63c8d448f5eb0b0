// Lines sent to a running gate, a few thousand at a time. Law: a line counts as taken only when its own result says so;
// what has none may have been taken, and is known when it is sent again.

import { type Connection, postLines } from "../ask.ts";

export interface Sent {
  readonly line: number;
  readonly ok: boolean;
  readonly known?: boolean;
  readonly merged?: boolean;
  readonly code?: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

/** A line of the file, mapped. */
export interface Outgoing {
  readonly line: number;
  readonly text: string;
}

/** Codes of a gate that cannot, rather than of a line that is wrong. */
const NOT_NOW = new Set(["store_unavailable", "ledger_unavailable", "internal", "draining"]);

/** @throws CannotRun: the gate went away, or could not record. @returns a result for each, with the file's numbers. */
export async function sendLines(connection: Connection, batch: readonly Outgoing[]): Promise<readonly Sent[]> {
  const body = batch.map(({ text }) => `${text}\n`).join("");
  const results = await postLines<Sent>(connection, "/v1/consents:bulk", body);
  const refused = results.find(({ code }) => code !== undefined && NOT_NOW.has(code));
  if (refused !== undefined) throw new GateStopped(refused.code!);
  if (results.length !== batch.length) throw new GateStopped("connection_lost");
  return results.map((result) => ({ ...result, line: batch[result.line - 1]!.line }));
}

export class GateStopped extends Error {
  override readonly name = "GateStopped";

  constructor(code: string) {
    super(`the gate stopped recording (${code})`);
  }
}
