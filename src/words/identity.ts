// Who and what: ids, keys, and the one value that may hold payload text. Types only.

/** `dec_` + 26 characters (ULID). One crossing, its entries, its headers, its log line. */
export type CrossingId = string & { readonly brand: "CrossingId" };

/**
 * First 16 bytes of HMAC-SHA-256(exporter secret, type ‖ 0x1F ‖ canonical value), base64url: 22 characters. Lasts
 * across years.
 */
export type PersonKey = string & { readonly brand: "PersonKey" };

/** First 16 bytes of HMAC-SHA-256(year secret, PersonKey), base64url. All that the ledger and the yearly set hold. */
export type CountKey = string & { readonly brand: "CountKey" };

/** A kind of personal information, e.g. `cn-mobile`: the folder name under find/. */
export type PiType = string;

/**
 * Text found in a payload. The only value that may hold it. It prints, serialises and inspects as "[original]",
 * so that a forgotten log statement cannot leak it; `reveal` is called only by act, restore and keys.
 */
export interface Original {
  reveal(): string;
}

/** The keyed one-way functions. Pure: the same input gives the same key. The secrets stay inside (ledger.md §4). */
export interface Keys {
  /** @param type a PI type id, or `id` for the caller's own user id. @param canonical normalised per type. */
  person(exporter: string, type: string, canonical: string): PersonKey;
  count(exporter: string, year: number, person: PersonKey): CountKey;
  /**
   * HMAC-SHA-256 of bytes under the digest key, hex. For bodies and strings: a bare digest of a short prompt can be
   * guessed.
   */
  digest(bytes: Uint8Array | string): string;
  /** 35 bits of HMAC under the pseudonym key, as 7 base32 characters. */
  pseudonym(scope: string, type: PiType, canonical: string): string;
}
