// What the ledger's tests share: a throwaway folder, the golden key, and disks that fail or lose what was not synced.

import { cpSync, existsSync, linkSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Disk, realDisk } from "../../src/io/ledger/disk.ts";
import { type LedgerOptions, type OpenedLedger, openLedger } from "../../src/io/ledger/open.ts";
import { readEntries } from "../../src/io/ledger/read.ts";

export const GOLDEN = new URL(".", import.meta.url).pathname;
export const GOLDEN_ORIGIN = "yumen/golden/gate-1";
export const goldenKey = readFileSync(join(GOLDEN, "key.pem"), "utf8");
export const goldenEntries = readFileSync(join(GOLDEN, "entries.jsonl"), "utf8").trimEnd().split("\n");

const made: string[] = [];

/** Thousands of fsyncs: in memory where the system has such a place. What a power cut does is `forgetfulDisk`'s part. */
const base = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

export function freshDir(): string {
  const dir = mkdtempSync(join(base, "yumen-ledger-"));
  made.push(dir);
  return dir;
}

export function removeDirs(): void {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
}

/** The folder as a crash at this moment leaves it, two names of one file included: another process may open the copy. */
export function crashImage(dir: string): string {
  const image = freshDir();
  cpSync(dir, image, { recursive: true });
  rmSync(join(image, "lock"), { force: true });
  const seen = new Map<number, string>();
  for (const path of filesIn(dir)) {
    const { ino, nlink } = statSync(join(dir, path));
    const first = seen.get(ino);
    if (nlink > 1 && first === undefined) seen.set(ino, path);
    if (first === undefined || path === "lock") continue;
    rmSync(join(image, path));
    linkSync(join(image, first), join(image, path));
  }
  return image;
}

/** Paths below `dir`, sorted. */
export function filesIn(dir: string): string[] {
  const names = readdirSync(dir, { recursive: true }).map(String).sort();
  return names.filter((name) => statSync(join(dir, name)).isFile());
}

export function open(dir: string, more: Partial<LedgerOptions> = {}): Promise<OpenedLedger> {
  return openLedger({ dir, origin: GOLDEN_ORIGIN, signingKey: goldenKey, durability: "strict", ...more });
}

export function entry(n: number, kind = "crossing"): string {
  return `{"id":"dec_${n}","kind":"${kind}","t":"2026-03-01T00:00:00.000Z","v":1}`;
}

export async function entriesOf(dir: string): Promise<string[]> {
  const all: string[] = [];
  for await (const { index, entry } of readEntries(dir)) {
    if (index !== all.length) throw new Error(`index ${index} at place ${all.length}`);
    all.push(entry);
  }
  return all;
}

export type Operation = Exclude<keyof Disk, "close">;
/** failed: nothing happened. held: it happened, but an error is reported. */
export type Fault = "failed" | "held" | null;

/** A disk that asks `plan` before each operation. `torn` writes a part of the bytes first, as a full disk does. */
export function faultyDisk(plan: (operation: Operation, nth: number) => Fault, code = "EIO", torn = 0): Disk {
  let nth = 0;
  const guard = async <T>(operation: Operation, run: () => Promise<T>, part?: () => Promise<void>): Promise<T> => {
    const fault = plan(operation, nth++);
    if (fault === null) return run();
    if (fault === "held") await run();
    else await part?.();
    throw Object.assign(new Error(code), { code });
  };
  return {
    create: (path) => guard("create", () => realDisk.create(path)),
    open: (path) => guard("open", () => realDisk.open(path)),
    write: (fd, bytes, position) =>
      guard(
        "write",
        () => realDisk.write(fd, bytes, position),
        () => realDisk.write(fd, bytes.subarray(0, Math.floor(bytes.length * torn)), position),
      ),
    datasync: (fd) => guard("datasync", () => realDisk.datasync(fd)),
    truncate: (fd, bytes) => guard("truncate", () => realDisk.truncate(fd, bytes)),
    close: realDisk.close,
    put: (path, bytes) =>
      guard(
        "put",
        () => realDisk.put(path, bytes),
        () => realDisk.put(path, bytes.subarray(0, Math.floor(bytes.length * torn))),
      ),
    rename: (from, to) => guard("rename", () => realDisk.rename(from, to)),
    link: (path, name) => guard("link", () => realDisk.link(path, name)),
    makeFolder: (path) => guard("makeFolder", () => realDisk.makeFolder(path)),
    syncFolder: (path) => guard("syncFolder", () => realDisk.syncFolder(path)),
    remove: (path) => guard("remove", () => realDisk.remove(path)),
  };
}

/** A disk that does one thing at a time and calls `after` behind each; writes come in two halves. */
export function steppedDisk(after: (operation: Operation) => void): Disk {
  let last: Promise<unknown> = Promise.resolve();
  const step = <T>(operation: Operation, ...runs: (() => Promise<T>)[]): Promise<T> => {
    const done = last.then(async () => {
      let result: T | undefined;
      for (const run of runs) {
        result = await run();
        after(operation);
      }
      return result as T;
    });
    last = done.catch(() => {});
    return done;
  };
  const half = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length >> 1);
  return {
    ...realDisk,
    create: (path) => step("create", () => realDisk.create(path)),
    open: (path) => step("open", () => realDisk.open(path)),
    write: (fd, bytes, position) =>
      step(
        "write",
        () => realDisk.write(fd, half(bytes), position),
        () => realDisk.write(fd, bytes, position),
      ),
    truncate: (fd, bytes) => step("truncate", () => realDisk.truncate(fd, bytes)),
    put: (path, bytes) =>
      step(
        "put",
        () => realDisk.put(path, Buffer.alloc(0)),
        () => realDisk.put(path, half(bytes)),
        () => realDisk.put(path, bytes),
      ),
    rename: (from, to) => step("rename", () => realDisk.rename(from, to)),
    link: (path, name) => step("link", () => realDisk.link(path, name)),
    makeFolder: (path) => step("makeFolder", () => realDisk.makeFolder(path)),
    remove: (path) => step("remove", () => realDisk.remove(path)),
  };
}

/** A disk whose writes reach the file only with datasync: a crash image of it is one of a power cut. */
export function forgetfulDisk(): Disk {
  const waiting = new Map<number, { bytes: Buffer; position: number }[]>();
  return {
    ...realDisk,
    write: async (fd, bytes, position) => {
      waiting.set(fd, [...(waiting.get(fd) ?? []), { bytes: Buffer.from(bytes), position }]);
    },
    datasync: async (fd) => {
      const asked = waiting.get(fd) ?? [];
      waiting.delete(fd); // what is written from here on waits for the next one
      for (const { bytes, position } of asked) await realDisk.write(fd, bytes, position);
    },
  };
}
