// The keyed one-way functions and the keys of this install, over keys.json and years/.
// Law: secrets leave this module only as results. What is cached by value is personal information: in memory, bounded.

import { createPrivateKey, createSecretKey, hkdfSync, type KeyObject } from "node:crypto";
import { join } from "node:path";
import { LRUCache } from "lru-cache";
import { ALPHABET } from "../act/pseudonym.ts";
import type { CountKey, Keys, PersonKey } from "../words.ts";
import { readOrCreate } from "./keys/file.ts";
import { createMac, type Mac } from "./keys/mac.ts";
import { createYearSecrets } from "./keys/years.ts";

const PSEUDONYM_CHARACTERS = 7;
/** Entries of each cache: about 200 B each. */
const CACHED_MAX = 20_000;
/** Between the parts of a message. Ids and types never hold it, so no two lists of parts read the same. */
const SEPARATOR = "\u001f";

export interface KeyRing {
  readonly keys: Keys;
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
  const personKeys = createPersonKeys(bytesOf(file.person));
  const countKeys = createCountKeys(years.of);
  const digest = createMac(bytesOf(file.digest));
  const pseudonym = createMac(bytesOf(file.pseudonym));

  return {
    keys: {
      person: personKeys,
      count: countKeys.of,
      digest: (bytes) => digest(bytes, "hex"),
      pseudonym: (scope, type, canonical) => base32(pseudonym(parts(scope, type, canonical), "hex")),
    },
    ledgerKey: createPrivateKey(file.ledger),
    vkeyName: `yumen/${file.install}/${processName}`,
    vaultKey: createSecretKey(bytesOf(file.vault)),
    destroyYear(year, exporter) {
      years.destroy(year, exporter);
      countKeys.forget();
    },
  };
}

function createPersonKeys(master: Uint8Array): Keys["person"] {
  const macs = new Map<string, Mac>();
  const cache = new LRUCache<string, PersonKey>({ max: CACHED_MAX });
  return (exporter, type, canonical) =>
    cached<PersonKey>(cache, parts(exporter, type, canonical), () => {
      const mac = cached(macs, exporter, () => createMac(derive(master, exporter)));
      return first128Bits(mac(type + SEPARATOR + canonical, "base64url")) as PersonKey;
    });
}

function createCountKeys(secretOf: (exporter: string, year: number) => Uint8Array) {
  const macs = new Map<string, Mac>();
  const cache = new LRUCache<string, CountKey>({ max: CACHED_MAX });
  const of: Keys["count"] = (exporter, year, person) => {
    const name = year + SEPARATOR + exporter;
    return cached<CountKey>(cache, name + SEPARATOR + person, () => {
      const mac = cached(macs, name, () => createMac(secretOf(exporter, year)));
      return first128Bits(mac(person, "base64url")) as CountKey;
    });
  };
  return {
    of,
    forget(): void {
      macs.clear();
      cache.clear();
    },
  };
}

interface Cache<V> {
  get(name: string): V | undefined;
  set(name: string, value: V): unknown;
}

function cached<V>(cache: Cache<V>, name: string, make: () => V): V {
  const known = cache.get(name);
  if (known !== undefined) return known;
  const value = make();
  cache.set(name, value);
  return value;
}

/** An exporter's own secret (RFC 5869). */
function derive(master: Uint8Array, exporter: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", master, "", `yumen person ${exporter}`, 32));
}

function parts(one: string, two: string, three: string): string {
  return one + SEPARATOR + two + SEPARATOR + three;
}

function bytesOf(secret: string): Buffer {
  return Buffer.from(secret, "base64url");
}

/** 16 bytes are 21⅓ characters: of the 22nd only the first two bits belong to them. */
function first128Bits(base64url: string): string {
  return base64url.slice(0, 21) + LAST_CHARACTER.get(base64url.charAt(21))!;
}

const BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const LAST_CHARACTER = new Map(
  [...BASE64URL].map((character, value) => [character, BASE64URL.charAt(value & 0b110000)]),
);

/** The first 35 bits of a MAC. */
function base32(hex: string): string {
  const high = Number.parseInt(hex.slice(0, 5), 16);
  const low = Number.parseInt(hex.slice(5, 10), 16);
  let text = "";
  for (let shift = 15; shift >= 0; shift -= 5) text += ALPHABET[(high >> shift) & 31];
  for (let shift = 15; text.length < PSEUDONYM_CHARACTERS; shift -= 5) text += ALPHABET[(low >> shift) & 31];
  return text;
}
