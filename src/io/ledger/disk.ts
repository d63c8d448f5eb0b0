// Every touch of the disk by the ledger: tests put faults here. What resolves has happened as far as its name says:
// `write` is in the kernel, `datasync`, `replace` + `syncFolder` are on disk.

import * as fs from "node:fs";
import { dirname } from "node:path";

export interface Disk {
  /** Opens a new file for writing; fails when it is there: two writers never share a segment. */
  create(path: string): Promise<number>;
  /** Writes all of `bytes` at `position`, or rejects having written any part of them. */
  write(fd: number, bytes: Buffer, position: number): Promise<void>;
  datasync(fd: number): Promise<void>;
  truncate(fd: number, bytes: number): Promise<void>;
  close(fd: number): Promise<void>;
  /** The whole file or the old one, never a mixture: temporary file, fsync, rename. Its folder has to be there. */
  replace(path: string, bytes: Buffer): Promise<void>;
  /** Makes a folder and those above it, durably. */
  makeFolder(path: string): Promise<void>;
  /** Makes names in this folder durable: creations, renames, removals. */
  syncFolder(path: string): Promise<void>;
  /** Removes a file or an empty folder; one that is not there, or a folder that is not empty, is no error. */
  remove(path: string): Promise<void>;
}

const call = (run: (done: (error: Error | null) => void) => void): Promise<void> =>
  new Promise((resolve, reject) => run((error) => (error === null ? resolve() : reject(error))));

/** Callbacks, not fs/promises: a FileHandle's write costs the request thread three times as much. */
function write(fd: number, bytes: Buffer, position: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const from = (at: number): void =>
      fs.write(fd, bytes, at, bytes.length - at, position + at, (error, written) => {
        if (error !== null) reject(error);
        else if (at + written === bytes.length) resolve();
        // A full disk may take a part and say so only at the next call.
        else if (written === 0) reject(new Error("the disk took no more bytes"));
        else from(at + written);
      });
    from(0);
  });
}

async function replace(path: string, bytes: Buffer): Promise<void> {
  const temporary = `${path}.tmp`;
  const file = await fs.promises.open(temporary, "w", 0o640);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await fs.promises.rename(temporary, path);
}

/** A new folder's name is made durable in the folder above it, as far up as any was made. */
async function makeFolder(path: string): Promise<void> {
  const made = await fs.promises.mkdir(path, { recursive: true });
  if (made === undefined) return;
  for (let at = path; at.length >= made.length; at = dirname(at)) await syncFolder(dirname(at));
}

async function syncFolder(path: string): Promise<void> {
  const folder = await fs.promises.open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function remove(path: string): Promise<void> {
  try {
    const found = await fs.promises.lstat(path);
    await (found.isDirectory() ? fs.promises.rmdir(path) : fs.promises.unlink(path));
  } catch (error) {
    if (!["ENOENT", "ENOTEMPTY"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}

export const realDisk: Disk = {
  create: (path) =>
    new Promise((resolve, reject) =>
      fs.open(path, "wx", 0o640, (error, fd) => (error === null ? resolve(fd) : reject(error))),
    ),
  write,
  datasync: (fd) => call((done) => fs.fdatasync(fd, done)),
  truncate: (fd, bytes) => call((done) => fs.ftruncate(fd, bytes, done)),
  close: (fd) => call((done) => fs.close(fd, done)),
  replace,
  makeFolder,
  syncFolder,
  remove,
};
