// The keys of this install, over keys.json and years/, and the keyed one-way functions made of them.
// Law: secrets leave this module only as results, or as handles that print nothing.

import { createPrivateKey, createSecretKey, type KeyObject } from "node:crypto";
import { join } from "node:path";
import type { Keys } from "../words.ts";
import { deriveKeys, type Secrets } from "./keys/derived.ts";
import { type KeyFile, readOnly, readOrCreate } from "./keys/file.ts";
import { createYearSecrets } from "./keys/years.ts";

/** Handles of secrets for the threads of this process: they print nothing, and are the very ones in use here. */
export interface ThreadSecrets {
  readonly person: KeyObject;
  readonly digest: KeyObject;
  readonly pseudonym: KeyObject;
}

export interface KeyRing {
  readonly keys: Keys;
  readonly threadSecrets: ThreadSecrets;
  /** @throws GateError store_unavailable: destroyed, damaged. */
  countSecret(exporter: string, year: number): KeyObject;
  /** Ed25519 private key of the ledger. */
  readonly ledgerKey: KeyObject;
  /** Name of the verifier key and origin of the log: `yumen/<install>/<process>`. */
  readonly vkeyName: string;
  /** 256 bits for AES-256-GCM. */
  readonly vaultKey: KeyObject;
  /**
   * Destroys the secret that a year was counted under: its ledger entries can be linked to nobody any more.
   * Consents stay. On disk when it returns; another process forgets it when it starts anew.
   * @param exporter all exporters counted in the year when left out.
   */
  destroyYear(year: number, exporter?: string): void;
}

/**
 * @param dir holds `keys.json`, made at first start.
 * @param processName names this process's log among those of the install.
 * @throws GateError store_unavailable: open to others, damaged, or not ours to read.
 */
export async function openKeys(dir: string, processName = "gate"): Promise<KeyRing> {
  const file = readOrCreate(join(dir, "keys.json"));
  const years = createYearSecrets(dir);
  const secrets = secretsOf(file);
  const { forgetCounts, ...keys } = deriveKeys(secrets, years.of);

  return {
    keys,
    threadSecrets: {
      person: createSecretKey(secrets.person),
      digest: createSecretKey(secrets.digest),
      pseudonym: createSecretKey(secrets.pseudonym),
    },
    countSecret: (exporter, year) => createSecretKey(years.of(exporter, year)),
    ledgerKey: createPrivateKey(file.ledger),
    vkeyName: `yumen/${file.install}/${processName}`,
    vaultKey: createSecretKey(bytesOf(file.vault)),
    destroyYear(year, exporter) {
      years.destroy(year, exporter);
      forgetCounts();
    },
  };
}

/**
 * The keys of an install that another process may be running: nothing is written. A year that nobody was counted in
 * has a secret made up.
 * @throws GateError store_unavailable: none here, open to others, damaged.
 */
export function readKeys(dir: string): Keys {
  const years = createYearSecrets(dir, (_path, secret) => secret);
  return deriveKeys(secretsOf(readOnly(join(dir, "keys.json"))), years.of);
}

function secretsOf({ person, digest, pseudonym }: KeyFile): Secrets {
  return { person: bytesOf(person), digest: bytesOf(digest), pseudonym: bytesOf(pseudonym) };
}

function bytesOf(secret: string): Buffer {
  return Buffer.from(secret, "base64url");
}
