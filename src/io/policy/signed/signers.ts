// Whose signature counts. Law of this file: a name and a key stand for one signer; two names of one key would make two
// signatures of one person. Private keys are files of their owner's and are never printed.

import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import * as z from "zod";
import { ConfigError } from "../../config.ts";
import { createOnce, readGuarded, refused } from "../../keys/guarded.ts";
import { signature } from "../fields.ts";

export const ROLES = ["author", "approver"] as const;
export type Role = (typeof ROLES)[number];

export interface Signer {
  readonly name: string;
  readonly role: Role;
  readonly key: KeyObject;
}

const PREFIX = "ed25519:";

const keyFile = z.strictObject({
  keys: z.array(z.strictObject({ name: signature, role: z.enum(ROLES), key: z.string().startsWith(PREFIX) })).min(1),
});

/** @param path YAML: `keys: [{ name, role: author|approver, key: ed25519:… }]`. @throws ConfigError. */
export function readSigners(path: string): ReadonlyMap<string, Signer> {
  const keys = listed(path);
  const signers = new Map<string, Signer>();
  const seen = new Map<string, string>();
  for (const { name, role, key } of keys) {
    const other = signers.has(name) ? name : seen.get(key);
    if (other !== undefined)
      throw wrong(path, `${name} 与 ${other} 重名或同一把密钥`, `${name} and ${other} have one name or one key`);
    seen.set(key, name);
    signers.set(name, { name, role, key: publicKeyOf(key, path) });
  }
  return signers;
}

function listed(path: string): z.output<typeof keyFile>["keys"] {
  try {
    return keyFile.parse(parse(readFileSync(path, "utf8"), { version: "1.2" })).keys;
  } catch {
    const en = "must be readable, and hold keys: [{ name, role: author|approver, key: ed25519:… }]";
    throw wrong(path, "读不到，或不是 keys: [{ name, role: author|approver, key: ed25519:… }]", en);
  }
}

function wrong(path: string, zh: string, en: string): ConfigError {
  return new ConfigError({ zh: `--policy-keys ${path}：${zh}`, en: `--policy-keys ${path}: ${en}` });
}

/** SPKI of Ed25519 (RFC 8410) is this and the 32 bytes. */
const SPKI = Buffer.from("302a300506032b6570032100", "hex");

function publicKeyOf(text: string, path: string): KeyObject {
  const raw = Buffer.from(text.slice(PREFIX.length), "base64");
  if (raw.length !== 32)
    throw wrong(path, "公钥应为 ed25519: 加 32 字节的 base64", "a key is ed25519: and 32 bytes in base64");
  return createPublicKey({ key: Buffer.concat([SPKI, raw]), format: "der", type: "spki" });
}

/** Makes a private key, for its owner alone. @returns its public key as signers are listed. @throws GateError. */
export function makeKey(path: string): string {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const text = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  if (createOnce(path, text) !== text) throw refused(`${path} is there already: a key is never written over`);
  return `${PREFIX}${publicKey.export({ format: "der", type: "spki" }).subarray(SPKI.length).toString("base64")}`;
}

/** @throws GateError: not there, open to others, or no Ed25519 key. Its text is in no message. */
export function readKey(path: string): KeyObject {
  const text = readGuarded(path);
  if (text === null) throw refused(`there is no ${path}`);
  try {
    const key = createPrivateKey(text);
    if (key.asymmetricKeyType === "ed25519") return key;
  } catch {
    // no cause: a parser's message may quote the key
  }
  throw refused(`${path} holds no Ed25519 private key`);
}
