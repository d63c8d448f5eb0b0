// The keyed one-way functions over secrets that are given. Law: the same secrets give the same keys in every thread;
// secrets leave only as results. What is cached by value is personal information: in memory, bounded.

import { hkdfSync } from "node:crypto";
import { LRUCache } from "lru-cache";
import { ALPHABET } from "../../act/pseudonym.ts";
import type { CountKey, Keys, PersonKey } from "../../words.ts";
import { createMac, type Mac } from "./mac.ts";

const PSEUDONYM_CHARACTERS = 7;
/** Entries of each cache: about 200 B each. */
const CACHED_MAX = 20_000;
/** Between the parts of a message. Ids and types never hold it, so no two lists of parts read the same. */
const SEPARATOR = "\u001f";

/** 32 bytes each. */
export interface Secrets {
  readonly person: Uint8Array;
  readonly digest: Uint8Array;
  readonly pseudonym: Uint8Array;
}

export interface DerivedKeys extends Keys {
  /** Forgets all counting secrets: the next use asks for them again. */
  forgetCounts(): void;
}

/** @param countSecretOf the counting secret of an exporter and Beijing year; asked once for each until forgotten. */
export function deriveKeys(
  secrets: Secrets,
  countSecretOf: (exporter: string, year: number) => Uint8Array,
): DerivedKeys {
  const countKeys = createCountKeys(countSecretOf);
  const digest = createMac(secrets.digest);
  const pseudonym = createMac(secrets.pseudonym);
  return {
    person: createPersonKeys(secrets.person),
    count: countKeys.of,
    digest: (bytes) => digest(bytes, "hex"),
    pseudonym: (scope, type, canonical) => base32(pseudonym(parts(scope, type, canonical), "hex")),
    forgetCounts: countKeys.forget,
  };
}

/** `Keys.count` of one exporter and year, from its secret: for one crossing, nothing is kept. */
export function countKeysOf(secret: Uint8Array): (person: PersonKey) => CountKey {
  const mac = createMac(secret);
  return (person) => first128Bits(mac(person, "base64url")) as CountKey;
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
  const keys = new Map<string, (person: PersonKey) => CountKey>();
  // By the person alone, who nearly always has one exporter and year: joining names for each look costs more than it.
  const cache = new LRUCache<PersonKey, { readonly exporter: string; readonly year: number; readonly key: CountKey }>({
    max: CACHED_MAX,
  });
  const of: Keys["count"] = (exporter, year, person) => {
    const known = cache.get(person);
    if (known?.exporter === exporter && known.year === year) return known.key;
    const name = year + SEPARATOR + exporter;
    const key = cached(keys, name, () => countKeysOf(secretOf(exporter, year)))(person);
    cache.set(person, { exporter, year, key });
    return key;
  };
  return {
    of,
    forget(): void {
      keys.clear();
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
