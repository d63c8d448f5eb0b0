// The counting secrets: a file per Beijing year and exporter, `years/<year>/<exporter>.key`: one can be destroyed.
// Law: a secret is on disk before its first use, is the same for every process of the install, and is never made again
// once destroyed: what stands in its place says so.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { freshSecret, secret } from "./file.ts";
import { createOnce, readGuarded, refused, replaceWhole } from "./guarded.ts";

const DESTROYED = "destroyed";
const SUFFIX = ".key";

export interface YearSecrets {
  /** Writes at the first call of a year only. @throws GateError store_unavailable: destroyed, damaged, disk full. */
  of(exporter: string, year: number): Uint8Array;
  destroy(year: number, exporter?: string): void;
}

/** @param make what is done about a secret that is not there: it is made, once. */
export function createYearSecrets(dir: string, make: typeof createOnce = createOnce): YearSecrets {
  const folderOf = (year: number) => join(dir, "years", String(year));
  const pathOf = (exporter: string, year: number) => join(folderOf(year), encodeURIComponent(exporter) + SUFFIX);

  return {
    of(exporter, year) {
      const path = pathOf(exporter, year);
      const text = readGuarded(path) ?? make(path, freshSecret());
      if (text === DESTROYED) throw refused(`the counting secret of ${year} was destroyed`);
      if (!secret.safeParse(text).success) throw refused(`${path} is damaged: restore it from a backup`);
      return Buffer.from(text, "base64url");
    },
    destroy(year, exporter) {
      const paths = exporter === undefined ? keysIn(folderOf(year)) : [pathOf(exporter, year)];
      for (const path of paths) replaceWhole(path, DESTROYED);
    },
  };
}

function keysIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(SUFFIX))
    .map((name) => join(folder, name));
}
