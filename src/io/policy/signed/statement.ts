// What is signed, and the file that holds the signatures. Law of this file: a signature is over every name and every
// byte of the policy, the signer's name and the moment of signing: none of them can be changed, and none added.

import { createHash, type KeyObject, sign, verify } from "node:crypto";
import * as z from "zod";
import type { Folder } from "../folder.ts";

const signatureFile = z.strictObject({
  format: z.literal(1),
  signatures: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(64),
        /** Of what was signed: for who asks which of them are of other bytes. */
        digest: z.string().regex(/^[0-9a-f]{64}$/),
        /** When it was signed, by the signer's clock. */
        at: z.iso.datetime(),
        /** Ed25519, base64. */
        signature: z.base64().length(88),
      }),
    )
    .max(64),
});

export type Signature = z.output<typeof signatureFile>["signatures"][number];

/** Lower-case hex of SHA-256 over one line a file: its name and its SHA-256, as JSON, in the order of names. */
export function digestOf({ files }: Pick<Folder, "files">): string {
  const sha256 = (bytes: Buffer | string) => createHash("sha256").update(bytes).digest("hex");
  const lines = [...files].sort(byName).map(([name, bytes]) => `${JSON.stringify([name, sha256(bytes)])}\n`);
  return sha256(lines.join(""));
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

export function signed(digest: string, name: string, at: string, key: KeyObject): Signature {
  return { name, digest, at, signature: sign(null, statement(digest, name, at), key).toString("base64") };
}

export function isSigned(digest: string, { name, at, signature }: Signature, key: KeyObject): boolean {
  return verify(null, statement(digest, name, at), key, Buffer.from(signature, "base64"));
}

function statement(digest: string, name: string, at: string): Buffer {
  return Buffer.from(`yumen policy signature v1\n${JSON.stringify([digest, name, at])}\n`);
}

/** @returns null: no file of signatures. */
export function signaturesIn(bytes: Buffer | null): readonly Signature[] | null {
  if (bytes === null) return [];
  try {
    return signatureFile.parse(JSON.parse(bytes.toString("utf8"))).signatures;
  } catch {
    return null;
  }
}

export function signatureText(signatures: readonly Signature[]): string {
  return `${JSON.stringify({ format: 1, signatures }, null, 2)}\n`;
}
