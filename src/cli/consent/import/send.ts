// Lines sent to a running gate, a few thousand at a time, a few times at once. Law: a line counts as taken only when
// its own result says so; what has none may have been taken, and is known when it is sent again. Results come in order.

import { askLines, type Connection } from "../../shown/ask.ts";
import { CannotRun } from "../../shown/cannot-run.ts";
import type { Outgoing } from "./outgoing.ts";

export interface Sent {
  readonly line: number;
  readonly ok: boolean;
  readonly known?: boolean;
  readonly merged?: boolean;
  readonly code?: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

/** Codes of a gate that cannot, rather than of a line that is wrong. */
const NOT_NOW = new Set(["store_unavailable", "ledger_unavailable", "internal", "draining"]);

/** While the gate has them, the next is made ready. More would only wait in memory. */
const REQUESTS_MAX = 2;

export interface Sending {
  /** Waits while too much is on its way. @throws CannotRun; GateStopped: it could not record. */
  send(batch: readonly Outgoing[], answered: (results: readonly Sent[]) => Promise<void>): Promise<void>;
  /** Waits for all that is on its way. */
  end(): Promise<void>;
}

export function createSending(connection: Connection): Sending {
  /** The oldest first. */
  const underway: (() => Promise<void>)[] = [];
  return {
    async send(batch, answered) {
      if (underway.length === REQUESTS_MAX) await underway.shift()!();
      const sending = sendLines(connection, batch);
      sending.catch(() => {});
      underway.push(async () => answered(await sending));
    },
    async end() {
      while (underway.length > 0) await underway.shift()!();
    },
  };
}

/** @throws CannotRun: the gate went away, or could not record. @returns a result for each, with the file's numbers. */
async function sendLines(connection: Connection, batch: readonly Outgoing[]): Promise<readonly Sent[]> {
  let body = "";
  for (const { text } of batch) body += `${text}\n`;
  const results = await askLines<Sent>(connection, "/v1/consents:bulk", body);
  const refused = results.find(({ code }) => code !== undefined && NOT_NOW.has(code));
  if (refused !== undefined) throw new GateStopped(refused.code!);
  if (results.length !== batch.length) throw new GateStopped("connection_lost");
  return results.map((result) => (result.ok ? result : { ...result, line: batch[result.line - 1]!.line }));
}

export class GateStopped extends CannotRun {
  constructor(code: string) {
    super(`网关停止了记录（${code}）`, `the gate stopped recording (${code})`);
  }
}
