// Signing a folder, and asking who has. Law of this file: signatures of other bytes are dropped, never kept beside new
// ones; the file is replaced whole.

import type { KeyObject } from "node:crypto";
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Folder, readFolder, SIGNATURE_FILE } from "../folder.ts";
import { validIn } from "./admission.ts";
import type { Signer } from "./signers.ts";
import { digestOf, signaturesIn, signatureText, signed } from "./statement.ts";

export interface Signed {
  readonly digest: string;
  readonly names: readonly string[];
}

/** Adds a signature to `policy.sig`, in the place of an older one of that name. @throws Error: nothing to sign. */
export async function signFolder(dir: string, name: string, key: KeyObject, at: Date): Promise<Signed> {
  const folder = await readable(dir);
  const digest = digestOf(folder);
  const before = (signaturesIn(folder.signatures) ?? []).filter((one) => one.name !== name && one.digest === digest);
  const signatures = [...before, signed(digest, name, at.toISOString(), key)];
  const file = join(dir, SIGNATURE_FILE);
  writeFileSync(`${file}.tmp`, signatureText(signatures));
  renameSync(`${file}.tmp`, file);
  return { digest, names: signatures.map((one) => one.name) };
}

/** Whose signatures hold. */
export async function holding(dir: string, signers: ReadonlyMap<string, Signer>, nowMs: number): Promise<Signed> {
  const folder = await readable(dir);
  const digest = digestOf(folder);
  return { digest, names: validIn(folder, digest, signers, nowMs).map(({ name }) => name) };
}

async function readable(dir: string): Promise<Folder> {
  const folder = await readFolder(dir);
  const [problem] = folder.problems;
  if (problem !== undefined) throw new Error(`${problem.file}: ${problem.message.en}`);
  return folder;
}
