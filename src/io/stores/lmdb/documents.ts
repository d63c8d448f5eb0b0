// Consent's documents in LMDB: one table, keys [kind, first, second]. Law: kinds stand together, events in order of
// recording: they are only ever appended.

import type { Database, RootDatabase } from "lmdb";
import type { PersonKey } from "../../../words.ts";
import type { Documents, Kind, Reader, Writer } from "../embedded/documents.ts";
import { type EventRow, eventOfRow, type PersonRow, personOfRow, rowOfEvent, rowOfPerson } from "./consent-rows.ts";

/** What stands in the table. */
export type Rows = Database<unknown, RowKey>;
export type RowKey = [kind: string, first: string | number, second: string];

/** @returns null: opened for reading, and nothing was ever written. */
export function openRows(root: RootDatabase): Rows | null {
  return (root.openDB("documents", {}) as Rows | undefined) ?? null;
}

export function createReader(rows: Rows | null, attempt: <T>(what: string, action: () => T) => T): Reader {
  return {
    get<K extends Kind>(kind: K, first: string | number, second: string): Documents[K] | undefined {
      const row = attempt("read the stores", () => rows?.get([kind, first, second]));
      return row === undefined ? undefined : (documentOf(kind, row, first, second) as Documents[K]);
    },
  };
}

export function createWriter(rows: Rows, reader: Reader): Writer {
  return {
    ...reader,
    put: (kind, first, second, document) => void rows.put([kind, first, second], rowOf(kind, document)),
  };
}

function documentOf(kind: Kind, row: unknown, first: string | number, second: string): unknown {
  if (kind === "event") return eventOfRow(row as EventRow, first as number);
  if (kind === "person") return personOfRow(row as PersonRow, second as PersonKey);
  return row;
}

function rowOf<K extends Kind>(kind: K, document: Documents[K]): unknown {
  if (kind === "event") return rowOfEvent(document as Documents["event"]);
  if (kind === "person") return rowOfPerson(document as Documents["person"]);
  return document;
}
