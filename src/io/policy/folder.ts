// The files of a policy folder. Law of this file: each is read once, and whoever hashes, verifies or parses them uses
// these bytes; what is not listed here is no part of the policy.

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileProblem, type Problem } from "./problem.ts";
import { readRegular } from "./regular-file.ts";

const FILE_BYTES_MAX = 1024 ** 2;

export const SIGNATURE_FILE = "policy.sig";

export interface Folder {
  readonly dir: string;
  /** By name, in order: policy files, and the certificates beside them. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** null: there is none. */
  readonly signatures: Buffer | null;
  readonly problems: readonly Problem[];
}

/** `*.yaml` and `*.yml`, but tests and made-up people. */
export function isPolicyFile(name: string): boolean {
  return /\.ya?ml$/.test(name) && !/\.(?:test|people)\.ya?ml$/.test(name);
}

function isCertificate(name: string): boolean {
  return /\.(?:pem|crt|cer)$/.test(name);
}

/** Links are followed: a ConfigMap is nothing but links. Never throws for what stands there. */
export async function readFolder(dir: string): Promise<Folder> {
  const names = await readdir(dir).catch(() => null);
  if (names === null) return nothing(dir, "folder_unreadable", "读不到这个文件夹", "this folder cannot be read");
  if (!names.some(isPolicyFile))
    return nothing(dir, "folder_empty", "文件夹里没有策略文件 *.yaml", "no policy files *.yaml in this folder");
  const files = new Map<string, Buffer>();
  const problems: Problem[] = [];
  for (const name of names.filter((one) => isPolicyFile(one) || isCertificate(one)).sort()) {
    const bytes = await readRegular(join(dir, name), FILE_BYTES_MAX);
    if (bytes !== null) files.set(name, bytes);
    else if (isPolicyFile(name)) problems.push(unreadable(join(dir, name)));
  }
  const signatures = names.includes(SIGNATURE_FILE)
    ? await readRegular(join(dir, SIGNATURE_FILE), FILE_BYTES_MAX)
    : null;
  return { dir, files, signatures, problems };
}

export function unreadable(file: string): Problem {
  return fileProblem(file, "file_unreadable", {
    zh: "读不到、过大或不是 UTF-8",
    en: "unreadable, too large or not UTF-8",
  });
}

function nothing(dir: string, code: string, zh: string, en: string): Folder {
  return { dir, files: new Map(), signatures: null, problems: [fileProblem(dir, code, { zh, en })] };
}
