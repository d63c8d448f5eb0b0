// Opening a ledger folder: lock, then recover, then a fold, so that whatever a crash left is in tiles under a signed
// checkpoint before the first new entry. A folder that does not fit its key, tree or anchor is not opened.

import type { KeyObject } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { canonical } from "../../record/canonical.ts";
import { signHead } from "../../record/checkpoint.ts";
import { emptyRoot } from "../../record/tree.ts";
import { GateError } from "../errors.ts";
import { type Disk, realDisk, replace } from "./disk.ts";
import { foldPlace } from "./fold.ts";
import { type LedgerKey, ledgerKey } from "./key.ts";
import { FileLedger, type LedgerEvent, type OpenedLedger } from "./ledger.ts";
import { lockFolder } from "./lock.ts";
import { readOrNull, segmentsOf } from "./read.ts";
import { recover } from "./recover.ts";
import { Segments } from "./segment.ts";
import { removeSpares } from "./spares.ts";

export type { LedgerEvent, OpenedLedger } from "./ledger.ts";

/** The folder's format. Release N reads N-1. */
const FORMAT = 1;

export interface LedgerOptions {
  readonly dir: string;
  /** `yumen/<install id>/<process name>`; also the name of the signing key. */
  readonly origin: string;
  /** Ed25519, as a KeyObject or PKCS#8 PEM. */
  readonly signingKey: KeyObject | string;
  /** strict: an append waits for fdatasync. batched: for write(); fdatasync follows within 5 ms. */
  readonly durability: "strict" | "batched";
  /** A file in a second place that gets every signed head and is compared on start: shows truncation. */
  readonly anchor?: string;
  /** Longest time from an entry to a checkpoint that covers it. Default 1,000. */
  readonly checkpointMs?: number;
  readonly onEvent?: (event: LedgerEvent) => void;
  /** For tests with faults. */
  readonly disk?: Disk;
  /** For tests with many segments: the length at which one is left. */
  readonly segmentBytesMax?: number;
}

/** @throws GateError "ledger_unavailable": in use, damaged, cut, signed by another key, or the disk fails. */
export async function openLedger(options: LedgerOptions): Promise<OpenedLedger> {
  try {
    mkdirSync(options.dir, { recursive: true });
    const unlock = lockFolder(options.dir);
    try {
      return await openLocked(options, unlock);
    } catch (error) {
      unlock();
      throw error;
    }
  } catch (cause) {
    if (cause instanceof GateError) throw cause;
    const detail = (cause as NodeJS.ErrnoException).code ?? (cause as Error).message;
    throw new GateError("ledger_unavailable", `${options.dir} cannot be opened (${detail})`, { cause });
  }
}

async function openLocked(options: LedgerOptions, unlock: () => void): Promise<OpenedLedger> {
  const { dir, disk = realDisk, onEvent = () => {} } = options;
  const key = ledgerKey(options.signingKey, options.origin);
  if (readOrNull(join(dir, "checkpoint")) === null) await found(dir, key, disk);
  checkIdentity(dir, key);
  await disk.makeFolder(join(dir, "segment"));
  await removeSpares(join(dir, "segment"), disk);
  const recovery = recover(dir, key, options.anchor === undefined ? null : readOrNull(options.anchor));
  if (recovery.tornBytes > 0) onEvent({ kind: "torn_tail", bytes: recovery.tornBytes });
  const ledger = new FileLedger({
    edge: recovery.edge,
    segments: new Segments(dir, disk, options.segmentBytesMax),
    place: foldPlace(dir, disk, key, recovery.signedFiles),
    recovered: { entries: recovery.entries, tornBytes: recovery.tornBytes },
    signedSize: recovery.signed.size,
    durability: options.durability,
    checkpointMs: options.checkpointMs ?? 1_000,
    anchor: options.anchor ?? null,
    onEvent,
    unlock,
  });
  await ledger.fold();
  for (const segment of recovery.segments) await disk.remove(segment);
  return ledger;
}

/** ledger.json: canonical, so that one content has one spelling. */
function settingsText(origin: string): string {
  return canonical({ format: FORMAT, origin }) + "\n";
}

/** A new ledger. The checkpoint comes last: a folder with one is complete. */
async function found(dir: string, key: LedgerKey, disk: Disk): Promise<void> {
  if (segmentsOf(dir).length > 0 || readOrNull(join(dir, "tile", "entries", "000")) !== null) {
    throw new GateError("ledger_unavailable", `${dir} has entries but no checkpoint. Run: yumen verify`);
  }
  await disk.makeFolder(join(dir, "segment"));
  await replace(disk, join(dir, "ledger.json"), Buffer.from(settingsText(key.name)));
  await replace(disk, join(dir, "vkey"), Buffer.from(key.verifierKey + "\n"));
  const note = signHead({ origin: key.name, size: 0, root: emptyRoot() }, key);
  await replace(disk, join(dir, "checkpoint"), Buffer.from(note));
  await disk.syncFolder(dir);
}

function checkIdentity(dir: string, key: LedgerKey): void {
  if (readOrNull(join(dir, "ledger.json"))?.toString("utf8") !== settingsText(key.name)) {
    throw new GateError("ledger_unavailable", `${dir}/ledger.json is not of format ${FORMAT} and this origin`);
  }
  if (readOrNull(join(dir, "vkey"))?.toString("utf8") !== key.verifierKey + "\n") {
    throw new GateError("ledger_unavailable", `${dir} was signed with another key`);
  }
}
