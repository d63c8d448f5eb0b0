// Files that hold secrets. Law: owner-only (0600), never followed through a link, on disk when a call returns,
// replaced whole or not at all. No error quotes what a file holds.

import { randomBytes } from "node:crypto";
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { GateError } from "../errors.ts";

/** @returns null where there is no file. @throws GateError store_unavailable: readable by others, or not by us. */
export function readGuarded(path: string): string | null {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw refused(`cannot open ${path}`, error);
  }
  try {
    const mode = fstatSync(file).mode & 0o777;
    if (mode & 0o077) {
      throw refused(`${path} is open to others (mode ${mode.toString(8)}): chmod 600 it, and change its secrets`);
    }
    return readFileSync(file, "utf8");
  } finally {
    closeSync(file);
  }
}

/** Makes the file unless it is there. Two processes that try at once end with the same. @returns what stands. */
export function createOnce(path: string, text: string): string {
  return guard(path, () => {
    const draft = writeDraft(path, text);
    try {
      // link, unlike rename, fails where somebody was first.
      linkSync(draft, path);
      syncFolder(path);
      return text;
    } catch (error) {
      const others = codeOf(error) === "EEXIST" ? readGuarded(path) : null;
      if (others === null) throw error;
      return others;
    } finally {
      rmSync(draft, { force: true });
    }
  });
}

export function replaceWhole(path: string, text: string): void {
  guard(path, () => {
    renameSync(writeDraft(path, text), path);
    syncFolder(path);
  });
}

export function refused(detail: string, cause?: unknown): GateError {
  return new GateError("store_unavailable", detail, { cause });
}

function guard<T>(path: string, write: () => T): T {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    return write();
  } catch (error) {
    throw error instanceof GateError ? error : refused(`cannot write ${path}`, error);
  }
}

function writeDraft(path: string, text: string): string {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString("hex")}.tmp`;
  const file = openSync(draft, "wx", 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
    return draft;
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
}

function syncFolder(path: string): void {
  const folder = openSync(dirname(path), "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
