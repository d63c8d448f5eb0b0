// Every crossing of a ledger, judged again. Law: entries stream by, one at a time; the ledger and the stores are only
// read, also under a running gate.

import { join } from "node:path";
import { readEntries } from "../../io/ledger/read.ts";
import { openReceipts } from "../../io/stores/lmdb/receipts.ts";
import type { Policy } from "../../words.ts";
import { again, type Consents, draftOf, recordedVerdict } from "./again.ts";
import type { Recorded } from "./entry.ts";
import { add, emptyTally, type Tally } from "./tally.ts";

export interface Asked {
  readonly policy: Policy;
  /** Data folder of the gate. */
  readonly data: string;
  /** ISO 8601 UTC: earlier crossings are passed over. null: none. */
  readonly since: string | null;
  /** Called now and then with the entries read. */
  progress(read: number): void;
}

const PROGRESS_ENTRIES = 2000;

/** @throws GateError "ledger_unavailable" when there is no ledger. */
export async function replay({ policy, data, since, progress }: Asked): Promise<Tally> {
  const tally = emptyTally();
  const draft = draftOf(policy);
  const receipts = await openReceipts(join(data, "store"));
  try {
    for await (const { index, entry } of readEntries(join(data, "ledger"))) {
      if (index % PROGRESS_ENTRIES === 0) progress(index);
      const crossing = crossingOf(entry, since);
      if (crossing !== null)
        add(tally, crossing.id, recordedVerdict(crossing), again(crossing, draft, consentsOf(receipts)));
    }
  } finally {
    await receipts?.close();
  }
  return tally;
}

/** The decision entry in it; null: another kind, a part of one, a question only, or before the day. */
export function crossingOf(entry: string, since: string | null): Recorded | null {
  if (!entry.includes('"kind":"crossing"')) return null;
  const read = JSON.parse(entry) as Recorded & { readonly kind: string };
  if (read.kind !== "crossing" || read.dryRun === true || read.action === undefined) return null;
  return since !== null && read.t < since ? null : read;
}

export function consentsOf(receipts: Awaited<ReturnType<typeof openReceipts>>): Consents {
  return (receipt, { asOf, recipient, purpose }) => receipts?.stateOf(receipt, asOf, recipient, purpose) ?? null;
}
