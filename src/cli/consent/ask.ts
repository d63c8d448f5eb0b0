// What the consent routes answer.

import type { ConsentState } from "../../words.ts";
import { ask as askPlane, type Connection } from "../shown/ask.ts";

export type { Connection };

/** Each route fills some of it. */
export interface Answer {
  readonly event?: string;
  readonly added?: boolean;
  readonly state?: ConsentState;
  readonly states?: readonly ConsentState[];
  readonly history?: readonly { readonly action: string; readonly givenAt: string; readonly channel: string }[];
}

/** @throws CannotRun: the message is ours, or a problem's of the gate; neither quotes an identifier. */
export function ask(connection: Connection, method: string, path: string, body: object): Promise<Answer> {
  return askPlane<Answer>(connection, method, path, body);
}
