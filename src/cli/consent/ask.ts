// What the consent routes answer.

import type { ConsentState } from "../../words.ts";
import { askLines, ask as askPlane, type Connection } from "../shown/ask.ts";
import { CannotRun as CannotAsk } from "../shown/cannot-run.ts";

export type { Connection };

/** Each route fills some of it. */
export interface Answer {
  readonly event?: string;
  readonly added?: boolean;
  readonly state?: ConsentState;
  readonly states?: readonly ConsentState[];
  readonly history?: readonly { readonly action: string; readonly givenAt: string; readonly channel: string }[];
}

/** Exit code 2. The message is ours, or a problem's of the gate: neither quotes an identifier. */
export class CannotRun extends Error {
  override readonly name = "CannotRun";
}

export function ask(connection: Connection, method: string, path: string, body: object): Promise<Answer> {
  return own(askPlane<Answer>(connection, method, path, body));
}

export function postLines<T>(connection: Connection, path: string, body: string): Promise<readonly T[]> {
  return own(askLines<T>(connection, path, body));
}

async function own<T>(asking: Promise<T>): Promise<T> {
  try {
    return await asking;
  } catch (error) {
    throw error instanceof CannotAsk ? new CannotRun(error.message) : error;
  }
}
