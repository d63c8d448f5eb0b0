// Every touch of the disk by the ledger: tests put faults here. What resolves has happened as far as its name says:
// `write` is in the kernel, `datasync` and `put` are on disk, and a name is on disk after `syncFolder`.

import * as fs from "node:fs";
import { dirname } from "node:path";

export interface Disk {
  /** Opens a new file for writing; fails when it is there: two writers never share a segment. */
  create(path: string): Promise<number>;
  /** Opens a file that is there for writing, and leaves its bytes as they are. */
  open(path: string): Promise<number>;
  /** Writes all of `bytes` at `position`, or rejects having written any part of them. */
  write(fd: number, bytes: Buffer, position: number): Promise<void>;
  datasync(fd: number): Promise<void>;
  truncate(fd: number, bytes: number): Promise<void>;
  close(fd: number): Promise<void>;
  /** The file with these bytes and no others, made if it is not there. Until this resolves it may hold any part. */
  put(path: string, bytes: Buffer): Promise<void>;
  /** One step, also for a reader and for a crash; takes the place of what `to` was. Never from a folder to a file. */
  rename(from: string, to: string): Promise<void>;
  /** A second name for a file; fails when the name is taken. */
  link(path: string, name: string): Promise<void>;
  /** Makes a folder and those above it, durably. */
  makeFolder(path: string): Promise<void>;
  /** Makes names in this folder durable: creations, renames, removals. */
  syncFolder(path: string): Promise<void>;
  /** Removes a file or an empty folder; one that is not there, or a folder that is not empty, is no error. */
  remove(path: string): Promise<void>;
}

/** Callbacks, not fs/promises: a FileHandle's write costs the request thread three times as much. */
const call = (run: (done: (error: Error | null) => void) => void): Promise<void> =>
  new Promise((resolve, reject) => run((error) => (error === null ? resolve() : reject(error))));

const opened = (path: string, flags: string): Promise<number> =>
  new Promise((resolve, reject) =>
    fs.open(path, flags, 0o640, (error, fd) => (error === null ? resolve(fd) : reject(error))),
  );

const close = (fd: number): Promise<void> => call((done) => fs.close(fd, done));
const datasync = (fd: number): Promise<void> => call((done) => fs.fdatasync(fd, done));

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

async function put(path: string, bytes: Buffer): Promise<void> {
  const fd = await opened(path, "w");
  try {
    await write(fd, bytes, 0);
    await datasync(fd);
  } finally {
    await close(fd);
  }
}

/** A new folder's name is made durable in the folder above it, as far up as any was made. */
async function makeFolder(path: string): Promise<void> {
  const made = await fs.promises.mkdir(path, { recursive: true });
  if (made === undefined) return;
  for (let at = path; at.length >= made.length; at = dirname(at)) await syncFolder(dirname(at));
}

async function syncFolder(path: string): Promise<void> {
  const fd = await opened(path, "r");
  try {
    await call((done) => fs.fsync(fd, done));
  } finally {
    await close(fd);
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
  create: (path) => opened(path, "wx"),
  open: (path) => opened(path, "r+"),
  write,
  datasync,
  truncate: (fd, bytes) => call((done) => fs.ftruncate(fd, bytes, done)),
  close,
  put,
  rename: (from, to) => call((done) => fs.rename(from, to, done)),
  link: (path, name) => call((done) => fs.link(path, name, done)),
  makeFolder,
  syncFolder,
  remove,
};

/** The whole file or the old one, never a mixture. Its folder has to be there, and to be synced after this. */
export async function replace(disk: Disk, path: string, bytes: Buffer, temporary = `${path}.tmp`): Promise<void> {
  await disk.put(temporary, bytes);
  await disk.rename(temporary, path);
}
