// Files and folders that the ledger is done with, kept to be used again. Making one costs ext4 a walk over all that
// were deleted in the last minutes (0.6 ms of CPU at five deletions a second), so what comes and goes with every
// checkpoint is not deleted. A spare's name means nothing to a reader. It is used again only when its old name is
// durably gone, and not soon after: a reader may have it open still.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Disk } from "./disk.ts";

export interface SpareLimits {
  /** Part of the names: no two pools of a folder share it. */
  readonly kind: string;
  /** So many younger ones lie with a spare that is used. */
  readonly rest: number;
  /** When so many lie, what comes is removed. */
  readonly max: number;
}

export class Spares {
  readonly #folder: string;
  readonly #disk: Disk;
  readonly #limits: SpareLimits;
  #named = 0;
  /** Oldest first. Of the first `#settled` the old names are durably gone. */
  readonly #lying: string[] = [];
  #settled = 0;

  /** @param folder where spares lie: on the file system of what is retired. */
  constructor(folder: string, disk: Disk, limits: SpareLimits) {
    this.#folder = folder;
    this.#disk = disk;
    this.#limits = limits;
  }

  /** Never the same twice: whatever a failed step left under a name is not taken for a spare. */
  name(): string {
    return join(this.#folder, `spare-${this.#limits.kind}-${this.#named++}.tmp`);
  }

  /** The caller's from now on, with whatever it holds. Undefined when none may be used yet. */
  take(): string | undefined {
    if (this.#settled === 0 || this.#lying.length <= this.#limits.rest) return undefined;
    this.#settled--;
    return this.#lying.shift();
  }

  /** Takes a file or an empty folder from its place; one that is not there is no error. */
  async retire(path: string): Promise<void> {
    const name = this.#isFull() ? null : this.name();
    // Refused by another file system, or because it is not there: then `remove` knows what to do.
    if (name !== null && (await isDone(this.#disk.rename(path, name)))) this.#lying.push(name);
    else await this.#disk.remove(path);
  }

  /** A new file under `path`: whole or not there, for a reader and for a crash. Its folder is to be synced after. */
  async put(path: string, bytes: Buffer): Promise<void> {
    const temporary = this.take() ?? this.name();
    try {
      await this.#disk.put(temporary, bytes);
      await this.#disk.rename(temporary, path);
    } catch (error) {
      await isDone(this.#disk.remove(temporary));
      throw error;
    }
  }

  /** The same over a file that is there; that one becomes a spare. Sync the folder of `path` before `settle`. */
  async exchange(path: string, bytes: Buffer): Promise<void> {
    const name = this.#isFull() ? null : this.name();
    const isLinked = name !== null && (await isDone(this.#disk.link(path, name)));
    try {
      await this.put(path, bytes);
    } catch (error) {
      if (isLinked) await isDone(this.#disk.remove(name));
      throw error;
    }
    if (isLinked) this.#lying.push(name);
  }

  /** What lies here now may be used from now on: a rename that is on disk has taken the old name with it. */
  async settle(): Promise<void> {
    const unsettled = this.#lying.length - this.#settled;
    if (unsettled === 0) return;
    await this.#disk.syncFolder(this.#folder);
    this.#settled += unsettled;
  }

  #isFull(): boolean {
    return this.#lying.length >= this.#limits.max;
  }
}

/** Removes all spares of all pools, a crash's too. Removed and never written: one may still have its old name. */
export async function removeSpares(folder: string, disk: Disk): Promise<void> {
  const names = readdirSync(folder).filter((name) => /^spare-[a-z]+-\d+\.tmp$/.test(name));
  for (const name of names) await disk.remove(join(folder, name));
}

function isDone(step: Promise<void>): Promise<boolean> {
  return step.then(
    () => true,
    () => false,
  );
}
