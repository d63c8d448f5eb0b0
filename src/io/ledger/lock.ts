// One process writes a ledger folder. The lock names its owner by pid and start time, so that a reused pid (in
// containers it is nearly always the same one) does not keep the folder locked after a crash.

import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { GateError } from "../errors.ts";

/** Folders that this process holds: its own pid in a lock file proves nothing. */
const held = new Set<string>();

/**
 * Takes the folder's lock; the answer gives it back.
 * @throws GateError "ledger_unavailable" when a living process, or this one, has it.
 */
export function lockFolder(dir: string): () => void {
  const path = join(resolve(dir), "lock");
  const mine = `${process.pid} ${startOf(process.pid) ?? "-"}\n`;
  if (held.has(path)) throw new GateError("ledger_unavailable", `${dir} is open in this process already`);
  if (!tryTake(path, mine)) {
    const owner = readLock(path);
    if (isAlive(owner)) throw new GateError("ledger_unavailable", `${dir} is in use by process ${owner.trim()}`);
    dropStale(path, owner);
    if (!tryTake(path, mine)) throw new GateError("ledger_unavailable", `${dir} was just locked by another process`);
  }
  held.add(path);
  return () => {
    held.delete(path);
    if (readLock(path) === mine) rmSync(path, { force: true });
  };
}

/** The lock appears whole or not at all: a link of a finished file, which fails when the name is taken. */
function tryTake(path: string, mine: string): boolean {
  const draft = `${path}.${process.pid}.tmp`;
  writeFileSync(draft, mine);
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Moves the dead owner's lock away. Should another have taken over in between, its lock is put back. */
function dropStale(path: string, owner: string): void {
  const aside = `${path}.stale.${process.pid}.tmp`;
  try {
    renameSync(path, aside);
    if (readLock(aside) !== owner) linkSync(aside, path);
  } catch (error) {
    if (!["ENOENT", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function readLock(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function isAlive(owner: string): boolean {
  const [pidText = "", start = "-"] = owner.trim().split(" ");
  const pid = Number(pidText);
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  // Not in `held`, so a lock with this very pid was left by an earlier process of the same number.
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  return start === "-" || (startOf(pid) ?? start) === start;
}

/** Field 22 of /proc/<pid>/stat: clock ticks from boot to the start. Null where there is no /proc. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The command's name, in parentheses, may hold spaces: count from behind it.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return null;
  }
}
