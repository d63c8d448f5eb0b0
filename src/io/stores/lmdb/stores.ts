// The embedded default: one LMDB file with consent and the counted. Reads are memory-mapped and synchronous.
// Law: a write's promise resolves after fdatasync (`overlappingSync` off: on, it resolves before), and only the gate
// that opened the file last may write: an older one's set of the counted would be behind, which is an under-count.

import { randomBytes } from "node:crypto";
import { chmod, mkdir, open as openFile } from "node:fs/promises";
import { join } from "node:path";
import { type Database, open, type RootDatabase } from "lmdb";
import { GateError } from "../../errors.ts";
import { createConsentStore } from "../embedded/consent.ts";
import type { Reader } from "../embedded/documents.ts";
import { createDraft } from "../embedded/draft.ts";
import { createPeopleCounter, type Saved } from "../embedded/people.ts";
import { createRegister, type Kept } from "../embedded/register.ts";
import type { Stores } from "../stores.ts";
import { isFirst, removeFirst, upgradeFirst } from "./consent-first.ts";
import { type CountedFile, firstCounted, moveFirst, openCounted, openFirst } from "./counted.ts";
import { createReader, createWriter, openRows } from "./documents.ts";

/**
 * `eventTurnBatching` off: on, lmdb makes a promise for each batch that nobody holds, and a full disk then ends the
 * process as an unhandled rejection. People are grouped before they come here, so nothing is lost by it.
 */
export const OPTIONS = { overlappingSync: false, eventTurnBatching: false, maxDbs: 12, cache: false };

/**
 * Version of the file's layout. Release N reads N-1; version 1 knew nothing of how people were reached,
 * and kept all events of a person in one document.
 */
const FORMAT = 2;

/**
 * @param dir made if absent, mode 0700; the file is `stores.mdb`, mode 0600.
 * @throws GateError store_unavailable: cannot open, or written by a newer release.
 */
export async function openLmdbStores(dir: string): Promise<Stores> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const path = join(dir, "stores.mdb");
  await assertLmdb(path);
  const root = attempt("open the stores", () => open({ path, ...OPTIONS }));
  await Promise.all([chmod(path, 0o600), chmod(`${path}-lock`, 0o600)]);
  const counted = openCounted(root);
  const owner = await takeOver(root, counted);
  const rows = openRows(root)!;
  const documents = createWriter(rows, createReader(rows, attempt));

  const write = <T>(action: () => T): Promise<T> =>
    root
      .transaction(() => {
        if (root.get("owner") !== owner) throw new GateError("store_unavailable", "another gate has opened the stores");
        return action();
      })
      .catch(unavailable("write to the stores"));

  const people = createPeopleCounter(counted.saved, async (batch) => (await write(() => counted.put(batch)))());
  const shelves = shelvesOf(root)!;
  const register = createRegister(allKept(shelves), ({ shelf, id, document }) =>
    write(() => void (document === null ? shelves.remove([shelf, id]) : shelves.put([shelf, id], document))),
  );
  return {
    consent: createConsentStore({ get: documents.get, write: (action) => write(() => action(documents)) }),
    people,
    register,
    async close() {
      try {
        await Promise.all([people.drain(), register.drain()]);
      } finally {
        await root.close();
      }
    },
  };
}

/** Marks the file as ours, durably, before anything is read from it, and as one of this version. */
async function takeOver(root: RootDatabase, counted: CountedFile): Promise<string> {
  const owner = randomBytes(16).toString("base64url");
  const first = openFirst(root);
  await root
    .transaction(() => {
      if (assertFormat(root) < FORMAT) moveFirst(first, counted);
      moveFirstConsents(root);
      root.put("format", FORMAT);
      root.put("owner", owner);
    })
    .catch(unavailable("take over the stores"));
  return owner;
}

/** @returns the version that the file is of. @throws GateError store_unavailable: written by a newer release. */
export function assertFormat(root: RootDatabase): number {
  const format: unknown = root.get("format") ?? FORMAT;
  if (format === FORMAT || format === FORMAT - 1) return Number(format);
  throw new GateError("store_unavailable", `stores of format ${String(format)} are unknown here`);
}

/** The counted of a file that is only read, of either version. */
export function countedIn(root: RootDatabase): Saved {
  return assertFormat(root) < FORMAT ? firstCounted(root) : openCounted(root).saved;
}

function moveFirstConsents(root: RootDatabase): void {
  const rows = openRows(root)!;
  if (!isFirst(rows)) return;
  upgradeFirst(rows, createWriter(rows, createReader(rows, attempt)));
  removeFirst(rows);
}

/** Consent's documents for whoever only looks: those of the release before are read into memory. */
export function readDocuments(root: RootDatabase): Reader {
  const rows = openRows(root);
  const reader = createReader(rows, attempt);
  if (rows === null || !isFirst(rows)) return reader;
  const draft = createDraft({ get: () => undefined });
  attempt("read the stores", () => upgradeFirst(rows, draft));
  return draft;
}

type Shelves = Database<object, [shelf: string, id: string]>;

/** @returns null: opened for reading, and no gate of this release has written here yet. */
export function shelvesOf(root: RootDatabase): Shelves | null {
  return (root.openDB<object, [string, string]>("register", {}) as Shelves | undefined) ?? null;
}

export function* allKept(shelves: Shelves | null): Iterable<Kept> {
  for (const { key, value } of shelves?.getRange() ?? []) yield { shelf: key[0], id: key[1], document: value };
}

/** LMDB's magic number in the first page. On a file of another kind lmdb ends the process rather than throw. */
const MAGIC = 0xbeefc0de;
const MAGIC_AT = 24;

/** @throws GateError store_unavailable unless the file is absent, empty or LMDB's. */
export async function assertLmdb(path: string): Promise<void> {
  const file = await openFile(path, "r").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    return unavailable("open the stores")(error);
  });
  if (file === null) return;
  try {
    const head = Buffer.alloc(MAGIC_AT + 4);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    if (bytesRead === 0 || (bytesRead === head.length && head.readUInt32LE(MAGIC_AT) === MAGIC)) return;
    throw new GateError("store_unavailable", `${path} is not a store of this release: restore it from a backup`);
  } finally {
    await file.close();
  }
}

export function attempt<T>(what: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    return unavailable(what)(error);
  }
}

function unavailable(what: string) {
  return (cause: unknown): never => {
    if (cause instanceof GateError) throw cause;
    // A failed commit brings a second promise with its cause, which nobody else will hold.
    (cause as { commitError?: Promise<never> } | null)?.commitError?.catch(() => {});
    throw new GateError("store_unavailable", `could not ${what}`, { cause });
  };
}
