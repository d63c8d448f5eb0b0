// What the opener and its threads say to each other. Types only.

import type { OpenedPart, Unreadable } from "../../words.ts";

export interface Job {
  readonly bytes: Uint8Array;
  /** The limit of a body: for the texts that come out. */
  readonly bytesMax: number;
}

/** `failed`: a bug, or memory that ran out; the name of the error, never its message. */
export type Done = readonly OpenedPart[] | Unreadable | { readonly failed: string };
