// The papers themselves. Law of this file: a file that is not the one that was registered is an error, for a contract
// that changed is another contract; nothing of what it holds is kept or shown.

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Lists } from "./gather.ts";
import { type Problem, problemAt } from "./problem.ts";

/** @param dir paths are relative to it. */
export async function checkDocuments({ documents }: Lists, dir: string): Promise<Problem[]> {
  const checked = await Promise.all(
    documents.map(async ({ item, source, path }) => {
      const sha256 = await sha256Of(resolve(dir, item.path));
      if (sha256 === item.sha256) return [];
      if (sha256 === null) {
        const text = { zh: "读不到这个文件", en: "this file cannot be read" };
        return [problemAt(source, [...path, "path"], "document_unreadable", text)];
      }
      const text = {
        zh: `文件与登记的不同：现在是 ${sha256}。若是新版本，请改登记并复核引用它的各项`,
        en: `not the file on record: it is now ${sha256}. If it is a new version, register it and review what names it`,
      };
      return [problemAt(source, [...path, "sha256"], "document_changed", text)];
    }),
  );
  return checked.flat();
}

/** Lower-case hex; null: no such file, or no right to read it. */
async function sha256Of(file: string): Promise<string | null> {
  const hash = createHash("sha256");
  try {
    await pipeline(createReadStream(file), hash);
    return hash.digest("hex");
  } catch {
    return null;
  }
}
