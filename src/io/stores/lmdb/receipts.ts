// What a receipt of the ledger stood for when a crossing was judged. Law: only read, also while a gate has the stores
// open; a state is the fold of the events that were recorded by then, so a later withdrawal does not reach back.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { open } from "lmdb";
import type { ConsentState, PersonKey } from "../../../words.ts";
import type { Documents, StoredEvent } from "../embedded/documents.ts";
import { foldAll } from "../embedded/fold.ts";
import { assertFormat, assertLmdb, attempt, createDocuments, OPTIONS } from "./stores.ts";

export interface Receipts {
  /**
   * @param asOf the cursor that the entry names. Of several scopes under one receipt the asked one. @returns null: no
   * such receipt here.
   */
  stateOf(receipt: string, asOf: string, recipient: string, purpose: string): ConsentState | null;
  close(): Promise<void>;
}

/** Whose event has which number. One small object an event of consent: a ledger's length does not matter. */
type Index = Map<number, { readonly exporter: string; readonly key: PersonKey }>;

/** @param dir the folder of the stores. @returns null: there are none. @throws GateError store_unavailable. */
export async function openReceipts(dir: string): Promise<Receipts | null> {
  const path = join(dir, "stores.mdb");
  if (!existsSync(path)) return null;
  await assertLmdb(path);
  const root = attempt("open the stores", () => open({ path, ...OPTIONS, readOnly: true }));
  assertFormat(root);
  const documents = createDocuments(root);
  const range = root.openDB<readonly StoredEvent[], [string, string, PersonKey]>("documents", {});
  let index: Index | null = null;
  return {
    stateOf(receipt, asOf, recipient, purpose) {
      index ??= indexOf(range.getRange({ start: ["events"] as never, end: ["events\uffff"] as never }));
      const at = index.get(Number(receipt.slice(receipt.indexOf("_") + 1)));
      if (at === undefined) return null;
      const states = foldAll(eventsOf(documents.get, at.exporter, at.key, Number(asOf)));
      const same = states.filter((state) => state.receipt === receipt);
      return same.find((one) => one.recipient === recipient && one.purpose === purpose) ?? same[0] ?? null;
    },
    close: () => root.close(),
  };
}

function indexOf(rows: Iterable<{ key: [string, string, PersonKey]; value: readonly StoredEvent[] }>): Index {
  const index: Index = new Map();
  for (const { key, value } of rows) {
    const at = { exporter: key[1], key: key[2] };
    for (const { ordinal } of value) index.set(ordinal, at);
  }
  return index;
}

type Get = <K extends keyof Documents>(kind: K, first: string, second: string) => Documents[K] | undefined;

/** Of the person and every alias of today, as far as they were recorded by then. */
function eventsOf(get: Get, exporter: string, key: PersonKey, asOf: number): StoredEvent[] {
  const person = get("alias", exporter, key) ?? key;
  const members = get("person", exporter, person)?.members ?? [key];
  return members
    .flatMap((member) => get("events", exporter, member) ?? [])
    .filter(({ ordinal }) => ordinal <= asOf)
    .sort((a, b) => a.ordinal - b.ordinal);
}
