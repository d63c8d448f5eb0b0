// What a receipt of the ledger stood for when a crossing was judged. Law: only read, also while a gate has the stores
// open; a state is the fold of the events that were recorded by then, so a later withdrawal does not reach back.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { open } from "lmdb";
import type { ConsentState } from "../../../words.ts";
import type { Reader } from "../embedded/documents.ts";
import { foldAll, receiptNumber, receiptOf } from "../embedded/fold.ts";
import { cursorOf, eventsIn, resolveIn } from "../embedded/recording.ts";
import { assertFormat, assertLmdb, attempt, OPTIONS, readDocuments } from "./stores.ts";

export interface Receipts {
  /**
   * @param asOf the cursor that the entry names. Of several scopes under one receipt the asked one. @returns null: no
   * such receipt here.
   */
  stateOf(receipt: string, asOf: string, recipient: string, purpose: string): ConsentState | null;
  /** Every consent that stands now, each once, in order of recording. Memory does not grow with how many there are. */
  granted(): Iterable<{ readonly exporter: string; readonly state: ConsentState }>;
  close(): Promise<void>;
}

/** @param dir the folder of the stores. @returns null: there are none. @throws GateError store_unavailable. */
export async function openReceipts(dir: string): Promise<Receipts | null> {
  const path = join(dir, "stores.mdb");
  if (!existsSync(path)) return null;
  await assertLmdb(path);
  const root = attempt("open the stores", () => open({ path, ...OPTIONS, readOnly: true }));
  assertFormat(root);
  const documents = readDocuments(root);
  return {
    stateOf(receipt, asOf, recipient, purpose) {
      const stored = documents.get("event", receiptNumber(receipt), "");
      if (stored === undefined) return null;
      // of the person and every alias of today, as far as they were recorded by then
      const events = eventsIn(documents, stored.event.exporter, stored.event.person);
      const states = foldAll(events.filter(({ ordinal }) => ordinal <= Number(asOf)));
      const same = states.filter((state) => state.receipt === receipt);
      return same.find((one) => one.recipient === recipient && one.purpose === purpose) ?? same[0] ?? null;
    },
    granted: () => grantedIn(documents),
    close: () => root.close(),
  };
}

/** By the events: each state has the receipt of the one that gave it. */
function* grantedIn(documents: Reader): Generator<{ exporter: string; state: ConsentState }> {
  const last = cursorOf(documents);
  for (let ordinal = 1; ordinal <= last; ordinal += 1) {
    const event = documents.get("event", ordinal, "")?.event;
    if (event === undefined || event.action === "withdraw") continue;
    const { exporter, person } = event;
    const states = documents.get("person", exporter, resolveIn(documents, exporter, person))?.states ?? [];
    const receipt = receiptOf(ordinal);
    for (const state of states) if (state.granted && state.receipt === receipt) yield { exporter, state };
  }
}
