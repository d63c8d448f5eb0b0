// The papers themselves. Law of this file: a file that is not the one that was registered is an error, for a contract
// that changed is another contract; nothing of what it holds is kept or shown, and of what lies outside the folder not
// even whether it is there. A load never waits for a file that does not end.

import { createHash } from "node:crypto";
import { realpath } from "node:fs/promises";
import { isAbsolute, relative, resolve, sep } from "node:path";
import type { Lists, Placed } from "./gather.ts";
import { type Problem, problemAt, type Text } from "./problem.ts";
import { withRegular } from "./regular-file.ts";
import type { Item } from "./schema.ts";

const BYTES_MAX = 64 * 1024 ** 2;
const CHUNK_BYTES = 256 * 1024;
const AT_ONCE = 8;
const TIMEOUT_MS = 10_000;

type Refused = "outside" | "unreadable" | "too_large" | "slow";
type Checked = { readonly sha256: string } | Refused;

/** @param dir paths are relative to it, and stay in it. @param late ends it for all of them together. */
export async function checkDocuments(
  { documents }: Pick<Lists, "documents">,
  dir: string,
  late = AbortSignal.timeout(TIMEOUT_MS),
): Promise<Problem[]> {
  if (documents.length === 0) return [];
  // a share that hangs answers no signal: whoever waits for a file also waits for this
  const slow = new Promise<"slow">((settle) => late.addEventListener("abort", () => settle("slow")));
  const root = await Promise.race([realpath(dir).catch(() => resolve(dir)), slow]);
  const found: Problem[][] = documents.map(() => []);
  let next = 0;
  const reader = async (): Promise<void> => {
    for (let index = next++; index < documents.length; index = next++) {
      const { item } = documents[index]!;
      const checked = late.aborted ? "slow" : await Promise.race([check(resolve(dir), root, item.path, late), slow]);
      found[index] = said(documents[index]!, checked);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, reader));
  return found.flat();
}

async function check(dir: string, root: string, path: string, signal: AbortSignal): Promise<Checked> {
  const file = resolve(dir, path);
  // as written, before anything is asked of the disk: the answer would tell what is there
  if (!isInside(dir, file)) return "outside";
  const real = await realpath(file).catch(() => null);
  if (real === null) return "unreadable";
  if (!isInside(root, real)) return "outside";
  return withRegular<Checked>(real, BYTES_MAX, async (handle) => {
    const hash = createHash("sha256");
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    for (let bytes = 0; bytes <= BYTES_MAX; ) {
      const { bytesRead } = await handle.read(chunk, 0, CHUNK_BYTES, null);
      if (signal.aborted) return "slow";
      if (bytesRead === 0) return { sha256: hash.digest("hex") };
      hash.update(chunk.subarray(0, bytesRead));
      bytes += bytesRead;
    }
    return "too_large"; // it grew while it was read
  });
}

/** Names may begin with two dots: a ConfigMap's folders do. */
function isInside(dir: string, file: string): boolean {
  const way = relative(dir, file);
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

const REFUSED: Readonly<Record<Refused, Text>> = {
  outside: {
    zh: "文件须在策略文件夹之内（链接也不能指到外面）：请把它放进来",
    en: "must lie in the policy folder, links followed: put the file there",
  },
  unreadable: { zh: "读不到这个文件，或它不是普通文件", en: "this file cannot be read, or is no regular file" },
  too_large: { zh: "文件超过 64 MiB", en: "the file is larger than 64 MiB" },
  slow: { zh: "10 秒之内没有读完全部文件", en: "the documents were not read within 10 s" },
};

function said({ item, source, path }: Placed<Item<"documents">>, checked: Checked): Problem[] {
  if (typeof checked === "string")
    return [problemAt(source, [...path, "path"], `document_${checked}`, REFUSED[checked])];
  const { sha256 } = checked;
  if (sha256 === item.sha256) return [];
  const text = {
    zh: `文件与登记的不同：现在是 ${sha256}。若是新版本，请改登记并复核引用它的各项`,
    en: `not the file on record: it is now ${sha256}. If it is a new version, register it and review what names it`,
  };
  return [problemAt(source, [...path, "sha256"], "document_changed", text)];
}
