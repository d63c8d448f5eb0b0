// keys.json: the secrets of this install that last. Law: once made never remade: new secrets would make strangers of
// all people known. A damaged file is refused, not replaced.

import { generateKeyPairSync, randomBytes } from "node:crypto";
import { z } from "zod";
import { createOnce, readGuarded, refused } from "./guarded.ts";

/** 32 bytes, base64url. */
export const secret = z.base64url().length(43);

const keyFile = z.strictObject({
  v: z.literal(1),
  /** Names this install in the ledger's origin. */
  install: z.string().regex(/^[0-9a-f]{16}$/),
  /** Person secrets are derived from it, one per exporter. */
  person: secret,
  pseudonym: secret,
  vault: secret,
  digest: secret,
  /** Ed25519 private key, PKCS #8 PEM. */
  ledger: z.string().startsWith("-----BEGIN PRIVATE KEY-----"),
});

export type KeyFile = z.infer<typeof keyFile>;

export function freshSecret(): string {
  return randomBytes(32).toString("base64url");
}

export function readOrCreate(path: string): KeyFile {
  return parse(readGuarded(path) ?? createOnce(path, `${JSON.stringify(fresh(), null, 2)}\n`), path);
}

/** @throws GateError store_unavailable: there is none, or it is damaged. */
export function readOnly(path: string): KeyFile {
  const text = readGuarded(path);
  if (text === null) throw refused(`there is no ${path}`);
  return parse(text, path);
}

function parse(text: string, path: string): KeyFile {
  try {
    return keyFile.parse(JSON.parse(text));
  } catch {
    // No cause: a parser's message quotes the text, and the text is secrets.
    throw refused(`${path} is not a key file of this release: restore it from a backup, nothing here makes it anew`);
  }
}

function fresh(): KeyFile {
  return {
    v: 1,
    install: randomBytes(8).toString("hex"),
    person: freshSecret(),
    pseudonym: freshSecret(),
    vault: freshSecret(),
    digest: freshSecret(),
    ledger: generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}
