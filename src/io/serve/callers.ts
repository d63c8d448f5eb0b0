// Who calls. A key is known by its SHA-256 only; a caller without a key is believed on the loopback interface alone.

import { hash } from "node:crypto";
import type { Caller, Policy } from "../../words.ts";

interface Row {
  readonly digest: string;
  readonly caller: string;
}

interface Index {
  /** By the digest's first 32 bits; the rest is compared in constant time. */
  readonly rows: ReadonlyMap<string, readonly Row[]>;
  readonly keyless: string | null;
}

const PREFIX = 8;
const indexes = new WeakMap<ReadonlyMap<string, Caller>, Index>();

/**
 * @param key X-Yumen-Key. A wrong key is refused on loopback too: it never falls back to the keyless caller.
 * @param remoteAddress the socket's peer. @param relayed a proxy's header was seen: then loopback proves nothing.
 * @returns the caller's id in policy, or null.
 */
export function authenticate(
  policy: Policy,
  key: string | null,
  remoteAddress: string | undefined,
  relayed: boolean,
): string | null {
  const index = indexes.get(policy.callers) ?? compile(policy.callers);
  if (key === null) return !relayed && isLoopback(remoteAddress) ? index.keyless : null;
  const digest = hash("sha256", key, "hex");
  const rows = index.rows.get(digest.slice(0, PREFIX));
  let found: string | null = null;
  if (rows === undefined) return null;
  for (const row of rows) if (equalInConstantTime(row.digest, digest)) found = row.caller;
  return found;
}

function compile(callers: ReadonlyMap<string, Caller>): Index {
  const rows = new Map<string, Row[]>();
  let keyless: string | null = null;
  for (const caller of callers.values()) {
    if (caller.keySha256.length === 0) keyless ??= caller.id;
    for (const hex of caller.keySha256) {
      const digest = hex.toLowerCase();
      const prefix = digest.slice(0, PREFIX);
      const row = { digest, caller: caller.id };
      const same = rows.get(prefix);
      if (same === undefined) rows.set(prefix, [row]);
      else same.push(row);
    }
  }
  const index = { rows, keyless };
  indexes.set(callers, index);
  return index;
}

function equalInConstantTime(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
}

/** 127.0.0.0/8, ::1 and the mapped form of the former. */
export function isLoopback(address: string | undefined): boolean {
  if (address === undefined) return false;
  const v4 = address.startsWith("::ffff:") ? address.slice(7) : address;
  return address === "::1" || v4.startsWith("127.");
}
